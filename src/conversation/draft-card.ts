import { isReport } from '../incident/approvals.ts';
import type { Draft, Filing, IncidentState } from '../incident/state.ts';
import { estimatesOf, incompleteNow, itemStatuses, itemsNow, toFollow } from '../report/items.ts';
import { sheetFor } from '../report/sheet.ts';
import { approvalActions, approvalBlocks, type DraftStanding, standingOf } from './approval.ts';
import type { Action, Block, Card, Text } from './card.ts';
import { gapBlocks } from './gaps.ts';
import { toneOf } from './headline.ts';
import { levelOffer } from './level-offer.ts';
import { at, joined, primary, type Scene, t, titled, view } from './scene.ts';
import { correctAction, filedBlocks, filedText, numbers } from './updates.ts';

/** The latest draft and what was filed; null while there is neither. */
export function draftCard(scene: Scene): Card | null {
  return draftMaker(scene)?.() ?? null;
}

/** Whether there is such a card. */
export function hasDraftCard({ drafts, filings }: Pick<IncidentState, 'drafts' | 'filings'>): boolean {
  return drafts.length > 0 || filings.some(isReport);
}

/** Makes that card when it is wanted: it compares the text with the whole record. */
export function draftMaker(scene: Scene): (() => Card) | null {
  const draft = scene.state.drafts.at(-1);
  const filing = scene.state.filings.findLast(isReport);
  return draft || filing ? () => cardOf(scene, draft, filing) : null;
}

function cardOf(scene: Scene, draft: Draft | undefined, filing: Filing | undefined): Card {
  const { state } = scene;
  const filedLast = filing && (!draft || filing.version > draft.version) ? filing : null;
  const standing = draft && !filedLast ? standingOf(scene, draft) : null;
  return {
    tone: filedLast ? 'done' : toneOf(scene),
    drill: state.drill,
    title: titled(state, draft ? draftTitle(draft) : t('draft.kind.initial')),
    summary: filedLast ? filedText(scene, filedLast) : draftSummary(scene, draft),
    blocks: [
      ...(filedLast ? filedBlocks(scene, filedLast) : draftBlocks(scene, draft, standing)),
      ...(draft ? [{ kind: 'actions' as const, actions: draftActions(scene, draft, standing) }] : []),
      ...(filedLast ? [{ kind: 'actions' as const, actions: [correctAction(scene, filedLast)] }] : []),
    ],
  };
}

function draftTitle(draft: Draft): Text {
  return t('draft.title', { n: draft.draft, kind: t(`draft.kind.${draft.report}`) });
}

function draftSummary(scene: Scene, draft: Draft | undefined): Text {
  if (!draft) return t('draft.kind.initial');
  return t('draft.summary', {
    n: draft.draft,
    kind: t(`draft.kind.${draft.report}`),
    at: at(scene, draft.at),
    upTo: draft.upTo,
  });
}

export function estimatesText(scene: Scene): Text {
  return t('draft.estimates', { n: estimatesOf(itemsNow(scene)) });
}
function draftBlocks(scene: Scene, draft: Draft | undefined, standing: DraftStanding | null): readonly Block[] {
  if (!draft || !standing) return [];
  const items = itemStatuses(sheetFor(scene, draft, 'zh'));
  const follow = toFollow(items);
  const incomplete = incompleteNow(items);
  const facts: Text[] = [estimatesText(scene)];
  if (follow.length > 0)
    facts.push(t(draft.report === 'summary' ? 'draft.parts' : 'draft.to_follow', { items: numbers(follow) }));
  const notes: Text[] = incomplete.length > 0 ? [t('draft.incomplete', { items: numbers(incomplete) })] : [];
  if (draft.cannotDetermine.length > 0) {
    const what = draft.cannotDetermine.map((one) => cannotText(one));
    notes.push(t('draft.cannot', { what: joined(what) }));
  }
  if (!draft.text) notes.push(t('draft.stale'));
  if (scene.state.drill) notes.push(t('draft.drill'));
  return [
    { kind: 'text', text: t('draft.made', { at: at(scene, draft.at), upTo: draft.upTo }) },
    { kind: 'text', text: joined(facts, 'dot') },
    ...notes.map((text): Block => ({ kind: 'note', text })),
    ...approvalBlocks(scene, draft, standing),
    ...levelOffer(scene),
    ...gapBlocks(scene, draft),
  ];
}

export function cannotText(what: string): Text {
  return what === 'cause' ? t('draft.cause') : what === 'impact' ? t('draft.impact') : t('draft.trend');
}
/** `standing` is null once it was filed. */
function draftActions(scene: Scene, draft: Draft, standing: DraftStanding | null): readonly Action[] {
  const { state } = scene;
  const args = { incident: state.id, draft: String(draft.draft) };
  const read = view('read', t('act.read'), 'text', args);
  const download = (id: string, label: Text, format: string, version: string, language: string): Action =>
    view(id, label, 'download', { ...args, format, version, language });
  const files = [
    download('docx', t('act.docx'), 'docx', 'submission', 'zh'),
    download('pdf', t('act.pdf'), 'pdf', 'submission', 'zh'),
    download('internal', t('act.internal'), 'docx', 'internal', 'zh'),
    download('english', t('act.english'), 'docx', 'submission', 'en'),
  ];
  if (!standing || state.closed) return [primary(read), ...files];
  return [read, ...files, ...approvalActions(scene, draft, standing)];
}
