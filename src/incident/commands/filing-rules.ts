import { approvalAt, approvalOf, isBefore, isReport } from '../approvals.ts';
import type { CommandOf } from '../commands.ts';
import { type Decision, type DecisionContext, futureRefusal, refused } from '../decide/context.ts';
import { awarenessOf } from '../facts/assessment.ts';
import { lateBy, type OwedObligation } from '../facts/owed.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { Draft, Filing, IncidentState } from '../state.ts';
import type { FiledText } from './filing.ts';
import { type TaskAdded, taskAdded } from './requests.ts';

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

/** Returns true for a phone call, or another oral report to a named official. */
export function isOral(command: CommandOf<'record_filing'>, { catalogue }: DecisionContext): boolean {
  const { channel, draft, takenBy } = command;
  return catalogue.channelKind(channel) === 'phone' || (draft === undefined && takenBy !== undefined);
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

/** Tasks after a filing: the written version of each oral report, and the sealed copy of a report sent unsealed. */
export function followUps(
  state: IncidentState,
  command: CommandOf<'record_filing'>,
  { duty, draft, oral }: Filed & { readonly oral: boolean },
): readonly IncidentEvent[] {
  const open = state.tasks.filter((task) => !task.finished);
  const isWritten = oral && !draft && duty.form === 'first';
  const sealed = command.sealFollows && !open.some(({ kind }) => kind === 'seal');
  const tasks: readonly Pick<TaskAdded, 'kind' | 'obligation'>[] = [
    ...(isWritten ? [{ kind: 'written' as const, obligation: duty.id }] : []),
    ...(sealed ? [{ kind: 'seal' as const }] : []),
  ];
  const done = open.filter(({ kind, obligation = duty.id }) => kind === 'written' && !oral && obligation === duty.id);
  return [
    ...tasks.map((task, index) => taskAdded(state, index, { ...task, owner: state.lead })),
    ...done.map(({ id }) => ({ type: 'task_finished' as const, payload: { task: id } })),
  ];
}

/** Ends the bot's tasks of a withdrawn filing (its written or sealed copy) unless another filing still needs them. */
export function tasksOutlived(state: IncidentState, filing: Filing, reason: string): readonly IncidentEvent[] {
  const others = state.filings.filter((one) => one !== filing);
  const isNeeded = ({ kind, obligation }: IncidentState['tasks'][number]): boolean =>
    kind === 'seal'
      ? !filing.sealFollows || others.some(({ sealFollows }) => sealFollows)
      : kind !== 'written' || obligation !== filing.obligation || others.some((one) => one.obligation === obligation);
  return state.tasks
    .filter((task) => !task.finished && !isNeeded(task))
    .map(({ id }) => ({
      type: 'task_finished' as const,
      payload: { task: id, note: reason, needless: true as const },
    }));
}
