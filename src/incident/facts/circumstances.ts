import { z } from 'zod';
import type { StatedValue } from '../commands/parts.ts';

/**
 * Incident type, ongoing since and suspected crime: three facts asked on one card in the order in which people report
 * them, answered by one press. Options are ids like `ongoing=2026-03-31T09:42:00+08:00`; an option that is not ticked
 * stays unanswered.
 */
export const CIRCUMSTANCES = 'circumstances';
/** Flag of a suspected crime, one of the three circumstances. */
export const CRIME = 'suspected_crime';
const PARTS = ['incident_type', 'ongoing', CRIME] as const;
type Part = (typeof PARTS)[number];

export function tickOf(part: Part, value: string): string {
  return `${part}=${value}`;
}

/** Facts stated by a list of ticks; "don't know" states each as unknown. Null if the value is not such a list. */
export function factsOfTicks(ticks: StatedValue): Readonly<Partial<Record<Part, StatedValue>>> | null {
  if (ticks === 'unknown') return { incident_type: 'unknown', ongoing: 'unknown', [CRIME]: 'unknown' };
  if (!Array.isArray(ticks) || ticks.length === 0) return null;
  const facts: Partial<Record<Part, StatedValue>> = {};
  for (const tick of ticks) {
    const part = PARTS.find((one) => tick.startsWith(`${one}=`));
    const value = part && statedBy(part, tick.slice(part.length + 1));
    if (!part || value === undefined || facts[part] !== undefined) return null;
    facts[part] = value;
  }
  return facts;
}

function statedBy(part: Part, text: string): StatedValue | undefined {
  if (part === 'incident_type') return text;
  if (part === CRIME) return text === 'true' ? true : undefined;
  return INSTANT.safeParse(text).success ? { since: text } : undefined;
}
const INSTANT = z.iso.datetime({ offset: true });
