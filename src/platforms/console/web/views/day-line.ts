/** Day line above the register: running deadlines on an axis of 24 hours from now, and summary reports due. */
import { incidentPage } from '../lib/route.ts';
import type { Shapes } from '../lib/shapes.ts';
import { clockTime, deadline, serverNow } from '../lib/time.ts';
import { ticking } from './card.ts';
import { html, link, t } from './elements.ts';

type Clocks = Shapes['clocks'];

const DAY = 24 * 3_600_000;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const toIncident = (id: string, text: string) => link(incidentPage(id), {}, text);

export function dayLine({ line, more }: Clocks) {
  if (line.length === 0)
    return html`<section key="line" class="day-line"><p class="nothing">${t('line.none')}</p></section>`;
  return html`
    <section key="line" class="day-line" aria-labelledby="day-line">
      <h2 id="day-line">${t('line')}</h2>
      <div class="day-axis fine" aria-hidden="true">
        ${TICKS.map((share) => html`<span>${clockTime(new Date(serverNow() + share * DAY).toISOString())}</span>`)}
      </div>
      <ul>${line.map(clock)}</ul>
      ${more > 0 && html`<p class="faint">${t('line.more', { n: more })}</p>`}
    </section>
  `;
}

function clock({ key, id, title, due, what, to, provisional }: Clocks['line'][number]) {
  const share = Math.min(1, Math.max(0, (Date.parse(due) - serverNow()) / DAY));
  return html`
    <li key=${key} class=${provisional ? 'provisional' : null} data-clock="running">
      <p>${toIncident(id, `${id} · ${what}`)}<span class="fine below cut">${[title, to].filter(Boolean).join(' · ')}</span></p>
      <div class="track" aria-hidden="true"><span style=${{ '--share': String(share) }} /></div>
      ${ticking(due, null)}
    </li>
  `;
}

export function summariesDue({ summaries }: Clocks) {
  if (summaries.length === 0) return null;
  const row = ({ id, title, due, lead }: Clocks['summaries'][number]) => html`
    <li key=${id}>
      ${toIncident(id, title || id)}
      <span class="fine">${[id, t('clock.by', { time: deadline(due) }), lead].filter(Boolean).join(' · ')}</span>
    </li>
  `;
  return html`
    <section key="summaries" class="summaries" aria-labelledby="summaries">
      <h2 id="summaries">${t('summaries')}</h2>
      <ul class="plain-list stack">${summaries.map(row)}</ul>
    </section>
  `;
}
