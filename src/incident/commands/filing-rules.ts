import { approvalAt, approvalOf, isBefore, isReport } from '../approvals.ts';
import type { CommandOf } from '../commands.ts';
import { type Decision, type DecisionContext, futureRefusal, refused } from '../decide/context.ts';
import { awarenessOf } from '../facts/assessment.ts';
import { lateBy, type OwedObligation } from '../facts/owed.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { Draft, Filing, IncidentState } from '../state.ts';
import type { FiledText } from './filing.ts';
import { taskAdded } from './requests.ts';

/** Rules that filings share: the duty and draft they name, times, channels and contradictions. */

export interface Filed {
  readonly duty: OwedObligation;
  readonly draft: Draft | null;
}

export function filed(
  state: IncidentState,
  command: Pick<CommandOf<'record_filing'>, 'obligation' | 'channel' | 'draft'>,
  context: DecisionContext,
): Filed | { readonly refusal: Decision } {
  const duty = context.assess(state).obligations.find((o) => o.id === command.obligation);
  if (!duty) return { refusal: refused('unknown_obligation', { field: 'obligation' }) };
  if (!context.catalogue.hasChannel(command.channel)) {
    return { refusal: refused('unknown_channel', { field: 'channel' }) };
  }
  const draft = state.drafts.find((one) => one.draft === command.draft) ?? null;
  if (command.draft !== undefined && !draft) return { refusal: refused('unknown_draft', { field: 'draft' }) };
  return { duty, draft };
}

interface Sent extends Filed, Pick<CommandOf<'record_filing'>, 'at' | 'channel'> {
  readonly withoutApproval?: string | undefined;
  readonly otherChannel?: string | undefined;
}

/**
 * Refuses a filing that cannot have happened as recorded: in the future, before the company knew, or before its text
 * was compiled; unless a reason is given, also before approval, or by a channel that does not reach its recipient.
 */
export function impossibleFiling(
  state: IncidentState,
  { duty, draft, at, channel, withoutApproval, otherChannel }: Sent,
  context: DecisionContext,
): Decision | null {
  const known = awarenessOf(state);
  const approvedAt = draft ? (approvalOf(state, draft.draft).approval?.approved?.at ?? null) : null;
  const before = (start: string | null): start is string => start !== null && isBefore(at, start);
  const params = (start: string) => ({ params: { value: at, start, draft: draft?.draft ?? null } });
  const future = futureRefusal(state, context, 'at', [at]);
  if (future) return future;
  if (before(known)) return refused('filed_before_awareness', { field: 'at', ...params(known) });
  if (draft && before(draft.at)) return refused('filed_before_draft', { field: 'at', ...params(draft.at) });
  const stood = draft !== null && approvalAt(state, draft.draft, at) !== null;
  if (!stood && before(approvedAt) && withoutApproval === undefined) {
    return refused('filed_before_approval', { field: 'at', ...params(approvedAt) });
  }
  return otherChannel === undefined ? unreachedRefusal(duty, channel, context) : null;
}

/** Refuses a text, or a report given in words, that contradicts the record, unless a reason is given. */
export function contradictsRefusal(
  state: IncidentState,
  { duty, draft, contradictionsKept }: Filed & { readonly contradictionsKept?: string | undefined },
  context: DecisionContext,
): Decision | null {
  if (contradictionsKept !== undefined || !(draft || isReport(duty))) return null;
  if (context.contradictions(state, draft).length === 0) return null;
  return refused('contradicts_record', { field: 'contradictionsKept', params: { draft: draft?.draft ?? null } });
}

/**
 * Refusal of a channel that does not reach the recipient: no provision of the Measures says that 12387 reaches any body
 * but the cyberspace administration.
 */
export function unreachedRefusal(
  { recipient }: OwedObligation,
  channel: string,
  context: DecisionContext,
): Decision | null {
  const channels = context.catalogue.channelsTo(recipient);
  if (channels.includes(channel)) return null;
  return refused('channel_not_reaching', { field: 'channel', params: { channel, recipient, channels } });
}

/** Returns true if the profile requires approval before sending. A phone call may come before its text is approved. */
export function needsApproval(state: IncidentState, channel: string, { catalogue }: DecisionContext): boolean {
  return state.organisation?.approval !== undefined && catalogue.channelKind(channel) !== 'phone';
}

/**
 * Channel of the first report, to which a summary report is bound; null for everything else. After a call it is the
 * channel of the written report, because a summary report is not read out.
 */
