import { approvalOf } from '../approvals.ts';
import type { OwedObligation } from '../assessment.ts';
import type { CommandOf } from '../commands.ts';
import type { FiledText, IncidentEvent } from '../events.ts';
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
 * What a person sent. It happened outside, so it is recorded whatever the hour; only what the record alone can tell is
 * asked for: why a text went out that nobody approved, and why a summary report left its original channel.
 */
export const recordFiling: Decider<'record_filing'> = (state, command, context) => {
  if (state.drill) return refused('drill_cannot_file');
  const found = filed(state, command, context);
  if ('refusal' in found) return found.refusal;
  const { duty, draft } = found;
  const future = futureRefusal(state, context, 'at', [command.at]);
  if (future) return future;
  if (command.proof !== undefined && !state.evidence.some(({ file }) => file === command.proof)) {
    return refused('unknown_file', { field: 'proof' });
  }
  const known = state.filings.some(
    (f) => f.obligation === command.obligation && f.filedAt === command.at && f.channel === command.channel,
  );
  if (known) return nothing;
  const approved = draft !== null && isApproved(state, draft);
  if (draft && !approved && needsApproval(state, command.channel, context) && !command.withoutApproval) {
    return refused('needs_approval', { field: 'withoutApproval', params: { draft: draft.draft } });
  }
  const kindOf = (channel: string): string | null => context.catalogue.channelKind(channel);
  const original = originalChannel(state, context.assess(state).obligations, duty, kindOf);
  if (original && original !== command.channel && !command.otherChannel) {
    return refused('other_channel', { field: 'otherChannel', params: { channel: original } });
  }
  const { type: _, ...payload } = command;
  return happened(
    { type: 'filing_recorded', payload: { ...payload, ...textOf(duty, draft, approved), ...margin(duty, command.at) } },
    ...followUps(state, command, { duty, draft, phone: context.catalogue.channelKind(command.channel) === 'phone' }),
  );
};

/** The receipt often comes later. What was recorded by mistake no longer meets its clock; the record keeps both. */
export const correctFiling: Decider<'correct_filing'> = (state, command) => {
  const { type: _, ...payload } = command;
  const { filing, receipt, proof, mistaken } = payload;
  const known = state.filings.find(({ version }) => version === filing);
  if (!known) return refused('unknown_filing', { field: 'filing' });
  if (proof !== undefined && !state.evidence.some(({ file }) => file === proof)) {
    return refused('unknown_file', { field: 'proof' });
  }
  if (mistaken !== undefined) {
    return state.closed ? refused('closed') : happened({ type: 'filing_corrected', payload });
  }
  const isSame = (receipt ?? known.receipt) === known.receipt && (proof ?? known.proof) === known.proof;
  return isSame ? nothing : happened({ type: 'filing_corrected', payload });
};

/** In a drill everything up to the sending is played; the filing itself is marked as played wherever it is shown. */
export const practiseFiling: Decider<'practise_filing'> = (state, command, context) => {
  if (!state.drill) return refused('not_a_drill');
  const found = filed(state, command, context);
  if ('refusal' in found) return found.refusal;
  const { duty, draft } = found;
  const at = nowOf(state, context);
  const approved = draft !== null && isApproved(state, draft);
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
  command: CommandOf<'record_filing' | 'practise_filing'>,
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

/** A level that has risen since leaves an approved text approved: it is filed as it is, and a 续报 follows. */
function isApproved(state: IncidentState, draft: Draft): boolean {
  const { status, approval } = approvalOf(state, draft.draft);
  return (
    status === 'approved' ||
    (status === 'voided' && approval?.approved !== null && approval?.voided?.levelRose === true)
  );
}

/** Where the profile says how texts are approved. A call comes first; its written version is approved afterwards. */
function needsApproval(state: IncidentState, channel: string, { catalogue }: DecisionContext): boolean {
  return state.organisation?.approval !== undefined && catalogue.channelKind(channel) !== 'phone';
}

/**
 * By which channel the first report went where a summary report is owed; null for everything else. Where a call came
 * first it is the way of the written report: a summary report is not read out.
 */
export function originalChannel(
  { filings }: Pick<IncidentState, 'filings'>,
  obligations: readonly OwedObligation[],
  duty: OwedObligation,
  kindOf: (channel: string) => string | null | undefined,
): string | null {
  if (duty.content !== 'summary_report') return null;
  const first = obligations.filter(({ content, filing }) => content === 'initial_report' && filing);
  const own = first.find(({ recipient }) => recipient === duty.recipient) ?? first[0];
  const sent = filings.filter(({ obligation }) => obligation === own?.id);
  return (sent.find(({ channel }) => kindOf(channel) !== 'phone') ?? sent[0])?.channel ?? null;
}

function textOf(duty: OwedObligation, draft: Draft | null, approved: boolean): FiledText {
  const { recipient, content } = duty;
  if (!draft) return { recipient, content };
  const hash = draft.text ? { hash: draft.text.hash } : {};
  return { recipient, content, report: draft.report, approved, ...hash };
}

/** The clock is met by the first filing; what follows goes "promptly". */
function margin(duty: OwedObligation, at: string): Pick<Filing, 'due' | 'lateSeconds'> {
  const due = duty.filing ? null : duty.due;
  const late = due === null ? 0 : Math.max(0, Date.parse(at) - Date.parse(due));
  return { due, lateSeconds: Math.round(late / 1000) };
}

/** The written version of what was told on the phone, and the sealed copy of what went unsealed. */
function followUps(
  state: IncidentState,
  command: CommandOf<'record_filing'>,
  { duty, draft, phone }: Filed & { readonly phone: boolean },
): readonly IncidentEvent[] {
  const open = (kind: 'written' | 'seal') => state.tasks.some((task) => task.kind === kind && !task.finished);
  const first = duty.content === 'initial_report' && duty.filing === null;
  const kinds: ('written' | 'seal')[] = [];
  if (phone && first && !draft && !open('written')) kinds.push('written');
  if (command.sealFollows && !open('seal')) kinds.push('seal');
  const written = phone ? undefined : state.tasks.find((task) => task.kind === 'written' && !task.finished);
  return [
    ...kinds.map((kind, index) => taskAdded(state, index, { kind, owner: state.lead })),
    ...(written ? [{ type: 'task_finished' as const, payload: { task: written.id } }] : []),
  ];
}
