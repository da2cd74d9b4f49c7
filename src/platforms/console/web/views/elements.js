/** Elements that all views use. */
import htm from '../lib/htm.js';
import { announce, changed, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { h } from '../lib/preact.js';
import { pathOf } from '../lib/route.js';
import { size } from '../lib/time.js';
import { language, t, tOr } from '../lib/words.js';
import { PATHS } from './icons.js';

export { t };

/**
 * @typedef {import('preact').ComponentChild} Child
 * @typedef {{ (strings: TemplateStringsArray, ...values: unknown[]): import('preact').VNode }} Html one root element, or a list typed as one
 */

/** Turns HTML into Preact elements without a build step. Equal keys keep their element. */
export const html = /** @type {Html} */ (htm.bind(h));

/** @param {string} name */
export function icon(name) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d=${PATHS[name] ?? ''} />
    </svg>
  `;
}

/** Renders the bot's logo. */
export function sign() {
  return html`
    <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <circle cx="16" cy="17" r="8.5" />
      <path class="hand" d="M16 12.200V17l3.4 2.2" />
      <path d="M13 5.600h6" />
    </svg>
  `;
}

export function brand() {
  return [sign(), html`<span>Jishi</span>`, html`<span class="brand-zh" lang="zh-CN">计时</span>`];
}

/**
 * Renders a button. `look`: its classes; `more`: further attributes.
 * @param {Child} content @param {(event: MouseEvent) => void} onclick @param {string} [look] @param {Record<string, unknown>} [more]
 */
export function button(content, onclick, look = 'button', more = {}) {
  return html`<button type="button" class=${look} onclick=${onclick} ...${more}>${content}</button>`;
}

const AIM = 300;
let moved = 0;
addEventListener('pointermove', () => {
  moved = performance.now();
});
/** Notes when a button appeared. One shared function, or Preact would call it at every render. @param {HTMLElement | null} element */
const appeared = (element) => {
  if (element) element.dataset.since = String(performance.now());
};

/**
 * Renders a button that acts. It ignores a touch right after it appeared, which was aimed at something else; a mouse
 * that has moved since did aim at it.
 * @param {Child} content @param {() => void} act @param {string} [look] @param {Record<string, unknown>} [more]
 */
export function actButton(content, act, look, more = {}) {
  /** @param {MouseEvent} event */
  const press = (event) => {
    const since = event.currentTarget instanceof HTMLElement ? Number(event.currentTarget.dataset.since) : 0;
    const isAimed = event instanceof PointerEvent && event.pointerType === 'mouse' && moved > since;
    if (event.detail === 0 || isAimed || performance.now() - since >= AIM) act();
  };
  return button(content, press, look, { ref: appeared, ...more });
}

/** @param {string} label @param {Parameters<typeof icon>[0]} name @param {() => void} onclick @param {Record<string, unknown>} [more] */
export function iconButton(label, name, onclick, more = {}) {
  return button(icon(name), onclick, 'plain square', { 'aria-label': label, ...more });
}

/** Renders the submit button of a form. @param {Child} content @param {string} [look] @param {Record<string, unknown>} [more] */
export function submitButton(content, look = 'button primary', more = {}) {
  return html`<button type="submit" class=${look} ...${more}>${content}</button>`;
}

/** Renders the button for the other language. @param {() => void} switchLanguage */
export function languageButton(switchLanguage) {
  const [lang, name] = language() === 'en' ? ['zh-CN', '中文'] : ['en', 'English'];
  return button(name, switchLanguage, 'plain', { lang });
}

/**
 * Renders a menu that closes after a choice and when the focus leaves it.
 * @param {Child} summary its <summary> @param {Child} entries @param {string} [look]
 */
export function menu(summary, entries, look = 'menu') {
  /** @param {FocusEvent} event */
  const closeOutside = ({ currentTarget, relatedTarget }) => {
    if (!(currentTarget instanceof HTMLDetailsElement)) return;
    if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) currentTarget.open = false;
  };
  /** @param {MouseEvent} event */
  const closeAfter = ({ currentTarget, target }) => {
    const isAction = target instanceof Element && target.closest('.menu-list button');
    if (isAction && currentTarget instanceof HTMLDetailsElement) currentTarget.open = false;
  };
  return html`
    <details class=${look} onfocusout=${closeOutside} onclick=${closeAfter}>
      ${summary}
      <div class="menu-list float stack">${entries}</div>
    </details>
  `;
}

/** Renders a menu behind three dots. @param {string} what the row is about @param {Child} entries */
export function moreMenu(what, entries) {
  const label = t('more_for', { what });
  return menu(html`<summary class="button" aria-label=${label} title=${label}>${icon('more')}</summary>`, entries);
}

/** Renders a checkbox or radio button with its label. @param {Record<string, unknown>} input @param {string} label @param {string} [key] */
export function option(input, label, key) {
  return html`<label key=${key} class="option"><input ...${input} /><span>${label}</span></label>`;
}

/** Renders a checkbox. @param {boolean} checked @param {() => void} toggle @param {string} label @param {string} [key] */
export function tick(checked, toggle, label, key) {
  const onchange = () => {
    toggle();
    changed();
  };
  return option({ type: 'checkbox', checked, onchange }, label, key);
}

/**
 * Renders checkboxes for several values. It reads the ticks on the page, not the last render, because a second tick may
 * come before the first is rendered. An `exclusive` one ("none of these") cannot be combined.
 * @param {readonly { value: string, label: string, exclusive?: boolean | undefined }[]} options @param {readonly string[]} chosen @param {(values: string[]) => void} take
 */
export function boxes(options, chosen, take) {
  const alone = (/** @type {string} */ of) => options.find(({ value }) => value === of)?.exclusive === true;
  const onchange = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => {
    const all = [...(currentTarget.closest('.options')?.querySelectorAll('input') ?? [])];
    const isAlone = alone(currentTarget.value);
    const ticked = all.filter((one) => one.checked && (one === currentTarget || !(isAlone || alone(one.value))));
    take(ticked.map(({ value }) => value));
    changed();
  };
  const box = (/** @type {typeof options[number]} */ { value, label }) =>
    option({ type: 'checkbox', value, checked: chosen.includes(value), onchange }, label, value);
  return html`<div class="options">${options.map(box)}</div>`;
}

/**
 * Attributes of an input whose text is a property of `entry`.
 * @template {string} K
 * @param {Record<K, string>} entry @param {K} name @param {() => void} [typed] called after each change
 */
export function textOf(entry, name, typed = () => {}) {
  const oninput = onValue((value) => {
    entry[name] = value;
    typed();
    changed();
  });
  return { type: 'text', value: entry[name], oninput };
}

/** Renders a list to choose one value. @param {Record<string, unknown>} attributes @param {readonly (readonly [value: string, label: string])[]} options @param {string} value @param {(value: string) => void} take */
export function select(attributes, options, value, take) {
  const onchange = onValue((chosen) => {
    take(chosen);
    changed();
  });
  return html`
    <select ...${attributes} value=${value} onchange=${onchange}>
      ${options.map(([one, label]) => html`<option key=${one} value=${one}>${label}</option>`)}
    </select>
  `;
}

/** Returns an input handler that gets the value. @param {(value: string) => void} take */
export function onValue(take) {
  return (/** @type {{ currentTarget: HTMLInputElement | HTMLSelectElement }} */ { currentTarget }) =>
    take(currentTarget.value);
}

/** @param {string | null | undefined | false} text */
export function trouble(text) {
  return text && html`<p class="reply trouble" role="alert">${text}</p>`;
}

/** Returns an event handler that runs `send` instead of the default. @param {() => void} send */
export function submitted(send) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
}

/** Renders the buttons at the end of a dialog: cancel, and the act. @param {() => void} close @param {Child} act */
export function dialogFoot(close, act) {
  return html`<footer class="dialog-foot">${button(t('cancel'), close)}${act}</footer>`;
}

/**
 * Renders a link within the page: a real address, followed without reloading the page.
 * @param {import('../lib/route.js').Route} route @param {Record<string, unknown>} props @param {...Child} children
 */
export function link(route, props, ...children) {
  /** @param {MouseEvent} event */
  const follow = (event) => {
    // New tabs and windows are left to the browser.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(route);
  };
  return html`<a ...${props} href=${pathOf(route)} onclick=${follow}>${children}</a>`;
}

/** Renders a file to download, with its size. @param {{ name: string, size: number }} file @param {string} href */
export function fileLink(file, href) {
  return html`
    <a class="file" href=${href} download=${file.name}>
      ${icon('file')}
      <span class="cut">${file.name}</span>
      <span class="faint">${size(file.size)}</span>
      ${icon('download')}
    </a>
  `;
}

/** Renders the mark of a row, e.g. `done`, `partly`, `open`. @param {string} how */
export function mark(how) {
  return html`
    <span class="mark" role="img" aria-label=${t(`mark.${how}`)}>
      ${how !== 'open' && icon(how === 'done' ? 'check' : 'partly')}
    </span>
  `;
}

/** Renders a page for something that cannot be shown. @param {string} title @param {string} text @param {Child} way where to go instead */
export function missing(title, text, way) {
  return html`
    <main class="main" tabindex="-1">
      <section class="empty"><h1>${title}</h1><p>${text}</p>${way}</section>
    </main>
  `;
}

/** Returns a name in the law: from the regime, else the page's texts, else the id made readable. @param {string} id */
export function labelOf(id) {
  return state.labels[id] ?? tOr(`name.${id}`, id.replaceAll('_', ' '));
}
/** @param {string} level */
export function levelTag(level) {
  return html`<span class="tag level-${level}">${t(`level.${level}`)}</span>`;
}
/** Renders a button that copies a text and confirms it. @param {string} text */
export function copyButton(text) {
  return button(t('copy'), ({ currentTarget }) => copyText(text, currentTarget), 'button copy');
}

/** Copies a text; the pressed button confirms it for a moment. @param {string} text @param {EventTarget | null} pressed */
export async function copyText(text, pressed) {
  if (!(pressed instanceof HTMLElement)) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Clipboards need a secure page; otherwise the text is copied through a selected field.
    const field = document.createElement('textarea');
    field.value = text;
    (pressed.closest('dialog') ?? document.body).append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  announce(t('copied'));
  pressed.classList.add('copied');
  setTimeout(() => pressed.classList.remove('copied'), 2_000);
  const label = pressed.firstChild;
  const before = label?.nodeValue ?? '';
  if (!label || before === t('copied')) return;
  label.nodeValue = t('copied');
  setTimeout(() => {
    label.nodeValue = before;
  }, 2_000);
}
