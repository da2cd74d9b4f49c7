/** The clocks of an incident, the next one largest: what is owed, on which condition, how long, until when, to whom. */

import { html } from '../lib/html.js';
import { segmentOf } from '../lib/model.js';
import { clockTime, day, deadline, ownTime } from '../lib/time.js';
import { t, tOr } from '../lib/words.js';
import { ticking } from './card.js';
import { icon } from './icons.js';
import { labelOf } from './names.js';

/** @typedef {import('../lib/model.js').ClockRow} ClockRow */

/** @param {import('../lib/model.js').Loaded} loaded */
export function clockBoard({ incident }) {
  const segment = segmentOf(incident.id);
  const faces = merged(incident.clocks).toSorted(
    (a, b) => weight(a) - weight(b) || Date.parse(a.due) - Date.parse(b.due),
  );
  if (faces.length === 0)
    return html`<section class="board none" aria-label=${t('clocks')}><p>${t('clock.none')}</p></section>`;
  return html`
    <section class="board" tabindex="0" aria-label=${t('clocks')}>
      ${faces.map((face, index) => faceView(face, segment, index === 0))}
    </section>
  `;
}

/** @typedef {ClockRow & { recipients: string[] }} Face */

/** Two recipients of one deadline are one clock. @param {ClockRow[]} clocks @returns {Face[]} */
function merged(clocks) {
  /** @type {Map<string, Face>} */
  const faces = new Map();
  for (const clock of clocks) {
    const same = [Date.parse(clock.due), clock.status, clock.what, clock.condition, clock.filedAt ?? ''].join('|');
    const face = faces.get(same);
    if (face?.recipients.includes(clock.recipient)) continue;
    if (face) face.recipients.push(clock.recipient);
    else faces.set(same, { ...clock, recipients: [clock.recipient] });
  }
  return [...faces.values()];
}

/** Sort rank of a clock: running 0, met 1, void 2. @param {ClockRow} clock */
function weight(clock) {
  if (clock.filedAt || clock.status === 'met') return 1;
  return clock.status === 'void' ? 2 : 0;
}

/** @param {Face} face @param {import('../lib/time.js').Segment | null} segment @param {boolean} first */
function faceView(face, segment, first) {
  const over = weight(face) > 0;
  const state = face.status === 'void' ? 'void' : over ? 'met' : 'running';
  return html`
    <article
      key=${face.id}
      class="face${first ? ' first' : ''}${face.provisional ? ' provisional' : ''}"
      data-clock=${state}
      data-whole=${face.dueMinutes ?? 0}
    >
      <h2 class="face-name">
        <span class="face-what">
          ${face.what ?? ''}
          ${face.condition && html`<span class="face-if">${face.condition}</span>`}
        </span>
        <span class="face-to">${face.rank && face.rank !== 'law' && html`<span class="tag">${t(`rank.${face.rank}`)}</span> `}${face.recipients.map(labelOf).join(' + ')}</span>
      </h2>
      ${over ? html`<p class="face-digits still">${icon(state === 'met' ? 'check' : 'close')}${t(`clock.${state}`)}</p>` : html`<p class="face-digits">${ticking(face.due, segment, 'digits')}</p>`}
      <p class="face-due">${dueText(face, segment === null)}</p>
      ${!over && html`<span class="spent" aria-hidden="true" />`}
    </article>
  `;
}

/** @param {ClockRow} clock @param {boolean} isWall false in drills, whose time nobody else has */
function dueText(clock, isWall) {
  if (clock.filedAt) return t('clock.filed', { time: `${day(clock.filedAt)} ${clockTime(clock.filedAt)}` });
  const anchor = tOr(`anchor.${clock.anchor}`, clock.anchor);
  const own = isWall ? ownTime(clock.due) : null;
  return html`
    <span class="due-ahead" title=${t('clock.from', { anchor })}>${t('clock.by', deadline(clock.due))}</span>
    <span class="due-past" title=${t('clock.from', { anchor })}>${t('clock.was_due', deadline(clock.due))}</span>
    ${own !== null && html`<span class="face-own">${t('clock.yours', { time: own })}</span>`}
  `;
}
