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

/** Reads a body only if it is declared as JSON: a form of another site cannot send that without a preflight. */
export async function readJson<T>(c: HttpContext, schema: z.ZodType<T>): Promise<Read<T>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) return { ok: false, response: problem(c, 415, 'wrong_type') };
  const text = await c.req.text();
  // People write no NUL, and PostgreSQL cannot store it in text. An escaped `\\u0000` in a pasted log is no NUL.
  if (/(?<!\\)(?:\\\\)*\\u0000/.test(text)) return { ok: false, response: problem(c, 422, 'invalid') };
  const parsed = parse(text);
  if (parsed === undefined) return { ok: false, response: problem(c, 400, 'invalid_json') };
  const checked = schema.safeParse(parsed);
  if (checked.success) return { ok: true, value: checked.data, text };
  return { ok: false, response: invalid(c, checked.error) };
}

/** Error for a body that is no form where one is expected; the server answers 400. */
export class NoForm extends Error {}

/** Reads the fields of a form; repeated names become a list. Rejects with `NoForm`. */
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

/** Returns a 422 response that names the field and the reason. */
export function invalid(c: HttpContext, error: z.ZodError): Response {
  const [issue] = error.issues;
  const field = (issue?.path ?? []).map(String).join('.');
  return problem(c, 422, 'invalid', { field, detail: `${field || '(body)'}: ${issue?.message ?? 'invalid'}` });
}

/**
 * Returns the delivery of a request: the same Idempotency-Key of the same caller is the same act; without a key each
 * request is a new act. The body names the operation, so a key cannot be used for another one.
 */
export function deliveryOf(c: HttpContext, body: string): Delivery {
  const given = c.req.header('idempotency-key')?.trim();
  const who = whoOf(c.var.asker);
  // Keys are hashed, so that any length and alphabet fits the column.
  const key = given ? createHash('sha256').update(`${who}\n${given}`).digest('hex') : randomUUID();
  return { platform: 'api', key, body: `${c.req.method} ${new URL(c.req.url).pathname}\n${body}` };
}

function whoOf(asker: Asker): string {
  if (asker.kind === 'person') return `person:${asker.caller.account.id}`;
  if (asker.kind === 'visitor') return `visitor:${JSON.stringify(asker.caller.account)}`;
  return asker.kind === 'token' && asker.token !== API_TOKEN ? `token:${asker.token}` : asker.kind;
}
