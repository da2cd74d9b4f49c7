import { rankOf } from '../../law/levels.ts';
import { isOfProvince } from '../../law/regime.ts';
import { OWED_REPORTS, reportNeed } from '../closing.ts';
import { type IncidentAssessment, workingStart } from '../facts/assessment.ts';
import { entityOf, provinceOf } from '../facts/law-facts.ts';
import type { OwedObligation } from '../facts/owed.ts';
import { type ActorId, type Room, roomId } from '../identity.ts';
import type { Effect, EffectKind } from '../people/guard-table.ts';
import { isGone, isPerson, listedNow, peopleNow } from '../people/people.ts';
import { lacks, rolesIn } from '../people/rights.ts';
import { hasLeft } from '../rooms.ts';
import type { IncidentState, Participant } from '../state.ts';

export interface Moment {
  readonly state: IncidentState;
  readonly ia: IncidentAssessment;
}

/**
 * Harmful effects of a change: duties owed before that are no longer owed, or are later, at another recipient, silent
 * or out of sight. Both moments have the same instant and rules; the result has the order of the duties.
 */
export function effects(before: Moment, after: Moment): readonly Effect[] {
  return [
    ...before.ia.obligations.flatMap((duty) => ofDuty(duty, before, after)),
    ...waived(before.state, after.state),
    ...ofStart(before, after),
    ...ofLevel(before, after),
    ...silenced(before, after),
    ...hidden(before, after),
    ...lawReplaced(before.ia, after.ia),
    ...(before.state.stopped && !after.state.stopped ? [all('secrecy_lifted')] : []),
  ];
}

/** Effects beside those on duties: the record is erased, or a person responsible for the incident is removed. */
export function beyondDuties(before: IncidentState, after: IncidentState): readonly Effect[] {
  if (after.erased) return before.drill ? [] : [all('erased')];
  const out = Object.values(after.people).filter(({ actor, removed }) => removed && !before.people[actor]?.removed);
  return out.some((one) => answersForIt(before, one)) ? [all('taken_out')] : [];
}

/** Returns true for a lead, an approver, legal, and the last person who can file. */
function answersForIt(state: IncidentState, { person, roles: joined }: Participant): boolean {
  const roles = [...joined, ...(listedNow(state, person)?.roles ?? [])];
  if (roles.some((role) => role === 'lead' || role === 'approver' || role === 'legal')) return true;
  const files = (peopleNow(state)?.people ?? []).filter((one) => one.roles.includes('filer'));
  return roles.includes('filer') && files.every(({ id }) => id === person);
}

/**
 * Parts of the record that affect neither duties and questions nor recipients of notices. A change of these parts alone
 * is not checked by the guard.
 */
const INERT: ReadonlySet<string> = new Set([
  'title',
  'renamed',
  'version',
  'latestAt',
  'lastAct',
  'acts',
  'asked',
  'askedFor',
  'owners',
  'fields',
  'notes',
  'evidence',
  'drafts',
  'approvals',
  'points',
  'tasks',
  'delays',
  'injects',
  'calls',
  'stamps',
  'reminders',
  'undeliverable',
  'proposals',
] satisfies readonly (keyof IncidentState)[]);

/** Returns true if a change can affect duties; an erased record owes none. */
export function touchesDuties(before: IncidentState, after: IncidentState): boolean {
  if (after.erased || before === after) return false;
  const known = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).some(([part, value]) => !INERT.has(part) && known.get(part) !== value);
}

function all(kind: EffectKind): Effect {
  return { kind, duty: null, certain: true };
}

function isOpen({ filing, status }: OwedObligation): boolean {
  return !filing && status !== 'void';
}

function ofDuty(duty: OwedObligation, before: Moment, after: Moment): readonly Effect[] {
  const now = after.ia.obligations.find(({ id }) => id === duty.id);
  const of = { duty: duty.id, certain: !duty.provisional };
  if (duty.status === 'late' && now?.status === 'met') return [{ kind: 'met_after_the_fact', ...of }];
  if (!isOpen(duty)) return [];
  if (!now || now.status === 'void') {
    const { regime } = duty;
    const ends = ofLawLeft(before.ia, after.ia, regime) ? {} : { ends: regime };
    return [{ kind: 'lost', ...of, ...ends }];
  }
  if (now.filing) return [];
  return [
    ...(now.provisional && !duty.provisional ? [{ kind: 'lost' as const, ...of, stays: true as const }] : []),
    ...(isLater(duty, now, before, after) ? [{ kind: 'later' as const, ...of }] : []),
    ...(isMoved(duty, now, before, after) ? [{ kind: 'recipient_removed' as const, ...of }] : []),
  ];
}

/** Update and supplement reports newly marked as not owed: each is a lost duty, though the assessment lists none. */
function waived({ notOwed }: IncidentState, { notOwed: next }: IncidentState): readonly Effect[] {
  const needs = OWED_REPORTS.map(reportNeed).filter((need) => next[need] !== undefined && next[need] !== notOwed[need]);
  return needs.map((duty): Effect => ({ kind: 'lost', duty, certain: true }));
}

/** Returns true if a limit moves later or becomes unknown; the next limit of a repeated duty does not count. */
function isLater(duty: OwedObligation, now: OwedObligation, before: Moment, after: Moment): boolean {
  if (duty.due === null || (duty.repeats && after.state.filings.length > before.state.filings.length)) return false;
  return now.due === null || Date.parse(now.due) > Date.parse(duty.due);
}

