/** Room: its conversation, and one thread beside it. */
import type { ShownMessage } from '../../body.ts';
import { loadThread, quietly } from '../lib/load.ts';
import { messagesOf, state, threadOf } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import type { Route } from '../lib/route.ts';
import { composer } from './composer.ts';
import { button, html, iconButton, link, missing, t } from './elements.ts';
import { messageView } from './message.ts';

export function roomView(route: Extract<Route, { view: 'room' }>) {
  const { address, thread } = route;
  if (state.rooms.length === 0) return html`<main class="main" tabindex="-1" />`;
  if (!state.rooms.some((room) => room.address === address))
    return missing(
      t('missing', { id: address }),
      t('missing.room'),
      link({ view: 'home' }, { class: 'button' }, t('home')),
    );
  return html`
    <main
      key="room:${address}"
      class=${thread === null ? 'main' : 'main with-thread'}
      tabindex="-1"
      aria-label=${roomName(address)}
    >
      <section class="column conversation stack">
        <header class="bar"><h1>${roomName(address)}</h1></header>
        ${log(address, null)}
        ${composer({ address, thread: null, incident: null })}
      </section>
      ${thread !== null && threadPanel(address, thread)}
    </main>
  `;
}

export function roomName(address: string) {
  if (address.startsWith('dm:')) return t('direct');
  return address === 'main' ? t('room.main') : address;
}

function threadPanel(address: string, thread: string) {
  const root = state.messages.get(thread);
  const close = () => go({ view: 'room', address, thread: null });
  return html`
    <section key="thread:${thread}" class="column thread stack" aria-label=${t('thread')}>
      <header class="bar">
        <h2>${t('thread')}${root?.incident && html`<span class="faint">${` ${root.incident}`}</span>`}</h2>
        ${iconButton(t('close_thread'), 'close', close)}
      </header>
      ${log(address, thread, root)}
      ${composer({ address, thread, incident: root?.incident ?? null })}
    </section>
  `;
}

/** Renders messages; the list stays at its end while the user reads there, and in place otherwise. */
function log(address: string, thread: string | null, root?: ShownMessage) {
  const kept = threadOf(address, thread);
  const messages = messagesOf(address, thread);
  const first = messages[0];
  const older = () => first && loadThread(address, thread, first.ref).catch(quietly);
  const onThread = ({ thread, ref }: ShownMessage) => go({ view: 'room', address, thread: thread ?? ref });
  const ofRoom = address.startsWith('dm:') ? 'direct.empty' : 'room.empty';
  const empty = thread === null ? ofRoom : null;
  return html`
    <div
      class="log"
      key="log:${address}:${thread ?? ''}"
      tabindex="0"
      role="log"
      aria-label=${t('conversation')}
      aria-busy=${kept.loaded ? null : 'true'}
      ref=${followEnd}
    >
      ${kept.more && html`<p class="older">${button(t('older'), older)}</p>`}
      ${kept.loaded && messages.length === 0 && empty !== null && html`<p class="nothing">${t(empty)}</p>`}
      <ol class="messages">
        ${root && messageView(root)}
        ${messages.map((message) => messageView(message, thread === null ? { level: 2, root: true, onThread } : {}))}
      </ol>
    </div>
  `;
}

const NEAR_END = 80;
export function followEnd(element: HTMLElement | null) {
  if (!element) return;
  let atEnd = true;
  element.scrollTop = element.scrollHeight;
  element.addEventListener('scroll', () => {
    atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  });
  new MutationObserver(() => {
    if (atEnd) element.scrollTop = element.scrollHeight;
  }).observe(element, { childList: true, subtree: true });
}
