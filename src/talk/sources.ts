import { z } from 'zod';
import { localise } from '../conversation/cards/localise.ts';
import { platformText, t } from '../conversation/cards/situation.ts';
import type { RoomId } from '../incident/identity.ts';
import { roomFromId } from '../incident/rooms.ts';
import type { IncidentState } from '../incident/state.ts';
import { parseJson } from '../ops/json.ts';
import type { App, Caller, Delivery, Stated } from '../use-cases/app.ts';
import { authorship, committed } from '../use-cases/platform-support.ts';
import type { KeptKey, KeptValues } from '../use-cases/ports.ts';

/** Record of a message: its incident and, if it made exactly one statement, that statement. */
const recorded = z.object({ incident: z.string() });
const statedSchema = recorded.extend({ kind: z.enum(['fact', 'field', 'start']), id: z.string() });
const sourceKey = (source: string): KeptKey => `stated:${source}`;
type Sources = Pick<KeptValues, 'get' | 'put'>;

/** Edit or deletion of a message that people wrote in a room; `source`: its address. */
export interface Edit {
  readonly source: string;
  readonly room: RoomId;
  /** New text; null for a deleted message. */
  readonly text: string | null;
  /** Author; null if the platform does not say who deleted it. */
  readonly caller: Caller | null;
  readonly delivery: Delivery;
}

/** Returns the incident that recorded a message; null for none. */
export async function sourceOf(kept: Sources, source: string): Promise<string | null> {
  return recorded.safeParse(parseJson(await kept.get(sourceKey(source)))).data?.incident ?? null;
}

/** Stores which incident recorded a message, and its only statement if there is one, for an edit or deletion of it. */
export async function rememberSource(
  kept: Sources,
  source: string,
  incident: string,
  stated: Omit<Stated, 'incident'> | null = null,
): Promise<void> {
  if (stated || (await sourceOf(kept, source)) !== incident)
    await kept.put(sourceKey(source), JSON.stringify({ incident, ...stated }));
}

/** Notes an edit, each once, in the incident that recorded the message; returns the message's only statement. */
export async function noteEdit(
  { app, kept }: { readonly app: Pick<App, 'state' | 'submit'>; readonly kept: Sources },
  { source, room, text, caller, delivery }: Edit,
): Promise<(Stated & { readonly incident: string }) | null> {
  const incident = await sourceOf(kept, source);
  const by = caller ?? 'api';
  const state = incident === null ? null : await app.state(incident, by);
  if (incident !== null && state) {
    const language = state.rooms[room]?.language ?? state.organisation?.languages.rooms ?? 'en';
    const platform = platformText(roomFromId(room).platform);
    const said =
      text === null ? t('chat.source_deleted', { platform }) : t('chat.source_edited', { text: { raw: text } });
    const author = caller ? authorship(caller) : {};
    const intent = { type: 'add_note', text: localise(said, language), link: source, ...author } as const;
    await committed(app.submit({ incident, intent, revision: state.version, caller: by, delivery }));
  }
  return statedSchema.safeParse(parseJson(await kept.get(sourceKey(source)))).data ?? null;
}

/** Returns the statement that is new in a record; null if there is none, or several. */
export function statedSince(
  { version }: IncidentState,
  { facts, fields, candidates }: IncidentState,
): Omit<Stated, 'incident'> | null {
  const isNew = (one: { readonly version: number } | null): boolean => one !== null && one.version > version;
  const found = [
    ...Object.keys(facts).flatMap((id) => (isNew(facts[id] ?? null) ? { kind: 'fact' as const, id } : [])),
    ...Object.keys(fields).flatMap((id) => (isNew(fields[id]?.current ?? null) ? { kind: 'field' as const, id } : [])),
    ...candidates.flatMap((one) => (isNew(one) ? { kind: 'start' as const, id: one.id } : [])),
  ];
  const [only, other] = found;
  return only && !other ? only : null;
}
