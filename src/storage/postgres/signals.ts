import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';

const signal = z.discriminatedUnion('kind', [
  /** Signal that an incident changed: there may be work, and open pages update. */
  z.object({ kind: z.literal('incident'), origin: z.string(), incident: z.string() }),
  /** Signal of new notices that belong to no incident. */
  z.object({ kind: z.literal('work'), origin: z.string() }),
  /** Signal that a message of a room was added or edited. */
  z.object({ kind: z.literal('message'), origin: z.string(), ref: z.string() }),
]);

/** Signal sent by NOTIFY in its transaction. It can get lost with a connection, so reconnected listeners read again. */
export type Signal = z.infer<typeof signal>;

export function say(one: Signal): string {
  return JSON.stringify(one);
}

/** SQL of the signal that a message of a room was written; `ref` is its column. */
export function messageSignal(origin: string): string {
  return `json_build_object('kind', 'message', 'origin', '${origin}', 'ref', ref)::text`;
}

/** Signal of a received payload; null if no version of this program sends it. */
export function heard(payload: string): Signal | null {
  return signal.safeParse(parseJson(payload)).data ?? null;
}
