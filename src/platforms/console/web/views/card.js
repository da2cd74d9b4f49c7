/** Card of the bot in the reader's language: the state, the time left, the buttons. */
import { declare, say, sendIntent } from '../lib/acts.js';
import { download, reportAddress } from '../lib/api.js';
import { changed, state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { cloneElement } from '../lib/preact.js';
import { tickOne } from '../lib/tick.js';
import { unbroken } from '../lib/words.js';
import { anyDialog, closeDialogs, confirmFirst } from './dialogs.js';
import { openDraft, openLatest } from './draft.js';
import { actButton, boxes, button, copyButton, html, icon, mark, moreMenu, t } from './elements.js';
import { openForm } from './form-dialog.js';
import { openView, showCard } from './view-dialog.js';

/**
 * @typedef {import('../lib/model.js').LocalCard} LocalCard
 * @typedef {LocalCard['blocks'][number]} Block
 * @typedef {Extract<Block, { kind: 'actions' }>['actions'][number]} Action
 * @typedef {{ slot: string, incident: string | null, revision: number, level?: 2 | 3 | 4, place?: import('./composer.js').Place | undefined, isReading?: boolean, hasKeys?: boolean, before?: () => void }} Bound what its buttons are bound to; `hasKeys`: a digit presses them
 */

/** @param {LocalCard} card @param {Bound} bound */
export function cardView(card, bound) {
  const heading = `h${bound.level ?? 3}`;
  return html`
    <article class="card tone-${card.tone}${card.drill ? ' drill' : ''}" aria-label=${card.summary}>
      <header class="card-head wrap">
        <${heading} class="card-title"><span class="dot" aria-hidden="true" />${card.title}<//>
      </header>
      ${blocksView(card.blocks, bound)}
      ${replyView(bound.slot)}
    </article>
  `;
}

/**
 * Renders blocks with keys by their purpose: a line that appears or disappears above must not turn a button or tick
 * into another one.
 * @param {readonly Block[]} blocks @param {Bound} bound
 */
export function blocksView(blocks, bound) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const view = (/** @type {Block} */ block) => {
    const name = nameOf(block);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const shown = blockView(block, bound);
    return shown && cloneElement(shown, { key: `${name}:${nth}` });
  };
  const isLater = (/** @type {Block} */ block) => block.kind === 'row' && block.later === true;
  const later = blocks.filter(isLater);
  // Rows that may wait are folded into one line, in the place of the first of them.
  return blocks.map((block) => {
    if (!isLater(block)) return view(block);
    const fold = () => html`
      <details key="later" class="later"><summary>${t('later', { n: later.length })}</summary>${later.map(view)}</details>
    `;
    return block === later[0] && fold();
  });
}

/** @param {Block} block */
function nameOf(block) {
  if (block.kind === 'choices') return `choices:${block.choice.fact}`;
  return block.kind === 'actions' ? `actions:${block.actions[0]?.id}` : block.kind;
}

/** Returns the source of a quotation, as a link to the official text if its address is known. @param {Extract<Block, { kind: 'quote' }>} block */
const official = ({ source, url }) => {
  const safe = url && safeUrl(url);
  return safe ? html`<a href=${safe} rel="noreferrer" target="_blank">${source}</a>` : source;
};

/** @param {Block} block @param {Bound} bound */
function blockView(block, bound) {
  switch (block.kind) {
    case 'text':
      return html`<p class=${block.strong ? 'text strong' : 'text'}>${withLinks(block.text)}</p>`;
    case 'quote':
      return html`
        <blockquote class="quote">
          <p>${block.text}</p>
          <cite class="fine">${official(block)}${block.copy && copyButton(block.text)}</cite>
        </blockquote>
      `;
    case 'note':
      return html`<p class="note">${block.text}</p>`;
    case 'clock':
      return html`
        <div class="clock-line wrap" data-clock="running">
          <p>${block.split?.sentence ?? block.text}</p>
          ${ticking(block.due, block.segment ?? null)}
        </div>
      `;
    case 'row':
      return html`
        <div class="row mark-${block.mark}${block.needed ? ' needed' : ''}">
          ${mark(block.mark)}
          <p>${block.text}${block.needed && html`<span class="tag">${t('needed')}</span>`}</p>
          ${block.actions.length > 0 && rowActions(block.text, block.actions, bound)}
        </div>
      `;
    case 'choices':
      return choicesView(block.choice, bound);
    case 'actions':
      return html`<div class="actions">${actionViews(block.actions, bound)}</div>`;
    default:
      return null;
  }
}

