import { approvalOf, draftInForce, isAskedInVain } from '../../incident/approvals.ts';
import type { CommandOf } from '../../incident/commands.ts';
import { levelReached } from '../../incident/facts/assessment.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import type { ActorId } from '../../incident/identity.ts';
import type { ReportDocument } from '../../incident/report-document.ts';
import type { Approval, Draft } from '../../incident/state.ts';
import { rankOf } from '../../law/levels.ts';
import { formOf, reportWith } from '../../law/regime.ts';
import { textChanges } from '../../report/compile.ts';
import { blockText, headingText, lineText, paragraphText } from '../../report/paper.ts';
import type { Action, Block, Card, Text } from '../cards/card.ts';
import { cardOf, levelNow, namedTitle } from '../cards/headline.ts';
import { actionBlock, buttons, noteBlock, pairedBlock, textBlock } from '../cards/sentence.ts';
import {
  aboutBlocks,
  at,
  dueAt,
  filedAt,
  fill,
  firstFiling,
  form,
  intent,
  joined,
  lawText,
  levelText,
  minutesUntil,
  ofPart,
  openClocks,
  pair,
  personText,
  primary,
  reportText,
  type Situation,
  show,
  t,
  view,
} from '../cards/situation.ts';
import { gapBlocks } from '../collecting/gap-blocks.ts';
import { openPointsBlocks } from './assessment-points.ts';
import { changeLabel, changesNow, changeText, shortHash } from './draft-changes.ts';

/** Standing of a draft: its approval (`none` also if nobody who was asked can decide any more), and how the record differs. */
export interface DraftStanding {
  readonly status: ReturnType<typeof approvalOf>['status'];
  readonly approval: Approval | null;
  /** Differences between the record now and the draft. */
  readonly changes: ReturnType<typeof changesNow>;
  /** True if the level has risen since the draft. */
  readonly levelRose: boolean;
}
export function standingOf(situation: Situation, draft: Draft): DraftStanding {
  const { status: found, approval } = approvalOf(situation.state, draft.draft);
  const status = approval && found === 'asked' && isAskedInVain(situation.state, approval) ? 'none' : found;
  const changes = changesNow(situation, draft);
  const levelRose =
    draft.text !== undefined &&
    rankOf(situation.regime, levelReached(situation.ia)) > rankOf(situation.regime, draft.text.level);
  return { status, approval, changes, levelRose };
}

/** Blocks on changed texts and approval, which show if the draft is ready for filing. */
export function approvalBlocks(situation: Situation, draft: Draft, standing: DraftStanding): readonly Block[] {
  const status = statusText(situation, draft, standing);
  return [
    ...changedBlocks(situation, standing),
    ...(status ? [textBlock(status)] : []),
    ...(standing.status === 'asked' ? openPointsBlocks(situation) : []),
  ];
}

function changedBlocks(situation: Situation, { changes, levelRose, status }: DraftStanding): readonly Block[] {
  if (changes.length === 0) return [];
  const text = t('draft.changed', { changes: joined(changes.slice(0, SHOWN).map(changeText), 'semicolon') });
  const names = t('draft.changed', { changes: joined(changes.map(({ label }) => lawText(label))) });
  // The sentence on a voided approval names the changes already.
  const changed = pairedBlock(text, [], status === 'voided' ? undefined : names);
  const rose = t('approval.rose', { level: levelText(situation.regime, levelReached(situation.ia)) });
  return [changed, ...(levelRose ? [textBlock(rose)] : [])];
}
const SHOWN = 4;

function statusText(situation: Situation, draft: Draft, { status, approval }: DraftStanding): Text | null {
  if (!approval) return null;
  const { sentBack, approved, approvers } = approval;
  switch (status) {
    case 'asked':
      return approvers.length > 0
        ? t('approval.asked', { people: people(situation, approvers), at: at(situation, approval.at) })
        : t('approval.asked_any', { at: at(situation, approval.at) });
    case 'approved':
      return approved && approvedText(situation, draft, approved);
    case 'sent_back': {
      if (!sentBack) return null;
      const params = { by: personText(situation.state, sentBack.by), at: at(situation, sentBack.at) };
      return t('approval.sent_back', { ...params, comments: commentsText(sentBack.comments) });
    }
    case 'voided':
      return voidedText(situation, approval);
    default:
      return null;
  }
}

