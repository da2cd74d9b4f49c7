import type { ChainHead } from '../incident/record/chain.ts';
import type { RecordedEvent } from '../incident/record/events.ts';
import { upcast } from '../incident/record/upcast.ts';
import type { IncidentState } from '../incident/state.ts';
import type { RecordRow } from '../use-cases/ports.ts';
import { StoreError } from './errors.ts';

export type Evolve = (state: IncidentState | null, recorded: RecordedEvent) => IncidentState;

/** A folded incident with the end of its record. */
export interface Folded {
  readonly state: IncidentState;
  readonly head: ChainHead;
}

/** The rows of a record after a version, in order, as `RecordRow`. */
export const RECORD = `SELECT incident, version, type, v, at, actor, command, bytes, salt, payload_hash AS "payloadHash", prev, hash
  FROM events WHERE incident = $1 AND version > $2 ORDER BY version`;

/** State after one more row: an erased payload changes only its version. */
export function stateAfter(state: IncidentState | null, row: RecordRow, evolve: Evolve): IncidentState | null {
  if (row.bytes === null) return state && { ...state, version: row.version };
  return evolve(state, recordedEvent(row));
}

/** A stored row as the event it means today. Throws for an event that cannot be understood (see `upcast`). */
export function recordedEvent(row: RecordRow): RecordedEvent {
  if (row.bytes === null) {
    throw new StoreError(
      'damaged',
      `event ${row.version} of ${row.incident} was erased and cannot be read as an event`,
    );
  }
  return {
    incident: row.incident,
    version: row.version,
    at: row.at,
    actor: row.actor,
    command: row.command,
    event: upcast({ type: row.type, v: row.v, payload: JSON.parse(row.bytes) }),
  };
}
