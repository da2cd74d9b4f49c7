import { approvalAt, approvalOf, isBefore, isReport } from '../approvals.ts';
import type { CommandOf } from '../commands.ts';
import { awarenessOf, type OwedObligation } from '../facts/assessment.ts';
import type { FiledText, IncidentEvent, TaskAdded } from '../record/events.ts';
import type { Draft, Filing, IncidentState } from '../state.ts';
import {
  type Decider,
  type Decision,
  type DecisionContext,
  futureRefusal,
  happened,
  nothing,
  nowOf,
  refused,
} from './context.ts';
import { taskAdded } from './tasks.ts';

/**
 * Records a filing a person made outside the bot, at any hour. It requires only the reasons the record alone can ask
 * for: why a text was sent that nobody approved, and why a summary report left its original channel.
 */
export const recordFiling: Decider<'record_filing'> = (state, command, context) => {
  if (state.drill) return refused('drill_cannot_file');
  const found = filed(state, command, context);
  if ('refusal' in found) return found.refusal;
  const { duty, draft } = found;
  if (command.proof !== undefined && !state.evidence.some(({ file }) => file === command.proof)) {
    return refused('unknown_file', { field: 'proof' });
  }
  const known = state.filings.some(
    (f) =>
      f.obligation === command.obligation &&
      f.filedAt === command.at &&
      f.channel === command.channel &&
      f.to === command.to,
  );
  if (known) return nothing;
  const impossible = impossibleFiling(state, { ...command, duty, draft }, context);
  if (impossible) return impossible;
  const approved = draft !== null && approvalAt(state, draft.draft, command.at) !== null;
  if (draft && !approved && needsApproval(state, command.channel, context) && !command.withoutApproval) {
    return refused('needs_approval', { field: 'withoutApproval', params: { draft: draft.draft } });
  }
  const contradicting = contradictsRefusal(state, { ...command, duty, draft }, context);
  if (contradicting) return contradicting;
  const kindOf = (channel: string): string | null => context.catalogue.channelKind(channel);
  const original = originalChannel(state, context.assess(state).obligations, duty, kindOf);
  if (original && original !== command.channel && !command.otherChannel) {
    return refused('other_channel', { field: 'otherChannel', params: { channel: original } });
  }
  const { type: _, lateReason, ...payload } = command;
  const recorded = { ...payload, ...textOf(duty, draft, approved), ...margin(duty, command.at) };
  // An entry of its own: not everybody who may read of the filing may read why it was late.
  const isExplained = lateReason !== undefined && recorded.lateSeconds > 0;
  return happened(
    { type: 'filing_recorded', payload: recorded },
    ...(isExplained
      ? [{ type: 'delay_explained' as const, payload: { obligation: command.obligation, reason: lateReason } }]
      : []),
    ...followUps(state, command, { duty, draft, oral: isOral(command, context) }),
  );
};

/**
 * Corrects a filing: adds a receipt that came later, or puts right with a reason what was recorded wrongly. A filing
 * recorded by mistake no longer meets its clock; the record keeps both.
 */
export const correctFiling: Decider<'correct_filing'> = (state, command, context) => {
  const { type: _, ...payload } = command;
  const known = state.filings.find(({ version }) => version === command.filing);
  if (!known) return refused('unknown_filing', { field: 'filing' });
  if (command.proof !== undefined && !state.evidence.some(({ file }) => file === command.proof)) {
    return refused('unknown_file', { field: 'proof' });
  }
  if (command.mistaken !== undefined) {
    return state.closed ? refused('closed') : happened({ type: 'filing_corrected', payload });
  }
  const { at = known.filedAt, channel = known.channel, draft = known.draft } = command;
  const isSent = at === known.filedAt && channel === known.channel && draft === known.draft;
  const { receipt = known.receipt, proof = known.proof } = command;
  if (isSent && receipt === known.receipt && proof === known.proof) return nothing;
  if (isSent) return happened({ type: 'filing_corrected', payload });
  if (command.reason === undefined) return refused('needs_correction_reason', { field: 'reason' });
  const sent = { obligation: known.obligation, channel, ...(draft === undefined ? {} : { draft }) };
  const found = filed(state, sent, context);
  if ('refusal' in found) return found.refusal;
  const { withoutApproval } = known;
  const sentSo = { ...found, at, channel, withoutApproval, otherChannel: command.reason };
  const impossible = impossibleFiling(state, sentSo, context);
  if (impossible) return impossible;
  const { contradictionsKept } = command;
  const contradicting =
    draft === known.draft ? null : contradictsRefusal(state, { ...found, contradictionsKept }, context);
  if (contradicting) return contradicting;
  const lateBy = known.due === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(known.due));
  const text = textOf(
    found.duty,
    found.draft,
    found.draft !== null && approvalAt(state, found.draft.draft, at) !== null,
  );
  return happened({
    type: 'filing_corrected',
    payload: { ...payload, ...text, lateSeconds: Math.round(lateBy / 1000) },
  });
};

