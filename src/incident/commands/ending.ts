import { closingNeeds, endOf } from '../closing.ts';
import {
  allHappened,
  type Deciders,
  type Decision,
  type DecisionContext,
  futureRefusal,
  happened,
  nothing,
  refused,
} from '../decide/context.ts';
import { isoOf, toWallTime } from '../drill-clock.ts';
import { type Imported, importedWithoutWords } from '../imported.ts';
import { peopleNow } from '../people/people.ts';
import type { EventOf, IncidentEvent, Reducers } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { callerAsParticipant } from './declaring.ts';
import { command, iso, reason, regime } from './parts.ts';

/** End of the handling, closing, legal hold and erasure. */

export const schemas = {
  end_handling: command('end_handling', { regime, at: iso, reason }),
  close: command('close', { reason }),
  reopen: command('reopen', { reason }),
  /** A legal hold: nothing is erased until it is released. */
  hold: command('hold', { reason }),
  release_hold: command('release_hold', { reason }),
  erase: command('erase', { reason }),
  /** Command reserved to the clock: the time for which incidents are kept may be over. */
  expire: command('expire', {}),
};

export interface Events {
  handling_ended: { regime: string | null; at: string; reason: string };
  closed: { reason: string };
  reopened: { reason: string };
  held: { reason: string };
  hold_released: { reason: string };
  /** Last event of a record, whose earlier content is gone. `by` is null if the retention time had run out. */
  erased: {
    reason: string | null;
    drill: boolean;
    regimes: readonly string[];
    by: EventOf<'person_joined'>['payload'] | null;
    /** Instant of the declaration, kept for the register; absent in older records. */
    declaredAt?: string;
    /** Mark of an incident that was recorded afterwards. */
    imported?: Imported;
    closedAt?: string;
  };
}

export const deciders: Deciders<keyof typeof schemas> = {
  end_handling: (state, command, context) => {
    const future = futureRefusal(state, context, 'at', [command.at]);
    if (future) return future;
    if (state.handlingEnded?.instant === command.at && state.handlingEnded.reason === command.reason) return nothing;
    const start = startOf(state);
    if (start && Date.parse(command.at) < Date.parse(start)) {
      return refused('before_awareness', { field: 'at', params: { value: command.at, start } });
    }
    const regime = context.assess(state).regime.id;
    return happened('handling_ended', { regime, at: command.at, reason: command.reason });
  },
  /** Closes the incident; refused while anything is owed. */
  close: (state, command, context) => {
    if (state.closed) return nothing;
    const owed = closingNeeds(state, context.assess(state), context.owedReports(state));
    if (owed.length > 0) return refused('owed', { params: { obligations: owed } });
    const unsealed = state.tasks.some((task) => task.kind === 'seal' && !task.finished);
    if (unsealed && !state.drill) return refused('owed_tasks');
    return happened('closed', { reason: command.reason });
  },
  reopen: (state, command) => (state.closed ? happened('reopened', { reason: command.reason }) : refused('is_open')),
  /** A legal hold: nothing of the incident may be erased, whatever its age. */
  hold: (state, command) => (state.hold ? nothing : happened('held', { reason: command.reason })),
  release_hold: (state, command) =>
    state.hold ? happened('hold_released', { reason: command.reason }) : refused('not_held'),
  /**
   * Erases a finished record: of a drill at any time; of a closed or stopped incident once the profile's waiting time
   * has passed, unless a matter of an authority is on record.
   */
  erase: (state, command, context) => {
    if (state.drill) return erased(state, command.reason, context);
    const ended = endOf(state);
    if (!ended) return refused('not_closed');
    const days = context.organisation?.retention?.erasable ?? ERASABLE;
    const from = Date.parse(ended.at) + days * DAY;
    if (context.at < from) return refused('erased_later', { params: { days, at: isoOf(from) } });
    return erased(state, command.reason, context);
  },
  /** Erases an incident past its retention, on the clock's command; the current profile sets the period. */
  expire: (state, _command, context) => {
    const days = context.organisation?.retention?.incidents;
    if (days === undefined || !state.closed) return nothing;
    // Wall time, because the time of a drill runs faster.
    const closedAt = toWallTime(state.segments, Date.parse(state.closed.at)) ?? context.at;
    if (context.at < closedAt + days * DAY) return nothing;
    return state.hold || matterRefusal(state, context) ? nothing : erased(state, null, context);
  },
};

export const reducers: Reducers<keyof Events> = {
  handling_ended: (_, p, stamp) => ({ handlingEnded: { ...stamp, regime: p.regime, instant: p.at, reason: p.reason } }),
  closed: (_, p, stamp) => ({ closed: { ...stamp, reason: p.reason }, handover: null }),
  reopened: () => ({ closed: null, handlingEnded: null }),
  held: (_, p, stamp) => ({ hold: { ...stamp, reason: p.reason } }),
  hold_released: () => ({ hold: null }),
  erased: () => ({}),
};

/** Start on record: the confirmed one or, without it, the earliest moment at which the company may have known. */
function startOf({ awareness, candidates }: IncidentState): string | undefined {
  const instants = candidates.filter((c) => c.reachedUs).map((c) => c.instant);
  return awareness?.instant ?? instants.sort((a, b) => Date.parse(a) - Date.parse(b))[0];
}

const DAY = 86_400_000;

/** Days after closing before people may erase an incident, unless the profile says otherwise. */
const ERASABLE = 30;

/** Recipients that are no authority: the people concerned, and customers of contracts. */
const PRIVATE = /^(?:individuals|users|contract\b)/;

/**
 * Refusal while the record has a filing with an authority or the police, or a request by one of them. The profile sets
 * how long it holds (`retention.matters`); without a figure it never ends.
 */
function matterRefusal(
  { filings, requests, imported }: IncidentState,
  { at, organisation }: DecisionContext,
): Decision | null {
  const filed = filings.filter(({ practised, recipient }) => !practised && !PRIVATE.test(recipient ?? ''));
  const listed = imported?.filedAt === undefined ? [] : [imported.filedAt];
  const last = [...listed, ...filed.map(({ filedAt }) => filedAt), ...requests.map(({ receivedAt }) => receivedAt)]
    .map((instant) => Date.parse(instant))
    .toSorted((a, b) => a - b)
    .at(-1);
  const days = organisation?.retention?.matters;
  if (last === undefined || (days !== undefined && at >= last + days * DAY)) return null;
  return refused(days === undefined ? 'matter_on_record' : 'matter_on_record_days', {
    params: days === undefined ? {} : { days },
  });
}

/** Keeps only the actor, the time and the reason: the content of every earlier entry is dropped after the commit. */
function erased(state: IncidentState, reason: string | null, context: DecisionContext): Decision {
  if (state.hold) return refused('on_hold');
  const matter = state.drill ? null : matterRefusal(state, context);
  if (matter) return matter;
  // Adds the person as if joining: the entry that introduces the person is erased as well.
  const introduced = callerAsParticipant({ ...context, organisation: peopleNow(state) });
  const by = context.caller.account ? (state.people[context.actor] ?? introduced) : null;
  const event: IncidentEvent = {
    type: 'erased',
    payload: {
      ...{ reason, drill: state.drill, regimes: state.regimes, by },
      declaredAt: state.declared.at,
      ...(state.imported ? { imported: importedWithoutWords(state.imported) } : {}),
      ...(state.closed ? { closedAt: state.closed.at } : {}),
    },
  };
  return allHappened(event);
}
