import type { IncidentState } from './state.ts';

/**
 * Incident from before the record began, as a list of the organisation states it (`jishi import`). It is recorded
 * afterwards as closed, without duty, clock, reminder or room, and needs no decision here.
 */
export interface Imported {
  /** Id of the entity in the profile; null without a profile. */
  readonly entity: string | null;
  /** Number in the organisation's own list, unique within the entity. */
  readonly reference: string;
  readonly awareAt: string;
  readonly closedAt: string;
  readonly occurredAt?: string;
  /** Id of a level of the regime. */
  readonly level?: string;
  readonly filedAt?: string;
  readonly handlingEndedAt?: string;
  readonly lead?: string;
  readonly system?: string;
  readonly filedTo?: string;
  readonly receipt?: string;
  readonly summary?: string;
  /** Source of an imported incident: SHA-256 of the list, and the line in it. */
  readonly list: { readonly file: string; readonly line: number };
  /** Name of the person who imported it; null where none was given. */
  readonly by: string | null;
}

/** Day an incident counts for: its declaration or, where it was recorded afterwards, the awareness the list states. */
export function beganAt({ imported, declared }: Pick<IncidentState, 'imported' | 'declared'>): string {
  return imported?.awareAt ?? declared.at;
}

/** Copy of an import without people's words: its mark, entity, days and level. */
export function importedWithoutWords({ entity, awareAt, closedAt, level, list }: Imported): Imported {
  return { entity, reference: '', awareAt, closedAt, ...(level === undefined ? {} : { level }), list, by: null };
}
