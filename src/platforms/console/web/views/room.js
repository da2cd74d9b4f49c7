/** A room: its conversation, and beside it one thread. */
import { loadThread, quietly } from '../lib/load.js';
import { messagesOf, state, threadOf } from '../lib/model.js';
import { currentAddress, go } from '../lib/navigate.js';
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { composer } from './composer.js';
import { emptyRoom } from './empty.js';
import { icon } from './icons.js';
import { messageView } from './message.js';

/** @param {Extract<import('../lib/route.js').Route, { view: 'room' }>} route */
export function roomView(route) {
  const address = currentAddress();
  if (address === null) return h('main', { class: 'main', tabindex: '-1' });
  const thread = route.thread;
  return h(
    'main',
    {
      key: `room:${address}`,
      class: thread === null ? 'main' : 'main with-thread',
      tabindex: '-1',
      'aria-label': roomName(address),
    },
    h(
      'section',
      { class: 'column conversation' },
      h('header', { class: 'bar' }, h('h1', null, roomName(address))),
      log(address, null),
      composer({ address, thread: null, incident: null }),
    ),
    thread !== null && threadPanel(address, thread),
  );
}

/** @param {string} address */
export function roomName(address) {
  if (address.startsWith('dm:')) return t('direct');
  return address === 'main' ? t('room.main') : address;
}

/** @param {string} address @param {string} thread */
function threadPanel(address, thread) {
  const root = state.messages.get(thread);
  const close = () => go({ view: 'room', address, thread: null });
  return h(
    'section',
    { key: `thread:${thread}`, class: 'column thread', 'aria-label': t('thread') },
    h(
      'header',
      { class: 'bar' },
      h('h2', null, t('thread'), root?.incident && h('span', { class: 'faint' }, ` ${root.incident}`)),
      h(
        'button',
        { type: 'button', class: 'plain square', 'aria-label': t('close_thread'), onclick: close },
        icon('close'),
      ),
    ),
    log(address, thread, root),
    composer({ address, thread, incident: root?.incident ?? null }),
  );
}

/**
 * A list of messages that stays at its end while one reads there, and where it is otherwise.
 * @param {string} address @param {string | null} thread @param {import('../lib/model.js').Message} [root]
 * @param {'all' | 'talk'} [what] `talk`: without the cards that the page beside it keeps current
 */
export function log(address, thread, root, what = 'all') {
  const kept = threadOf(address, thread);
  const messages = messagesOf(address, thread).filter((message) => what === 'all' || !message.surface);
  const first = messages[0];
  const older = () => first && loadThread(address, thread, first.ref).catch(quietly);
  const empty = kept.loaded && messages.length === 0 && thread === null;
  return h(
    'div',
    {
      class: 'log',
      key: `log:${address}:${thread ?? ''}`,
      tabindex: '0',
      role: 'log',
      'aria-label': t('conversation'),
      'aria-busy': kept.loaded ? null : 'true',
      ref: followEnd,
    },
    kept.more &&
      h('p', { class: 'older' }, h('button', { type: 'button', class: 'button', onclick: older }, t('older'))),
    empty && !address.startsWith('dm:') && emptyRoom(),
    kept.loaded && what === 'talk' && messages.length === 0 && h('p', { class: 'nothing' }, t('talk.empty')),
    empty && address.startsWith('dm:') && h('p', { class: 'nothing' }, t('direct.empty')),
    h(
      'ol',
      { class: 'messages' },
      root && messageView(root),
      messages.map((message) =>
        messageView(
          message,
          thread === null
            ? { level: 2, root: true, onThread: (m) => go({ view: 'room', address, thread: m.thread ?? m.ref }) }
            : {},
        ),
      ),
    ),
  );
}

const NEAR_END = 80;
/** @param {HTMLElement} element */
function followEnd(element) {
  let atEnd = true;
  element.addEventListener('scroll', () => {
    atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  });
  new MutationObserver(() => {
    if (atEnd) element.scrollTop = element.scrollHeight;
  }).observe(element, { childList: true, subtree: true });
}