/**
 * Returns true if a duty moves to another body: its recipient changes, or, for the body of a province, the province of
 * the reporting unit, unless that was not known before.
 */
function isMoved(duty: OwedObligation, now: OwedObligation, before: Moment, after: Moment): boolean {
  if (duty.recipient !== now.recipient) return true;
  const { regime } = before.ia;
  const known = isOfProvince(regime, duty.recipient) ? provinceOf(before.state, regime) : null;
  return known !== null && known.id !== provinceOf(after.state, after.ia.regime)?.id;
}

/** Returns false if a law asked for a first report, or for anything, and no longer does, not even as a possibility. */
function ofLawLeft(before: IncidentAssessment, after: IncidentAssessment, law: string): boolean {
  const asks = ({ obligations }: IncidentAssessment, isFirst: boolean): boolean =>
    obligations.some(
      (duty) =>
        duty.regime === law &&
        (!isFirst || (duty.form ?? duty.content) === 'first') &&
        (isOpen(duty) || duty.filing !== null),
    );
  return [true, false].every((isFirst) => !asks(before, isFirst) || asks(after, isFirst));
}

/**
 * Effect of a later start of the duties; and of an earliest time that is withdrawn while a later one is confirmed,
 * because the report prints both and no longer would.
 */
function ofStart({ ia: before, state }: Moment, { ia: after, state: next }: Moment): readonly Effect[] {
  const isLost = (start?: string, now?: string): boolean =>
    start !== undefined && (now === undefined || Date.parse(now) > Date.parse(start));
  if (isLost(before.anchors.awareness, after.anchors.awareness)) return [all('later')];
  return isLost(workingStart(state)?.instant, workingStart(next)?.instant) ? [all('start_withdrawn')] : [];
}

function ofLevel({ state }: Moment, { state: next, ia }: Moment): readonly Effect[] {
  const decided = next.levelDecision;
  if (!decided || decided.version === state.levelDecision?.version) return [];
  const { floor } = ia.assessment;
  const isBelow = rankOf(ia.regime, decided.level) < rankOf(ia.regime, floor);
  return isBelow ? [{ ...all('below_floor'), floor }] : [];
}

/** Effect of a new text of a law or contract in force: people decide whether to adopt it, whatever its changes. */
function lawReplaced({ regime }: IncidentAssessment, { regime: now }: IncidentAssessment): readonly Effect[] {
  const before = new Map(regime.packs?.map(({ id, version }) => [id, version]));
  const replaced = now.packs?.some(({ id, version }) => before.has(id) && before.get(id) !== version);
  return replaced ? [all('law_replaced')] : [];
}

/** Effect of muting: while a duty is open, at least one person who can file must get reminders. */
function silenced({ state, ia }: Moment, { state: next }: Moment): readonly Effect[] {
  if (ia.owed.length === 0) return [];
  if (next.chatLeft?.quiet && !state.chatLeft?.quiet) return [all('silenced')];
  if (state.snoozes === next.snoozes) return [];
  const before = reminded(state, ia.now);
  return before.length > 0 && reminded(next, ia.now).length === 0 ? [all('silenced')] : [];
}

/** Participants who may file, and the lead, without those who muted their reminders at `now` (ISO). */
export function reminded(state: IncidentState, now: string): readonly ActorId[] {
  const isMuted = (actor: ActorId): boolean => Date.parse(state.snoozes[actor] ?? '') > Date.parse(now);
  return thoseWhoFile(state).flatMap(({ actor }) => (isMuted(actor) ? [] : [actor]));
}

function thoseWhoFile(state: IncidentState): readonly Participant[] {
  const files = (one: Participant): boolean =>
    one.actor === state.lead || lacks('record_filing', one.actor, rolesIn(state, one), state.organisation) === null;
  return Object.values(state.people).filter((one) => isPerson(one) && !isGone(state, one) && files(one));
}

/**
 * Effect of hiding: while a duty is open, no place that the people who must act read may be removed, be it the room of
 * the declaration, a room of the profile, the last room of a platform, or the whole platform.
 */
function hidden({ state, ia }: Moment, { state: next }: Moment): readonly Effect[] {
  if (ia.owed.length === 0) return [];
  const gone = Object.entries(state.rooms).flatMap(([id, room]) => (id in next.rooms ? [] : [room]));
  const isLeft = Object.values(state.people).some(
    ({ account }) => account !== null && !hasLeft(state, account.platform) && hasLeft(next, account.platform),
  );
  return isLeft || gone.some((room) => isReadHere(state, next, room)) ? [all('hidden')] : [];
}

function isReadHere(state: IncidentState, next: IncidentState, room: Room): boolean {
  const id = roomId(room);
  // A room is not hidden if its content moved to a room that replaces it.
  if (Object.values(next.rooms).some(({ insteadOf }) => insteadOf === id)) return false;
  const listed = state.organisation?.rooms.find((one) => roomId(one) === id);
  // A room of an entity that only an unconfirmed answer names is not hidden if that answer is refused.
  const confirmed = state.standing.flatMap(({ facts }) => entityOf({ ...state, facts })?.id ?? []);
  const entities = listed?.entities ?? [];
  if (confirmed.length > 0 && entities.length > 0 && !entities.some((one) => confirmed.includes(one))) return false;
  const isLast = Object.values(next.rooms).every(({ platform }) => platform !== room.platform);
  return id === state.homeRoom || listed !== undefined || isLast;
}
