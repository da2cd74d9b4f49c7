import { toWallTime } from '../drill-clock.ts';
import type { IncidentEvent } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import type { Decider, Decision, DecisionContext } from './context.ts';
import { happened, nothing, refused } from './context.ts';
import { callerAsParticipant } from './declare.ts';

const DAY = 86_400_000;

/** A legal hold: nothing of the incident may be erased, whatever its age. */
export const hold: Decider<'hold'> = (state, command) =>
  state.hold ? nothing : happened({ type: 'held', payload: { reason: command.reason } });

export const releaseHold: Decider<'release_hold'> = (state, command) =>
  state.hold ? happened({ type: 'hold_released', payload: { reason: command.reason } }) : nothing;

/** Only what is over can be erased: a drill, a stopped incident, or one that was closed because nothing is owed any more. */
export const erase: Decider<'erase'> = (state, command, context) => {
  if (!state.closed && !state.stopped && !state.drill) return refused('not_closed');
  return erased(state, command.reason, context);
};

/** Erases an incident past its retention, by the clock; the current profile sets how long that is. */
export const expire: Decider<'expire'> = (state, _command, context) => {
  const days = context.organisation?.retention?.incidents;
  if (days === undefined || !state.closed) return nothing;
  // By the clock on the wall: the time of a drill runs faster.
  const closedAt = toWallTime(state.segments, Date.parse(state.closed.at)) ?? context.at;
  if (context.at < closedAt + days * DAY) return nothing;
  return state.hold ? nothing : erased(state, null, context);
};

/** Keeps only the actor, the time and the reason: the content of every earlier entry is dropped after the commit. */
function erased(state: IncidentState, reason: string | null, context: DecisionContext): Decision {
  if (state.hold) return refused('on_hold');
  // As they would have joined: the entry that introduces them is erased as well.
  const introduced = callerAsParticipant({ ...context, organisation: state.organisation });
  const by = context.caller.account ? (state.people[context.actor] ?? introduced) : null;
  const event: IncidentEvent = {
    type: 'erased',
    payload: { reason, drill: state.drill, regimes: state.regimes, by },
  };
  return happened(event);
}
