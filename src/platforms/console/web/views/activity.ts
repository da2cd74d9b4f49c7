/** Activity of an incident: messages, record and files in one list, with a filter and the composer below. */
import { loadAllLines } from '../lib/load.ts';
import { messagesOf, state } from '../lib/model.ts';
import { incidentPage, type Tab } from '../lib/route.ts';
import type { Loaded, TimelineRow } from '../lib/shapes.ts';
import { clockTime, shortTime } from '../lib/time.ts';
import { composer } from './composer.ts';
import { button, html, link, t } from './elements.ts';
import { filesView } from './files.ts';
import { messageView } from './room.ts';

const FILTERS = ['all', 'talk', 'timeline', 'files'] as const;
/** Event that only records a delivery, and the one that records a drill's news, which come as a message. */
const [DELIVERY, NEWS] = ['notice_delivered', 'inject_given'];

export function activityView(tab: Tab, loaded: Loaded) {
  const { incident, page, place } = loaded;
  const isBrief = page.brief && tab === 'now';
  const chosen = tab === 'now' ? 'all' : tab;
  const filter = (one: Tab) =>
    link(
      incidentPage(incident.id, one),
      { key: one, class: `filter tab-${one}`, 'aria-current': one === chosen ? 'page' : null },
      t(`tab.${one}`),
    );
  return html`
    <aside key="activity" class="activity stack" aria-label=${t('activity')}>
      <header class="activity-head wrap">
        <h2>${t('activity')}</h2>
        <nav class="filters" aria-label=${t('tabs')}>${FILTERS.map(filter)}</nav>
        ${link(incidentPage(incident.id), { class: 'button small to-now' }, t('tab.now'))}
      </header>
      ${chosen === 'files' ? html`<div class="activity-list" tabindex="0">${filesView(loaded)}</div>` : streamView(chosen, loaded, isBrief)}
      <div class="say">
        ${
          !incident.stopped && place.address !== null && place.thread !== null
            ? composer({ address: place.address, thread: place.thread, incident: incident.id })
            : (incident.stopped || place.address === null) &&
              html`<p class="nothing">${t(incident.stopped ? 'talk.stopped' : 'talk.elsewhere')}</p>`
        }
        ${link(incidentPage(incident.id, 'all'), { class: 'button to-activity' }, t('activity'))}
      </div>
    </aside>
  `;
}

function streamView(
  chosen: 'all' | 'talk' | 'timeline',
  { incident, place, timeline, earlier, segment }: Loaded,
  isBrief: boolean,
) {
  const { address, thread } = place;
  const messages =
    address === null || thread === null || incident.stopped || chosen === 'timeline'
      ? []
      : messagesOf(address, thread).filter(({ surface, ref }) => !surface && ref !== thread);
  // The list beside a page with a single step (`isBrief`) leaves out the user's own acts.
  const isNews = ({ type, who }: TimelineRow) =>
    type !== DELIVERY && (type !== NEWS || messages.length === 0) && !(isBrief && who === state.session?.name);
  const lines = chosen === 'talk' ? [] : chosen === 'timeline' ? timeline : timeline.filter(isNews);
  /** Converts incident time to wall time, for drills. */
  const wall = (at: string) =>
    !segment || segment.rate === 0
      ? Date.parse(at)
      : Date.parse(segment.wall) + (Date.parse(at) - Date.parse(segment.incidentTime)) / segment.rate;
  const entries = [
    ...messages.map((message) => ({ at: Date.parse(message.at), view: messageView(message) })),
    ...lines.map((line) => ({ at: wall(line.at), view: lineView(line) })),
  ].toSorted((a, b) => a.at - b.at);
  return html`
    <div key=${chosen} class="activity-list log" tabindex="0" role="log" aria-label=${t('activity')}>
      <div class="messages">
        ${earlier > 0 && chosen !== 'talk' && html`<p class="older">${button(t('older_lines', { n: earlier }), () => loadAllLines(incident.id))}</p>`}
        ${entries.length === 0 && !isBrief && html`<p class="nothing">${t('talk.empty')}</p>`}
        <ol>${entries.map(({ view }) => view)}</ol>
      </div>
    </div>
  `;
}

function lineView({ version, at, who, text }: TimelineRow) {
  return html`
    <li key="v${version}" class="line">
      <time datetime=${at} title=${shortTime(at)}>${clockTime(at)}</time>
      <p><strong>${who}</strong> ${text}</p>
    </li>
  `;
}
