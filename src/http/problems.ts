import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { MessageKey } from '../i18n/keys.ts';
import { translate } from '../i18n/translate.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Refusal } from '../use-cases/ports.ts';
import { languageOf } from './language.ts';

/** Problems found by the HTTP layer, before a use case is called. */
export type ProblemCode =
  | 'sign_in'
  | 'forbidden'
  | 'auditor_reads'
  | 'scope'
  | 'foreign_origin'
  | 'unknown_incident'
  | 'not_found'
  | 'unknown_source'
  | 'invalid'
  | 'invalid_json'
  | 'wrong_type'
  | 'wrong_method'
  | 'too_large'
  | 'too_many'
  | 'not_local'
  | 'needs_link'
  | 'link_used'
  | 'unavailable';

const STATUS: Readonly<Record<string, ContentfulStatusCode>> = {
  stale_revision: 409,
  key_reused: 409,
  forbidden: 403,
  auditor_reads: 403,
  unknown_incident: 404,
  unknown_report: 404,
  report_decided: 409,
};

export interface Detail {
  readonly detail?: string;
  readonly field?: string | undefined;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** Returns an RFC 9457 answer in the caller's language. */
export function problem(c: Context, status: ContentfulStatusCode, code: ProblemCode, more: Detail = {}): Response {
  const title: MessageKey = `http.${code}`;
  return problemJson(c, status, code, { ...more, title: translate(languageOf(c), title) });
}

/** Answers a refusal by a use case: its code determines the status, `detail` says what a person can do. */
export function refused(c: Context, refusal: Refusal, explain: Explain, state: IncidentState | null = null): Response {
  const detail = explain(refusal, languageOf(c), state);
  const { code, field, params } = refusal;
  return problemJson(c, STATUS[code] ?? 422, code, { title: detail, detail, field, extra: { params } });
}
export type Explain = (refusal: Refusal, language: 'en' | 'zh-CN', state: IncidentState | null) => string;

function problemJson(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  more: Detail & { title: string },
): Response {
  const body = {
    type: `urn:jishi:problem:${code}`,
    title: more.title,
    status,
    code,
    detail: more.detail ?? more.title,
    instance: new URL(c.req.url).pathname,
    field: more.field,
    ...more.extra,
  };
  c.header('Content-Language', languageOf(c));
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json; charset=utf-8' });
}
