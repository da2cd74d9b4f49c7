import { isoOf, toWallTime } from '../drill-clock.ts';
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

/** Days after closing before people may erase an incident, unless the profile says otherwise. */
const ERASABLE = 30;

/**
 * Erases what is over: a drill; a stopped incident, or one that was closed because nothing is owed any more, once the
 * waiting time of the profile is past and no matter of an authority is on record.
 */
export const erase: Decider<'erase'> = (state, command, context) => {
  if (state.drill) return erased(state, command.reason, context);
  const ended = state.closed ?? state.stopped;
  if (!ended) return refused('not_closed');
  const days = context.organisation?.retention?.erasable ?? ERASABLE;
  const from = Date.parse(ended.at) + days * DAY;
  if (context.at < from) return refused('erased_later', { params: { days, at: isoOf(from) } });
  return erased(state, command.reason, context);
};

/** Recipients that are no authority: the people concerned, and customers of contracts. */
const PRIVATE = /^(?:individuals|users|contract\b)/;

/**
 * Refusal while a matter of the police or an authority is on record: what was filed with one, or its request. The profile
 * sets for how long (`retention.matters`); without a figure it is never over.
 */
function matterRefusal({ filings, requests }: IncidentState, { at, organisation }: DecisionContext): Decision | null {
  const filed = filings.filter(({ practised, recipient }) => !practised && !PRIVATE.test(recipient ?? ''));
  const last = [...filed.map(({ filedAt }) => filedAt), ...requests.map(({ receivedAt }) => receivedAt)]
    .map((instant) => Date.parse(instant))
    .toSorted((a, b) => a - b)
    .at(-1);
  const days = organisation?.retention?.matters;
  if (last === undefined || (days !== undefined && at >= last + days * DAY)) return null;
  return refused(days === undefined ? 'matter_on_record' : 'matter_on_record_days', {
    params: days === undefined ? {} : { days },
  });
}

/** Erases an incident past its retention, by the clock; the current profile sets how long that is. */
export const expire: Decider<'expire'> = (state, _command, context) => {
  const days = context.organisation?.retention?.incidents;
  if (days === undefined || !state.closed) return nothing;
  // By the clock on the wall: the time of a drill runs faster.
  const closedAt = toWallTime(state.segments, Date.parse(state.closed.at)) ?? context.at;
  if (context.at < closedAt + days * DAY) return nothing;
  return state.hold || matterRefusal(state, context) ? nothing : erased(state, null, context);
};

/** Keeps only the actor, the time and the reason: the content of every earlier entry is dropped after the commit. */
function erased(state: IncidentState, reason: string | null, context: DecisionContext): Decision {
  if (state.hold) return refused('on_hold');
  const matter = state.drill ? null : matterRefusal(state, context);
  if (matter) return matter;
  // As they would have joined: the entry that introduces them is erased as well.
  const introduced = callerAsParticipant({ ...context, organisation: state.organisation });
  const by = context.caller.account ? (state.people[context.actor] ?? introduced) : null;
  const event: IncidentEvent = {
    type: 'erased',
    payload: {
      ...{ reason, drill: state.drill, regimes: state.regimes, by },
      declaredAt: state.declared.at,
      ...(state.closed ? { closedAt: state.closed.at } : {}),
    },
  };
  return happened(event);
}
