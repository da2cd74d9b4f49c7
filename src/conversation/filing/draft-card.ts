import { draftInForce, isReport } from '../../incident/approvals.ts';
import type { Draft, Filing, IncidentState } from '../../incident/state.ts';
import { reportWith } from '../../law/regime.ts';
import { estimatesOf, incompleteNow, itemStatuses, itemsNow, toFollow } from '../../report/items.ts';
import { sheetFor } from '../../report/sheet.ts';
import type { Action, Block, Card, Pair, Text, ViewRef } from '../cards/card.ts';
import { cardOf, toneOf } from '../cards/headline.ts';
import {
  actionBlock,
  buttons,
  noteBlock,
  pairedBlock,
  rowBlock,
  sentenceCard,
  strongBlock,
  textBlock,
} from '../cards/sentence.ts';
import {
  at,
  joined,
  numbers,
  pair,
  plain,
  reportText,
  type Situation,
  t,
  titleText,
  view,
} from '../cards/situation.ts';
import { gapBlocks, openPoints } from '../collecting/gap-blocks.ts';
import { readyAsWritten } from '../collecting/item-forms.ts';
import { levelOffer } from '../level-offer.ts';
import { approvalActions, approvalBlocks, type DraftStanding, standingOf } from './approval-status.ts';
import { filedBlocks, filedText } from './changes-since-filing.ts';
import { correctAction } from './report-actions.ts';

/** Card of the draft in force or the last filed report; null while there is neither. */
export function draftCard(situation: Situation): Card | null {
  return draftMaker(situation)?.() ?? null;
}

/** Returns true if the incident has a draft card: a draft exists or a report was filed. */
export function hasDraftCard({ drafts, filings }: Pick<IncidentState, 'drafts' | 'filings'>): boolean {
  return drafts.length > 0 || filings.some(isReport);
}

/** Returns a function that makes the draft card only on demand: comparing its text with the record is slow. */
export function draftMaker(situation: Situation): (() => Card) | null {
  const draft = draftInForce(situation.state);
  const filing = situation.ia.filings.findLast(isReport);
  return draft || filing ? () => cardFrom(situation, draft, filing) : null;
}

function cardFrom(situation: Situation, draft: Draft | undefined, filing: Filing | undefined): Card {
  const filedLast = filing && (!draft || filing.version > draft.version) ? filing : null;
  const standing = draft && !filedLast ? standingOf(situation, draft) : null;
  const blocks = filedLast ? filedBlocks(situation, filedLast) : draftBlocks(situation, draft, standing);
  const title = draft ? draftTitle(situation, draft) : firstName(situation);
  const summary = filedLast ? filedText(situation, filedLast) : draftSummary(situation, draft);
  const all = [
    ...blocks,
    ...(draft ? [actionBlock(draftActions(situation, draft, standing))] : []),
    ...(filedLast ? correctionOf(correctAction(situation, filedLast), blocks) : []),
  ];
  return cardOf(situation, title, summary, all, filedLast ? 'done' : toneOf(situation));
}

/** Button to correct the last filing, unless a recipient's row has it. */
function correctionOf(action: Action, blocks: readonly Block[]): readonly Block[] {
  const isThere = blocks.some((block) => block.kind === 'row' && block.actions.some(({ id }) => id === action.id));
  return isThere ? [] : [actionBlock([action])];
}

function draftTitle({ regime }: Situation, draft: Draft): Text {
  return t('draft.title', { n: draft.draft, kind: reportText(regime, draft.report) });
}

const firstName = ({ regime }: Situation): Text => reportText(regime, reportWith(regime, 'first'));

function draftSummary(situation: Situation, draft: Draft | undefined): Text {
  if (!draft) return firstName(situation);
  const made = t('draft.made', { at: at(situation, draft.at), upTo: draft.upTo });
  return joined([plain(situation.state.id), titleText(situation), made], 'dot');
}

