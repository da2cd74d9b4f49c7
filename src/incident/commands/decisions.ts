import { z } from 'zod';
import { isReported, rankOf } from '../../law/levels.ts';
import type { Pack } from '../../law/pack.ts';
import { type Regime, versionsOf } from '../../law/regime.ts';
import type { Assessment, Level } from '../../law/types.ts';
import type { CommandOf, Proposable } from '../commands.ts';
import { type Deciders, type DecisionContext, happened, nothing, nowOf, refused } from '../decide/context.ts';
import { endsReporting } from '../facts/owed.ts';
import { contractPack } from '../people/contracts.ts';
import type { Effect } from '../people/guard-table.ts';
import { draftsNotAccepted, lawsOnOffer } from '../people/law-in-use.ts';
import { evolveProposals } from '../proposals.ts';
import type { EventOf, Reducers } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { command, id, iso, level, line, reason, regime, sha256 } from './parts.ts';

/** Decisions: the level, "not reportable", laws in force, the state-secret stop, and the second person. */

export const schemas = {
  decide_level: command('decide_level', {
    regime,
    level,
    reason: reason.optional(),
    authority: line.optional(),
    /** Proof of the authority's statement: a file of the incident, the authority's message, or an office and person. */
    proof: z
      .strictObject({ file: sha256.optional(), message: reason.optional(), office: line.optional() })
      .refine((given) => Object.values(given).some((value) => value !== undefined))
      .optional(),
  }),
  not_reportable: command('not_reportable', {
    regime,
    reason,
    reviewAt: iso,
    /** Considerations of voluntary reporting that people went through. */
    considered: z.array(id).max(20).optional(),
  }),
  /**
   * Withdraws a decision in force, so that the duties it ended are owed again: the level or "not reportable" (`level`),
   * the confirmed start (`awareness`), the end of the handling (`handling`), the reading of a question, or a waiver of
   * a duty, e.g. `request.1`.
   */
  withdraw_decision: command('withdraw_decision', { about: id, reason: reason.optional() }),
  /**
   * Puts a law or contract in force: a further one, or the loaded text of one that is in force already. `law`: id of a
   * pack or `contract.ID`; `version`: SHA-256 of the text that the person was shown.
   */
  take_law: command('take_law', { law: id, version: sha256.optional(), reason }),
  stop_state_secret: command('stop_state_secret', { reason: reason.optional() }),
  /** Ends a state-secret stop that was a mistake, or that the secrecy office lifted: collection continues. */
  lift_stop: command('lift_stop', { reason }),
  /** Answer of the second person to a proposal (`proposal_made`): agrees or refuses. */
  second: command('second', { proposal: id, agree: z.boolean(), reason: reason.optional() }),
  /** Answer of the second person to the proposed level, without the id of the proposal. */
  second_level: command('second_level', { agree: z.boolean(), reason: reason.optional() }),
};

export interface Events {
  level_decided: LevelDecided;
  not_reportable_decided: Omit<CommandOf<'not_reportable'>, 'type' | 'regime'> &
    Pick<LevelDecided, 'floor' | 'regime' | 'laws'>;
  decision_withdrawn: { about: string; reason?: string };
  /** A law or contract, or a new text of it, was put in force; `pack` is the whole text. */
  law_taken: { pack: Pack; reason: string };
  state_secret_stopped: { reason?: string };
  stop_lifted: { reason: string };
  /**
   * Decision that waits for a second person, with its effects; it changes nothing until agreed. `recorded`: the
   * statement is on the record as unconfirmed, in addition to the earlier value.
   */
  proposal_made: { proposal: string; effects: readonly Effect[]; command: Proposable; recorded?: true };
  /** `restored`: the earlier statement applies again. */
  proposal_settled: { proposal: string; agreed: boolean; reason?: string; restored?: true };
  /** Event of the first versions of this program, in which only levels could be proposed; no longer written. */
  level_override_proposed: LevelDecided;
  level_override_refused: { reason?: string };
}

