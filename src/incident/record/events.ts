import type { FormReport } from '../../law/regime.ts';
import type { Payloads } from '../commands.ts';
import type { ActorId } from '../identity.ts';
import type { IncidentState, Stamp } from '../state.ts';

export type EventType = keyof Payloads;
export type EventOf<T extends EventType> = { [K in T]: { type: K; payload: Payloads[K] } }[T];
export type IncidentEvent = EventOf<EventType>;

/** Changes of the state by events of some types. */
export type Reducers<T extends EventType> = {
  readonly [K in T]: (state: IncidentState, payload: Payloads[K], stamp: Stamp) => Partial<IncidentState>;
};

/** Form that a draft fills: its law, report and recipients; null in older records, which had one law. */
export interface FilledForm {
  readonly regime: string;
  readonly report: FormReport;
  readonly recipients: readonly string[];
}

/** Id of the proposal of an unconfirmed statement: until a second person agrees, the stricter of both states counts. */
export interface Unconfirmed {
  readonly unconfirmed?: string;
}

/** An event as it is stored: `at` is wall time, ISO 8601 UTC. */
export interface RecordedEvent {
  readonly incident: string;
  readonly version: number;
  readonly at: string;
  readonly actor: ActorId;
  /** Id of the originating command: the events of one command share it. */
  readonly command: string;
  readonly event: IncidentEvent;
}