function approvedText(situation: Situation, draft: Draft, stamp: { readonly by: ActorId; readonly at: string }): Text {
  const params = { by: personText(situation.state, stamp.by), at: at(situation, stamp.at) };
  return t('approval.approved', { ...params, hash: shortHash(draft.text?.hash ?? '') });
}
function voidedText(situation: Situation, { draft, voided, approved }: Approval): Text {
  const changes = joined((voided?.changes ?? []).map((id) => changeLabel(situation, id)));
  return t(approved ? 'approval.voided' : 'approval.outdated', { n: draft, changes });
}
export function commentsText(comments: CommandOf<'send_back'>['comments']): Text {
  return joined(
    comments.map(({ text }) => ofPart('drafts', text)),
    'semicolon',
  );
}
function people({ state }: Situation, actors: readonly ActorId[]): Text {
  return joined(actors.map((actor) => personText(state, actor)));
}

/** Buttons for the next steps on a draft, the likeliest first. */
export function approvalActions(situation: Situation, draft: Draft, standing: DraftStanding): readonly Action[] {
  const { state } = situation;
  const { status, approval, changes, levelRose } = standing;
  const args = { incident: state.id, draft: String(draft.draft) };
  const file = (label: Text): Action => form('file', label, state.drill ? 'practise' : 'filing', args);
  const plainFile = file(t(state.drill ? 'act.practise' : 'act.file'));
  const assessment = show(situation, 'assessment');
  if (!draft.text || changes.length > 0) {
    const wasApproved = approval?.approved !== null && approval !== null;
    const again = redraftAction(draft);
    // A later finding belongs in the supplement, so the approved text can be filed.
    if (status === 'approved' && !levelRose && !state.drill) return [primary(file(t('act.file_as_approved'))), again];
    const second = wasApproved && levelRose ? file(t('act.file_as_approved')) : plainFile;
    return [primary(again), second];
  }
  switch (status) {
    case 'asked':
      return [...decisions(situation, draft), assessment, plainFile];
    case 'approved':
      return [primary(plainFile)];
    default:
      return [
        primary(intent('ask_approval', t('act.ask_approval'), { type: 'request_approval', draft: draft.draft })),
        assessment,
        plainFile,
      ];
  }
}

/** Button that compiles the same report again from the current record. */
export function redraftAction({ report, cannotDetermine, statement }: Draft): Action {
  const more = statement === undefined ? {} : { statement };
  const order = { type: 'compile_draft' as const, report, cannotDetermine: [...cannotDetermine], ...more };
  return intent('redraft', t('act.redraft'), order);
}

function decisions(situation: Situation, { draft, text }: Draft): readonly Action[] {
  return [
    primary(intent('approve', t('act.approve'), { type: 'approve', draft, hash: text?.hash ?? '' })),
    fill(situation, 'send_back', { draft: String(draft) }),
  ];
}

/** Card to an approver: the text to approve, the time left, changes since the text shown to the approver before. */
export function askCard(situation: Situation, approval: Approval, actor: ActorId, again = false): Card {
  const { state } = situation;
  const draft = state.drafts.find((one) => one.draft === approval.draft);
  const ask = askText(situation, draft, approval.draft);
  const about = { incident: state.id, draft: String(approval.draft) };
  const actions = draft && [
    view('read', t('act.read_exactly'), 'text', about),
    ...decisions(situation, draft),
    show(situation, 'assessment'),
    // Filing without the approver's answer takes two presses and a reason, which is recorded.
    ...(again && !state.drill && !filedBefore(situation, draft)
      ? [form('file_unapproved', t('act.file_unapproved'), 'filing', about)]
      : []),
  ];
  return cardOf(situation, namedTitle(situation, ask), ask, [
    applicantBlock(situation, approval, again),
    ...aboutBlocks(situation),
    ...sinceRead(situation, approval, actor).map(textBlock),
    ...openPointsBlocks(situation),
    ...gapBlocks(situation, draft),
    actionBlock(actions ?? []),
  ]);
}

/** Title of an approval: the draft (`n`) of a report, and the time left, the urgency, or an earlier filing where there is no clock. */
function askText(situation: Situation, draft: Draft | undefined, n: number): Text {
  const kind = kindOf(situation, draft);
  const clock = clockOf(situation, draft);
  if (clock) {
    const left = minutesUntil(situation, clock.due);
    const due = dueAt(situation, clock.due);
    return left >= 0
      ? t('approval.ask_left', { kind, n, left: { minutes: left }, due })
      : t('approval.ask_late', { kind, n, late: { minutes: -left }, due });
  }
  const filed = filedBefore(situation, draft);
  if (filed) return t('approval.ask_again', { kind, n, at: filedAt(situation, filed) });
  return t(isPrompt(draft) ? 'approval.ask_promptly' : 'approval.ask', { kind, n });
}

/** Filing that met the duty of a first report before its approval; null for other reports. */
function filedBefore(situation: Situation, draft: Draft | undefined): ReturnType<typeof firstFiling> {
  return draft?.role === 'first' && clockOf(situation, draft) === null ? firstFiling(situation) : null;
}