export function originalChannel(
  { filings }: Pick<IncidentState, 'filings'>,
  obligations: readonly OwedObligation[],
  duty: OwedObligation,
  kindOf: (channel: string) => string | null | undefined,
): string | null {
  if (duty.form !== 'final') return null;
  const first = obligations.filter(({ form, filing }) => form === 'first' && filing);
  const own = first.find(({ recipient }) => recipient === duty.recipient) ?? first[0];
  const sent = filings.filter(({ obligation }) => obligation === own?.id);
  return (sent.find(({ channel }) => kindOf(channel) !== 'phone') ?? sent[0])?.channel ?? null;
}

export function textOf(duty: OwedObligation, draft: Draft | null, approved: boolean): FiledText {
  const { recipient, content, form } = duty;
  if (!draft) return { recipient, content, form };
  const hash = draft.text ? { hash: draft.text.hash } : {};
  return { recipient, content, form, report: draft.report, approved, ...hash };
}

/** Margin of a filing to its deadline: the first filing meets the clock; later ones have no limit ("promptly"). */
export function margin(duty: OwedObligation, at: string): Pick<Filing, 'due' | 'lateSeconds'> {
  const due = duty.filing ? null : duty.due;
  return { due, lateSeconds: lateBy(due, at) };
}

/** Tasks after a filing: the written version of an oral report, and the sealed copy of a report sent unsealed. */
export function followUps(
  state: IncidentState,
  command: CommandOf<'record_filing'>,
  { form }: OwedObligation,
  context: DecisionContext,
): readonly IncidentEvent[] {
  const written = writtenTasks(state, [...state.filings, { ...command, form, version: state.version + 1 }], context);
  const isSealed = command.sealFollows && !state.tasks.some(({ kind, finished }) => kind === 'seal' && !finished);
  const added = written.filter(({ type }) => type === 'task_added').length;
  return [...written, ...(isSealed ? [taskAdded(state, added, { kind: 'seal', owner: state.lead })] : [])];
}

/** Ends the task for the sealed copy of a withdrawn filing unless another filing still needs it. */
export function sealOutlived(state: IncidentState, filing: Filing, note: string): readonly IncidentEvent[] {
  const isNeeded = state.filings.some((one) => one !== filing && one.sealFollows);
  if (!filing.sealFollows || isNeeded) return [];
  return state.tasks.filter((one) => one.kind === 'seal' && !one.finished).map(({ id }) => needless(id, note));
}

type Spoken = Pick<Filing, 'obligation' | 'channel' | 'draft' | 'takenBy' | 'form' | 'version'>;

/**
 * Events that make the tasks for written versions fit the filings `after` a change: one open task for each duty whose
 * last first report was given in words. `note`: why a task without a call is no longer needed. A task that a person
 * finished is not set again while nothing else changes.
 */
export function writtenTasks(
  state: IncidentState,
  after: readonly Spoken[],
  context: DecisionContext,
  note = '',
): readonly IncidentEvent[] {
  const [before, needed] = [state.filings, after].map((some) => spokenDuties(some, context));
  const open = state.tasks.filter(({ kind, finished }) => kind === 'written' && !finished);
  const isOpen = (duty: string): boolean => open.some(({ obligation }) => obligation === duty);
  const added = [...(needed ?? [])].filter((duty) => !before?.has(duty) && !isOpen(duty));
  const ended = open.filter(({ obligation = '' }) => !needed?.has(obligation));
  return [
    ...added.map((obligation, n) => taskAdded(state, n, { kind: 'written', obligation, owner: state.lead })),
    ...ended.map(({ id, obligation }) =>
      after.some((one) => one.obligation === obligation && isSpoken(one, context))
        ? ({ type: 'task_finished', payload: { task: id } } as const)
        : needless(id, note),
    ),
  ];
}

/** Duties with a first report given in words after which no written one was recorded. */
function spokenDuties(filings: readonly Spoken[], context: DecisionContext): ReadonlySet<string> {
  const isWrittenAfter = ({ obligation, version }: Spoken): boolean =>
    filings.some((one) => one.obligation === obligation && one.version > version && !isOral(one, context));
  const spoken = filings.filter((one) => isSpoken(one, context) && !isWrittenAfter(one));
  return new Set(spoken.map(({ obligation }) => obligation));
}

/** Returns true for a first report given in words, not by reading out a draft. */
function isSpoken(filing: Spoken, context: DecisionContext): boolean {
  return filing.form === 'first' && filing.draft === undefined && isOral(filing, context);
}

/** Kinds of channels by which people report in words or in writing: in words if an official is named and no draft. */
const EITHER: ReadonlySet<string | null> = new Set(['own_contact', 'in_person']);

function isOral({ channel, draft, takenBy }: Spoken, { catalogue }: DecisionContext): boolean {
  const kind = catalogue.channelKind(channel);
  return kind === 'phone' || (EITHER.has(kind) && draft === undefined && takenBy !== undefined);
}

function needless(task: string, note: string): IncidentEvent {
  return { type: 'task_finished', payload: { task, note, needless: true } };
}
