import { z } from 'zod';
import type { FormReport } from '../../law/regime.ts';
import { approvalAt } from '../approvals.ts';
import type { CommandOf } from '../commands.ts';
import { allHappened, type Deciders, type Decision, happened, nothing, nowOf, refused } from '../decide/context.ts';
import { namingOf } from '../facts/law-facts.ts';
import { isFiledLate, lateBy } from '../facts/owed.ts';
import type { EventOf, Reducers, Unconfirmed } from '../record/events.ts';
import type { Filing, IncidentState, Stamp } from '../state.ts';
import {
  contradictsRefusal,
  filed,
  followUps,
  impossibleFiling,
  margin,
  needsApproval,
  originalChannel,
  sealOutlived,
  textOf,
  unreachedRefusal,
  writtenTasks,
} from './filing-rules.ts';
import { command, draft, id, iso, line, reason, sha256 } from './parts.ts';

/** Filings that people made, corrections of filings, practised filings in drills, and reasons for a delay. */

export const schemas = {
  record_filing: command('record_filing', {
    obligation: id,
    channel: id,
    at: iso,
    receipt: z.string().trim().max(200).optional(),
    noReceipt: reason.optional(),
    draft: draft.optional(),
    /** Recipient office under its own name; absent: the duty's recipient by its formal name. */
    to: line.optional(),
    /** Office that passed the report on to that recipient, if it was not sent there directly. */
    forwardedBy: line.optional(),
    /** Name of the official who took the call. */
    takenBy: z.string().trim().max(200).optional(),
    /** SHA-256 of a file already attached to the incident. */
    proof: sha256.optional(),
    /** True if the report was sent unsealed and the sealed copy follows (盖章件后补). */
    sealFollows: z.boolean().optional(),
    withoutApproval: reason.optional(),
    /** Reason for a channel that is not the recipient's, or not the first report's (原渠道) for a summary report. */
    otherChannel: reason.optional(),
    /** Reason for filing a text that contradicts the record, or that states a level below the rules. */
    contradictionsKept: reason.optional(),
    lateReason: reason.optional(),
  }),
  /**
   * Corrects a filing: adds a late receipt or proof; or changes time, channel or text, with a reason; or withdraws the
   * entry, so that its clock runs again, because the filing went to another office or is a mistake.
   */
  correct_filing: command('correct_filing', {
    /** Version of the record entry with the filing. */
    filing: z.number().int().positive(),
    receipt: z.string().trim().min(1).max(200).optional(),
    proof: sha256.optional(),
    at: iso.optional(),
    channel: id.optional(),
    draft: draft.optional(),
    reason: reason.optional(),
    /** Reason for a contradiction with the record in the text that was really sent (`draft`). */
    contradictionsKept: reason.optional(),
    mistaken: reason.optional(),
    /** Other office that received the filing, with `mistaken`; absent: the entry itself is wrong. */
    sentTo: line.optional(),
  }),
  /** Simulated filing in a drill, marked as such everywhere: a drill is never filed with an authority. */
  practise_filing: command('practise_filing', {
    obligation: id,
    channel: id,
    draft: draft.optional(),
    contradictionsKept: reason.optional(),
  }),
  explain_delay: command('explain_delay', { obligation: id, reason }),
};

export interface Events {
  filing_recorded: Omit<CommandOf<'record_filing'>, 'type'> &
    FiledText & { due: string | null; lateSeconds: number } & Unconfirmed;
  filing_corrected: Omit<CommandOf<'correct_filing'>, 'type'> &
    Partial<FiledText> & { due?: string | null; lateSeconds?: number } & Unconfirmed;
  filing_practised: Omit<CommandOf<'practise_filing'>, 'type'> &
    FiledText & { at: string; due: string | null; lateSeconds: number };
  delay_explained: { obligation: string; reason: string };
}

/** Text that was filed: recipient, kind of report, the hash of the text, and whether that text was approved. */
export interface FiledText {
  /** Id of the content that the obligation asks for, in the regime's list. */
  readonly content?: string;
  /** Report of the regime's form that was sent; null for a paper, the answer to a request, or a duty of a pack. */
  readonly form: FormReport | null;
  readonly recipient?: string;
  readonly report?: string;
  readonly hash?: string;
  readonly approved?: boolean;
}

