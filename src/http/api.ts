import type { Hono } from 'hono';
import { localiseCard } from '../conversation/cards/localise.ts';
import type { Room } from '../incident/identity.ts';
import type { App, Submitted } from '../use-cases/app.ts';
import type { MadeFile } from '../use-cases/documents/document-port.ts';
import type { Clock, Json, Refusal } from '../use-cases/ports.ts';
import { callerOf } from './access.ts';
import { deliveryOf, invalid, readJson } from './body.ts';
import type { ChangeFeed } from './feed.ts';
import { languageOf } from './language.ts';
import { type Explain, problem, refused } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import {
  article11Query,
  counselQuery,
  declareBody,
  faxQuery,
  intentBody,
  interpretQuery,
  listQuery,
  paperQuery,
  papersQuery,
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
  api.get('/incidents', async (c) => {
    const query = listQuery.safeParse(c.req.query());
    if (!query.success) return invalid(c, query.error);
    const { open, search, limit, before } = query.data;
    const filter = {
      limit,
      ...(open ? { open: open === 'true' } : {}),
      ...(search ? { search } : {}),
      ...(before ? { before } : {}),
    };
    return c.json({ incidents: await app.incidents(callerOf(c), filter) });
  });
  api.get('/incidents/:id', async (c) => incidentAnswer(c, deps, c.req.param('id')));
  api.post('/incidents/:id/intents', (c) => submitIntent(c, deps));
  api.get('/incidents/:id/report', (c) => report(c, deps));
  api.get('/incidents/:id/record', (c) => record(c, deps));
  api.get('/incidents/:id/mail', (c) => toSend(c, deps, 'mail'));
  api.get('/incidents/:id/fax', (c) => toSend(c, deps, 'fax'));
  api.get('/incidents/:id/article11', async (c) => {
    const query = article11Query.safeParse(c.req.query());
    if (!query.success) return invalid(c, query.error);
    return fileAnswer(c, deps, await app.article11(c.req.param('id'), callerOf(c), query.data));
  });
  api.get('/incidents/:id/papers', async (c) => {
    const query = papersQuery.safeParse(c.req.query());
    if (!query.success) return invalid(c, query.error);
    const papers = await app.papers(c.req.param('id'), callerOf(c), query.data.language);
    return 'code' in papers ? refused(c, papers, deps.explain) : c.json({ papers });
  });
  api.get('/incidents/:id/paper', async (c) => {
    const query = paperQuery.safeParse(c.req.query());
    if (!query.success) return invalid(c, query.error);
    return fileAnswer(c, deps, await app.paper(c.req.param('id'), callerOf(c), query.data));
  });
  api.get('/incidents/:id/bundle', (c) => bundle(c, deps));
  api.get('/interpret', (c) => {
    const query = interpretQuery.safeParse(c.req.query());
    if (!query.success) return invalid(c, query.error);
    const now = query.data.now ?? new Date(deps.clock.now()).toISOString();
    return c.json(app.interpret(query.data.kind, query.data.text, now, languageOf(c)));
  });
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

async function incidentAnswer(c: HttpContext, deps: ApiDependencies, id: string): Promise<Response> {
  const incident = await deps.app.incident(id, callerOf(c), languageOf(c));
  return incident === null ? problem(c, 404, 'unknown_incident') : c.json(incident);
}

async function report(c: HttpContext, deps: ApiDependencies): Promise<Response> {
  const query = reportQuery.safeParse(c.req.query());
  if (!query.success) return invalid(c, query.error);
  const document = await deps.app.report(c.req.param('id') ?? '', callerOf(c), query.data);
  if ('code' in document) return refused(c, document, deps.explain);
  return c.body(Uint8Array.from(document.content), 200, {
    'Content-Type': withCharset(document.mediaType),
    'Content-Disposition': disposition(document.name, c.req.query('inline') === 'true' ? 'inline' : 'attachment'),
  });
}

async function toSend(c: HttpContext, deps: ApiDependencies, what: 'mail' | 'fax'): Promise<Response> {
  const query = faxQuery.safeParse(c.req.query());
  if (!query.success) return invalid(c, query.error);
  return fileAnswer(c, deps, await deps.app.toSend(c.req.param('id') ?? '', callerOf(c), { what, ...query.data }));
}

function fileAnswer(c: HttpContext, deps: ApiDependencies, file: MadeFile | Refusal): Response | Promise<Response> {
  if ('code' in file) return refused(c, file, deps.explain);
  return c.body(Uint8Array.from(file.content), 200, {
    'Content-Type': file.mediaType,
    'Content-Disposition': disposition(file.name),
  });
}

async function bundle(c: HttpContext, deps: ApiDependencies): Promise<Response> {
  const query = counselQuery.safeParse(c.req.query());
  if (!query.success) return invalid(c, query.error);
  const file = await deps.app.bundle(c.req.param('id') ?? '', callerOf(c), { counsel: query.data.counsel === 'true' });
  if ('code' in file) return refused(c, file, deps.explain);
  return c.body(ReadableStream.from(file.content), 200, {
    'Content-Type': file.mediaType,
    'Content-Disposition': disposition(file.name),
  });
}

async function record(c: HttpContext, deps: ApiDependencies): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const query = counselQuery.safeParse(c.req.query());
  if (!query.success) return invalid(c, query.error);
  const rows = await deps.app.record(id, callerOf(c), { counsel: query.data.counsel === 'true' });
  if ('code' in rows) return refused(c, rows, deps.explain);
  return c.body(ReadableStream.from(jsonLines(rows)), 200, {
    'Content-Type': 'application/x-ndjson; charset=utf-8',
    'Content-Disposition': disposition(`${id}-record.jsonl`, 'attachment'),
  });
}

async function* jsonLines(rows: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const row of rows) yield encoder.encode(`${JSON.stringify(row)}\n`);
}

/** A file name in any language (RFC 6266), with an ASCII twin for old programs. */
export function disposition(name: string, kind: 'attachment' | 'inline' = 'attachment'): string {
  const ascii = name.replace(/[^\x20-\x7e]+|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (ch) => `%${ch.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

function withCharset(mediaType: string): string {
  return /^(text\/|application\/json$)/.test(mediaType) && !mediaType.includes('charset')
    ? `${mediaType}; charset=utf-8`
    : mediaType;
}