/** Pattern of authorities' addresses; a card shows all others as text only. */
const OFFICIAL = /(https:\/\/(?:12387\.cert\.org\.cn|[\w.-]+\.gov\.cn)[\w./?=&%-]*)/;

/** @param {string} text */
function withLinks(text) {
  return text
    .split(OFFICIAL)
    .map((part, nth) => (nth % 2 === 1 ? html`<a href=${part} rel="noreferrer" target="_blank">${part}</a>` : part));
}

/** @param {HTMLElement | null} element */
function tickSoon(element) {
  if (element) requestAnimationFrame(() => tickOne(element));
}

/** Returns a countdown that updates itself. @param {string} due @param {object | null} segment @param {string} [name] */
export function ticking(due, segment, name = 'ticking') {
  return html`
    <span
      class=${name}
      role="timer"
      data-due=${due}
      data-segment=${segment ? JSON.stringify(segment) : null}
      ref=${tickSoon}
    />
  `;
}

/** Renders a row's first button, and the others in a menu. @param {string} what the row is about @param {readonly Action[]} actions @param {Bound} bound */
export function rowActions(what, [first, ...others], bound) {
  return html`
    <div class="actions">
      ${first && actionView(first, bound, what)}
      ${others.length > 0 && moreMenu(what, actionViews(others, bound))}
    </div>
  `;
}

/** @param {readonly Action[]} actions @param {Bound} bound */
export function actionViews(actions, bound) {
  return actions.map((action, nth) => actionView(action, bound, undefined, nth + 1));
}

/** Renders an action. `about`: row of the button, for screen readers. @param {Action} action @param {Bound} bound @param {string} [about] @param {number} [nth] */
export function actionView(action, bound, about, nth = 0) {
  const { id, label, does, confirm, style } = action;
  if (does.kind === 'link') {
    const url = safeUrl(does.url);
    return url && html`<a key=${id} class="button" href=${url} rel="noreferrer" target="_blank">${label}</a>`;
  }
  // Files are downloaded in the console; on a page opened from a chat they arrive in the chat.
  if (state.route.view === 'visit' && does.kind === 'view' && does.view.view === 'download') return null;
  const run = () => perform(action, bound);
  const hasKey = bound.hasKeys && nth > 0 && nth < 10;
  const content = [unbroken(label), hasKey && html`<kbd aria-hidden="true">${nth}</kbd>`];
  const press = () => {
    bound.before?.();
    if (confirm) confirmFirst(confirm, label, run);
    else run();
  };
  return actButton(content, press, `button ${style ?? ''}`, {
    // The label is part of the key, because an equal id may have another label.
    key: `${id}:${label}`,
    'aria-busy': state.busy.has(`${bound.slot}:${id}`) ? 'true' : null,
    'aria-haspopup': does.kind === 'intent' ? null : 'dialog',
    'aria-label': about === undefined ? null : `${label}: ${about}`,
  });
}

/** Returns a button without the primary style: a view should have only one primary button. @param {Action} action */
export const plain = ({ style, ...action }) => (style === 'danger' ? { ...action, style } : action);

/** @param {Action} action @param {Bound} bound */
function perform(action, bound) {
  const does = action.does;
  if (does.kind === 'intent' && bound.incident) act(action.id, does.intent, bound.incident, bound);
  // A declaration has no incident yet: the page of the new incident is opened.
  else if (does.kind === 'intent' && does.intent.type === 'declare') opened(does.intent);
  if (does.kind === 'form') openForm(does.form, bound);
  if (does.kind === 'view') show(does.view, bound);
  if (does.kind === 'line' && bound.place) say(bound.slot, { ...bound.place, text: does.text });
}

