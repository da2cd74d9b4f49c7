/** ShownMessage of a room: author, time, content. */
import type { ShownMessage } from '../../body.ts';
import { shortTime } from '../lib/time.ts';
import { cardView, replyView } from './card.ts';
import { button, fileLink, html, icon, link, sign, t } from './elements.ts';

export function messageView(
  message: ShownMessage,
  {
    level = 3,
    root = false,
    onThread,
  }: { level?: 2 | 3; root?: boolean; onThread?: (message: ShownMessage) => void } = {},
) {
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
        ${message.card && cardView(message.card, { slot: message.ref, incident, revision, level })}
        ${message.file && fileLink(message.file, message.file.url)}
        ${!message.card && replyView(message.ref)}
        ${root && message.incident && footer(message, onThread)}
      </div>
    </li>
  `;
}

function footer(message: ShownMessage, onThread: ((message: ShownMessage) => void) | undefined) {
  return html`
    <p class="ways">
      ${onThread && button([icon('thread'), t('open_thread')], () => onThread(message), 'plain')}
      ${link(
        { view: 'incident', id: message.incident ?? '', tab: 'now' },
        { class: 'plain' },
        icon('clock'),
        t('open_incident'),
      )}
    </p>
  `;
}

const HUES = 8;
/** Renders initials on a colour: a help to find a person, whose name is beside it. */
export function avatar(name: string) {
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
  return html`<span class="avatar hue-${sum % HUES}" aria-hidden="true">${initials.toUpperCase()}</span>`;
}
