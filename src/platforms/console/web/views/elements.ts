/** Elements that all views use. */
import htm from 'htm';
import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import { lines } from '../lib/browser-storage.ts';
import { announce, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { language, switchLanguage, t, tOr } from '../lib/words.ts';
import { PATHS } from './icons.ts';

export { t };

export type Child = ComponentChildren;
type Attributes = Record<string, unknown>;
/** Turns HTML into Preact elements without a build step. Equal keys keep their element. */
export const html = htm.bind(h);

export function icon(name: string) {
  return html`
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path d=${PATHS[name] ?? ''} />
    </svg>
  `;
}

export const sign = () => html`<img class="sign" src=${new URL('../icon.svg', import.meta.url).href} alt="" />`;

export const brand = () => [sign(), html`<span>Jishi</span>`, html`<span class="brand-zh" lang="zh-CN">计时</span>`];

export function button(
  content: Child,
  onclick: (event: MouseEvent) => unknown,
  look = 'button',
  more: Attributes = {},
) {
  return html`<button type="button" class=${look} onclick=${onclick} ...${more}>${content}</button>`;
}

/** Attribute of a button whose act, e.g. `say:main|:say`, is under way. */
export const busyIf = (act: string) => ({ 'aria-busy': state.busy.has(act) || null });

export function iconButton(label: string, name: string, onclick: () => unknown, more: Attributes = {}) {
  return button(icon(name), onclick, 'plain square', { 'aria-label': label, ...more });
}

export function submitButton(content: Child, look = 'button primary', more: Attributes = {}) {
  return html`<button type="submit" class=${look} ...${more}>${content}</button>`;
}

export function languageButton() {
  const [lang, name] = language() === 'en' ? (['zh-CN', '中文'] as const) : (['en', 'English'] as const);
  return button(name, () => switchLanguage(lang), 'plain', { lang });
}

/** Renders a menu that closes after a choice and when the focus leaves it. */
export function menu(summary: Child, entries: Child, look = 'menu') {
  const closeOutside = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!(currentTarget instanceof HTMLDetailsElement)) return;
    if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) currentTarget.open = false;
  };
  const closeAfter = ({ currentTarget, target }: MouseEvent) => {
    const isAction = target instanceof Element && target.closest('.menu-list button[type="button"]');
    if (isAction && currentTarget instanceof HTMLDetailsElement) currentTarget.open = false;
  };
  return html`
    <details class=${look} onfocusout=${closeOutside} onclick=${closeAfter}>
      ${summary}
      <div class="menu-list float stack">${entries}</div>
    </details>
  `;
}

export function moreMenu(what: string, entries: Child, shown: Child = icon('more')) {
  const label = t('more_for', { what });
  return menu(html`<summary class="button" aria-label=${label} title=${label}>${shown}</summary>`, entries);
}

export const fileMenu = (entries: Child) => moreMenu(t('tab.files'), entries, [icon('download'), t('tab.files')]);

export function option(input: Attributes, label: string, key?: string) {
  return html`<label key=${key} class="option"><input ...${input} /><span>${label}</span></label>`;
}

/** Checkbox of a property of `entry`. */
export const tickOf = <K extends string>(entry: { [name in K]: boolean }, name: K, label: string) =>
  option({ type: 'checkbox', checked: entry[name], onchange: () => (entry[name] = !entry[name]) }, label);

/**
 * Renders checkboxes for several values. It reads the ticks on the page, not the last render, because a second tick may
 * come before the first is rendered. An `exclusive` one ("none of these") cannot be combined.
 */
export function boxes(
  options: readonly { value: string; label: string; exclusive?: boolean | undefined }[],
  chosen: readonly string[],
  take: (values: string[]) => void,
) {
  const alone = (of: string) => options.find(({ value }) => value === of)?.exclusive === true;
  const onchange = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const all = [...(currentTarget.closest('.options')?.querySelectorAll('input') ?? [])];
    const isAlone = alone(currentTarget.value);
    const ticked = all.filter((one) => one.checked && (one === currentTarget || !(isAlone || alone(one.value))));
    take(ticked.map(({ value }) => value));
  };
  const box = ({ value, label }: (typeof options)[number]) =>
    option({ type: 'checkbox', value, checked: chosen.includes(value), onchange }, label, value);
  return html`<div class="options">${options.map(box)}</div>`;
}