export const deciders: Deciders<Exclude<keyof typeof schemas, 'second' | 'second_level'>> = {
  /** Decides the level; the guard requires a second person where one is needed. */
  decide_level: (state, command, context) => {
    const { regime } = context.assess(state);
    if (rankOf(regime, command.level) < 0) return refused('invalid', { field: 'level' });
    const decided = describe(state, command, context);
    const { level, floor, ceiling, authority, proof } = decided;
    if (!command.reason && (authority !== undefined || needsReason(regime, decided, command.level))) {
      return refused('needs_reason', { field: 'reason', params: { level, floor, ceiling } });
    }
    if (authority !== undefined && !proof) return refused('needs_proof', { field: 'proof' });
    if (proof?.file !== undefined && !state.evidence.some(({ file }) => file === proof.file)) {
      return refused('unknown_file', { field: 'proof' });
    }
    const before = state.levelDecision;
    const same = before?.floor === floor && before.reason === decided.reason;
    return same && before.level === level && before.authority === authority
      ? nothing
      : happened('level_decided', decided);
  },
  not_reportable: (state, command, context) => {
    const { assessment, regime } = context.assess(state);
    // If the figures reach a reported level, `decide_level` is needed, which asks for a second person.
    if (isReported(regime, assessment.floor) && !endsReporting(state, regime, assessment)) {
      return refused('level_reached', { params: { floor: assessment.floor } });
    }
    if (Date.parse(command.reviewAt) <= Date.parse(nowOf(state, context))) {
      return refused('must_be_future', { field: 'reviewAt', params: { value: command.reviewAt } });
    }
    return happened('not_reportable_decided', {
      reason: command.reason,
      reviewAt: command.reviewAt,
      floor: assessment.floor,
      regime: regime.id,
      laws: versionsOf(regime),
      ...(command.considered === undefined ? {} : { considered: command.considered }),
    });
  },
  /** Withdraws a decision in force: every duty it ended is owed again, and is late if its limit has passed. */
  withdraw_decision: (state, { about, reason }) => {
    if (!decisionsInForce(state).includes(about)) return refused('no_decision', { field: 'about' });
    const why = reason === undefined ? {} : { reason };
    return happened('decision_withdrawn', { about, ...why });
  },
  /**
   * Puts a law or contract in force: a further one, or the loaded text of one that is in force already. Its clocks run
   * from the times on record and may be late at once. Refused if the law is not loaded or accepted, or if the person
   * was shown another text.
   */
  take_law: (state, { law, version, reason }, context) => {
    const { organisation, packs = [] } = context;
    if (state.organisation === null || organisation === null)
      return refused('unknown_law', { field: 'law', params: { law } });
    const { regime } = context.assess(state);
    const pack = lawsOnOffer(organisation, packs, (one) => contractPack(one, regime)).find(({ id }) => id === law);
    if (pack === undefined) {
      const isDraft = packs.some((one) => one.id === law) && draftsNotAccepted(organisation, packs, law).length > 0;
      return refused(isDraft ? 'draft_law' : 'unknown_law', { field: 'law', params: { law } });
    }
    if (version !== undefined && version !== pack.version)
      return refused('stale_law', { field: 'law', params: { law } });
    if (regime.packs?.some((one) => one.id === law && one.version === pack.version)) return nothing;
    return happened('law_taken', { pack, reason });
  },
  stop_state_secret: (state, command) => {
    if (state.stopped) return nothing;
    return happened('state_secret_stopped', command.reason === undefined ? {} : { reason: command.reason });
  },
  /** Ends a stop that was a mistake; two people decide that. */
  lift_stop: (state, { reason }) => (state.stopped ? happened('stop_lifted', { reason }) : refused('not_stopped')),
};

export const reducers: Reducers<keyof Events> = {
  level_decided: (s, p, stamp) => {
    const levelDecision = { ...stamp, ...p };
    const before = s.levelDecision;
    // Another level on the same figures corrects the one before; other figures, or an authority, are a new grading.
    const corrects = before !== null && before.level !== p.level && before.floor === p.floor && p.kind !== 'authority';
    const gradings = [...(corrects ? toldGradings(s) : s.gradings), levelDecision];
    return { levelDecision, gradings, notReportable: null };
  },
  not_reportable_decided: (_, p, stamp) => ({
    notReportable: {
      ...stamp,
      regime: p.regime,
      reason: p.reason,
      floor: p.floor,
      reviewAt: p.reviewAt,
      considered: p.considered ?? [],
    },
  }),
  decision_withdrawn: withdrawn,
  law_taken: (s, { pack, reason }, stamp) => ({
    packs: [...s.packs.filter(({ id }) => id !== pack.id), kept(pack)],
    taken: { ...s.taken, [pack.id]: { ...stamp, reason } },
  }),
  state_secret_stopped: (_, p, stamp) => ({ stopped: { ...stamp, ...p } }),
  stop_lifted: () => ({ stopped: null }),
  proposal_made: evolveProposals.made,
  proposal_settled: evolveProposals.settled,
  level_override_proposed: evolveProposals.ofLevel,
  level_override_refused: () => ({}),
};

