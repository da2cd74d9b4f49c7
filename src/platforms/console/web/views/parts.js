/** Small pieces that many views are made of. */
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { icon, sign } from './icons.js';

/** @typedef {import('../lib/vdom.js').Child} Child */

export function brand() {
  return [sign(), h('span', null, 'Jishi'), h('span', { class: 'brand-zh', lang: 'zh-CN' }, '计时')];
}

/** @param {string} label @param {Parameters<typeof icon>[0]} name @param {() => void} onclick @param {Record<string, unknown>} [more] */
export function iconButton(label, name, onclick, more = {}) {
  return h('button', { type: 'button', class: 'plain square', 'aria-label': label, onclick, ...more }, icon(name));
}

/** A box or a dot to tick, with its label. @param {Record<string, unknown>} input @param {string} label @param {string} [key] */
export function option(input, label, key) {
  return h('label', { key, class: 'option' }, h('input', input), h('span', null, label));
}

/** @param {string | null | undefined | false} text */
export function trouble(text) {
  return text && h('p', { class: 'reply trouble', role: 'alert' }, text);
}

/** The handler of a form that is sent by us. @param {() => void} send */
export function submitted(send) {
  return (/** @type {Event} */ event) => {
    event.preventDefault();
    send();
  };
}

/** The end of a dialog: the way out, and what it is for. @param {() => void} close @param {Child} act */
export function dialogFoot(close, act) {
  return h(
    'footer',
    { class: 'dialog-foot' },
    h('button', { type: 'button', class: 'button', onclick: close }, t('cancel')),
    act,
  );
}
