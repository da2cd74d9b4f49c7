import { isReported, rankOf } from '../../law/levels.ts';
import { type Regime, versionsOf } from '../../law/regime.ts';
import type { Assessment, Level } from '../../law/types.ts';
import type { CommandOf } from '../commands.ts';
import { endsReporting } from '../facts/owed.ts';
import type { LevelDecided } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { type Decider, type DecisionContext, happened, nothing, nowOf, refused } from './context.ts';

/**
 * Returns true if a decision on the level needs a reason: any but the floor, and a level below the reported ones while
 * unknown facts could still give more, because it ends the clocks of the first report.
 */
export function needsReason(
  regime: Regime,
  { floor, ceiling }: Pick<Assessment, 'floor' | 'ceiling'>,
  level: Level,
): boolean {
  return level !== floor || (!isReported(regime, level) && rankOf(regime, ceiling) > rankOf(regime, level));
}

/** Decides the level; the guard requires a second person where one is needed. */
export const decideLevel: Decider<'decide_level'> = (state, command, context) => {
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
    : happened({ type: 'level_decided', payload: decided });
};

export const notReportable: Decider<'not_reportable'> = (state, command, context) => {
  const { assessment, regime } = context.assess(state);
  // A reached figure is a matter of level: it needs the second person that `decide_level` asks for.
  if (isReported(regime, assessment.floor) && !endsReporting(state, regime, assessment)) {
    return refused('level_reached', { params: { floor: assessment.floor } });
  }
  if (Date.parse(command.reviewAt) <= Date.parse(nowOf(state, context))) {
    return refused('must_be_future', { field: 'reviewAt', params: { value: command.reviewAt } });
  }
  return happened({
    type: 'not_reportable_decided',
    payload: {
      reason: command.reason,
      reviewAt: command.reviewAt,
      floor: assessment.floor,
      regime: regime.id,
      laws: versionsOf(regime),
      ...(command.considered === undefined ? {} : { considered: command.considered }),
    },
  });
};

/** Decisions that can be taken back: `level`, and the ids of settled questions and of duties said not to be owed. */
export function decisionsInForce(state: IncidentState): readonly string[] {
  const { levelDecision, notReportable, readings, notOwed, requests } = state;
  return [
    ...(levelDecision !== null || notReportable !== null ? ['level'] : []),
    ...Object.keys(readings),
    ...Object.keys(notOwed),
    ...requests.flatMap(({ id, dropped }) => (dropped === null ? [] : [id])),
  ];
}

/** Takes back a decision in force: whatever it ended is owed again, late if its limit is past. */
export const withdrawDecision: Decider<'withdraw_decision'> = (state, { about, reason }) => {
  if (!decisionsInForce(state).includes(about)) return refused('no_decision', { field: 'about' });
  const why = reason === undefined ? {} : { reason };
  return happened({ type: 'decision_withdrawn', payload: { about, ...why } });
};

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
