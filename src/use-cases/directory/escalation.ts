import type { Situation } from '../../conversation/cards/situation.ts';
import { minutesBefore } from '../../conversation/reminding/ladder.ts';
import { reachOf } from '../../conversation/reminding/reachability.ts';
import { isoOf } from '../../incident/drill-clock.ts';
import type { Role } from '../../incident/identity.ts';
import { inIncident, isGone, isPerson, listedNow, peopleNow } from '../../incident/people/people.ts';
import type { Organisation, Person } from '../../incident/people/profile.ts';
import { lacks, leadOf, mayAnswerCalls, rolesIn } from '../../incident/people/rights.ts';
import { isThere, standInFor } from '../../incident/people/stand-ins.ts';
import type { IncidentState, Participant, Reminder } from '../../incident/state.ts';
import type { Step } from '../../incident/steps.ts';

/**
 * People of the profile, without removed ones, who get a reminder besides the owners of duties, by the time left. Before the middle of a
 * clock: a person who can lead now, if there is no lead or the lead is away. From the middle on: people who can lead or
 * file, with their deputies. From the limit on: everybody who may lead, file or approve.
 */
export function whoCanAct(situation: AtInstant, near: Nearness): readonly Participant[] {
  const { state, ia } = situation;
  const organisation = peopleNow(state);
  if (!organisation) return [];
  const holders = (role: Role): readonly Person[] =>
    near === 'limit'
      ? organisation.people.filter(({ roles }) => roles.includes(role))
      : standInFor(organisation, role, ia.now).map(({ person }) => person);
  const roles: readonly Role[] = near === 'early' ? ['lead'] : near === 'middle' ? ['lead', 'filer'] : TOLD_AT_LIMIT;
  const acting = near === 'early' && isLed(situation) ? [] : roles.flatMap(holders);
  const deputies =
    near === 'early' ? [] : [listedLead(situation), ...acting].flatMap((one) => deputyOf(organisation, one));
  return [...new Set([...acting, ...deputies])].map((person) => inIncident(state, person)).filter(isPerson);
}

/** Record at an instant; of the assessment only its time is used. */
interface AtInstant {
  readonly state: IncidentState;
  readonly ia: Pick<Situation['ia'], 'now'>;
}

/** Distance of a reminder from the limit of its clock. */
export type Nearness = 'early' | 'middle' | 'limit';
const TOLD_AT_LIMIT: readonly Role[] = ['lead', 'filer', 'approver'];

/** Returns true if the incident has a lead who is available by the roster. */
export function isLed({ state, ia }: AtInstant): boolean {
  const lead = leadOf(state);
  const listed = listedLead({ state });
  return lead !== null && (listed === undefined || isThere(peopleNow(state), listed, ia.now));
}

function listedLead({ state }: Pick<Situation, 'state'>): Person | undefined {
  return listedNow(state, leadOf(state)?.person ?? null);
}

function deputyOf({ people }: Organisation, person: Person | undefined): readonly Person[] {
  return people.filter(({ id }) => id === person?.deputy);
}

/**
 * People asked for the reason of a delay: those of `wanted` who can be reached. If none can: the next people who may
 * give it, i.e. the lead's deputy, leads by profile and roster, others with the right; participants first, because they
 * know the incident. All of `wanted` if nobody can be reached: their room gets the question.
 */
export function whoCanExplain(situation: Situation, wanted: readonly Participant[]): readonly Participant[] {
  const { state, ia } = situation;
  const canBeAsked = (one: Participant): boolean => isPerson(one) && reachOf(situation, one.actor, one) !== false;
  const reached = wanted.filter(canBeAsked);
  if (reached.length > 0) return reached;
  const organisation = peopleNow(state);
  const roster = (role: Role): readonly Participant[] =>
    organisation ? standInFor(organisation, role, ia.now).map(({ person }) => inIncident(state, person)) : [];
  const others = [
    ...(organisation ? deputyOf(organisation, listedLead(situation)) : []).map((person) => inIncident(state, person)),
    ...roster('lead'),
    ...Object.values(state.people),
    ...roster('legal'),
    ...roster('filer'),
  ].filter((one) => canBeAsked(one) && mayExplain(state, one));
  const next = others.find(({ actor }) => state.people[actor]) ?? others[0];
  return next ? [next] : wanted;
}

function mayExplain(state: IncidentState, one: Participant): boolean {
  return lacks('explain_delay', one.actor, rolesIn(state, one), state.organisation) === null;
}

const MINUTE = 60_000;
/** Time (ms) to answer before the next person is called. */
export const CALL_WAIT = 3 * MINUTE;
/** Minutes before a limit from which reminders ask a person to take charge. */
const ASKED_FROM = 30;
const CALLED: readonly Role[] = ['lead', 'filer', 'approver'];

/** Entry that asked people to act, and the people to call in turn while nobody responds. */
export interface Calling {
  readonly version: number;
  /** Instant of the entry, and the limit it concerned (epoch ms), at which everybody who may act is notified. */
  readonly at: number;
  readonly until: number;
  readonly asked: readonly Participant[];
  readonly next: readonly Participant[];
}

/**
 * First entry that asked people to act (a declaration, or a reminder in the last half hour) to which nobody who may
 * lead or file has responded, by [I am on it] or any act. Null without a profile, in a drill, or after a response.
 */
export function callingOf(state: IncidentState): Calling | null {
  const organisation = peopleNow(state);
  if (!organisation || state.closed || state.drill) return null;
  const here = Object.values(state.people).filter((one) => isPerson(one) && !isGone(state, one));
  const able = here.filter((one) => mayAnswerCalls(organisation, { ...one, roles: rolesIn(state, one) }));
  const answered = Math.max(0, ...able.map(({ actor }) => state.acts[actor]?.version ?? 0));
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

type Call = Extract<Step, { readonly kind: 'call' }>;

/** Calls of one turn that were made before version `until` of the record; `room`: true once the room was called. */
export function callsMade(
  { reminders }: Pick<IncidentState, 'reminders'>,
  calling: Calling,
  until = Number.POSITIVE_INFINITY,
): { readonly last: number; readonly people: readonly Participant[]; readonly room: boolean } {
  const steps = reminders
    .filter(({ version, obligations }) => version < until && obligations.includes(`call.${calling.version}`))
    .flatMap(({ step, collapsed }) => callsIn([step, ...collapsed]));
  return {
    last: Math.max(0, ...steps.map(({ round }) => round)),
    people: steps.flatMap((step) => calledIn(calling, step)),
    room: steps.some((step) => isToRoom(calling, step)),
  };
}

export const callsIn = (steps: readonly Step[]): readonly Call[] =>
  steps.flatMap((step) => (step.kind === 'call' ? [step] : []));

/** Person of a call, by the position in older records; empty for the last one and for somebody who left since. */
export function calledIn({ next }: Calling, { round, to }: Call): readonly Participant[] {
  return next.filter(({ person }, index) => (to === undefined ? index === round - 1 : person === to));
}

export function isToRoom({ next }: Calling, { round, to }: Call): boolean {
  return to === null || (to === undefined && round > next.length);
}

interface Ask extends Pick<Calling, 'version' | 'at' | 'until'> {
  readonly near: 'early' | 'middle';
}

/** Entries that ask people to act, oldest first; of reminders of one limit only the first. */
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
