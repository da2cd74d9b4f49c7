/**
 * Page of one incident: its clocks, the next thing to do, the items collected; beside it the conversation and the time
 * line.
 */
import { state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { TABS } from '../lib/route.js';
import { caseCards } from './case-cards.js';
import { clockBoard } from './clock-board.js';
import { composer } from './composer.js';
import { drillBar } from './drill-bar.js';
import { button, html, icon, levelTag, link, missing, PHASES, phaseTag, t } from './elements.js';
import { writeReport } from './form-dialog.js';
import { nextStep } from './next-step.js';
import { filesView, peopleView, timelineView } from './rail.js';
import { log } from './room.js';

/**
 * @typedef {import('../lib/model.js').Loaded} Loaded
 * @typedef {import('../lib/route.js').Tab} Tab
 */

/** @param {Extract<import('../lib/route.js').Route, { view: 'incident' }>} route */
export function incidentView(route) {
  const loaded = state.incidents.get(route.id);
  if (loaded === 'missing')
    return missing(route.id, t('missing.text'), link({ view: 'list', query: '' }, { class: 'button' }, t('list')));
  if (!loaded)
    return html`
      <main class="main" tabindex="-1" aria-busy="true" key="incident:${route.id}">
        <p class="nothing">${t('loading')}</p>
      </main>
    `;
  return html`
    <main
      key="incident:${route.id}"
      class="main incident show-${route.tab}"
      tabindex="-1"
      aria-label="${route.id} ${loaded.incident.title}"
    >
      ${drillBar(loaded.incident)}
      <div class="incident-top">${head(loaded)}${clockBoard(loaded)}</div>
      <div class="incident-bar">${nextStep(loaded)}${tabs(route)}</div>
      <section class="pane now" aria-label=${t('tab.now')}>${caseCards(loaded)}</section>
      <section key="side" class="pane side" tabindex=${SCROLLED.has(route.tab) ? '0' : null} aria-label=${t(`tab.${route.tab === 'now' ? 'talk' : route.tab}`)}>
        ${sidePane(route.tab, loaded)}
      </section>
    </main>
  `;
}

/** Tabs without a control of their own to reach them by. @type {ReadonlySet<Tab>} */
const SCROLLED = new Set(['timeline', 'files', 'people']);

/** @param {Loaded} loaded */
function head(loaded) {
  const { incident } = loaded;
  return html`
    <header class="incident-head">
      <p class="crumb">
        ${link({ view: 'list', query: '' }, { class: 'plain' }, t('list'))}
        <span aria-hidden="true">/</span>
        <span class="id">${incident.id}</span>
      </p>
      <div class="incident-title">
        <h1>${incident.title}</h1>
        <div class="tags">
          ${incident.drill && html`<span class="tag drill">${drillName(incident)}</span>`}
          ${levelTag(incident.level)}
          <span class="phase-tag">${phaseTag(incident.phase)}</span>
          ${incident.lead && html`<span class="tag plain">${t('led_by', { name: incident.lead })}</span>`}
          ${earlyReport(loaded)}
        </div>
      </div>
      ${way(incident.phase)}
    </header>
  `;
}

/** @param {import('../lib/model.js').Incident} incident */
function drillName({ rate = 1 }) {
  return [t(rate === 0 ? 'drill.paused' : 'drill'), rate > 1 && ` ${rate}×`];
}

/** The way to the first report before anything was graded: with an hour's deadline nobody answers all questions first. @param {Loaded} loaded */
function earlyReport({ incident, files }) {
  const isOpen = ['classifying', 'reporting'].includes(incident.phase) && !incident.stopped;
  const isNext = incident.next?.actions.some(({ does }) => does.kind === 'form' && does.form.form === 'first_report');
  if (!isOpen || isNext || files.drafts.length > 0 || files.filings.length > 0) return null;
  return button(t('report.write'), () => writeReport(incident), 'button early-report');
}

/** Progress bar with the current phase of the incident. @param {string} phase */
function way(phase) {
  const here = PHASES.indexOf(phase);
  return html`
    <ol class="way" aria-label=${t('column.phase')}>
      ${PHASES.map(
        (one, index) => html`
        <li class=${index < here ? 'past' : null} aria-current=${index === here ? 'step' : null}>
          <span class="step" aria-hidden="true">${index < here && icon('check')}</span>
          ${t(`phase.${one}`)}
        </li>
      `,
      )}
    </ol>
  `;
}

/** On a wide page "now" is always there and the conversation stands beside it. @param {Extract<import('../lib/route.js').Route, { view: 'incident' }>} route */
function tabs(route) {
  return html`
    <nav class="tabs" aria-label=${t('tabs')}>
      ${TABS.map((tab) =>
        link(
          { view: 'incident', id: route.id, tab },
          { key: tab, class: `tab tab-${tab}`, 'aria-current': tab === route.tab ? 'page' : null },
          t(`tab.${tab}`),
        ),
      )}
    </nav>
  `;
}

/** @param {Tab} tab @param {Loaded} loaded */
function sidePane(tab, loaded) {
  if (tab === 'timeline') return timelineView(loaded);
  if (tab === 'files') return filesView(loaded);
  if (tab === 'people') return peopleView(loaded);
  return talk(loaded);
}

/** @param {Loaded} loaded */
function talk({ place, incident }) {
  if (incident.stopped) return html`<p class="nothing">${t('talk.stopped')}</p>`;
  if (place.address === null || place.thread === null) return html`<p class="nothing">${t('talk.elsewhere')}</p>`;
  return [
    log(place.address, place.thread, undefined, 'talk'),
    composer({ address: place.address, thread: place.thread, incident: incident.id }),
  ];
}

/** The page's own keys on an incident: a digit goes to a tab. @param {string} key */
export function incidentKey(key) {
  const tab = TABS[Number(key) - 1];
  if (state.route.view !== 'incident' || !tab) return false;
  go({ ...state.route, tab });
  return true;
}
