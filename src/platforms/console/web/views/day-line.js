/** Open clocks of all incidents on one line of 24 hours from now, and summary reports due within 30 days. */
import { clockTime, deadline, serverNow } from '../lib/time.js';
import { ticking } from './card.js';
import { html, link, t } from './elements.js';

/** @typedef {import('./register.js').Row} Row @typedef {import('./register.js').Duty} Duty */

const HOUR = 3_600_000;
const HOURS = 24;
const MOST = 12;
const TICKS = [0, 6, 12, 18, 24];
/** The first day is not counted, the last one counts until 24:00. */
const SUMMARY_AHEAD = 31 * 24 * HOUR;

/** Duties still owed with their incident, the next due first; the time of drills is nobody else's. @param {readonly Row[]} rows */
function owed(rows) {
  return rows
    .filter(({ drill, phase }) => !drill && phase !== 'closed')
    .flatMap((row) => row.duties.map((duty) => ({ row, duty, due: Date.parse(duty.due ?? '') })))
    .filter(({ duty: { filedAt, status }, due }) => !filedAt && status !== 'void' && !Number.isNaN(due))
    .toSorted((a, b) => a.due - b.due);
}

/** Recipients of one deadline are one clock. @param {ReturnType<typeof owed>} clocks */
function merged(clocks) {
  const groups = Map.groupBy(clocks, ({ row, duty, due }) => [row.id, duty.what, due].join('|'));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, to: [first, ...others].map(({ duty }) => duty.to).join(' + ') }] : [],
  );
}

/** @param {readonly Row[]} rows */
export function dayLine(rows) {
  const now = serverNow();
  const all = merged(owed(rows).filter(({ due }) => due - now <= HOURS * HOUR));
  if (all.length === 0)
    return html`<section key="line" class="day-line"><p class="nothing">${t('line.none')}</p></section>`;
  return html`
    <section key="line" class="day-line" aria-labelledby="day-line">
      <h2 id="day-line">${t('line')}</h2>
      <div class="day-axis" aria-hidden="true">
        ${TICKS.map((hours) => html`<span>${clockTime(new Date(now + hours * HOUR).toISOString())}</span>`)}
      </div>
      <ul>${all.slice(0, MOST).map(({ row, duty, due, to }) => clock(row, duty, to, due - now))}</ul>
      ${all.length > MOST && html`<p class="faint">${t('line.more', { n: all.length - MOST })}</p>`}
    </section>
  `;
}

/** @param {Row} row @param {Duty} duty @param {string} to @param {number} left */
function clock(row, duty, to, left) {
  const share = Math.min(1, Math.max(0, left / (HOURS * HOUR)));
  return html`
    <li key="${row.id}:${duty.id}" class=${duty.provisional ? 'provisional' : null} data-clock="running">
      <p>
        ${link({ view: 'incident', id: row.id, tab: 'now' }, {}, `${row.id} · ${duty.what}`)}
        <span class="faint">${[row.title, to].filter(Boolean).join(' · ')}</span>
      </p>
      <div class="track" aria-hidden="true"><span style=${{ '--share': String(share) }} /></div>
      ${ticking(duty.due ?? '', null)}
    </li>
  `;
}

/** @param {readonly Row[]} rows */
export function summariesDue(rows) {
  const soon = owed(rows).filter(
    ({ duty, due }) => duty.content === 'summary_report' && due - serverNow() <= SUMMARY_AHEAD,
  );
  if (soon.length === 0) return null;
  return html`
    <section key="summaries" class="summaries" aria-labelledby="summaries">
      <h2 id="summaries">${t('summaries')}</h2>
      <ul class="plain-list">
        ${soon.map(
          ({ row, duty }) => html`
          <li key=${row.id}>
            ${link({ view: 'incident', id: row.id, tab: 'now' }, {}, row.title || row.id)}
            <span class="faint">${row.id} · ${t('clock.by', { time: deadline(duty.due ?? '') })}${row.lead && ` · ${row.lead}`}</span>
          </li>
        `,
        )}
      </ul>
    </section>
  `;
}
