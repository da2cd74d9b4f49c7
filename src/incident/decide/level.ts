import { type Assessment, LEVELS, type Level } from '../../law/types.ts';
import type { CommandOf } from '../commands.ts';
import type { LevelDecided } from '../events.ts';
import type { IncidentState } from '../state.ts';
import { type Decider, type DecisionContext, happened, nothing, nowOf, refused } from './context.ts';

const rank = (level: Level): number => LEVELS.indexOf(level);

/**
 * Confirming the floor needs no reason; anything else does, and so does settling for general while the facts that are not
 * known could still give more: it ends the clocks of Art. 4.
 */
export function needsReason({ floor, ceiling }: Pick<Assessment, 'floor' | 'ceiling'>, level: Level): boolean {
  return level !== floor || (level === 'general' && rank(ceiling) > rank(level));
}

/** Below the floor a second person is needed as well. */
export const decideLevel: Decider<'decide_level'> = (state, command, context) => {
  const decided = describe(state, command, context);
  if (!command.reason && (decided.kind === 'authority' || needsReason(decided, command.level))) {
    const { level, floor, ceiling } = decided;
    return refused('needs_reason', { field: 'reason', params: { level, floor, ceiling } });
  }
  const before = state.levelDecision;
  const same = before?.floor === decided.floor && before.reason === decided.reason;
  if (same && before.level === decided.level && before.authority === decided.authority) return nothing;
  if (decided.kind !== 'below_floor') return happened({ type: 'level_decided', payload: decided });
  if (state.proposedLevel?.level === decided.level && state.proposedLevel.by === context.actor) return nothing;
  return happened({ type: 'level_override_proposed', payload: decided });
};

export const secondLevel: Decider<'second_level'> = (state, command, context) => {
  const proposed = state.proposedLevel;
  if (!proposed) return refused('no_level_to_second');
  if (!command.agree) {
    const reason = command.reason === undefined ? {} : { reason: command.reason };
    return happened({ type: 'level_override_refused', payload: reason });
  }
  if (proposed.by === context.actor) return refused('same_person');
  const { by: _, at: __, version: ___, ...payload } = proposed;
  return happened({ type: 'level_decided', payload });
};

export const notReportable: Decider<'not_reportable'> = (state, command, context) => {
  const { assessment } = context.assess(state);
  // A reached figure is a matter of level: it needs the second person that `decide_level` asks for.
  if (rank(assessment.floor) >= rank('major') && state.levelDecision?.level !== 'general') {
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
      ...(command.considered === undefined ? {} : { considered: command.considered }),
    },
  });
};

function describe(
  state: IncidentState,
  { level, reason, authority }: CommandOf<'decide_level'>,
  context: DecisionContext,
): LevelDecided {
  const { assessment } = context.assess(state);
  const distance = rank(level) - rank(assessment.floor);
  const own = distance === 0 ? 'confirmed' : distance > 0 ? 'raised' : 'below_floor';
  return {
    level,
    floor: assessment.floor,
    ceiling: assessment.ceiling,
    kind: authority === undefined ? own : 'authority',
    criteria: assessment.matched.map((m) => m.criterion),
    ...(reason === undefined ? {} : { reason }),
    ...(authority === undefined ? {} : { authority }),
  };
}