export interface LevelDecided {
  readonly level: string;
  readonly floor: Assessment['floor'];
  readonly ceiling: Assessment['ceiling'];
  readonly kind: 'confirmed' | 'raised' | 'below_floor' | 'authority';
  readonly authority?: string;
  readonly proof?: CommandOf<'decide_level'>['proof'];
  readonly reason?: string;
  readonly criteria: readonly string[];
  /** Regime of the level; null in older records, where it is the incident's regime. */
  readonly regime: string | null;
  /** Version of each law of the incident, by its id; empty in older records. */
  readonly laws: Readonly<Record<string, string>>;
}

function withdrawn(s: IncidentState, { about }: EventOf<'decision_withdrawn'>['payload']): Partial<IncidentState> {
  if (about === 'level') {
    return { levelDecision: null, notReportable: null, gradings: toldGradings(s) };
  }
  if (about === 'awareness') return { awareness: null };
  if (about === 'handling') return { handlingEnded: null };
  const { [about]: _reading, ...readings } = s.readings;
  const { [about]: _duty, ...notOwed } = s.notOwed;
  const requests = s.requests.map((one) => (one.id === about ? { ...one, dropped: null } : one));
  return { readings, notOwed, requests };
}

/** Gradings without the level in force if nothing was filed with it: it was told to nobody. */
function toldGradings({ levelDecision, filings, gradings }: IncidentState): IncidentState['gradings'] {
  const isTold = filings.some(({ version }) => levelDecision !== null && version > levelDecision.version);
  return isTold ? gradings : gradings.filter(({ version }) => version !== levelDecision?.version);
}

/**
 * Returns true if a decision on the level needs a reason: any level but the floor, and a level below the reported ones
 * while unknown facts could still raise it, because it ends the clocks of the first report.
 */
export function needsReason(
  regime: Regime,
  { floor, ceiling }: Pick<Assessment, 'floor' | 'ceiling'>,
  level: Level,
): boolean {
  return level !== floor || (!isReported(regime, level) && rankOf(regime, ceiling) > rankOf(regime, level));
}

/** Decisions that can be withdrawn: `level`, `awareness`, `handling`, ids of settled questions and waived duties. */
export function decisionsInForce(state: IncidentState): readonly string[] {
  const { levelDecision, notReportable, awareness, handlingEnded, readings, notOwed, requests } = state;
  return [
    ...(levelDecision !== null || notReportable !== null ? ['level'] : []),
    ...(awareness ? ['awareness'] : []),
    ...(handlingEnded ? ['handling'] : []),
    ...Object.keys(readings),
    ...Object.keys(notOwed),
    ...requests.flatMap(({ id, dropped }) => (dropped === null ? [] : [id])),
  ];
}

function describe(
  state: IncidentState,
  { level, reason, authority, proof }: CommandOf<'decide_level'>,
  context: DecisionContext,
): LevelDecided {
  const { assessment, regime } = context.assess(state);
  const distance = rankOf(regime, level) - rankOf(regime, assessment.floor);
  const own = distance === 0 ? 'confirmed' : distance > 0 ? 'raised' : 'below_floor';
  return {
    level,
    floor: assessment.floor,
    ceiling: assessment.ceiling,
    kind: authority === undefined ? own : 'authority',
    criteria: assessment.matched.map((m) => m.criterion),
    regime: regime.id,
    laws: versionsOf(regime),
    ...(reason === undefined ? {} : { reason }),
    ...(authority === undefined ? {} : { authority }),
    ...(proof === undefined ? {} : { proof }),
  };
}

const packsKept = new Map<string, Pack>();

/** Returns one object per text of a pack, shared by all incidents: packs are many and large. */
export function kept(pack: Pack): Pack {
  const texts = `${pack.version} ${pack.texts}`;
  const before = packsKept.get(texts) ?? pack;
  packsKept.set(texts, before);
  return before;
}
