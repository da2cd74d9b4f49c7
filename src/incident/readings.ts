import type { Regime } from '../law/regime.ts';
import type { Organisation } from './people/profile.ts';
import type { IncidentState } from './state.ts';

/** Readings of open legal questions that the company had adopted for all incidents when this one was declared. */
export function adoptedReadings({
  organisation,
  declared,
}: Pick<IncidentState, 'organisation' | 'declared'>): readonly Organisation['readings'][number][] {
  const adopted = organisation?.readings ?? [];
  if (adopted.length === 0) return adopted;
  const at = Date.parse(declared.at);
  return adopted.filter(({ from, until }) => Date.parse(from) <= at && (until === undefined || at < Date.parse(until)));
}

/** Readings in use, e.g. `{ portal_scope: 'level_only' }`: settled for the incident, else adopted by the company. */
export function readingsOf(
  state: Pick<IncidentState, 'organisation' | 'declared' | 'readings'>,
): Readonly<Record<string, string>> {
  const adopted = adoptedReadings(state).map(({ question, reading }) => [question, reading] as const);
  const settled = Object.entries(state.readings).map(([question, { reading }]) => [question, reading] as const);
  return Object.fromEntries([...adopted, ...settled]);
}

/** Paths of adopted readings that the regime does not have, e.g. `readings[0]`; empty if all exist. */
export function unknownReadings(
  organisation: Organisation | null,
  regime: Pick<Regime, 'openQuestions'>,
): readonly string[] {
  return (organisation?.readings ?? []).flatMap(({ question, reading }, index) => {
    const known = regime.openQuestions.find(({ id }) => id === question)?.readings;
    return known?.some(({ id }) => id === reading) ? [] : [`readings[${index}]: ${question}, ${reading}`];
  });
}