function kindOf({ regime }: Situation, draft: Draft | undefined): Text {
  return reportText(regime, draft?.report ?? reportWith(regime, 'first'));
}

/** Block at the top of an approval: applicant, time and level. */
function applicantBlock(situation: Situation, { by, at: asked }: Approval, again: boolean): Block {
  const params = { by: personText(situation.state, by), at: at(situation, asked) };
  const level = levelNow(situation);
  const pairs = [pair('row.applicant', t('row.applicant_at', params)), pair('row.level', level)];
  return pairedBlock(t(again ? 'approval.waiting' : 'approval.applicant', { ...params, level }), pairs);
}

/** Returns true for a report between the first and the final one: it is owed promptly (及时), without a figure. */
function isPrompt(draft: Draft | undefined): boolean {
  return draft !== undefined && draft.role !== 'first' && draft.role !== 'final';
}
/** Clock of the duty that this report meets; null if there is none. */
function clockOf(situation: Situation, draft: Draft | undefined): Clock | null {
  if (isPrompt(draft)) return null;
  const form = formOf(draft?.role ?? 'first');
  return openClocks(situation).find((clock) => clock.form === form) ?? null;
}

/** Changes since the last text on which this approver was asked or decided. */
function sinceRead({ state }: Situation, approval: Approval, actor: ActorId): readonly Text[] {
  const before = state.approvals.findLast(
    (one) =>
      one.version < approval.version &&
      (one.approvers.includes(actor) || one.approved?.by === actor || one.sentBack?.by === actor),
  );
  const text = (n: number | undefined) => state.drafts.find(({ draft }) => draft === n)?.text;
  const [then, now] = [text(before?.draft), text(approval.draft)];
  if (!then || !now) return [];
  const changes = textChanges(then, now);
  if (changes.length === 0) return [t('approval.same_text')];
  return [t('approval.since', { changes: joined(changes.slice(0, SHOWN).map(changeText), 'semicolon') })];
}

/** Card to people who wait for an approval: approved, sent back, or voided. */
export function outcomeCard(situation: Situation, approval: Approval): Card {
  const { state } = situation;
  const draft = state.drafts.find((one) => one.draft === approval.draft);
  const standing = draft ? standingOf(situation, draft) : null;
  const kind = kindOf(situation, draft);
  const subject = t('draft.title', { n: approval.draft, kind });
  const isToSend = standing?.status === 'approved' && !state.drill;
  const text =
    (draft && standing && statusText(situation, draft, standing)) ?? t('approval.ask', { kind, n: approval.draft });
  return cardOf(situation, namedTitle(situation, text), text, [
    { kind: 'note', text: subject, split: { pairs: [pair('row.subject', subject)] } },
    ...aboutBlocks(situation),
    ...(standing ? changedBlocks(situation, standing) : []),
    ...(isToSend ? [textBlock(t('approval.next'))] : []),
    actionBlock([
      ...(draft && standing ? approvalActions(situation, draft, standing) : []),
      ...(isToSend ? [show(situation, 'send')] : []),
    ]),
  ]);
}

/**
 * Text as it will be sent, for the approver. It is in Chinese, the language of the filing; for readers of English the
 * translation follows each paragraph.
 */
export function textCard(situation: Situation, args: Readonly<Record<string, string>>): Card | null {
  const { state } = situation;
  const wanted = args['draft'] === undefined ? draftInForce(state)?.draft : Number(args['draft']);
  const draft = state.drafts.find((one) => one.draft === wanted);
  if (!draft?.text) return null;
  const { document, twin, hash } = draft.text;
  const english = partsOf(twin);
  const texts = partsOf(document).flatMap((lines, i): readonly Text[] => {
    if (lines.length === 0) return [];
    const both = lines.flatMap((line, j) => [line, english[i]?.[j] ?? '']);
    return [ofPart('drafts', lawText({ zh: lines.join('\n'), en: both.join('\n') }))];
  });
  const standing = standingOf(situation, draft);
  const deciding = standing.status === 'asked' && standing.changes.length === 0 ? decisions(situation, draft) : [];
  const summary = t('approval.text', { n: draft.draft, hash: shortHash(hash) });
  const blocks = [noteBlock(summary), ...texts.map(textBlock), ...buttons(deciding)];
  return cardOf(situation, ofPart('drafts', document.title), summary, blocks);
}

/** Parts of a report (head, introduction, each item, notes) as lines, which are parallel in both languages. */
function partsOf({ head, introduction, sections, notes }: ReportDocument): readonly (readonly string[])[] {
  return [
    head.map(lineText),
    introduction.map(blockText),
    ...sections.map((section) => [headingText(section), ...section.blocks.map(blockText)]),
    notes.map(paragraphText),
  ];
}