function draftBlocks(situation: Situation, draft: Draft | undefined, standing: DraftStanding | null): readonly Block[] {
  if (!draft || !standing) return [];
  const items = itemStatuses(sheetFor(situation, draft, 'zh'));
  const follow = toFollow(items);
  const incomplete = incompleteNow(items);
  const n = estimatesOf(itemsNow(situation));
  const estimates = t('draft.estimates', { n });
  const facts: Text[] = [estimates];
  const pairs: Pair[] = [pair('row.estimates', t('row.estimates_n', { n }))];
  if (follow.length > 0) {
    const left = { n: follow.length, items: numbers(follow) };
    facts.push(t(draft.role === 'final' ? 'draft.parts' : 'draft.to_follow', left));
    if (draft.role !== 'final') pairs.push(pair('row.follow', t('row.follow_items', { items: left.items })));
  }
  const notes: Text[] =
    incomplete.length > 0 ? [t('draft.incomplete', { n: incomplete.length, items: numbers(incomplete) })] : [];
  if (draft.cannotDetermine.length > 0) {
    const what = draft.cannotDetermine.map((one) => cannotText(one));
    notes.push(t('draft.cannot', { what: joined(what) }));
  }
  if (!draft.text) notes.push(t('draft.stale'));
  if (situation.state.drill) notes.push(t('draft.drill'));
  const made = { at: at(situation, draft.at), upTo: draft.upTo };
  return [
    pairedBlock(t('draft.made', made), [pair('row.made', t('row.made_at', made))]),
    draft.role === 'final' ? textBlock(joined(facts, 'dot')) : pairedBlock(joined(facts, 'dot'), pairs),
    ...notes.map(noteBlock),
    ...approvalBlocks(situation, draft, standing),
    ...levelOffer(situation),
    ...unwrittenRow(situation, standing),
    ...gapBlocks(situation, draft),
  ];
}

/** Row on fields missing from this draft because their texts are unconfirmed; its button confirms and drafts again. */
function unwrittenRow(situation: Situation, { status }: DraftStanding): readonly Block[] {
  const fields = readyAsWritten(situation);
  if (fields.length === 0) return [];
  const label = t('act.write_and_draft');
  const action = { id: 'write_and_draft', label, does: { kind: 'line', text: '按原文写入并重新出稿' } } as const;
  const key = status === 'approved' ? 'draft.unwritten_approved' : 'draft.unwritten';
  return [rowBlock('partly', t(key, { n: fields.length }), [action])];
}

export function cannotText(what: Draft['cannotDetermine'][number]): Text {
  return t(`draft.${what}`);
}
/** Buttons of a draft; `standing` is null once the draft was filed. */
function draftActions(situation: Situation, draft: Draft, standing: DraftStanding | null): readonly Action[] {
  const { state } = situation;
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
  if (!standing || state.closed) return [read, ...files];
  return [read, ...files, ...approvalActions(situation, draft, standing)];
}

/**
 * Card beside the text of a draft on a page: all contradictions and gaps first, then its standing and actions. Only the
 * latest draft can still be approved or filed.
 */
export function readingCard(situation: Situation, args: Readonly<Record<string, string>>): Card | null {
  const { drafts, filings, closed } = situation.state;
  const draft = drafts.find((one) => String(one.draft) === args['draft']);
  if (!draft) return null;
  const title = draftTitle(situation, draft);
  const filing = filings.findLast((one) => isReport(one) && one.draft === draft.draft);
  if (filing) return cardOf(situation, title, title, [strongBlock(filedText(situation, filing))]);
  if (draft !== drafts.at(-1) || closed) return cardOf(situation, title, title, [noteBlock(t('draft.older'))]);
  const { contradictions, gaps } = openPoints(situation, draft);
  const standing = standingOf(situation, draft);
  const rows = [...contradictions, ...gaps].map((text): Block => rowBlock('open', text));
  const count = t('draft.points', { contradictions: contradictions.length, gaps: gaps.length });
  return cardOf(situation, title, title, [
    strongBlock(count),
    ...rows,
    ...approvalBlocks(situation, draft, standing),
    actionBlock(approvalActions(situation, draft, standing)),
  ]);
}

/** Reply if a chat does not accept a file, e.g. a draft: the reason, and the text to read instead. */
export function fileRefusedCard(name: string, reason: string, { args }: ViewRef): Card {
  const { incident = '', draft } = args;
  const read = view('read', t('act.read'), 'text', { incident, ...(draft === undefined ? {} : { draft }) });
  return sentenceCard(t('text.file_refused', { name: plain(name), reason: plain(reason) }), buttons([read]));
}
