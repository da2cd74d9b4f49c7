/** One incident: its clocks, the one thing to do next, what is collected; beside it what was said and done. */
import { sendIntent } from '../lib/acts.js';
import { messagesOf, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { h } from '../lib/vdom.js';
import { t } from '../lib/words.js';
import { cardView, replyView } from './card.js';
import { clockBoard } from './clock-board.js';
import { composer } from './composer.js';
import { icon } from './icons.js';
import { link } from './link.js';
import { labelOf, levelTag, phaseTag } from './names.js';
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

/** Where the incident is on its way. @param {string} phase */
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
  if (place.address === null || place.thread === null) return h('p', { class: 'nothing' }, t('talk.elsewhere'));
  return [
    log(place.address, place.thread, undefined, 'talk'),
    composer({ address: place.address, thread: place.thread, incident: incident.id }),
  ];
}

const ORDER = ['question', 'status', 'checklist', 'draft'];

/** The cards that are kept current: what is asked, what is known, what is collected, what would be sent. @param {Loaded} loaded */
function nowPane(loaded) {
  const { place, incident } = loaded;
  if (place.address === null || place.thread === null) return [questionFallback(loaded), itemsFallback(loaded)];
  const root = state.messages.get(place.thread);
  const cards = [...(root ? [root] : []), ...messagesOf(place.address, place.thread)].filter(
    (message) => message.card && message.surface,
  );
  const ordered = cards.toSorted((a, b) => ORDER.indexOf(a.surface ?? '') - ORDER.indexOf(b.surface ?? ''));
  if (ordered.length === 0) return [questionFallback(loaded), itemsFallback(loaded)];
  return ordered.map((message) =>
    h(
      'div',
      { key: message.ref, class: `surface surface-${message.surface}` },
      message.card &&
        cardView(message.surface === 'status' ? atAGlance(message.card) : message.card, {
          slot: `now:${message.ref}`,
          incident: message.incident ?? incident.id,
          revision: message.revision ?? incident.revision,
          level: 2,
        }),
    ),
  );
}

/** The head and the board above show title and clocks. @param {import('../lib/model.js').LocalCard} card */
function atAGlance(card) {
  return { ...card, drill: false, title: t('glance'), blocks: card.blocks.filter((block) => block.kind !== 'clock') };
}

/** An incident that no room of the console shows: the question and the items from its state. @param {Loaded} loaded */
function questionFallback({ incident }) {
  const question = incident.question;
  if (!question) return null;
  const slot = `question:${incident.id}`;
  return h(
    'article',
    { class: 'card tone-running' },
    h('header', { class: 'card-head' }, h('h2', { class: 'card-title' }, question.text)),
    h(
      'div',
      { class: 'actions' },
      question.options.map((option) =>
        h(
          'button',
          {
            key: option.label,
            type: 'button',
            class: 'button',
            onclick: () => sendIntent(slot, option.label, incident.id, option.intent, incident.revision),
          },
          option.label,
        ),
      ),
    ),
    replyView(slot),
  );
}

/** @param {Loaded} loaded */
function itemsFallback({ incident }) {
  return h(
    'article',
    { class: 'card' },
    h('header', { class: 'card-head' }, h('h2', { class: 'card-title' }, t('items'))),
    incident.items.map((item) => {
      const filled = item.fields.filter((field) => field.state !== 'missing').length;
      const mark = filled === item.fields.length ? 'done' : filled > 0 ? 'partly' : 'open';
      return h(
        'div',
        { key: item.id, class: `row mark-${mark}` },
        h(
          'span',
          { class: 'mark', role: 'img', 'aria-label': t(`mark.${mark}`) },
          mark !== 'open' && icon(mark === 'done' ? 'check' : 'partly'),
        ),
        h(
          'p',
          null,
          `${item.n} ${labelOf(item.id)} · ${filled}/${item.fields.length}${item.owner ? ` · ${item.owner}` : ''}`,
        ),
      );
    }),
  );
}

/** The page's own keys on an incident: a digit goes to a tab. @param {string} key */
export function incidentKey(key) {
  const tab = TABS[Number(key) - 1];
  if (state.route.view !== 'incident' || !tab) return false;
  go({ ...state.route, tab });
  return true;
}
