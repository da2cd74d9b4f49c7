/** Room, or one thread of it: the conversation and its messages. */
import type { ShownMessage } from '../../body.ts';
import { loadThread, quietly } from '../lib/load.ts';
import { messagesOf, state, threadOf } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage, type Route, roomPage } from '../lib/route.ts';
import { shortTime } from '../lib/time.ts';
import { cardView, replyView } from './card.ts';
import { composer } from './composer.ts';
import { button, html, icon, iconButton, link, missing, sign, t } from './elements.ts';

export function roomView(route: Extract<Route, { view: 'room' }>) {
  const { address, thread } = route;
  if (state.rooms.length === 0) return html`<main class="main" tabindex="-1" />`;
  if (!state.rooms.some((room) => room.address === address))
    return missing(t('missing', { id: address }), t('missing.room'), link('/', { class: 'button' }, t('home')));
  const root = thread === null ? undefined : state.messages.get(thread);
  const incident = root?.incident ?? null;
  const close = () => go(roomPage(address));
  return html`
    <main key="room:${address}:${thread ?? ''}" class="main conversation stack" tabindex="-1" aria-label=${roomName(address)}>
      <header class="bar">
        <h1>${roomName(address)}${thread !== null && html`<span class="faint"> · ${t('thread')} ${incident}</span>`}</h1>
        ${thread !== null && iconButton(t('close_thread'), 'close', close)}
      </header>
      ${log(address, thread, root)}
      ${composer({ address, thread, incident })}
    </main>
  `;
}

export function roomName(address: string) {
  if (address.startsWith('dm:')) return t('direct');
  return address === 'main' ? t('room.main') : address;
}

/** Renders messages in a list that opens at its end and stays there, or in place once somebody scrolled up. */
function log(address: string, thread: string | null, root?: ShownMessage) {
  const kept = threadOf(address, thread);
  const messages = messagesOf(address, thread);
  const first = messages[0];
  const older = () => first && loadThread(address, thread, first.ref).catch(quietly);
  const onThread = ({ thread, ref }: ShownMessage) => go(roomPage(address, thread ?? ref));
  return html`
    <div class="log" tabindex="0" role="log" aria-label=${t('conversation')}
      aria-busy=${kept.loaded ? null : 'true'}>
      <div class="messages">
        ${kept.more && html`<p class="older">${button(t('older'), older)}</p>`}
        ${kept.loaded && messages.length === 0 && thread === null && html`<p class="nothing">${t(address.startsWith('dm:') ? 'direct.empty' : 'room.empty')}</p>`}
        <ol>
          ${root && messageView(root)}
          ${messages.map((message) => messageView(message, thread === null ? onThread : undefined))}
        </ol>
      </div>
    </div>
  `;
}

/** Renders a message; `onThread`: opens the thread of one at the root of a room. */
export function messageView(message: ShownMessage, onThread?: (message: ShownMessage) => void) {
  const fromBot = message.author === null;
  const { incident = null, revision = 0 } = message;
  return html`
    <li key=${message.ref} class="message ${fromBot ? 'bot' : 'person'}" data-ref=${message.ref}>
      ${fromBot ? html`<span class="avatar">${sign()}</span>` : avatar(message.author)}
      <div class="message-body">
        <p class="byline wrap">
          <strong>${fromBot ? t('bot') : message.author}</strong>
          <time class="fine" datetime=${message.at}>${shortTime(message.at)}</time>
        </p>
        ${message.text !== undefined && html`<p class="said">${message.text}</p>`}
        ${message.card && cardView(message.card, { slot: message.ref, incident, revision, level: onThread ? 2 : 3, isMessage: true })}
        ${!message.card && replyView(message.ref)}
        ${onThread && incident && html`<p class="ways">${button([icon('thread'), t('open_thread')], () => onThread(message), 'plain')} ${link(incidentPage(incident), { class: 'plain' }, icon('clock'), t('open_incident'))}</p>`}
      </div>
    </li>
  `;
}

const HUES = 8;
/** Renders initials on a colour: a help to find a person, whose name is beside it. */
export function avatar(name: string) {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 997;
  const latin = /^[\p{Script=Latin}\s.'-]+$/u.test(name);
  const words = name.trim().split(/\s+/);
  const initials = latin ? words.slice(0, 2).map((word) => [...word][0]) : [...name].slice(-2);
  return html`<span class="avatar hue-${sum % HUES}" aria-hidden="true">${initials.join('').toUpperCase()}</span>`;
}
