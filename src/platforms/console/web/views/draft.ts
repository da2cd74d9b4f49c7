/** Reading view of a report: its text, changes, gaps, and possible acts. */
import type { LocalCard } from '../../../../conversation/cards/localise.ts';
import type { ComparedReport } from '../../../../incident/report-document.ts';
import { submitForm } from '../lib/acts.ts';
import { attempt, call, download, pathOfIncident, type Request, reportAddress } from '../lib/api.ts';
import { lines } from '../lib/browser-storage.ts';
import { focusOn } from '../lib/focus.ts';
import { quietly } from '../lib/load.ts';
import { afterPaint, changed, loadedOf, state } from '../lib/model.ts';
import type { Changed } from '../lib/shapes.ts';
import { actionViews, cardView } from './card.ts';
import { openDialog } from './dialogs.ts';
import { button, fileMenu, html, icon, kept, labelOf, t, tickOf, trouble } from './elements.ts';
import { type GapView, paperView } from './paper.ts';
import { type Viewed, viewed } from './view-dialog.ts';

interface Reading extends Request, Pick<ComparedReport, 'since'> {
  id: string;
  draft: number | null;
  language: 'zh' | 'en';
  version: 'submission' | 'internal';
  isCompared: boolean;
  isRead: boolean;
  document: ComparedReport['document'] | null;
  /** Card with the decisions on a draft; null for the current report. */
  view: (() => Viewed) | null;
  gap: Gap | null;
  /** True after a gap was filled: shows the draft with what was written since. */
  isNow: boolean;
}
type Gap = Request & { of: string; line: string };

/** Opens a draft, or without a number the current report. */
export function openDraft(id: string, draft: number | null) {
  const shown: Reading = {
    ...{ id, draft, language: 'zh', version: 'submission', isCompared: true, isRead: false },
    ...{ gap: null, isNow: false },
    ...{ document: null, since: null, trouble: null },
    view: draft === null ? null : viewed({ view: 'reading', args: { incident: id, draft: String(draft) } }, id),
  };
  state.replies.delete(slotOf(shown));
  const reads = (open: boolean) =>
    call('nothing', pathOfIncident(id, '/readers'), { json: { draft, open } }).catch(quietly);
  void reads(true);
  const still = setInterval(() => void reads(true), STILL);
  openDialog({
    closed: () => {
      clearInterval(still);
      void reads(false);
    },
    isWide: () => true,
    title: () => shown.view?.().card?.title ?? t('report.title', { id }),
    body: () => readingView(shown),
  });
  load(shown);
}

/** Interval (ms) at which the page reports that the draft is open. */
const STILL = 30_000;

export function readersView(id: string) {
  const { until = 0, readers = [] } = state.readers.get(id) ?? {};
  if (readers.length === 0 || until < Date.now()) return null;
  const said = readers.map(({ name, draft }) =>
    t(draft === null ? 'readers.report' : 'readers.draft', { name, n: draft ?? 0 }),
  );
  return html`<p class="readers" role="status">${icon('direct')}${said.join(' · ')}</p>`;
}

export function openLatest(changed: Changed | null) {
  const draft = changed?.drafts?.at(-1)?.draft;
  if (!changed?.id || !draft) return;
  openDraft(changed.id, draft);
  // The page behind the reading view scrolls to its top, where the draft's card is.
  document.querySelector('.pane.now')?.scrollTo(0, 0);
}

const slotOf = ({ id, draft }: Reading) => `reading:${id}:${draft ?? ''}`;

function load(shown: Reading) {
  shown.document = null;
  const { id, draft, language, version, isNow } = shown;
  const path = reportAddress(id, { language, version, draft, now: isNow ? 'true' : null }, '/compared');
  void attempt(shown, async () => {
    Object.assign(shown, await call('compared', path.slice('/api/v1'.length)));
  });
}

