/** Card of the bot in the reader's language: the state, the time left, the buttons. */
import { Fragment, h } from 'preact';
import type { ViewRef } from '../../../../conversation/cards/card.ts';
import type { LocalAction, LocalBlock, LocalCard, LocalChoice } from '../../../../conversation/cards/localise.ts';
import { declare, type Intent, say, sendIntent } from '../lib/acts.ts';
import { download, reportAddress } from '../lib/api.ts';
import { ticks } from '../lib/browser-storage.ts';
import { type Bound, type Place, state } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage } from '../lib/route.ts';
import { tickOne } from '../lib/time.ts';
import { unbroken } from '../lib/words.ts';
import { anyDialog, closeDialogs, confirmFirst } from './dialogs.ts';
import { openDraft, openLatest } from './draft.ts';
import { boxes, busyIf, button, copyButton, fileMenu, html, icon, mark, moreMenu, t, trouble } from './elements.ts';
import { openForm } from './form-dialog.ts';
import { openView, showCard } from './view-dialog.ts';

export function cardView(card: LocalCard, bound: Bound) {
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
 */
export function blocksView(blocks: readonly LocalBlock[], bound: Bound) {
  const seen = new Map<string, number>();
  const view = (block: LocalBlock) => {
    const name = nameOf(block);
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    const shown = blockView(block, bound);
    return shown && h(Fragment, { key: `${name}:${nth}` }, shown);
  };
  const isLater = (block: LocalBlock) => block.kind === 'row' && block.later === true;
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

function nameOf(block: LocalBlock) {
  if (block.kind === 'choices') return `choices:${block.choice.fact}`;
  return block.kind === 'actions' ? `actions:${block.actions[0]?.id}` : block.kind;
}

/** Renders a link that leaves the page; only its text if the address is missing or no web address. */
const outward = (url: string | undefined, text: string, more: object = {}) =>
  /^(https?:|\/)/i.test(url ?? '')
    ? html`<a ...${more} href=${url} rel="noreferrer" target="_blank">${text}</a>`
    : text;

function blockView(block: LocalBlock, bound: Bound) {
  switch (block.kind) {
    case 'text':
      return html`<p class=${block.strong ? 'text strong' : 'text'}>${withLinks(block.text)}</p>`;
    case 'quote':
      return html`
        ${block.copy && html`<p class="text strong">${block.source}</p>`}
        <blockquote class="quote">
          <p>${block.text}</p>
          <cite class="fine">${block.copy ? copyButton(block.text) : outward(block.url, block.source)}</cite>
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
      return actionsView(block.actions, bound);
    default:
      return null;
  }
}

/** Renders a block's buttons; several files to download are in a menu behind the others. */
function actionsView(actions: readonly LocalAction[], bound: Bound) {
  const { files = [], others = [] } = Object.groupBy(actions, ({ does }) =>
    does.kind === 'view' && does.view.view === 'download' ? 'files' : 'others',
  );
  if (files.length < 2) return html`<div class="actions">${actionViews(actions, bound)}</div>`;
  return html`<div class="actions">${actionViews(others, bound)}${fileMenu(actionViews(files, bound))}</div>`;
}

/** Pattern of authorities' addresses; a card shows all others as text only. */
const OFFICIAL = /(https:\/\/(?:12387\.cert\.org\.cn|[\w.-]+\.gov\.cn)[\w./?=&%-]*)/;

function withLinks(text: string) {
  return text.split(OFFICIAL).map((part, nth) => (nth % 2 === 1 ? outward(part, part) : part));
}

function tickSoon(element: HTMLElement | null) {
  if (element) requestAnimationFrame(() => tickOne(element));
}

export function ticking(due: string, segment: object | null, name: string = 'ticking') {
  return html`
    <span class=${name} role="timer" data-due=${due} data-segment=${segment ? JSON.stringify(segment) : null} ref=${tickSoon} />
  `;
}

/** Renders a row's first button, and the others in a menu. */
export function rowActions(what: string, [first, ...others]: readonly LocalAction[], bound: Bound) {
  return html`
    <div class="actions">
      ${first && actionView(first, bound, what)}
      ${others.length > 0 && moreMenu(what, actionViews(others, bound))}
    </div>
  `;
}

export function actionViews(actions: readonly LocalAction[], bound: Bound) {
  return actions.map((action, nth) => actionView(action, bound, undefined, nth + 1));
}

/** Renders an action. `about`: row of the button, for screen readers. */
export function actionView(action: LocalAction, bound: Bound, about?: string, nth: number = 0) {
  const { id, label, does, confirm, style } = action;
  if (does.kind === 'link') return outward(does.url, label, { key: id, class: 'button' });
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
  return button(content, press, `button acts ${bound.isMessage && style === 'primary' ? '' : (style ?? '')}`, {
    // The label is part of the key, because an equal id may have another label.
    key: `${id}:${label}`,
    ...busyIf(`${bound.slot}:${id}`),
    'aria-haspopup': does.kind === 'intent' ? null : 'dialog',
    'aria-label': about === undefined ? null : `${label}: ${about}`,
  });
}

/** Returns a button without the primary style: a view should have only one primary button. */
export const plain = ({ style, ...action }: LocalAction) => (style === 'danger' ? { ...action, style } : action);

function perform({ id, does }: LocalAction, bound: Bound) {
  if (does.kind === 'form') openForm(does.form, bound);
  else if (does.kind === 'view') show(does.view, bound);
  else if (does.kind === 'line' && bound.place) void say(bound.slot, { ...bound.place, text: does.text });
  else if (does.kind === 'intent') void sendOf(id, does.intent, bound);
}

/**
 * Sends an intent. To approve a text its reading view is opened instead; a new draft, and the page of a new incident,
 * are opened afterwards.
 */
async function sendOf(id: string, intent: Intent, bound: Bound) {
  const { slot, incident, revision } = bound;
  if (intent.type === 'declare' && !incident) {
    const { title, drill, scenario } = intent;
    const opened = await declare({ title, drill, scenario });
    if (!opened?.id) return;
    closeDialogs();
    go(incidentPage(opened.id));
  } else if (intent.type === 'approve' && incident && !bound.isReading && state.route.view !== 'visit') {
    openDraft(incident, intent.draft);
  } else if (incident) {
    const result = await sendIntent(slot, id, incident, intent, revision);
    if (intent.type === 'compile_draft') openLatest(result);
  }
}

/** Shows a view: texts in the reading view, files as a download, everything else in a dialog. */
function show(view: ViewRef, bound: Bound) {
  const { incident = '', draft, format, ...which } = view.args;
  if (state.route.view === 'visit') openView(view, bound);
  else if (view.view === 'text') openDraft(incident, draft === undefined ? null : Number(draft));
  else if (view.view === 'download' && format !== undefined)
    download(reportAddress(incident, { ...which, format, draft }));
  else if (anyDialog() || !showCard(incident, view.view)) openView(view, bound);
}

/** Renders the bot's reply, which only this user sees. `place`: conversation to which its buttons send their lines. */
export function replyView(slot: string, place?: Place) {
  const reply = state.replies.get(slot);
  if (!reply) return null;
  if (reply.kind === 'trouble') return trouble(reply.text);
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

function choicesView({ fact, options, chosen: given, submit }: LocalChoice, bound: Bound) {
  const id = `${bound.slot}:${fact}`;
  const chosen = ticks.get(id) ?? given;
  const take = (values: readonly string[]) => ticks.set(values, id);
  // Guessed ticks were not made by a person: a note names their origin, and one press removes one.
  const guessed = options.filter(({ value }) => given.includes(value) && chosen.includes(value));
  const guess = ({ value, label }: (typeof options)[number]) => {
    const drop = () => take((ticks.get(id) ?? given).filter((one) => one !== value));
    return button([label, icon('close')], drop, 'tag guess', { title: t('not_so', { what: label }) });
  };
  const send = async () => {
    if (!bound.incident) return;
    // The ticks are sent, even those not rendered yet.
    const intent: Intent = { type: 'answer', fact, value: [...(ticks.get(id) ?? given)] };
    if (await sendIntent(bound.slot, fact, bound.incident, intent, bound.revision)) ticks.delete(id);
  };
  return html`
    <fieldset class="choices stack">
      <legend class="unseen">${t('choose_all')}</legend>
      ${boxes(options, chosen, take)}
      ${guessed.length > 0 && html`<p class="guessed wrap"><span class="faint">${t('from_title')}</span>${guessed.map(guess)}</p>`}
      ${button(submit, send, 'button acts', { disabled: chosen.length === 0, ...busyIf(`${bound.slot}:${fact}`) })}
    </fieldset>
  `;
}