/** Sends an intent. To approve a text its reading view is opened instead; a new draft is opened afterwards. @param {string} id @param {{ type: string, draft?: unknown }} intent @param {string} incident @param {Bound} bound */
async function act(id, intent, incident, bound) {
  if (intent.type === 'approve' && !bound.isReading && state.route.view !== 'visit')
    return openDraft(incident, Number(intent.draft));
  const result = await sendIntent(bound.slot, id, incident, intent, bound.revision);
  if (intent.type === 'compile_draft') openLatest(result);
}

/** Shows a view: texts in the reading view, files as a download, everything else in a dialog. @param {import('../../../../conversation/cards/card.ts').ViewRef} view @param {Bound} bound */
function show(view, bound) {
  const { incident = '', draft, format, ...which } = view.args;
  if (state.route.view === 'visit') return openView(view, bound);
  if (view.view === 'text') return openDraft(incident, draft === undefined ? null : Number(draft));
  if (view.view === 'download' && format !== undefined)
    return download(reportAddress(incident, { ...which, format, draft }));
  if (!anyDialog() && showCard(incident, view.view)) return;
  openView(view, bound);
}

/** @param {{ type: string, title?: string, drill?: boolean, scenario?: string }} intent */
async function opened({ title = '', drill, scenario }) {
  const result = await declare({ title, ...(drill ? { drill } : {}), ...(scenario ? { scenario } : {}) });
  if (!result || typeof result !== 'object') return;
  closeDialogs();
  go({ view: 'incident', id: result.id, tab: 'now' });
}

/**
 * Renders the bot's reply, which only this user sees. `place`: conversation to which its buttons send their lines.
 * @param {string} slot @param {import('./composer.js').Place} [place]
 */
export function replyView(slot, place) {
  const reply = state.replies.get(slot);
  if (!reply) return null;
  if (reply.kind === 'trouble')
    return html`<p class="reply trouble" role="alert">${icon('warn')}<span>${reply.text}</span></p>`;
  const { card, incident, revision } = reply;
  if (!card) return null;
  const bound = { slot: place ? slot : `${slot}:reply`, incident, revision, place };
  return html`
    <div class="reply stack">
      <p class="fine">${t('only_you')}</p>
      <p class="reply-title">${card.title}</p>
      ${blocksView(card.blocks, bound)}
    </div>
  `;
}

/** @param {string} url */
function safeUrl(url) {
  return /^(https?:|\/)/i.test(url) ? url : null;
}

/** @typedef {import('../../../../conversation/cards/localise.ts').LocalChoice} LocalChoice */

/** Ticks not sent yet, kept here so that re-rendering does not lose them. @type {Map<string, readonly string[]>} */
const ticks = new Map();

/** Renders ticks with one submit button. @param {LocalChoice} choice @param {Bound} bound */
function choicesView({ fact, options, chosen: given, submit }, bound) {
  const id = `${bound.slot}:${fact}`;
  const chosen = ticks.get(id) ?? given;
  /** @param {readonly string[]} values */
  const take = (values) => {
    ticks.set(id, values);
    changed();
  };
  // Guessed ticks were not made by a person: a note names their origin, and one press removes one.
  const guessed = options.filter(({ value }) => given.includes(value) && chosen.includes(value));
  const guess = (/** @type {typeof options[number]} */ { value, label }) => {
    const drop = () => take((ticks.get(id) ?? given).filter((one) => one !== value));
    return button([label, icon('close')], drop, 'tag guess', { title: t('not_so', { what: label }) });
  };
  const send = async () => {
    if (!bound.incident) return;
    // The ticks are sent, even those not rendered yet.
    const intent = { type: 'answer', fact, value: ticks.get(id) ?? given };
    if (await sendIntent(bound.slot, fact, bound.incident, intent, bound.revision)) ticks.delete(id);
  };
  const busy = state.busy.has(`${bound.slot}:${fact}`) ? 'true' : null;
  return html`
    <fieldset class="choices stack">
      <legend class="unseen">${t('choose_all')}</legend>
      ${boxes(options, chosen, take)}
      ${guessed.length > 0 && html`<p class="guessed wrap"><span class="faint">${t('from_title')}</span>${guessed.map(guess)}</p>`}
      ${actButton(submit, send, 'button', { disabled: chosen.length === 0, 'aria-busy': busy })}
    </fieldset>
  `;
}
