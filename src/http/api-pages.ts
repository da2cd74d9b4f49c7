import type { Hono } from 'hono';
import type { Text } from '../conversation/cards/card.ts';
import { localise, localiseCard, localised } from '../conversation/cards/localise.ts';
import type { IncidentState } from '../incident/state.ts';
import type { BilingualText } from '../law/types.ts';
import { callerOf } from './access.ts';
import { type ApiDependencies, disposition, submitted } from './api.ts';
import { deliveryOf, invalid, readJson } from './body.ts';
import { languageOf } from './language.ts';
import { problem, refused } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import { formBody, formRefSchema, uploadQuery, viewRefSchema } from './schemas.ts';

export interface PageDependencies extends ApiDependencies {
  /** Names of the law's things by their ids: items, fields, facts, recipients. */
  readonly labels: () => Readonly<Record<string, BilingualText>>;
}
/** The largest file taken; larger ones are to be kept elsewhere and named in a note. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

/** The part of `/api/v1` that pages need beside the stable one: forms, views, time line, files, names. */
export function mountPageApi(api: Hono<HttpEnv>, deps: PageDependencies): void {
  const { app } = deps;
  api.get('/incidents/:id/timeline', async (c) => {
    const lines = await app.timeline(c.req.param('id'), callerOf(c), languageOf(c));
    return lines === null ? problem(c, 404, 'unknown_incident') : c.json({ timeline: lines });
  });
  api.get('/waiting', async (c) => {
    const caller = callerOf(c);
    if (caller === 'api') return problem(c, 403, 'forbidden');
    return c.json({ waiting: await app.waiting(caller, languageOf(c)) });
  });
  api.post('/forms/open', async (c) => {
    const body = await readJson(c, formRefSchema);
    if (!body.ok) return body.response;
    const caller = callerOf(c);
    if (caller === 'api') return problem(c, 403, 'forbidden');
    const form = await app.form(body.value, caller);
    return 'code' in form ? refused(c, form, deps.explain) : c.json(localised(form, languageOf(c)));
  });
  api.post('/forms/preview', (c) => previewForm(c, deps));
  api.post('/forms/submit', (c) => submitForm(c, deps));
  api.post('/views', async (c) => {
    const body = await readJson(c, viewRefSchema);
    if (!body.ok) return body.response;
    const caller = callerOf(c);
    if (caller === 'api') return problem(c, 403, 'forbidden');
    const card = await app.view(body.value, caller);
    return 'code' in card ? refused(c, card, deps.explain) : c.json(localiseCard(card, languageOf(c)));
  });
  api.get('/incidents/:id/cards', async (c) => {
    const cards = await app.cards(c.req.param('id'), callerOf(c));
    if (cards === null) return problem(c, 404, 'unknown_incident');
    return c.json({ cards: cards.map(({ key, card }) => ({ surface: key, card: localiseCard(card, languageOf(c)) })) });
  });
  api.get('/incidents/:id/files', async (c) => {
    const state = await app.state(c.req.param('id'), callerOf(c));
    return state === null ? problem(c, 404, 'unknown_incident') : c.json(filesOf(state));
  });
  api.post('/incidents/:id/files', (c) => upload(c, deps));
  api.get('/incidents/:id/files/:sha256', (c) => download(c, deps));
  api.get('/labels', (c) => {
    const pick = languageOf(c) === 'en' ? 'en' : 'zh';
    return c.json(Object.fromEntries(Object.entries(deps.labels()).map(([id, text]) => [id, text[pick]])));
  });
}

/** The paper as the entries would make it; a wrong entry is a problem of its own field. */
async function previewForm(c: HttpContext, deps: PageDependencies): Promise<Response> {
  const body = await readJson(c, formBody);
  if (!body.ok) return body.response;
  const caller = callerOf(c);
  if (caller === 'api') return problem(c, 403, 'forbidden');
  const shown = await deps.app.preview({
    ...body.value,
    caller,
    delivery: deliveryOf(c, body.text),
    room: deps.consoleRoom,
  });
  if ('errors' in shown) return invalidEntries(c, shown.errors);
  if ('code' in shown) return refused(c, shown, deps.explain);
  if ('card' in shown) return c.json({ card: localiseCard(shown.card, languageOf(c)) });
  return c.json({ document: shown.document, twin: shown.twin });
}

async function submitForm(c: HttpContext, deps: PageDependencies): Promise<Response> {
  const body = await readJson(c, formBody);
  if (!body.ok) return body.response;
  const caller = callerOf(c);
  if (caller === 'api') return problem(c, 403, 'forbidden');
  const result = await deps.app.submitForm({
    ...body.value,
    caller,
    delivery: deliveryOf(c, body.text),
    room: deps.consoleRoom,
  });
  return result.kind === 'invalid' ? invalidEntries(c, result.errors) : submitted(c, deps, result, 200);
}

function invalidEntries(c: HttpContext, entries: Readonly<Record<string, Text>>): Response {
  const language = languageOf(c);
  const errors = Object.fromEntries(Object.entries(entries).map(([id, text]) => [id, localise(text, language)]));
  const [field = '', detail = ''] = Object.entries(errors)[0] ?? [];
  return problem(c, 422, 'invalid', { field, detail, extra: { errors } });
}

/**
 * Title of an authority's request, in its own words, because the law has no name for it; empty for other obligations.
 */
function requestOf({ requests }: IncidentState, obligation: string): { readonly title?: string } {
  const request = requests.find(({ id }) => id === obligation);
  return request ? { title: `${request.from} · ${request.what}` } : {};
}

function filesOf(state: IncidentState): object {
  const name = (actor: string) => state.people[actor]?.name ?? actor;
  return {
    files: state.evidence.map((e) => ({ ...e, by: name(e.by) })),
    drafts: state.drafts.map((d) => ({ ...d, by: name(d.by) })),
    filings: state.filings.map((f) => ({ ...f, by: name(f.by), ...requestOf(state, f.obligation) })),
  };
}

async function upload(c: HttpContext, deps: PageDependencies): Promise<Response> {
  const query = uploadQuery.safeParse(c.req.query());
  if (!query.success) return invalid(c, query.error);
  const caller = callerOf(c);
  if (caller === 'api') return problem(c, 403, 'forbidden');
  const content = new Uint8Array(await c.req.arrayBuffer());
  // In a thread of Node's own: 20 MB at once would hold up everybody.
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', content)).toString('hex');
  const result = await deps.app.attach({
    incident: c.req.param('id') ?? '',
    name: query.data.name,
    mediaType: c.req.header('content-type')?.split(';')[0]?.trim() || 'application/octet-stream',
    content,
    ...(query.data.item ? { item: query.data.item } : {}),
    caller,
    delivery: deliveryOf(c, `${query.data.name}\n${query.data.item ?? ''}\n${digest}`),
  });
  return submitted(c, deps, result, 201);
}

async function download(c: HttpContext, deps: PageDependencies): Promise<Response> {
  const file = await deps.app.file(c.req.param('id') ?? '', c.req.param('sha256') ?? '', callerOf(c));
  if (file === null) return problem(c, 404, 'not_found');
  // Attachments are downloads, never shown as a page of ours.
  return c.body(ReadableStream.from(file.content), 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': disposition(file.name),
    'Content-Security-Policy': "default-src 'none'; sandbox",
  });
}
