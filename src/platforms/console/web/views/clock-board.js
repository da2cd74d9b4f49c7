/** The clocks of an incident, the next one largest: how long, until when, owed to whom. */

import { html } from '../lib/html.js';
import { segmentOf } from '../lib/model.js';
import { clockTime, day, deadline } from '../lib/time.js';
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
    const same = [Date.parse(clock.due), clock.status, clock.provisional, clock.filedAt ?? ''].join('|');
    const face = faces.get(same);
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
        ${face.recipients.map(labelOf).join(' + ')}
        ${
          face.provisional &&
          !over &&
          html`<span class="tag" title=${t('clock.provisional_why')}>${t('clock.provisional')}</span>`
        }
      </h2>
      ${over ? html`<p class="face-digits still">${icon(state === 'met' ? 'check' : 'close')}${t(`clock.${state}`)}</p>` : html`<p class="face-digits">${ticking(face.due, segment, 'digits')}</p>`}
      <p class="face-due">${dueText(face)}</p>
      ${!over && html`<span class="spent" aria-hidden="true" />`}
    </article>
  `;
}

/** @param {ClockRow} clock */
function dueText(clock) {
  if (clock.filedAt) return t('clock.filed', { time: `${day(clock.filedAt)} ${clockTime(clock.filedAt)}` });
  const anchor = tOr(`anchor.${clock.anchor}`, clock.anchor);
  return t('clock.by', { ...deadline(clock.due), anchor });
}