export const deciders: Deciders<keyof typeof schemas> = {
  /**
   * Records a filing that a person made outside the bot, at any hour. Reasons are required only where the record alone
   * shows the need: for sending a text that nobody approved, and for a summary report outside its original channel.
   */
  record_filing: (state, command, context) => {
    if (state.drill) return refused('drill_cannot_file');
    const found = filed(state, command, context);
    if ('refusal' in found) return found.refusal;
    const { duty, draft } = found;
    if (command.proof !== undefined && !state.evidence.some(({ file }) => file === command.proof)) {
      return refused('unknown_file', { field: 'proof' });
    }
    const known = state.filings.find(
      (f) =>
        f.obligation === command.obligation &&
        f.filedAt === command.at &&
        f.channel === command.channel &&
        f.to === command.to &&
        (f.draft ?? command.draft) === (command.draft ?? f.draft),
    );
    if (known) return completed(state, known, command);
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
    // A separate entry, because not every reader of the filing may read the reason of the delay.
    const isExplained = lateReason !== undefined && recorded.lateSeconds > 0;
    return allHappened(
      { type: 'filing_recorded', payload: recorded },
      ...(isExplained
        ? [{ type: 'delay_explained' as const, payload: { obligation: command.obligation, reason: lateReason } }]
        : []),
      ...followUps(state, command, duty, context),
    );
  },
  /**
   * Corrects a filing: adds a receipt that came later, or corrects a wrong entry with a reason. A filing recorded by
   * mistake no longer meets its clock; the record keeps both.
   */
  correct_filing: (state, command, context) => {
    const { type: _, ...payload } = command;
    const known = state.filings.find(({ version }) => version === command.filing);
    if (!known) return refused('unknown_filing', { field: 'filing' });
    if (command.proof !== undefined && !state.evidence.some(({ file }) => file === command.proof)) {
      return refused('unknown_file', { field: 'proof' });
    }
    if (command.mistaken !== undefined) {
      if (state.closed) return refused('closed');
      const left = state.filings.filter((one) => one !== known);
      return allHappened(
        { type: 'filing_corrected', payload },
        ...writtenTasks(state, left, context, command.mistaken),
        ...sealOutlived(state, known, command.mistaken),
      );
    }
    const { at = known.filedAt, channel = known.channel, draft = known.draft } = command;
    const isSent = at === known.filedAt && channel === known.channel && draft === known.draft;
    const { receipt = known.receipt, proof = known.proof } = command;
    if (isSent && receipt === known.receipt && proof === known.proof) return nothing;
    if (isSent) return happened('filing_corrected', payload);
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
    const text = textOf(
      found.duty,
      found.draft,
      found.draft !== null && approvalAt(state, found.draft.draft, at) !== null,
    );
    const { draft: _draft, ...rest } = known;
    const corrected = { ...rest, channel, ...(draft === undefined ? {} : { draft }) };
    const filings = state.filings.map((one) => (one === known ? corrected : one));
    return allHappened(
      { type: 'filing_corrected', payload: { ...payload, ...text, lateSeconds: lateBy(known.due, at) } },
      ...writtenTasks(state, filings, context, command.reason),
    );
  },
  /** Records a simulated filing in a drill: nothing is sent, and it is marked as simulated wherever it is shown. */
  practise_filing: (state, command, context) => {
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
    return happened('filing_practised', { ...payload, ...textOf(duty, draft, approved), at, ...margin(duty, at) });
  },
  /** Records the reason of a late filing; the lead and legal are asked for it. */
  explain_delay: (state, command, context) => {
    if (!isFiledLate(context.assess(state), command.obligation)) return refused('not_late', { field: 'obligation' });
    if (state.delays[command.obligation]?.reason === command.reason) return nothing;
    return happened('delay_explained', { obligation: command.obligation, reason: command.reason });
  },
};

/** Particulars of a filing; of a second entry only a missing receipt or proof is added. */
const PARTICULARS = [
  'receipt',
  'noReceipt',
  'draft',
  'forwardedBy',
  'takenBy',
  'proof',
  'sealFollows',
  'withoutApproval',
  'otherChannel',
  'contradictionsKept',
] as const;
const ADDED: ReadonlySet<string> = new Set(['receipt', 'proof']);

/** Adds what a second entry of the same filing brings: receipt, proof, the reason of its delay. Refuses anything else. */
function completed(state: IncidentState, known: Filing, command: CommandOf<'record_filing'>): Decision {
  const { receipt, proof, lateReason, obligation } = command;
  const isOther = PARTICULARS.some(
    (part) =>
      command[part] !== undefined && command[part] !== known[part] && !(ADDED.has(part) && known[part] === undefined),
  );
  if (isOther) return refused('filed_already', { field: 'obligation', params: { filing: known.version } });
  const more = {
    ...(receipt !== undefined && known.receipt === undefined ? { receipt } : {}),
    ...(proof !== undefined && known.proof === undefined ? { proof } : {}),
  };
  const isNew = known.lateSeconds > 0 && state.delays[obligation]?.reason !== lateReason;
  return allHappened(
    ...(Object.keys(more).length === 0
      ? []
      : [{ type: 'filing_corrected' as const, payload: { filing: known.version, ...more } }]),
    ...(isNew && lateReason !== undefined
      ? [{ type: 'delay_explained' as const, payload: { obligation, reason: lateReason } }]
      : []),
  );
}

export const reducers: Reducers<keyof Events> = {
  filing_recorded: (s, p, stamp) => ({
    filings: [...s.filings, { ...p, ...stamp, filedAt: p.at, naming: namingOf(s) }],
  }),
  filing_corrected: filingCorrected,
  filing_practised: (s, p, stamp) => ({ filings: [...s.filings, { ...p, ...stamp, filedAt: p.at, practised: true }] }),
  delay_explained: (s, p, stamp) => ({ delays: { ...s.delays, [p.obligation]: { ...stamp, reason: p.reason } } }),
};

function filingCorrected(
  s: IncidentState,
  { filing, mistaken, sentTo, at, reason: _, ...given }: EventOf<'filing_corrected'>['payload'],
  stamp: Stamp,
): Partial<IncidentState> {
  const known = s.filings.find(({ version }) => version === filing);
  if (!known) return {};
  if (mistaken !== undefined) {
    const voided = { ...known, voided: { ...stamp, reason: mistaken, sentTo: sentTo ?? null } };
    const left = s.filings.filter((one) => one !== known);
    return { filings: left, voidedFilings: [...s.voidedFilings, voided] };
  }
  const { channel = known.channel, due = known.due, lateSeconds = known.lateSeconds, ...more } = given;
  const corrected = { ...known, ...more, channel, due, lateSeconds, filedAt: at ?? known.filedAt, corrected: stamp };
  return { filings: s.filings.map((one) => (one === known ? corrected : one)) };
}
