/** The next clocks of an incident, the first one largest: what is owed, by which law, how long, until when, to whom. */
import { segmentOf } from '../lib/model.js';
import { clockTime, day, deadline, ownTime } from '../lib/time.js';
import { tOr } from '../lib/words.js';
import { ticking } from './card.js';
import { html, icon, labelOf, link, t } from './elements.js';

/**
 * @typedef {import('../lib/model.js').ClockRow} ClockRow
 * @typedef {import('../lib/model.js').Incident} Incident
 */

/** As many as a laptop shows beside the title; the board of what is owed lists all of them. */
const SHOWN = 3;

/** @param {import('../lib/model.js').Loaded} loaded */
export function clockBoard({ incident }) {
  const segment = segmentOf(incident.id);
  const faces = merged(incident).toSorted((a, b) => weight(a) - weight(b) || Date.parse(a.due) - Date.parse(b.due));
  if (faces.length === 0)
    return html`<section class="board none" aria-label=${t('clocks')}><p>${t('clock.none')}</p></section>`;
  return html`
    <section class="board" tabindex="0" aria-label=${t('clocks')}>
      ${faces.slice(0, SHOWN).map((face, index) => faceView(face, incident, { segment, first: index === 0 }))}
      ${faces.length > SHOWN && moreView(incident.id, faces.length - SHOWN)}
    </section>
  `;
}

/** @typedef {ClockRow & { recipients: string[] }} Face */

/** Two recipients of one deadline are one clock. @param {Incident} incident @returns {Face[]} */
function merged({ clocks, obligations = [] }) {
  const named = clocks.map((clock) => {
    const duty = obligations.find(({ id }) => id === clock.id);
    return { ...clock, what: duty?.what ?? clock.what ?? '', to: duty?.to ?? labelOf(clock.recipient) };
  });
  const groups = Map.groupBy(named, ({ due, status, what, condition, filedAt }) =>
    [Date.parse(due), status, what, condition, filedAt ?? ''].join('|'),
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, recipients: [...new Set([first, ...others].map(({ to }) => to))] }] : [],
  );
}

/** Sort rank of a clock: running 0, met 1, void 2. @param {ClockRow} clock */
function weight(clock) {
  if (clock.filedAt || clock.status === 'met') return 1;
  return clock.status === 'void' ? 2 : 0;
}

/** @param {string} id @param {number} n */
function moreView(id, n) {
  const toBoard = () =>
    requestAnimationFrame(() => document.querySelector('.surface-owed')?.scrollIntoView({ block: 'start' }));
  return html`<p class="face-more" onclick=${toBoard}>${link({ view: 'incident', id, tab: 'now' }, {}, t('clock.more', { n }))}</p>`;
}

/**
 * @param {Face} face @param {Incident} incident
 * @param {{ segment: import('../lib/time.js').Segment | null, first: boolean }} place
 */
function faceView(face, { regimes = [] }, { segment, first }) {
  // A further law is named; the first of the list is the one every incident is graded by.
  const law =
    regimes.findIndex(({ id }) => id === face.regime) > 0 && face.rank !== 'contract' && labelOf(face.regime ?? '');
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
        <span class="face-to">
          ${face.rank && face.rank !== 'law' && html`<span class="tag">${t(`rank.${face.rank}`)}</span> `}
          ${[face.recipients.join(' + '), law].filter(Boolean).join(' · ')}
        </span>
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
