/**
 * Page of one incident: its clocks, the next thing to do, the items collected; beside it the conversation and the time
 * line.
 */

import { html } from '../lib/html.js';
import { messagesOf, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { t } from '../lib/words.js';
import { cardView } from './card.js';
import { clockBoard } from './clock-board.js';
import { composer } from './composer.js';
import { drillBar } from './drill-bar.js';
import { icon } from './icons.js';
import { link } from './link.js';
import { levelTag, phaseTag } from './names.js';
import { filesView, peopleView, timelineView } from './rail.js';
import { log } from './room.js';

/**
 * @typedef {import('../lib/model.js').Loaded} Loaded
 * @typedef {import('../lib/route.js').Tab} Tab
 */

/** @param {Extract<import('../lib/route.js').Route, { view: 'incident' }>} route */
export function incidentView(route) {
  const loaded = state.incidents.get(route.id);
  if (loaded === 'missing') return missing(route.id);
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
      ${head(loaded)}
      ${clockBoard(loaded)}
      ${tabs(route)}
      <section class="pane now" aria-label=${t('tab.now')}>${nowPane(loaded)}</section>
      <section key="side" class="pane side" aria-label=${t(`tab.${route.tab === 'now' ? 'talk' : route.tab}`)}>
        ${sidePane(route.tab, loaded)}
      </section>
    </main>
  `;
}

/** @param {string} id */
function missing(id) {
  return html`
    <main class="main" tabindex="-1">
      <section class="empty">
        <h1>${t('missing', { id })}</h1>
        <p>${t('missing.text')}</p>
        ${link({ view: 'list' }, { class: 'button' }, t('list'))}
      </section>
    </main>
  `;
}

/** @param {Loaded} loaded */
function head({ incident }) {
  return html`
    <header class="incident-head">
      <p class="crumb">
        ${link({ view: 'list' }, { class: 'plain' }, t('list'))}
        <span aria-hidden="true">/</span>
        <span class="id">${incident.id}</span>
      </p>
      <div class="incident-title">
        <h1>${incident.title}</h1>
        <div class="tags">
          ${
            incident.drill &&
            html`
            <span class="tag drill">
              ${t('drill')}
              ${incident.rate !== undefined && incident.rate !== 1 && ` ${incident.rate}×`}
            </span>
          `
          }
          ${levelTag(incident.level)}
          <span class="phase-tag">${phaseTag(incident.phase)}</span>
          ${incident.lead && html`<span class="tag plain">${t('led_by', { name: incident.lead })}</span>`}
        </div>
      </div>
      ${drillBar(incident)}
      ${way(incident.phase)}
    </header>
  `;
}

const PHASES = ['classifying', 'reporting', 'handling', 'ended', 'closed'];

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

/** On a wide page "now" is always there and the conversation stands beside it. */
const TABS = /** @type {const} */ (['now', 'talk', 'timeline', 'files', 'people']);

/** @param {Extract<import('../lib/route.js').Route, { view: 'incident' }>} route */
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

const ORDER = ['question', 'status', 'checklist', 'draft'];
/**
 * A draft stands above everything while it needs something; once it is filed, at the end.
 * @param {{ surface?: string | null, card?: import('../lib/model.js').LocalCard | null }} shown
 */
const orderOf = ({ surface, card }) =>
  surface === 'draft' && card?.tone !== 'done' ? -1 : ORDER.indexOf(surface ?? '');

/** The cards that are kept current: what is asked, what is known, what is collected, what would be sent. @param {Loaded} loaded */
function nowPane(loaded) {
  const { place, incident } = loaded;
  const shown = place.address === null || place.thread === null ? [] : surfacesIn(place.address, place.thread);
  if (shown.length === 0) {
    const cards = loaded.cards.toSorted((a, b) => orderOf(a) - orderOf(b));
    return cards.map(({ surface, card }) => surfaceView(surface, card, incident));
  }
  return shown.map(({ surface, card, revision }) => surfaceView(surface ?? '', card, incident, revision));
}

/** @param {string} address @param {string} thread */
function surfacesIn(address, thread) {
  const root = state.messages.get(thread);
  return [...(root ? [root] : []), ...messagesOf(address, thread)]
    .filter((message) => message.card && message.surface)
    .toSorted((a, b) => orderOf(a) - orderOf(b));
}

/**
 * Known by what it shows, not by the message that brings it: what is pressed before the messages are there stays pressed.
 * @param {string} surface @param {import('../lib/model.js').LocalCard | null | undefined} card
 * @param {import('../lib/model.js').Incident} incident @param {number | null} [revision]
 */
function surfaceView(surface, card, incident, revision) {
  return html`
    <div key=${surface} class="surface surface-${surface}">
      ${
        card &&
        cardView(surface === 'status' ? atAGlance(card) : card, {
          slot: `now:${incident.id}:${surface}`,
          incident: incident.id,
          revision: revision ?? incident.revision,
          level: 2,
        })
      }
    </div>
  `;
}

/** The head and the board above show title and clocks. @param {import('../lib/model.js').LocalCard} card */
function atAGlance(card) {
  return { ...card, drill: false, title: t('glance'), blocks: card.blocks.filter((block) => block.kind !== 'clock') };
}

/** The page's own keys on an incident: a digit goes to a tab. @param {string} key */
export function incidentKey(key) {
  const tab = TABS[Number(key) - 1];
  if (state.route.view !== 'incident' || !tab) return false;
  go({ ...state.route, tab });
  return true;
}
