import { pointsOf } from '../facts/assessment-points.ts';
import { type Decider, happened, nothing, refused } from './context.ts';

/** One point of the internal assessment: who found what, and when. */
export const assessPoint: Decider<'assess_point'> = (state, command, context) => {
  if (!pointsOf(context.assess(state).regime, state.organisation).some(({ id }) => id === command.point)) {
    return refused('unknown_point', { field: 'point' });
  }
  const before = state.points[command.point];
  if (before?.finding === command.finding && before.note === command.note) return nothing;
  const { type: _, ...payload } = command;
  return happened({ type: 'point_assessed', payload });
};
