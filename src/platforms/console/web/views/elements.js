/** Elements that all views are made of. */
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

/** Turns HTML into Preact elements, without a build. Equal keys keep their element. */
export const html = /** @type {Html} */ (htm.bind(h));

/** @param {string} name */
export function icon(name) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d=${PATHS[name] ?? ''} />
    </svg>
  `;
}

/** Logo of the bot. */
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
 * A button. `look`: its classes; `more`: further attributes.
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
/** Remembers when a button came; the same function each time, or it would come with every picture. @param {HTMLElement | null} element */
const appeared = (element) => {
  if (element) element.dataset.since = String(performance.now());
};

/**
 * A button that acts. One that has just appeared under a finger was not the one it aimed at: a finger aims before it
 * touches, a mouse that has moved since aimed at what it sees.
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

/** The button that sends a form. @param {Child} content @param {string} [look] @param {Record<string, unknown>} [more] */
export function submitButton(content, look = 'button primary', more = {}) {
  return html`<button type="submit" class=${look} ...${more}>${content}</button>`;
}

/** To the other language. @param {() => void} switchLanguage */
export function languageButton(switchLanguage) {
  const [lang, name] = language() === 'en' ? ['zh-CN', '中文'] : ['en', 'English'];
  return button(name, switchLanguage, 'plain', { lang });
}

/**
 * Menu that closes after a choice and when the focus leaves it.
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

/** Menu behind three dots. @param {string} what the row is about @param {Child} entries */
export function moreMenu(what, entries) {
  const label = t('more_for', { what });
  return menu(html`<summary class="button" aria-label=${label} title=${label}>${icon('more')}</summary>`, entries);
}

/** A box or a dot to tick, with its label. @param {Record<string, unknown>} input @param {string} label @param {string} [key] */
export function option(input, label, key) {
  return html`<label key=${key} class="option"><input ...${input} /><span>${label}</span></label>`;
}

/** A box to tick. @param {boolean} checked @param {() => void} toggle @param {string} label @param {string} [key] */
export function tick(checked, toggle, label, key) {
  const onchange = () => {
    toggle();
    changed();
  };
  return option({ type: 'checkbox', checked, onchange }, label, key);
}

/**
 * Boxes of which several may be ticked. What is ticked on the page is read, not what was rendered last: a second tick may
 * come before the first is rendered. An `exclusive` one ("none of these") stands alone.
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

/** A list to choose one from. @param {Record<string, unknown>} attributes @param {readonly (readonly [value: string, label: string])[]} options @param {string} value @param {(value: string) => void} take */
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

/** Handler of an input with its value. @param {(value: string) => void} take */
export function onValue(take) {
  return (/** @type {{ currentTarget: HTMLInputElement | HTMLSelectElement }} */ { currentTarget }) =>
    take(currentTarget.value);
}

/** @param {string | null | undefined | false} text */
export function trouble(text) {
  return text && html`<p class="reply trouble" role="alert">${text}</p>`;
}

/** Handler of an event whose default is replaced by `send`. @param {() => void} send */
export function submitted(send) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
}

/** Buttons at the end of a dialog: close, and the act. @param {() => void} close @param {Child} act */
export function dialogFoot(close, act) {
  return html`<footer class="dialog-foot">${button(t('cancel'), close)}${act}</footer>`;
}

/**
 * Link within the page: a real address, followed without loading the page again.
 * @param {import('../lib/route.js').Route} route @param {Record<string, unknown>} props @param {...Child} children
 */
export function link(route, props, ...children) {
  /** @param {MouseEvent} event */
  const follow = (event) => {
    // A new tab or window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(route);
  };
  return html`<a ...${props} href=${pathOf(route)} onclick=${follow}>${children}</a>`;
}

/** A file to download, with what else is said of it. @param {{ name: string, size: number }} file @param {string} href */
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

/** Mark of a row, e.g. `done`, `partly`, `open`. @param {string} how */
export function mark(how) {
  return html`
    <span class="mark" role="img" aria-label=${t(`mark.${how}`)}>
      ${how !== 'open' && icon(how === 'done' ? 'check' : 'partly')}
    </span>
  `;
}

/** Page of something that cannot be shown. @param {string} title @param {string} text @param {Child} way where to go instead */
export function missing(title, text, way) {
  return html`
    <main class="main" tabindex="-1">
      <section class="empty"><h1>${title}</h1><p>${text}</p>${way}</section>
    </main>
  `;
}

/** Name of a thing of the law: from the regime, otherwise the page's own words, otherwise the id made readable. @param {string} id */
export function labelOf(id) {
  return state.labels[id] ?? tOr(`name.${id}`, id.replaceAll('_', ' '));
}
/** @param {string} level */
export function levelTag(level) {
  return html`<span class="tag level-${level}">${t(`level.${level}`)}</span>`;
}
/** Button that copies a text and confirms it. @param {string} text */
export function copyButton(text) {
  return button(t('copy'), ({ currentTarget }) => copyText(text, currentTarget), 'button copy');
}

/** Copies a text; the button that was pressed says so for a moment. @param {string} text @param {EventTarget | null} pressed */
export async function copyText(text, pressed) {
  if (!(pressed instanceof HTMLElement)) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard outside a secure page: the old way, through a field that is selected.
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
