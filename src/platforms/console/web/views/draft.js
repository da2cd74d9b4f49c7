/** Reading view of a report: its text, changes, gaps, and possible acts. */
import { act } from '../lib/acts.js';
import { attempt, call, download, Problem, pathOfIncident, reportAddress } from '../lib/api.js';
import { afterPaint, focusOn } from '../lib/focus.js';
import { quietly } from '../lib/load.js';
import { changed, loadedOf, state } from '../lib/model.js';
import { actionViews, cardView } from './card.js';
import { openDialog } from './dialogs.js';
import { button, html, icon, labelOf, onValue, t, tick, trouble } from './elements.js';
import { paperView } from './paper.js';

/**
 * @typedef {import('./paper.js').ReportDocument} ReportDocument
 * @typedef {import('../lib/model.js').LocalCard} LocalCard
 * @typedef {{ id: string, draft: number | null, language: 'zh' | 'en', version: 'submission' | 'internal', isCompared: boolean,
 *   isRead: boolean, document: ReportDocument | null, since: { draft: number, changes: readonly import('./paper.js').ChangedPart[] } | null, card: LocalCard | null,
 *   revision: number, gap: Gap | null, isNow: boolean, trouble: string | null }} Reading `isNow`: shows the draft with what was written into its gaps since
 * @typedef {{ of: string, text: string, busy?: boolean, trouble: string | null }} Gap the gap that is written in
 */

/** Opens a draft, or without a number the current report. @param {string} id @param {number | null} draft */
export function openDraft(id, draft) {
  /** @type {Reading} */
  const shown = {
    ...{ id, draft, language: 'zh', version: 'submission', isCompared: true, isRead: false, revision: 0 },
    ...{ gap: null, isNow: false },
    ...{ document: null, since: null, card: null, trouble: null },
  };
  state.replies.delete(slotOf(shown));
  const reads = (/** @type {boolean} */ open) =>
    call(pathOfIncident(id, '/readers'), { json: { draft, open } }).catch(quietly);
  reads(true);
  const still = setInterval(() => reads(true), STILL);
  openDialog({
    closed: () => {
      clearInterval(still);
      reads(false);
    },
    isWide: () => true,
    title: () => shown.card?.title ?? t('report.title', { id }),
    body: () => readingView(shown),
  });
  load(shown);
}

/** Interval (ms) at which the page reports that the draft is open. */
const STILL = 30_000;

/** Renders the line on others who have a draft of an incident open. @param {string} id */
export function readersView(id) {
  const { until = 0, readers = [] } = state.readers.get(id) ?? {};
  if (readers.length === 0 || until < Date.now()) return null;
  const said = readers.map(({ name, draft }) =>
    t(draft === null ? 'readers.report' : 'readers.draft', { name, n: draft ?? 0 }),
  );
  return html`<p class="readers" role="status">${icon('direct')}${said.join(' · ')}</p>`;
}

/** Opens the draft that an act compiled. @param {any} result */
export function openLatest(result) {
  const draft = result?.drafts?.at(-1)?.draft;
  if (draft === undefined) return;
  openDraft(result.id, draft);
  // The page behind the reading view scrolls to its top, where the draft's card is.
  document.querySelector('.pane.now')?.scrollTo(0, 0);
}

/** @param {Reading} shown */
const slotOf = ({ id, draft }) => `reading:${id}:${draft ?? ''}`;

/** @param {Reading} shown */
function load(shown) {
  shown.document = null;
  const { id, draft, language, version, isNow } = shown;
  const path = reportAddress(id, { language, version, draft, now: isNow ? 'true' : null }, '/compared');
  attempt(shown, async () => {
    const [read] = await Promise.all([call(path.slice('/api/v1'.length)), loadCard(shown)]);
    Object.assign(shown, read);
  });
}

/** @param {Reading} shown */
async function loadCard(shown) {
  if (shown.draft === null) return;
  const args = { incident: shown.id, draft: String(shown.draft) };
  shown.card = await call('/views', { json: { view: 'reading', args } });
  changed();
}

/** @param {Reading} shown */
function readingView(shown) {
  const bound = boundOf(shown);
  // Later acts may have changed the state of the draft.
  if (shown.revision !== bound.revision) {
    if (shown.revision !== 0) loadCard(shown).catch(quietly);
    shown.revision = bound.revision;
  }
  const { document, since, card, isCompared, isRead } = shown;
  const decisions = card
    ? actionsOf(card).filter(({ does }) => isRead || does.kind !== 'intent' || does.intent.type !== 'approve')
    : [];
  return html`
    <div class="dialog-body stack reading">
      <div class="actions switches">
        ${choice(shown, { language: 'zh' }, '中文')}
        ${choice(shown, { language: 'en' }, 'English')}
        ${choice(shown, { version: 'submission' }, t('report.submission'))}
        ${choice(shown, { version: 'internal' }, t('report.internal'))}
        ${document && since && comparison(shown, since)}
      </div>
      ${trouble(shown.trouble)}
      ${readersView(shown.id)}
      <div class="beside-paper">
        ${card && html`<aside class="about-paper">${cardView(withoutActions(card), bound)}</aside>`}
        <article
          class="paper"
          lang=${shown.language === 'zh' ? 'zh-CN' : 'en'}
          tabindex="0"
          aria-label=${t('report')}
          aria-busy=${!document && !shown.trouble ? 'true' : null}
        >
          ${document && paperView(document, isCompared ? since?.changes : [], gapsOf(shown))}
          ${document && html`<span key="end" ref=${(/** @type {HTMLElement | null} */ end) => end && watch(end, shown)} />`}
        </article>
      </div>
      <footer class="dialog-foot">
        ${card && html`<div class="actions deciding">${actionViews(decisions, bound)}</div>`}
        ${card && decisions.length < actionsOf(card).length && html`<p class="hint">${t('report.read_first')}</p>`}
        ${fileButton(shown, 'docx', t('report.docx'))}
        ${fileButton(shown, 'pdf', t('report.pdf'))}
        ${button(t('report.print'), () => print())}
      </footer>
    </div>
  `;
}

