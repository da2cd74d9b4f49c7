/** The cards that are kept current: the one the next step is about first, finished ones as one line. */
import { messagesOf, state } from '../lib/model.js';
import { cardView, plain } from './card.js';
import { html, icon, t } from './elements.js';
import { obligationBoard } from './obligations.js';

/**
 * @typedef {import('../lib/model.js').Loaded} Loaded
 * @typedef {import('../lib/model.js').LocalCard} LocalCard
 * @typedef {import('../../../../conversation/cards/localise.ts').LocalAction} LocalAction
 * @typedef {{ surface: string, card: LocalCard | null | undefined, revision: number | null | undefined }} Shown
 */

const ORDER = ['question', 'draft', 'checklist', 'status'];

/** @param {Loaded} loaded */
export function caseCards(loaded) {
  const { incident } = loaded;
  const about = incident.next?.about ?? null;
  const rank = (/** @type {Shown} */ { surface }) => (surface === about ? -1 : ORDER.indexOf(surface));
  const shown = shownOf(loaded).toSorted((a, b) => rank(a) - rank(b));
  const cards = shown.map((one) => surfaceView(one, incident, one.surface !== about && isFinished(one, incident)));
  const board = obligationBoard(incident);
  return about === 'owed' ? [board, ...cards] : [...cards, board];
}

/** Without a room of the console the cards come with the incident. @param {Loaded} loaded @returns {Shown[]} */
function shownOf({ place, cards }) {
  const found = place.address === null || place.thread === null ? [] : surfacesIn(place.address, place.thread);
  if (found.length === 0) return cards.map((one) => ({ ...one, revision: null }));
  return found.map(({ surface, card, revision }) => ({ surface: surface ?? '', card, revision }));
}

/** @param {string} address @param {string} thread */
function surfacesIn(address, thread) {
  const root = state.messages.get(thread);
  return [...(root ? [root] : []), ...messagesOf(address, thread)].filter(({ card, surface }) => card && surface);
}

/** Returns true if a card asks for nothing any more. @param {Shown} shown @param {import('../lib/model.js').Incident} incident */
function isFinished({ surface, card }, incident) {
  if (surface === 'question') return incident.levelDecided === true;
  // A primary button says that another report is wanted.
  if (!card || card.blocks.some(hasPrimary)) return false;
  if (surface === 'draft') return card.tone === 'done';
  return surface === 'checklist' && !card.blocks.some((block) => block.kind === 'row' && block.mark !== 'done');
}

/** @param {LocalCard['blocks'][number]} block */
function hasPrimary(block) {
  return block.kind === 'actions' && block.actions.some(({ style }) => style === 'primary');
}

/**
 * Known by what it shows, not by the message that brings it: what is pressed before the messages are there stays pressed.
 * @param {Shown} shown @param {import('../lib/model.js').Incident} incident @param {boolean} finished
 */
function surfaceView({ surface, card, revision }, incident, finished) {
  if (!card) return html`<div key=${surface} class="surface surface-${surface}" />`;
  const bound = {
    slot: `now:${incident.id}:${surface}`,
    incident: incident.id,
    revision: revision ?? incident.revision,
    level: /** @type {const} */ (2),
  };
  const view = cardView(withoutNext(surface === 'status' ? atAGlance(card) : card, incident), bound);
  if (!finished) return html`<div key=${surface} class="surface surface-${surface}">${view}</div>`;
  return html`
    <details key=${surface} class="surface surface-${surface} finished">
      <summary>${icon('check')}<span class="finished-title">${card.title}</span><span class="faint">${gist(surface, card)}</span></summary>
      ${view}
    </details>
  `;
}

/** The summary of the question names the incident, which the head does already. @param {string} surface @param {LocalCard} card */
function gist(surface, card) {
  const first = card.blocks[0];
  return surface === 'question' && first && 'text' in first ? first.text : card.summary;
}

/** The head, the clocks, the bar and the board of what is owed show the rest. @param {LocalCard} card */
function atAGlance(card) {
  /** @param {LocalCard['blocks'][number]} block @returns {LocalCard['blocks']} */
  const rest = (block) => {
    if (block.kind === 'clock' || ('next' in block && block.next)) return [];
    if (block.kind === 'row') return block.actions.some(isFiling) ? [] : [block];
    if (block.kind !== 'actions') return [block];
    // The primary button is the next step of the room.
    return [{ ...block, actions: block.actions.filter(({ style }) => style !== 'primary') }];
  };
  const blocks = card.blocks.flatMap(rest);
  return { ...card, drill: false, title: t('glance'), blocks };
}

/** @param {LocalAction} action */
function isFiling({ does }) {
  return does.kind === 'form' && ['filing', 'practise'].includes(does.form.form);
}

/**
 * The bar has the only primary button, and what it offers is not offered a second time.
 * @param {LocalCard} card @param {import('../lib/model.js').Incident} incident @returns {LocalCard}
 */
function withoutNext(card, { next }) {
  const above = new Set(next?.actions.map(({ does }) => JSON.stringify(does)));
  /** @param {readonly LocalAction[]} actions */
  const rest = (actions) => actions.filter(({ does }) => !above.has(JSON.stringify(does))).map(plain);
  const blocks = card.blocks.map((block) => {
    // A row keeps its button: there are many alike.
    if (block.kind === 'row') return { ...block, actions: block.actions.map(plain) };
    return block.kind === 'actions' ? { ...block, actions: rest(block.actions) } : block;
  });
  return { ...card, blocks: blocks.filter((block) => block.kind !== 'actions' || block.actions.length > 0) };
}
