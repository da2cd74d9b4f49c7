/** One message of a room: who, when, what. */

import { shortTime, size } from '../lib/time.js';
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { cardView, replyView } from './card.js';
import { icon, sign } from './icons.js';
import { link } from './link.js';

/** @typedef {import('../lib/model.js').Message} Message */

/**
 * @param {Message} message
 * @param {{ level?: 2 | 3, root?: boolean, onThread?: (message: Message) => void }} [options] `level` of headings; `root`: with the way into its thread
 */
export function messageView(message, { level = 3, root = false, onThread } = {}) {
  const fromBot = message.author === null;
  return h(
    'li',
    { key: message.ref, class: `message ${fromBot ? 'bot' : 'person'}`, 'data-ref': message.ref },
    fromBot ? h('span', { class: 'avatar' }, sign()) : avatar(message.author ?? ''),
    h(
      'div',
      { class: 'message-body' },
      h(
        'p',
        { class: 'byline' },
        h('strong', null, fromBot ? t('bot') : message.author),
        h('time', { datetime: message.at }, shortTime(message.at)),
      ),
      message.text !== undefined && h('p', { class: 'said' }, message.text),
      message.card &&
        cardView(message.card, {
          slot: message.ref,
          incident: message.incident ?? null,
          revision: message.revision ?? 0,
          level,
        }),
      message.file && fileLink(message.file),
      !message.card && replyView(message.ref),
      root && message.incident && footer(message, onThread),
    ),
  );
}

/** @param {Message} message @param {((message: Message) => void) | undefined} onThread */
function footer(message, onThread) {
  return h(
    'p',
    { class: 'ways' },
    onThread &&
      h(
        'button',
        { type: 'button', class: 'plain', onclick: () => onThread(message) },
        icon('thread'),
        t('open_thread'),
      ),
    link(
      { view: 'incident', id: message.incident ?? '', tab: 'now' },
      { class: 'plain' },
      icon('clock'),
      t('open_incident'),
    ),
  );
}

/** @param {NonNullable<Message['file']>} file */
function fileLink(file) {
  return h(
    'a',
    { class: 'file', href: file.url, download: file.name },
    icon('file'),
    h('span', null, file.name),
    h('span', { class: 'faint' }, size(file.size)),
    icon('download'),
  );
}

const HUES = 8;
/** Initials on a colour of their own: a help to find somebody, their name stands beside it. @param {string} name */
export function avatar(name) {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 997;
  const latin = /^[\p{Script=Latin}\s.'-]+$/u.test(name);
  const words = name.trim().split(/\s+/);
  const initials = latin
    ? words
        .map((word) => [...word][0] ?? '')
        .slice(0, 2)
        .join('')
    : [...name].slice(-2).join('');
  return h('span', { class: `avatar hue-${sum % HUES}`, 'aria-hidden': 'true' }, initials.toUpperCase());
}
