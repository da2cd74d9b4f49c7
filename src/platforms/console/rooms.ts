import type { Hono } from 'hono';
import { z } from 'zod';
import { localiseCard } from '../../conversation/cards/localise.ts';
import { disposition } from '../../http/api.ts';
import { deliveryOf, invalid, readJson } from '../../http/body.ts';
import { languageOf } from '../../http/language.ts';
import { type Explain, problem, refused } from '../../http/problems.ts';
import type { HttpContext, HttpEnv, HttpTools } from '../../http/routes.ts';
import { roomId } from '../../incident/identity.ts';
import type { Outcome, Place } from '../../talk/acts.ts';
import type { Talk } from '../../talk/talk.ts';
import type { App, Caller } from '../../use-cases/app.ts';
import type { BlobStore, Clock, RoomLog } from '../../use-cases/ports.ts';
import { directAddress } from './messenger.ts';
import { mayRead, Reading, type ReadingDependencies } from './reading.ts';

export interface RoomsDependencies extends ReadingDependencies {
  readonly app: App;
  readonly talk: Talk;
  readonly log: RoomLog;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly explain: Explain;
}

const sayBody = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  incident: z.string().max(64).nullable().default(null),
  thread: z.string().max(128).nullable().default(null),
});
const pageQuery = z.object({
  thread: z.string().max(128).optional(),
  before: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(60),
});
const fileQuery = z.object({ message: z.coerce.number().int().positive() });

/** Rooms, what is said in them, and their files: `/api/v1/rooms…`. */
export function mountRooms(http: Hono<HttpEnv>, deps: RoomsDependencies, tools: HttpTools): void {
  http.get('/api/v1/rooms', (c) => {
    const reader = readerOf(c);
    if (!reader) return problem(c, 403, 'forbidden');
    const rooms = deps.rooms.map((room) => ({ address: room.address, kind: 'room', location: room.location }));
    return c.json({
      rooms: [...rooms, { address: directAddress(reader.account.id), kind: 'direct', location: 'home' }],
    });
  });
  http.get('/api/v1/rooms/:address/messages', async (c) => {
    const query = pageQuery.safeParse(c.req.query());
    if (!query.success) return invalid(c, query.error);
    const address = c.req.param('address');
    const reader = readerOf(c);
    if (!reader || !mayRead(deps.rooms, address, reader)) return problem(c, 404, 'not_found');
    const { thread = null, before = null, limit } = query.data;
    const messages = await deps.log.page(address, thread, before, limit);
    const reading = new Reading(deps, reader);
    const shown = await Promise.all(messages.map((message) => reading.shown(message, languageOf(c))));
    return c.json({ messages: shown.filter((one) => one !== null), more: messages.length === limit });
  });
  http.post('/api/v1/rooms/:address/messages', (c) => say(c, deps, tools));
  http.get('/api/v1/incidents/:id/thread', (c) => thread(c, deps));
  http.get('/api/v1/rooms/:address/files/:sha256', (c) => download(c, deps));
}

/** A file is given out by the message that brought it, to who may see that message: its hash alone opens nothing. */
async function download(c: HttpContext, deps: RoomsDependencies): Promise<Response> {
  const query = fileQuery.safeParse(c.req.query());
  if (!query.success) return invalid(c, query.error);
  const address = c.req.param('address') ?? '';
  const reader = readerOf(c);
  if (!reader || !mayRead(deps.rooms, address, reader)) return problem(c, 404, 'not_found');
  const [message] = await deps.log.since(address, query.data.message - 1, 1);
  const file = message && (await new Reading(deps, reader).file(message, c.req.param('sha256') ?? ''));
  const content = file ? await deps.blobs.get(file.sha256) : null;
  if (!file || content === null) return problem(c, 404, 'not_found');
  return c.body(ReadableStream.from(content), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': disposition(file.name),
  });
}

/** The room in which the console shows an incident, and the status card its thread hangs below. Null until it is posted. */
async function thread(c: HttpContext, deps: RoomsDependencies): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const reader = readerOf(c);
  const state = reader ? await deps.app.state(id, reader) : null;
  if (state === null) return problem(c, 404, 'unknown_incident');
  for (const room of deps.rooms.filter((one) => roomId(one) in state.rooms)) {
    const root = await deps.threads.rootOf(id, roomId(room));
    if (root !== null) return c.json({ address: room.address, thread: root });
  }
  return c.json({ address: null, thread: null });
}

/** Keeps the line in the room first, so that others see what the bot's answer refers to. */
async function say(c: HttpContext, deps: RoomsDependencies, tools: HttpTools): Promise<Response> {
  const body = await readJson(c, sayBody);
  if (!body.ok) return body.response;
  const address = c.req.param('address') ?? '';
  const caller = readerOf(c);
  if (!caller || !mayRead(deps.rooms, address, caller)) return problem(c, 404, 'not_found');
  const { text, incident, thread } = body.value;
  const delivery = deliveryOf(c, body.text);
  const said = (about: string | null) => JSON.stringify({ kind: 'said', text, ...(about ? { incident: about } : {}) });
  const { ref } = await deps.log.append({
    address,
    thread,
    key: `said:${delivery.key}`,
    author: caller.name,
    body: said(incident),
    at: deps.clock.now(),
  });
  const room = deps.rooms.find((one) => one.address === address) ?? null;
  const place: Place = room ? { kind: 'room', room } : { kind: 'direct', room: null };
  const command = deps.talk.read(text);
  const outcome = await deps.talk.line({ text, command, about: incident, caller, place, delivery });
  const about = outcome.incident;
  // Only now it is known which incident a line at the root was about; what is withheld of that one includes the line.
  if (incident === null && thread === null && about) await deps.log.edit(ref, said(about), deps.clock.now());
  return answer(c, outcome, deps, tools);
}

/** The reply is for the one who typed; everybody else sees the cards that follow from it. */
function answer(c: HttpContext, outcome: Outcome, deps: RoomsDependencies, tools: HttpTools): Response {
  const { change, incident } = outcome;
  if (change?.kind === 'refused') return refused(c, change.refusal, deps.explain, change.state);
  if (change && !change.replayed) tools.changes.changed(change.incident);
  const [shown] = outcome.answers;
  const card = shown && shown.kind !== 'file' ? localiseCard(shown.card, languageOf(c)) : null;
  return c.json({ incident, ...(change ? { revision: outcome.revision } : {}), card });
}

export function readerOf(c: HttpContext): Caller | null {
  return c.var.asker.kind === 'person' ? c.var.asker.caller : null;
}