/** Plays a filing in a drill: nothing is sent, and it is marked as played wherever it is shown. */
export const practiseFiling: Decider<'practise_filing'> = (state, command, context) => {
  if (!state.drill) return refused('not_a_drill');
  const found = filed(state, command, context);
  if ('refusal' in found) return found.refusal;
  const { duty, draft } = found;
  const at = nowOf(state, context);
  const unreached = unreachedRefusal(duty, command.channel, context);
  if (unreached) return unreached;
  const contradicting = contradictsRefusal(state, { ...command, duty, draft }, context);
  if (contradicting) return contradicting;
  const approved = draft !== null && approvalAt(state, draft.draft, at) !== null;
  const { type: _, ...payload } = command;
  return happened({
    type: 'filing_practised',
    payload: { ...payload, ...textOf(duty, draft, approved), at, ...margin(duty, at) },
  });
};

/** Asked after a late filing, of the lead and legal. */
export const explainDelay: Decider<'explain_delay'> = (state, command) => {
  const late = state.filings.some((f) => f.obligation === command.obligation && f.lateSeconds > 0);
  if (!late) return refused('not_late', { field: 'obligation' });
  if (state.delays[command.obligation]?.reason === command.reason) return nothing;
  return happened({
    type: 'delay_explained',
    payload: { obligation: command.obligation, reason: command.reason },
  });
};

interface Filed {
  readonly duty: OwedObligation;
  readonly draft: Draft | null;
}
function filed(
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
 * Refuses a filing that cannot have happened as it is recorded: in the future, before the company knew
 * of the incident, before its text was compiled or (each without a reason) approved, by a channel that does not reach its
 * recipient.
 */
function impossibleFiling(
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
function contradictsRefusal(
  state: IncidentState,
  { duty, draft, contradictionsKept }: Filed & { readonly contradictionsKept?: string | undefined },
  context: DecisionContext,
): Decision | null {
  if (contradictionsKept !== undefined || !(draft || isReport(duty))) return null;
  if (context.contradictions(state, draft).length === 0) return null;
  return refused('contradicts_record', { field: 'contradictionsKept', params: { draft: draft?.draft ?? null } });
}

/**
 * Refusal of a channel that does not reach the recipient: nothing in the Measures says that 12387 reaches anybody but
 * the cyberspace administration.
 */
function unreachedRefusal({ recipient }: OwedObligation, channel: string, context: DecisionContext): Decision | null {
  const channels = context.catalogue.channelsTo(recipient);
  if (channels.includes(channel)) return null;
  return refused('channel_not_reaching', { field: 'channel', params: { channel, recipient, channels } });
}

/** Returns true for a phone call, or another oral report to a named official. */
function isOral(command: CommandOf<'record_filing'>, { catalogue }: DecisionContext): boolean {
  const { channel, draft, takenBy } = command;
  return catalogue.channelKind(channel) === 'phone' || (draft === undefined && takenBy !== undefined);
}

/**
 * Returns true if the profile requires approval before sending. A phone call comes first; its written version is
 * approved afterwards.
 */
function needsApproval(state: IncidentState, channel: string, { catalogue }: DecisionContext): boolean {
  return state.organisation?.approval !== undefined && catalogue.channelKind(channel) !== 'phone';
}

/**
 * Channel of the first report, to which a summary report is bound; null for everything else. After a call it is that of
 * the written report: a summary report is not read out.
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

function textOf(duty: OwedObligation, draft: Draft | null, approved: boolean): FiledText {
  const { recipient, content, form } = duty;
  if (!draft) return { recipient, content, form };
  const hash = draft.text ? { hash: draft.text.hash } : {};
  return { recipient, content, form, report: draft.report, approved, ...hash };
}

/** Margin of a filing to its deadline: the first filing meets the clock, what follows goes "promptly". */
function margin(duty: OwedObligation, at: string): Pick<Filing, 'due' | 'lateSeconds'> {
  const due = duty.filing ? null : duty.due;
  const late = due === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(due));
  return { due, lateSeconds: Math.round(late / 1000) };
}

/** Tasks after a filing: the written version of each oral report, and the sealed copy of one sent without a seal. */
function followUps(
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