function readingView(shown: Reading) {
  const bound = boundOf(shown);
  const { document, since, view, isCompared, isRead } = shown;
  const isFiled = shown.language === 'zh' && shown.version === 'submission';
  const { card = null, trouble: why } = view?.() ?? {};
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
      ${trouble(shown.trouble ?? why)}
      ${readersView(shown.id)}
      <div class="beside-paper">
        ${card && html`<aside class="about-paper">${cardView(withoutActions(card), bound)}</aside>`}
        <article class="paper" lang=${shown.language === 'zh' ? 'zh-CN' : 'en'} tabindex="0" aria-label=${t('report')}
          aria-busy=${!document && !shown.trouble ? 'true' : null}>
          ${document && paperView(document, isCompared ? since?.changes : [], gapsOf(shown))}
          ${document && isFiled && html`<span key="end" ref=${(end: HTMLElement | null) => end && watch(end, shown)} />`}
        </article>
      </div>
      <footer class="dialog-foot">
        ${card && html`<div class="actions deciding">${actionViews(decisions, bound)}</div>`}
        ${card && decisions.length < actionsOf(card).length && html`<p class="hint">${t('report.read_first')}</p>`}
        ${fileMenu([fileButton(shown, 'docx', t('report.docx')), fileButton(shown, 'pdf', t('report.pdf')), button(t('report.print'), () => print())])}
      </footer>
    </div>
  `;
}

/** Renders gaps of a text: a press turns one into an input, whose text goes into the field of its item's form. */
function gapsOf(shown: Reading): GapView | undefined {
  const items = loadedOf(shown.id)?.incident.items ?? [];
  if (shown.language !== 'zh') return undefined;
  return (of, text) => {
    const item = items.find(({ fields }) => fields.some(({ id }) => id === of));
    if (!item) return html`<mark class="gap">${text}</mark>`;
    const label = t('gap.write', { what: labelOf(of) });
    const { gap } = shown;
    if (gap?.of === of) return gapInput(shown, gap, item.id, label);
    const open = () => {
      shown.gap = { of, line: `gap:${shown.id}:${of}`, trouble: null };
      afterPaint(() => focusOn('.gap-line textarea'));
    };
    return button(text, open, 'gap', { 'aria-label': `${text} ${label}`, title: label });
  };
}

function gapInput(shown: Reading, gap: Gap, item: string, label: string) {
  const write = () => writeGap(shown, gap, item);
  const onkeydown = (event: KeyboardEvent) => {
    if (event.isComposing || event.shiftKey || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    if (event.key === 'Enter') void write();
    else shown.gap = null;
  };
  return html`
    <span class="gap-line wrap">
      <textarea rows="2" ...${kept(gap.line)} aria-label=${label} aria-invalid=${gap.trouble !== null || null} onkeydown=${onkeydown} />
      ${button(t('gap.save'), write, 'button small', { 'aria-busy': gap.busy ? 'true' : null })}
      ${trouble(gap.trouble)}
    </span>
  `;
}

async function writeGap(shown: Reading, gap: Gap, item: string) {
  const text = lines.get(gap.line) ?? '';
  if (text.trim() === '' || gap.busy) return;
  const { id } = shown;
  const ref = { form: 'item', args: { incident: id, item } };
  const form = { ref, revision: boundOf(shown).revision, values: { words: ['confirm'], [gap.of]: text } };
  await attempt(gap, async () => {
    const { done, refused } = await submitForm(slotOf(shown), `gap:${gap.of}`, form);
    gap.trouble = refused ? (refused.problem?.errors?.[gap.of] ?? refused.text) : null;
    if (!done) return;
    lines.delete(gap.line);
    // The text differs from the one that was read.
    Object.assign(shown, { gap: null, isNow: shown.draft !== null, isRead: false });
    load(shown);
  });
}

/** Marks the text that is filed as read once its end was visible, as approval requires. */
function watch(end: HTMLElement, shown: Reading) {
  if (shown.isRead || end.dataset.watched) return;
  end.dataset.watched = 'true';
  new IntersectionObserver((seen, observer) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    shown.isRead = true;
    changed();
  }).observe(end);
}

/** Returns the decisions for the foot, visible however long the text is. */
const actionsOf = ({ blocks }: LocalCard) => blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
const withoutActions = (card: LocalCard): LocalCard => ({
  ...card,
  blocks: card.blocks.filter(({ kind }) => kind !== 'actions'),
});

function boundOf(shown: Reading) {
  const revision = loadedOf(shown.id)?.incident.revision ?? 0;
  return { slot: slotOf(shown), incident: shown.id, revision, level: 3 as const, isReading: true };
}

function comparison(shown: Reading, { draft, changes: { length: n } }: NonNullable<Reading['since']>) {
  const label = t(n === 0 ? 'report.unchanged' : 'report.changes', { n, draft });
  return html`<div class="compared">${n === 0 ? label : tickOf(shown, 'isCompared', label)}</div>`;
}

function choice(shown: Reading, change: Partial<Pick<Reading, 'language' | 'version'>>, label: string) {
  const { language, version } = { ...shown, ...change };
  const isOn = language === shown.language && version === shown.version;
  const onclick = () => {
    Object.assign(shown, change);
    load(shown);
  };
  return button(label, onclick, 'button', { 'aria-pressed': isOn });
}

function fileButton({ id, draft, language, version }: Reading, format: 'docx' | 'pdf', label: string) {
  return button(label, () => download(reportAddress(id, { format, language, version, draft })));
}
