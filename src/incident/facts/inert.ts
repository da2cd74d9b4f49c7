import type { IncidentState } from '../state.ts';

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

/** Returns true if two states differ in inert parts only; parts that `after` does not have are not compared. */
export function isSameForDuties(before: IncidentState, after: IncidentState): boolean {
  return (
    before === after ||
    Object.keys(after).every((part) => INERT.has(part) || partOf(after, part) === partOf(before, part))
  );
}

function partOf(state: IncidentState, part: string): unknown {
  return Reflect.get(state, part);
}
