import type { Hono } from 'hono';
import type { z } from 'zod';
import { localiseCard } from '../conversation/cards/localise.ts';
import type { Room } from '../incident/identity.ts';
import type { App, Submitted } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import type { Clock, Json, Refusal } from '../use-cases/ports.ts';
import { registerTable } from '../use-cases/register.ts';
import { figuresOf } from '../use-cases/register-figures.ts';
import { callerOf } from './access.ts';
import { deliveryOf, type QueryHandler, readJson, withQuery } from './body.ts';
import type { ChangeFeed } from './feed.ts';
import { languageOf } from './language.ts';
import { type Explain, problem, refused } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import {
  article11Query,
  counselQuery,
  declareBody,
  drillsQuery,
  faxQuery,
  intentBody,
  interpretQuery,
  listQuery,
  paperQuery,
  papersQuery,
  registerQuery,
  reportQuery,
} from './schemas.ts';

export interface ApiDependencies {
  readonly app: App;
  readonly clock: Clock;
  readonly changes: ChangeFeed;
  readonly explain: Explain;
  /** Room in which a person of the console declares; the token declares in no room. */
  readonly consoleRoom: Room | null;
}

/** The stable part of `/api/v1`: what programs use. Paths are below the mount point. */
export function mountApi(api: Hono<HttpEnv>, deps: ApiDependencies): void {
  const { app } = deps;
  api.post('/incidents', (c) => declare(c, deps));
  const idOf = (c: HttpContext): string => c.req.param('id') ?? '';
  const file = (c: HttpContext, made: DownloadedFile | Refusal): Response => fileAnswer(c, deps, made);
  const get = <T>(path: string, schema: z.ZodType<T>, answer: QueryHandler<T>): void => {
    api.get(path, withQuery(schema, answer));
  };
  get('/incidents', listQuery, async (c, { open, search, limit, before }) => {
    const filter = {
      limit,
      ...(open ? { open: open === 'true' } : {}),
      ...(search ? { search } : {}),
      ...(before ? { before } : {}),
    };
    return c.json({ incidents: await app.incidents(callerOf(c), filter) });
  });
  const register = (c: HttpContext, { open, drills, ...days }: z.output<typeof registerQuery>) =>
    app.register(
      callerOf(c),
      { ...days, drills: drills === 'true', ...(open ? { open: open === 'true' } : {}) },
      languageOf(c),
    );
  get('/register', registerQuery, async (c, query) => {
    const rows = await register(c, query);
    return c.json({ register: rows, figures: figuresOf(rows) });
  });
  get('/register.csv', registerQuery, async (c, query) => {
    const content = new TextEncoder().encode(registerTable(await register(c, query), languageOf(c)));
    return file(c, { name: 'register.csv', mediaType: 'text/csv; charset=utf-8', content });
  });
  api.get('/incidents/:id', async (c) => {
    const incident = await app.incident(c.req.param('id'), callerOf(c), languageOf(c));
    return incident === null ? problem(c, 404, 'unknown_incident') : c.json(incident);
  });
  api.post('/incidents/:id/intents', (c) => submitIntent(c, deps));
  get('/incidents/:id/report', reportQuery, async (c, query) => file(c, await app.report(idOf(c), callerOf(c), query)));
  get('/incidents/:id/record', counselQuery, async (c, { counsel }) => {
    const rows = await app.record(idOf(c), callerOf(c), { counsel: counsel === 'true' });
    if ('code' in rows) return refused(c, rows, deps.explain);
    const mediaType = 'application/x-ndjson; charset=utf-8';
    return file(c, { name: `${idOf(c)}-record.jsonl`, mediaType, content: jsonLines(rows) });
  });
  for (const what of ['mail', 'fax'] as const)
    get(`/incidents/:id/${what}`, faxQuery, async (c, query) =>
      file(c, await app.toSend(idOf(c), callerOf(c), { what, ...query })),
    );
  get('/incidents/:id/article11', article11Query, async (c, query) =>
    file(c, await app.article11(idOf(c), callerOf(c), query)),
  );
  get('/incidents/:id/papers', papersQuery, async (c, { language }) => {
    const papers = await app.papers(idOf(c), callerOf(c), language);
    return 'code' in papers ? refused(c, papers, deps.explain) : c.json({ papers });
  });
  get('/incidents/:id/paper', paperQuery, async (c, query) => file(c, await app.paper(idOf(c), callerOf(c), query)));
  get('/incidents/:id/bundle', counselQuery, async (c, { counsel }) =>
    file(c, await app.bundle(idOf(c), callerOf(c), { counsel: counsel === 'true' })),
  );
  get('/drills', drillsQuery, async (c, { limit }) => c.json({ drills: await app.drills(callerOf(c), limit) }));
  get('/interpret', interpretQuery, (c, { kind, text, unit, now = new Date(deps.clock.now()).toISOString() }) =>
    c.json(app.interpret(kind, text, now, languageOf(c), unit)),
  );
}

