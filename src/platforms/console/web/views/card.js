/** A card of the bot in the reader's language: what is going on, how long is left, what to tap. */
import { declare, say, sendIntent } from '../lib/acts.js';
import { appeared, isTooNew } from '../lib/aim.js';
import { download, reportAddress } from '../lib/download.js';
import { html } from '../lib/html.js';
import { state } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { cloneElement } from '../lib/preact.js';
import { tickOne } from '../lib/tick.js';
import { t } from '../lib/words.js';
import { choicesView } from './choices.js';
import { copyButton } from './copy.js';
import { anyDialog, closeDialogs, confirmFirst } from './dialogs.js';
import { openDraft, openLatest } from './draft.js';
import { openForm } from './form-dialog.js';
import { icon } from './icons.js';
import { actionMenu } from './menu.js';
import { showCard } from './show-card.js';
import { openView } from './view-dialog.js';

/**
 * @typedef {import('../lib/model.js').LocalCard} LocalCard
 * @typedef {LocalCard['blocks'][number]} Block
 * @typedef {Extract<Block, { kind: 'actions' }>['actions'][number]} Action
 * @typedef {{ slot: string, incident: string | null, revision: number, level?: 2 | 3 | 4, place?: import('./composer.js').Place | undefined, isReading?: boolean }} Bound what its buttons are bound to
 */

/** @param {LocalCard} card @param {Bound} bound */
export function cardView(card, bound) {
  const heading = `h${bound.level ?? 3}`;
  return html`
    <article class="card tone-${card.tone}${card.drill ? ' drill' : ''}" aria-label=${card.summary}>
      <header class="card-head">
        <${heading} class="card-title"><span class="dot" aria-hidden="true" />${card.title}<//>
      </header>
      ${blocksView(card.blocks, bound)}
      ${replyView(bound.slot)}
    </article>
  `;
}

/**
 * A line that comes or goes above must not make a button or a tick another one, so what can be pressed is known by what
 * it is for.
 * @param {readonly Block[]} blocks @param {Bound} bound
 */
function blocksView(blocks, bound) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return blocks.map((block) => {
    const name = nameOf(block);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const view = blockView(block, bound);
    return view && cloneElement(view, { key: `${name}:${nth}` });
  });
}

/** @param {Block} block */
function nameOf(block) {
  if (block.kind === 'choices') return `choices:${block.choice.fact}`;
  return block.kind === 'actions' ? `actions:${block.actions[0]?.id}` : block.kind;
}

/** @param {Block} block @param {Bound} bound */
function blockView(block, bound) {
  switch (block.kind) {
    case 'text':
      return html`<p class=${block.strong ? 'text strong' : 'text'}>${withLinks(block.text)}</p>`;
    case 'quote':
      return html`
        <blockquote class="quote">
          <p>${block.text}</p>
          <cite>${block.source}${block.copy && copyButton(block.text)}</cite>
        </blockquote>
      `;
    case 'note':
      return html`<p class="note">${block.text}</p>`;
    case 'clock':
      return html`
        <div class="clock-line" data-clock="running">
          <p>${block.split?.sentence ?? block.text}</p>
          ${ticking(block.due, block.segment ?? null)}
        </div>
      `;
    case 'row':
      return html`
        <div class="row mark-${block.mark}${block.needed ? ' needed' : ''}">
          <span class="mark" role="img" aria-label=${t(`mark.${block.mark}`)}>
            ${block.mark !== 'open' && icon(block.mark === 'done' ? 'check' : 'partly')}
          </span>
          <p>${block.text}${block.needed && html`<span class="tag">${t('needed')}</span>`}</p>
          ${block.actions.length > 0 && rowActions(block, bound)}
        </div>
      `;
    case 'choices':
      return choicesView(block.choice, bound);
    case 'actions':
      return actionsView(block.actions, bound);
    default:
      return null;
  }
}

/** Addresses of the authorities; of anybody else's a card shows the text alone. */
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

/** A countdown that moves by itself. @param {string} due @param {object | null} segment @param {string} [name] */
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

/** @param {readonly Action[]} actions @param {Bound} bound */
function actionsView(actions, bound) {
  return html`<div class="actions">${actions.map((action) => actionView(action, bound))}</div>`;
}

/** One button a row; the others in a menu. @param {Extract<Block, { kind: 'row' }>} row @param {Bound} bound */
function rowActions({ text, actions: [first, ...others] }, bound) {
  return html`
    <div class="actions">
      ${first && actionView(first, bound, text)}
      ${others.length > 0 && actionMenu(t('more_for', { what: text }), others, bound)}
    </div>
  `;
}

/** `about`: row the button stands in, for those who do not see it. @param {Action} action @param {Bound} bound @param {string} [about] */
export function actionView(action, bound, about) {
  if (action.does.kind === 'link') {
    const url = safeUrl(action.does.url);
    return (
      url && html`<a key=${action.id} class="button" href=${url} rel="noreferrer" target="_blank">${action.label}</a>`
    );
  }
  const busy = state.busy.has(`${bound.slot}:${action.id}`);
  /** @param {MouseEvent} event */
  const press = (event) => {
    if (isTooNew(event)) return;
    const run = () => perform(action, bound);
    if (action.confirm) confirmFirst(action.confirm, action.label, run);
    else run();
  };
  // Equal ids with another label are another button.
  return html`
    <button
      key="${action.id}:${action.label}"
      type="button"
      class="button ${action.style ?? ''}"
      aria-busy=${busy ? 'true' : null}
      aria-haspopup=${action.does.kind === 'intent' ? null : 'dialog'}
      aria-label=${about === undefined ? null : `${action.label}: ${about}`}
      ref=${appeared}
      onclick=${press}
    >
      ${action.label}
    </button>
  `;
}

/** @param {Action} action @param {Bound} bound */
function perform(action, bound) {
  const does = action.does;
  if (does.kind === 'intent' && bound.incident) act(action.id, does.intent, bound.incident, bound);
  // A declaration is about no incident yet: the page goes to the one it opens.
  else if (does.kind === 'intent' && does.intent.type === 'declare') opened(does.intent);
  if (does.kind === 'form') openForm(does.form, bound);
  if (does.kind === 'view') show(does.view, bound);
  if (does.kind === 'line' && bound.place) say(bound.slot, { ...bound.place, text: does.text });
}

/** A text is approved where it can be read; a new draft opens itself. @param {string} id @param {{ type: string, draft?: unknown }} intent @param {string} incident @param {Bound} bound */
async function act(id, intent, incident, bound) {
  if (intent.type === 'approve' && !bound.isReading) return openDraft(incident, Number(intent.draft));
  const result = await sendIntent(bound.slot, id, incident, intent, bound.revision);
  if (intent.type === 'compile_draft') openLatest(result);
}

/** Texts open in the reading view, files come at once, everything else in a dialog. @param {import('../../../../conversation/cards/card.ts').ViewRef} view @param {Bound} bound */
function show(view, bound) {
  const { incident = '', draft, format, ...which } = view.args;
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
 * Reply of the bot to this person; nobody else sees it. `place`: where a line of its buttons is sent.
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
    <div class="reply">
      <p class="only-you">${t('only_you')}</p>
      <p class="reply-title">${card.title}</p>
      ${blocksView(card.blocks, bound)}
    </div>
  `;
}

/** @param {string} url */
function safeUrl(url) {
  return /^(https?:|\/)/i.test(url) ? url : null;
}
