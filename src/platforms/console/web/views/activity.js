/** Activity of an incident: messages, record and files in one list, with a filter and the composer below. */
import { loadAllLines } from '../lib/load.js';
import { messagesOf, state } from '../lib/model.js';
import { clockTime, shortTime } from '../lib/time.js';
import { composer } from './composer.js';
import { button, html, link, t } from './elements.js';
import { filesView } from './files.js';
import { messageView } from './message.js';
import { followEnd } from './room.js';

/**
 * @typedef {import('../lib/model.js').Loaded} Loaded
 * @typedef {import('../lib/route.js').Tab} Tab
 */

const FILTERS = /** @type {const} */ (['all', 'talk', 'timeline', 'files']);
/** Events that only record a delivery. */
const QUIET = new Set(['delivery_recorded']);

/** @param {Tab} tab @param {Loaded} loaded */
export function activityView(tab, loaded) {
  const { incident, page, place } = loaded;
  const isBrief = page.brief && tab === 'now';
  const chosen = tab === 'now' ? 'all' : tab;
  const filter = (/** @type {Tab} */ one) =>
    link(
      { view: 'incident', id: incident.id, tab: one },
      { key: one, class: `filter tab-${one}`, 'aria-current': one === chosen ? 'page' : null },
      t(`tab.${one}`),
    );
  return html`
    <aside key="activity" class="activity stack" aria-label=${t('activity')}>
      <header class="activity-head wrap">
        <h2>${t('activity')}</h2>
        <nav class="filters" aria-label=${t('tabs')}>${FILTERS.map(filter)}</nav>
        ${link({ view: 'incident', id: incident.id, tab: 'now' }, { class: 'button small to-now' }, t('tab.now'))}
      </header>
      ${chosen === 'files' ? html`<div class="activity-list" tabindex="0">${filesView(loaded)}</div>` : streamView(chosen, loaded, isBrief)}
      <div class="say">
        ${
          !incident.stopped && place.address !== null && place.thread !== null
            ? composer({ address: place.address, thread: place.thread, incident: incident.id })
            : (incident.stopped || place.address === null) &&
              html`<p class="nothing">${t(incident.stopped ? 'talk.stopped' : 'talk.elsewhere')}</p>`
        }
        ${link({ view: 'incident', id: incident.id, tab: 'all' }, { class: 'button to-activity' }, t('activity'))}
      </div>
    </aside>
  `;
}

/** @param {'all' | 'talk' | 'timeline'} chosen @param {Loaded} loaded @param {boolean} isBrief */
function streamView(chosen, { incident, place, timeline, earlier, segment }, isBrief) {
  const { address, thread } = place;
  const messages =
    address === null || thread === null || incident.stopped || chosen === 'timeline'
      ? []
      : messagesOf(address, thread).filter(({ surface, ref }) => !surface && ref !== thread);
  // The list beside a page with a single step (`isBrief`) leaves out the user's own acts.
  const isNews = (/** @type {import('../lib/model.js').TimelineRow} */ { type, who }) =>
    !QUIET.has(type) && !(isBrief && who === state.session?.name);
  const lines = chosen === 'talk' ? [] : chosen === 'timeline' ? timeline : timeline.filter(isNews);
  /** Converts incident time to wall time, for drills. @param {string} at */
  const wall = (at) =>
    !segment || segment.rate === 0
      ? Date.parse(at)
      : Date.parse(segment.wall) + (Date.parse(at) - Date.parse(segment.incidentTime)) / segment.rate;
  const entries = [
    ...messages.map((message) => ({ at: Date.parse(message.at), view: messageView(message, { level: 3 }) })),
    ...lines.map((line) => ({ at: wall(line.at), view: lineView(line) })),
  ].toSorted((a, b) => a.at - b.at);
  return html`
    <div key=${chosen} class="activity-list log" tabindex="0" role="log" aria-label=${t('activity')} ref=${followEnd}>
      ${earlier > 0 && chosen !== 'talk' && html`<p class="older">${button(t('older_lines', { n: earlier }), () => loadAllLines(incident.id))}</p>`}
      ${entries.length === 0 && !isBrief && html`<p class="nothing">${t('talk.empty')}</p>`}
      <ol class="messages">${entries.map(({ view }) => view)}</ol>
    </div>
  `;
}

/** @param {import('../lib/model.js').TimelineRow} line */
function lineView({ version, at, who, text }) {
  return html`
    <li key="v${version}" class="line">
      <time datetime=${at} title=${shortTime(at)}>${clockTime(at)}</time>
      <p><strong>${who}</strong> ${text}</p>
    </li>
  `;
}
