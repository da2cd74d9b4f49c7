/** Small pieces that many views are made of. */
import { html } from '../lib/html.js';
import { t } from '../lib/words.js';
import { icon, sign } from './icons.js';

/** @typedef {import('preact').ComponentChild} Child */

export function brand() {
  return [sign(), html`<span>Jishi</span>`, html`<span class="brand-zh" lang="zh-CN">计时</span>`];
}

/** @param {string} label @param {Parameters<typeof icon>[0]} name @param {() => void} onclick @param {Record<string, unknown>} [more] */
export function iconButton(label, name, onclick, more = {}) {
  return html`
    <button type="button" class="plain square" aria-label=${label} onclick=${onclick} ...${more}>
      ${icon(name)}
    </button>
  `;
}

/** A box or a dot to tick, with its label. @param {Record<string, unknown>} input @param {string} label @param {string} [key] */
export function option(input, label, key) {
  return html`<label key=${key} class="option"><input ...${input} /><span>${label}</span></label>`;
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

/** The end of a dialog: the way out, and what it is for. @param {() => void} close @param {Child} act */
export function dialogFoot(close, act) {
  return html`
    <footer class="dialog-foot">
      <button type="button" class="button" onclick=${close}>${t('cancel')}</button>
      ${act}
    </footer>
  `;
}