async function declare(c: HttpContext, deps: ApiDependencies): Promise<Response> {
  const body = await readJson(c, declareBody);
  if (!body.ok) return body.response;
  const caller = callerOf(c);
  const room = caller === 'api' ? null : deps.consoleRoom;
  const result = await deps.app.declare({ ...body.value, caller, room, delivery: deliveryOf(c, body.text) });
  return submitted(c, deps, result, 201);
}

async function submitIntent(c: HttpContext, deps: ApiDependencies): Promise<Response> {
  const body = await readJson(c, intentBody);
  if (!body.ok) return body.response;
  const caller = callerOf(c);
  const result = await deps.app.submit({
    incident: c.req.param('id') ?? '',
    intent: body.value.intent,
    revision: body.value.revision,
    caller,
    delivery: deliveryOf(c, body.text),
    room: caller === 'api' ? null : deps.consoleRoom,
  });
  return submitted(c, deps, result, 200);
}

/** Response with the new state, as contracted; the change in one line is in `said` for pages that show it. */
export async function submitted(
  c: HttpContext,
  deps: Pick<ApiDependencies, 'app' | 'changes' | 'explain'>,
  result: Submitted,
  status: 200 | 201,
): Promise<Response> {
  if (result.kind === 'refused') return refused(c, result.refusal, deps.explain, result.state);
  if (!result.replayed) deps.changes.changed(result.incident);
  const incident = await deps.app.incident(result.incident, callerOf(c), languageOf(c));
  const said = result.said ? localiseCard(result.said, languageOf(c)) : null;
  if (status === 201) c.header('Location', `/api/v1/incidents/${result.incident}`);
  // Somebody may do something in an incident they may not read: they still learn that it is done.
  const shown =
    incident !== null && typeof incident === 'object' && !isList(incident) ? incident : { id: result.incident };
  return c.json({ ...shown, ...(said ? { said } : {}) }, status);
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

/** A file as the API sends it: whole, or in parts. */
interface DownloadedFile extends Pick<MadeFile, 'name' | 'mediaType'> {
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

function fileAnswer(c: HttpContext, { explain }: ApiDependencies, file: DownloadedFile | Refusal): Response {
  if ('code' in file) return refused(c, file, explain);
  const { content } = file;
  return c.body(content instanceof Uint8Array ? Uint8Array.from(content) : ReadableStream.from(content), 200, {
    'Content-Type': withCharset(file.mediaType),
    'Content-Disposition': disposition(file.name),
  });
}

async function* jsonLines(rows: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const row of rows) yield encoder.encode(`${JSON.stringify(row)}\n`);
}

/** A file name in any language (RFC 6266), with an ASCII twin for old programs. */
export function disposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]+|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (ch) => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function withCharset(mediaType: string): string {
  return /^(text\/|application\/json$)/.test(mediaType) && !mediaType.includes('charset')
    ? `${mediaType}; charset=utf-8`
    : mediaType;
}
