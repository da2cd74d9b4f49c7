/**
 * Page of one incident: its clocks, the next thing to do, the items collected; beside it the conversation and the time
 * line.
 */
import { messagesOf, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { cardView } from './card.js';
import { clockBoard } from './clock-board.js';
import { composer } from './composer.js';
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
    return h(
      'main',
      { class: 'main', tabindex: '-1', 'aria-busy': 'true', key: `incident:${route.id}` },
      h('p', { class: 'nothing' }, t('loading')),
    );
  return h(
    'main',
    {
      key: `incident:${route.id}`,
      class: `main incident show-${route.tab}`,
      tabindex: '-1',
      'aria-label': `${route.id} ${loaded.incident.title}`,
    },
    head(loaded),
    clockBoard(loaded),
    tabs(route),
    h('section', { class: 'pane now', 'aria-label': t('tab.now') }, nowPane(loaded)),
    h(
      'section',
      { key: 'side', class: 'pane side', 'aria-label': t(`tab.${route.tab === 'now' ? 'talk' : route.tab}`) },
      sidePane(route.tab, loaded),
    ),
  );
}

/** @param {string} id */
function missing(id) {
  return h(
    'main',
    { class: 'main', tabindex: '-1' },
    h(
      'section',
      { class: 'empty' },
      h('h1', null, t('missing', { id })),
      h('p', null, t('missing.text')),
      link({ view: 'list' }, { class: 'button' }, t('list')),
    ),
  );
}

/** @param {Loaded} loaded */
function head({ incident }) {
  return h(
    'header',
    { class: 'incident-head' },
    h(
      'p',
      { class: 'crumb' },
      link({ view: 'list' }, { class: 'plain' }, t('list')),
      h('span', { 'aria-hidden': 'true' }, '/'),
      h('span', { class: 'id' }, incident.id),
    ),
    h(
      'div',
      { class: 'incident-title' },
      h('h1', null, incident.title),
      h(
        'div',
        { class: 'tags' },
        incident.drill &&
          h(
            'span',
            { class: 'tag drill' },
            t('drill'),
            incident.rate !== undefined && incident.rate !== 1 && ` ${incident.rate}×`,
          ),
        levelTag(incident.level),
        h('span', { class: 'phase-tag' }, phaseTag(incident.phase)),
        incident.lead && h('span', { class: 'tag plain' }, t('led_by', { name: incident.lead })),
      ),
    ),
    way(incident.phase),
  );
}

const PHASES = ['classifying', 'reporting', 'handling', 'ended', 'closed'];

/** Progress bar with the current phase of the incident. @param {string} phase */
function way(phase) {
  const here = PHASES.indexOf(phase);
  return h(
    'ol',
    { class: 'way', 'aria-label': t('column.phase') },
    PHASES.map((one, index) =>
      h(
        'li',
        { class: index < here ? 'past' : null, 'aria-current': index === here ? 'step' : null },
        h('span', { class: 'step', 'aria-hidden': 'true' }, index < here && icon('check')),
        t(`phase.${one}`),
      ),
    ),
  );
}

const TABS = /** @type {const} */ (['now', 'talk', 'timeline', 'files', 'people']);

/** @param {Extract<import('../lib/route.js').Route, { view: 'incident' }>} route */
function tabs(route) {
  return h(
    'nav',
    { class: 'tabs', 'aria-label': t('tabs') },
    TABS.map((tab) =>
      link(
        { view: 'incident', id: route.id, tab },
        // On a wide page "now" is always there and the conversation stands beside it.
        { key: tab, class: `tab tab-${tab}`, 'aria-current': tab === route.tab ? 'page' : null },
        t(`tab.${tab}`),
      ),
    ),
  );
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
  if (incident.stopped) return h('p', { class: 'nothing' }, t('talk.stopped'));
  if (place.address === null || place.thread === null) return h('p', { class: 'nothing' }, t('talk.elsewhere'));
  return [
    log(place.address, place.thread, undefined, 'talk'),
    composer({ address: place.address, thread: place.thread, incident: incident.id }),
  ];
}

const ORDER = ['question', 'status', 'checklist', 'draft'];
/** @param {string | null | undefined} surface */
const orderOf = (surface) => ORDER.indexOf(surface ?? '');

/** The cards that are kept current: what is asked, what is known, what is collected, what would be sent. @param {Loaded} loaded */
function nowPane(loaded) {
  const { place, incident } = loaded;
  const shown = place.address === null || place.thread === null ? [] : surfacesIn(place.address, place.thread);
  if (shown.length === 0) {
    const cards = loaded.cards.toSorted((a, b) => orderOf(a.surface) - orderOf(b.surface));
    return cards.map(({ surface, card }) => surfaceView(surface, card, incident));
  }
  return shown.map(({ surface, card, revision }) => surfaceView(surface ?? '', card, incident, revision));
}

/** @param {string} address @param {string} thread */
function surfacesIn(address, thread) {
  const root = state.messages.get(thread);
  return [...(root ? [root] : []), ...messagesOf(address, thread)]
    .filter((message) => message.card && message.surface)
    .toSorted((a, b) => orderOf(a.surface) - orderOf(b.surface));
}

/**
 * Known by what it shows, not by the message that brings it: what is pressed before the messages are there stays pressed.
 * @param {string} surface @param {import('../lib/model.js').LocalCard | null | undefined} card
 * @param {import('../lib/model.js').Incident} incident @param {number | null} [revision]
 */
function surfaceView(surface, card, incident, revision) {
  return h(
    'div',
    { key: surface, class: `surface surface-${surface}` },
    card &&
      cardView(surface === 'status' ? atAGlance(card) : card, {
        slot: `now:${incident.id}:${surface}`,
        incident: incident.id,
        revision: revision ?? incident.revision,
        level: 2,
      }),
  );
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
