import type { z } from 'zod';
import { localiseCard } from '../../conversation/cards/localise.ts';
import { translate } from '../../i18n/translate.ts';
import type { Language, Room } from '../../incident/identity.ts';
import type { Caller, Delivery, Submitted } from '../../use-cases/app.ts';
import type { MadeFile } from '../../use-cases/documents/document-port.ts';
import type { Refusal } from '../../use-cases/ports.ts';
import { callerOf } from '../access.ts';
import { deliveryOf, invalid, readJson } from '../body.ts';
import { languageOf } from '../language.ts';
import { problem, refused } from '../problems.ts';
import type { HttpContext, HttpParts } from '../routes.ts';
import type { Scope } from '../token-store.ts';

/** Description of an operation, used for its documentation and for the check of its input. */
export interface Described<Q, B> {
  readonly summary: string;
  readonly query?: Q;
  readonly body?: B;
  /** Schema of the successful JSON response; without it `answer` is the media type of a file. */
  readonly gives?: z.ZodType;
  readonly answer?: string;
  /** Status of a successful response; 200 by default. */
  readonly status?: 201 | 202;
  /** True for an operation that needs no sign-in. */
  readonly open?: boolean;
  /** Scope that a token needs; without one the operation is for people only. */
  readonly scope?: Scope;
}
export interface Operation extends Described<z.ZodObject, z.ZodType> {
  handle(c: HttpContext, parts: HttpParts): Promise<Response>;
}
/** Operations by method and path below `/api/v1`, e.g. `GET /incidents/{id}`. */
export type Operations = Readonly<Record<string, Operation>>;

export interface Asked<Q, B, C = Caller | 'api'> {
  readonly c: HttpContext;
  readonly parts: HttpParts;
  readonly app: HttpParts['app'];
  readonly query: Q;
  readonly body: B;
  /** Parameter `{id}` of the path. */
  readonly id: string;
  readonly caller: C;
  readonly language: Language;
  /** Origin that every command states; a token has no room. */
  readonly origin: { readonly caller: C; readonly room: Room | null; readonly delivery: Delivery };
}

/**
 * Defines an operation by description and handler. A response that the handler returns is sent as it is. Null is
 * answered as an unknown incident, a refusal as a problem, every other value as JSON.
 */
export function operation<Q extends z.ZodObject, B extends z.ZodType>(
  description: Described<Q, B>,
  answer: (asked: Asked<z.output<Q>, z.output<B>>) => unknown,
): Operation;
export function operation(
  description: Described<z.ZodObject, z.ZodType>,
  answer: (asked: Asked<unknown, unknown>) => unknown,
): Operation {
  const { scope, status = 200 } = description;
  const handle: Operation['handle'] = async (c, parts) => {
    const { asker } = c.var;
    const language = languageOf(c);
    if (asker.kind === 'token' && scope !== undefined && !asker.scopes.includes(scope))
      return problem(c, 403, 'scope', { detail: translate(language, 'http.scope_named', { scope }) });
    const query = description.query?.safeParse(c.req.query());
    if (query?.success === false) return invalid(c, query.error);
    const body = description.body && (await readJson(c, description.body));
    if (body?.ok === false) return body.response;
    const caller = callerOf(c);
    const room = asker.kind === 'person' ? parts.consoleRoom : null;
    const origin = { caller, room, delivery: deliveryOf(c, body?.text ?? '') };
    const given = { query: query?.data, body: body?.value, id: c.req.param('id') ?? '' };
    const answered = await answer({ c, parts, app: parts.app, ...given, caller, language, origin });
    if (answered instanceof Response) return answered;
    if (answered === null) return problem(c, 404, 'unknown_incident');
    return isRefusal(answered) ? refused(c, answered, parts.explain) : c.json(answered, status);
  };
  return { ...description, handle };
}

/** Defines an operation for people: programs get 403. */
export function personal<Q extends z.ZodObject, B extends z.ZodType>(
  description: Described<Q, B>,
  answer: (asked: Asked<z.output<Q>, z.output<B>, Caller>) => unknown,
): Operation {
  return operation(description, (asked: Asked<z.output<Q>, z.output<B>>) => {
    const { caller } = asked;
    if (caller === 'api') return problem(asked.c, 403, 'forbidden');
    return answer({ ...asked, caller, origin: { ...asked.origin, caller } });
  });
}

function isRefusal(answered: unknown): answered is Refusal {
  return typeof answered === 'object' && answered !== null && 'code' in answered;
}

/** Returns the response with the new state; `said` is the change in one line, for pages. */
export async function submitted(
  { c, parts, app, caller, language }: Omit<Asked<unknown, unknown>, 'origin'>,
  result: Submitted,
  status: 200 | 201 = 200,
): Promise<Response> {
  if (result.kind === 'refused') return refused(c, result.refusal, parts.explain, result.state);
  if (!result.replayed) parts.changes.call(result.incident);
  const incident = await app.incident(result.incident, caller, language);
  const card = result.said();
  const said = card ? { said: localiseCard(card, language) } : {};
  if (status === 201) c.header('Location', `/api/v1/incidents/${result.incident}`);
  // People may act in an incident they may not read; they still learn that the act was done.
  const shown = Object.entries(incident ?? {});
  return c.json({ id: result.incident, ...Object.fromEntries(shown), ...said }, status);
}

/** File sent by the API: whole, or in chunks. */
export interface DownloadedFile extends Pick<MadeFile, 'name' | 'mediaType'> {
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** Sends a file as a download, so that the browser never shows it as a page of ours. */
export function attachment(
  c: HttpContext,
  { name, mediaType, content }: DownloadedFile,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return c.body(content instanceof Uint8Array ? Uint8Array.from(content) : ReadableStream.from(content), 200, {
    'Content-Type': withCharset(mediaType),
    'Content-Disposition': disposition(name),
    ...headers,
  });
}

/** Returns the Content-Disposition of a file name in any language (RFC 6266), with an ASCII name for old clients. */
function disposition(name: string): string {
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