/**
 * Renders gaps of a text: a press turns one into an input, whose text goes into the field of its item's form.
 * @param {Reading} shown @returns {import('./paper.js').Gap | undefined}
 */
function gapsOf(shown) {
  const items = loadedOf(shown.id)?.incident.items ?? [];
  if (shown.language !== 'zh') return undefined;
  return (of, text) => {
    const item = items.find(({ fields }) => fields.some(({ id }) => id === of));
    if (!item) return html`<mark class="gap">${text}</mark>`;
    const label = t('gap.write', { what: labelOf(of) });
    const { gap } = shown;
    if (gap?.of === of) return gapInput(shown, gap, item.id, label);
    const open = () => {
      shown.gap = { of, text: '', trouble: null };
      changed();
      afterPaint(() => focusOn('.gap-line textarea'));
    };
    return button(text, open, 'gap', { 'aria-label': `${text} ${label}`, title: label });
  };
}

/** @param {Reading} shown @param {Gap} gap @param {string} item @param {string} label */
function gapInput(shown, gap, item, label) {
  const write = () => writeGap(shown, gap, item);
  /** @param {KeyboardEvent} event */
  const onkeydown = (event) => {
    if (event.isComposing || event.shiftKey || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Enter') write();
    else shown.gap = null;
    changed();
  };
  const invalid = gap.trouble ? 'true' : null;
  const typed = (/** @type {string} */ text) => {
    gap.text = text;
  };
  return html`
    <span class="gap-line wrap">
      <textarea rows="2" value=${gap.text} oninput=${onValue(typed)} aria-label=${label} aria-invalid=${invalid} onkeydown=${onkeydown} />
      ${button(t('gap.save'), write, 'button small', { 'aria-busy': gap.busy ? 'true' : null })}
      ${trouble(gap.trouble)}
    </span>
  `;
}

/** @param {Reading} shown @param {Gap} gap @param {string} item */
async function writeGap(shown, gap, item) {
  if (gap.text.trim() === '' || gap.busy) return;
  const { id } = shown;
  const ref = { form: 'item', args: { incident: id, item } };
  const json = { ref, revision: boundOf(shown).revision, values: { words: ['confirm'], [gap.of]: gap.text } };
  await attempt(gap, async () => {
    const done = await act(slotOf(shown), `gap:${gap.of}`, (key) =>
      call('/forms/submit', { json, key }).catch((error) => {
        if (!(error instanceof Problem)) throw error;
        gap.trouble = error.errors[gap.of] ?? error.message;
      }),
    );
    if (!done || gap.trouble) return;
    // The text differs from the one that was read.
    Object.assign(shown, { gap: null, isNow: shown.draft !== null, isRead: false });
    load(shown);
  });
}

/** Marks a text as read once its end was visible, as approval requires. @param {HTMLElement} end @param {Reading} shown */
function watch(end, shown) {
  if (shown.isRead || end.dataset.watched) return;
  end.dataset.watched = 'true';
  new IntersectionObserver((seen, observer) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    shown.isRead = true;
    changed();
  }).observe(end);
}

/** Returns the decisions for the foot, visible however long the text is. @param {LocalCard} card */
const actionsOf = ({ blocks }) => blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
/** @param {LocalCard} card @returns {LocalCard} */
const withoutActions = (card) => ({ ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'actions') });

/** @param {Reading} shown */
function boundOf(shown) {
  const revision = loadedOf(shown.id)?.incident.revision ?? 0;
  return { slot: slotOf(shown), incident: shown.id, revision, level: /** @type {const} */ (3), isReading: true };
}

/** @param {Reading} shown @param {NonNullable<Reading['since']>} since */
function comparison(shown, { draft, changes: { length: n } }) {
  const toggle = () => {
    shown.isCompared = !shown.isCompared;
  };
  const label = t(n === 0 ? 'report.unchanged' : 'report.changes', { n, draft });
  return html`<div class="compared">${n === 0 ? label : tick(shown.isCompared, toggle, label)}</div>`;
}

/** @param {Reading} shown @param {Partial<Pick<Reading, 'language' | 'version'>>} change @param {string} label */
function choice(shown, change, label) {
  const { language, version } = { ...shown, ...change };
  const isOn = language === shown.language && version === shown.version;
  const onclick = () => {
    Object.assign(shown, change);
    load(shown);
  };
  return button(label, onclick, 'button', { 'aria-pressed': isOn });
}

/** @param {Reading} shown @param {'docx' | 'pdf'} format @param {string} label */
function fileButton({ id, draft, language, version }, format, label) {
  return button(label, () => download(reportAddress(id, { format, language, version, draft })));
}
