import { z } from 'zod';
import type { Immutable } from '../law/types.ts';
import { iso } from './commands/parts.ts';
import type { IncidentState } from './state.ts';

/**
 * Incident from before the record began, as a list of the organisation states it (`jishi import`). It is recorded
 * afterwards as closed, without duty, clock, reminder or room, and needs no decision here.
 */
export const importedSchema = z.strictObject({
  /** Id of the entity in the profile; null without a profile. */
  entity: z.string().nullable(),
  /** Number in the organisation's own list, unique within the entity. */
  reference: z.string(),
  awareAt: iso,
  closedAt: iso,
  occurredAt: iso.optional(),
  /** Id of a level of the regime. */
  level: z.string().optional(),
  filedAt: iso.optional(),
  handlingEndedAt: iso.optional(),
  lead: z.string().optional(),
  system: z.string().optional(),
  filedTo: z.string().optional(),
  receipt: z.string().optional(),
  summary: z.string().optional(),
  /** Source of an imported incident: SHA-256 of the list, and the line in it. */
  list: z.strictObject({ file: z.string(), line: z.number() }),
  /** Name of the person who imported it; null where none was given. */
  by: z.string().nullable(),
});
export type Imported = Immutable<z.infer<typeof importedSchema>>;

/** Day an incident counts for: its declaration or, where it was recorded afterwards, the awareness the list states. */
export function beganAt({ imported, declared }: Pick<IncidentState, 'imported' | 'declared'>): string {
  return imported?.awareAt ?? declared.at;
}

/** Copy of an import without people's words: its mark, entity, days and level. */
export function importedWithoutWords({ entity, awareAt, closedAt, level, list }: Imported): Imported {
  return { entity, reference: '', awareAt, closedAt, ...(level === undefined ? {} : { level }), list, by: null };
}
