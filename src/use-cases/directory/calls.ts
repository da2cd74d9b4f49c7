import { minutesBefore } from '../../conversation/reminding/ladder.ts';
import { isoOf } from '../../incident/drill-clock.ts';
import type { Role } from '../../incident/identity.ts';
import { inIncident, isPerson } from '../../incident/people/people.ts';
import { mayAnswerCalls } from '../../incident/people/rights.ts';
import { standInFor } from '../../incident/people/stand-ins.ts';
import type { IncidentState, Participant, Reminder } from '../../incident/state.ts';
import { whoCanAct } from './escalation.ts';

const MINUTE = 60_000;
/** Time to answer before the next person is called. */
export const CALL_WAIT = 3 * MINUTE;
/** Minutes before a limit from which reminders ask for a person who takes charge. */
const ASKED_FROM = 30;
const CALLED: readonly Role[] = ['lead', 'filer', 'approver'];

/** Entry of the record that asked people to act, and the people to call in turn while nobody answers. */
export interface Calling {
  /** Version of that entry. */
  readonly version: number;
  /** Instant of it and the limit it was about (epoch ms); at the limit everybody who may act is notified. */
  readonly at: number;
  readonly until: number;
  readonly asked: readonly Participant[];
  readonly next: readonly Participant[];
}

/**
 * First entry that asked people to act, a declaration or a reminder in the last half hour, without an answer by a
 * person who may lead or file: by [I have it], or by any act. Null without a profile, in a drill, and once answered.
 */
export function callingOf(state: IncidentState): Calling | null {
  const { organisation } = state;
  if (!organisation || state.closed || state.drill) return null;
  const answered = Math.max(
    0,
    ...Object.values(state.people).map((one) =>
      isPerson(one) && mayAnswerCalls(organisation, one) ? actOf(state, one) : 0,
    ),
  );
  const [first] = asksOf(state).filter(({ version }) => version > answered);
  if (!first) return null;
  const now = isoOf(first.at);
  const asked = whoCanAct({ state, ia: { now } }, first.near);
  const onDuty = CALLED.flatMap((role) => standInFor(organisation, role, now).map(({ person }) => person));
  const holders = organisation.people.filter(({ roles }) => CALLED.some((role) => roles.includes(role)));
  const order = [...new Set([...onDuty, ...holders])].map((person) => inIncident(state, person));
  const told = first.near === 'early' ? asked.slice(0, 1) : asked;
  const next = order.filter((one) => isPerson(one) && told.every(({ actor }) => actor !== one.actor));
  return { ...first, asked: told, next };
}

interface Ask extends Pick<Calling, 'version' | 'at' | 'until'> {
  readonly near: 'early' | 'middle';
}

/** Entries that ask people to act, oldest first; of the reminders of one limit the first. */
function asksOf({ declared, reminders }: IncidentState): readonly Ask[] {
  const near = reminders.filter(({ step }) => step.kind === 'before' && step.minutes <= ASKED_FROM);
  const isFirst = (one: Reminder, index: number): boolean =>
    near
      .slice(0, index)
      .every(
        (other) => limitOf(other) !== limitOf(one) || !other.obligations.some((id) => one.obligations.includes(id)),
      );
  return [
    { version: declared.version, at: Date.parse(declared.at), until: Number.POSITIVE_INFINITY, near: 'early' },
    ...near
      .filter(isFirst)
      .map((one): Ask => ({ version: one.version, at: Date.parse(one.dueAt), until: limitOf(one), near: 'middle' })),
  ];
}

function limitOf({ dueAt, step }: Reminder): number {
  return Date.parse(dueAt) + (minutesBefore(step) ?? 0) * MINUTE;
}

function actOf({ acts }: IncidentState, { actor }: Participant): number {
  return acts[actor]?.version ?? 0;
}
