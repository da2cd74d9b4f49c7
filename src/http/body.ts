import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Delivery } from '../use-cases/app.ts';
import { API_TOKEN } from './access.ts';
import { problem } from './problems.ts';
import type { Asker, HttpContext } from './routes.ts';

/** JSON body parsed by its schema, with the exact text received, or a response that names the problem. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly text: string }
  | { readonly ok: false; readonly response: Response };

/** Reads JSON only when it is called JSON: a form of another site cannot send that without asking first. */
export async function readJson<T>(c: HttpContext, schema: z.ZodType<T>): Promise<Read<T>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) return { ok: false, response: problem(c, 415, 'wrong_type') };
  const text = await c.req.text();
  // A NUL is in no text that people write, and PostgreSQL keeps none. The words \u0000 in a pasted log are no NUL.
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(text)) return { ok: false, response: problem(c, 422, 'invalid') };
  const parsed = parse(text);
  if (parsed === undefined) return { ok: false, response: problem(c, 400, 'invalid_json') };
  const checked = schema.safeParse(parsed);
  if (checked.success) return { ok: true, value: checked.data, text };
  return { ok: false, response: invalid(c, checked.error) };
}

/** The body of a request that is no form where one is wanted; the server answers it with 400. */
export class NoForm extends Error {}

/** Fields of a form, several of one name as a list. Rejects with `NoForm`. */
export async function readForm(c: Context) {
  const type = c.req.header('content-type') ?? '';
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) throw new NoForm('no form');
  try {
    return await c.req.parseBody({ all: true });
  } catch (error) {
    throw new NoForm('the body is no form', { cause: error });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 422 that names the field and the reason. */
export function invalid(c: HttpContext, error: z.ZodError): Response {
  const [issue] = error.issues;
  const field = (issue?.path ?? []).map(String).join('.');
  return problem(c, 422, 'invalid', { field, detail: `${field || '(body)'}: ${issue?.message ?? 'invalid'}` });
}

/**
 * The delivery of one request: the same Idempotency-Key of the same caller is the same act; without a key each
 * request is an act. The requested operation is part of the body, so a key cannot be used for another operation.
 */
export function deliveryOf(c: HttpContext, body: string): Delivery {
  const given = c.req.header('idempotency-key')?.trim();
  const who = whoOf(c.var.asker);
  // Hashed, so that keys of any length and alphabet fit one column.
  const key = given ? createHash('sha256').update(`${who}\n${given}`).digest('hex') : randomUUID();
  return { platform: 'api', key, body: `${c.req.method} ${new URL(c.req.url).pathname}\n${body}` };
}

/** Owner of an idempotency key. */
function whoOf(asker: Asker): string {
  if (asker.kind === 'person') return `person:${asker.caller.account.id}`;
  if (asker.kind === 'visitor') return `visitor:${JSON.stringify(asker.caller.account)}`;
  return asker.kind === 'token' && asker.token !== API_TOKEN ? `token:${asker.token}` : asker.kind;
}