export const textOf = <K extends string>(entry: { [name in K]: string }, name: K) => ({
  type: 'text',
  value: entry[name],
  oninput: onValue((value) => (entry[name] = value)),
});

/** Text of an input that is kept by its place; `usual`: its text before anybody typed. */
export const kept = (slot: string, usual = '') => ({
  value: lines.get(slot) ?? usual,
  oninput: onValue((text) => lines.set(text, slot)),
});

export function select(
  attributes: Attributes,
  options: readonly (readonly [value: string, label: string])[],
  value?: string,
  take: (value: string) => unknown = () => {},
) {
  return html`
    <select ...${attributes} value=${value} onchange=${onValue(take)}>
      ${options.map(([one, label]) => html`<option key=${one} value=${one}>${label}</option>`)}
    </select>
  `;
}

export function onValue(take: (value: string) => unknown) {
  return ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => take(currentTarget.value);
}

export const downloadLink = (label: Child, address: string) =>
  html`<a key=${address} class="button" href=${address} download="">${label}</a>`;

/** Input of a form with its label, whose id it has. */
export const labelled = (id: string, label: string, input: Child, hint?: Child) =>
  html`<div key=${id} class="field stack"><label class="label" for=${id}>${label}</label>${input}${hint && html`<p class="faint">${hint}</p>`}</div>`;

export function trouble(text: string | null | undefined | false) {
  return text && html`<p class="reply trouble" role="alert">${icon('warn')}<span>${text}</span></p>`;
}

export function submitted(send: () => unknown) {
  return (event: Event) => {
    event.preventDefault();
    send();
  };
}

export function dialogFoot(close: () => void, act: Child) {
  return html`<footer class="dialog-foot">${button(t('cancel'), close)}${act}</footer>`;
}

export function foldedView(surface: string, title: string, about: string, view: Child, isDone: boolean = false) {
  return html`
    <details key=${surface} class="surface surface-${surface} folded">
      <summary class="box">${isDone && icon('check')}<span class="cut">${title}</span>${about && html`<span class="faint cut">${about}</span>`}</summary>
      ${view}
    </details>
  `;
}

/** Renders a link within the page: a real address, followed without reloading the page. */
export function link(href: string, props: Attributes, ...children: Child[]) {
  const follow = (event: MouseEvent) => {
    // New tabs and windows are left to the browser.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  };
  return html`<a ...${props} href=${href} onclick=${follow}>${children}</a>`;
}

export function mark(how: string) {
  return html`
    <span class="mark" role="img" aria-label=${t(`mark.${how}`)}>
      ${how !== 'open' && icon(how === 'done' ? 'check' : 'partly')}
    </span>
  `;
}

export function missing(title: string, text: string, way: Child) {
  return html`
    <main class="main" tabindex="-1">
      <section class="empty"><h1>${title}</h1><p>${text}</p>${way}</section>
    </main>
  `;
}

/** Returns a name in the law: from the regime, else the page's texts, else the id made readable. */
export const labelOf = (id: string) => state.labels[id] ?? tOr(`name.${id}`, id.replaceAll('_', ' '));
export const levelTag = (level: string) => html`<span class="tag level-${level}">${t(`level.${level}`)}</span>`;
export function copyButton(text: string) {
  return button(t('copy'), ({ currentTarget }) => copyText(text, currentTarget), 'button copy');
}

/** Copies a text; the pressed button confirms it for a moment. */
export async function copyText(text: string, pressed: EventTarget | null) {
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
  const label = pressed.firstChild;
  const before = label?.nodeValue;
  if (before === t('copied')) return;
  const confirm = (isCopied: boolean) => {
    pressed.classList.toggle('copied', isCopied);
    if (label && before) label.nodeValue = isCopied ? t('copied') : before;
  };
  confirm(true);
  setTimeout(confirm, 2_000, false);
}
