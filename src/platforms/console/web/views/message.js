/** Message of a room: author, time, content. */
import { shortTime } from '../lib/time.js';
import { cardView, replyView } from './card.js';
import { button, fileLink, html, icon, link, sign, t } from './elements.js';

/** @typedef {import('../lib/model.js').Message} Message */

/**
 * @param {Message} message
 * @param {{ level?: 2 | 3, root?: boolean, onThread?: (message: Message) => void }} [options] `level` of headings; `root`: with the way into its thread
 */
export function messageView(message, { level = 3, root = false, onThread } = {}) {
  const fromBot = message.author === null;
  const { incident = null, revision = 0 } = message;
  return html`
    <li key=${message.ref} class="message ${fromBot ? 'bot' : 'person'}" data-ref=${message.ref}>
      ${fromBot ? html`<span class="avatar">${sign()}</span>` : avatar(message.author ?? '')}
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

/** @param {Message} message @param {((message: Message) => void) | undefined} onThread */
function footer(message, onThread) {
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
/** Renders initials on a colour: a help to find a person, whose name is beside it. @param {string} name */
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
  return html`<span class="avatar hue-${sum % HUES}" aria-hidden="true">${initials.toUpperCase()}</span>`;
}
