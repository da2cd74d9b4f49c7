import { z } from 'zod';
import {
  article11Query,
  counselQuery,
  declareBody,
  faxQuery,
  formBody,
  formRefSchema,
  intentBody,
  interpretQuery,
  linkBody,
  listQuery,
  mailQuery,
  paperQuery,
  papersQuery,
  reportQuery,
  uploadQuery,
  viewRefSchema,
} from './schemas.ts';

import type { Scope } from './token-store.ts';
import { tokenBody } from './token-store.ts';

type Schema = Record<string, unknown>;
interface Operation {
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly query?: z.ZodObject;
  /** Media type of the successful response; JSON by default. */
  readonly answer?: string;
  /** Status of success; 200 by default. */
  readonly status?: 201 | 202;
  readonly open?: boolean;
  /** What a token needs; without one the operation is for people. */
  readonly scope?: Scope;
}

/** Every route below `/api/v1`; a test compares it with the server's routes. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /openapi.json': { summary: 'This document', open: true },
  'GET /session': { summary: 'Who is signed in, and how one may sign in', open: true },
  'POST /session': {
    summary: 'Choose who you are (local mode only, in a browser that came by the printed link)',
    body: z.strictObject({ name: z.string() }),
    open: true,
  },
  'DELETE /session': { summary: 'Sign out', open: true },
  'POST /session/link': {
    summary: 'Have a sign-in link sent by chat or mail; the answer is the same for whom nobody knows',
    body: linkBody,
    status: 202,
    open: true,
  },
  'POST /incidents': { scope: 'declare', summary: 'Declare an incident', body: declareBody, status: 201 },
  'GET /incidents': { scope: 'read', summary: 'Incidents the caller may see, newest first', query: listQuery },
  'GET /incidents/{id}': { scope: 'read', summary: 'The state of an incident' },
  'POST /incidents/{id}/intents': { scope: 'answer', summary: 'Do something; answers the new state', body: intentBody },
  'GET /incidents/{id}/report': {
    scope: 'export',
    summary: 'The report as a document',
    query: reportQuery,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/record': {
    scope: 'export',
    summary: 'The record, one event a line; what is for counsel only when asked for by who may read it',
    query: counselQuery,
    answer: 'application/x-ndjson',
  },
  'GET /incidents/{id}/mail': {
    scope: 'export',
    summary: 'The e-mail to a recipient with the report attached, as a draft for a mail program',
    query: mailQuery,
    answer: 'message/rfc822',
  },
  'GET /incidents/{id}/fax': {
    scope: 'export',
    summary: 'The fax sheet to a recipient',
    query: faxQuery,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/papers': {
    scope: 'export',
    summary: 'Papers for other duties (police, authorities, individuals): to whom, for which duties, what is missing',
    query: papersQuery,
  },
  'GET /incidents/{id}/paper': {
    scope: 'export',
    summary: 'One of these papers; eml is an e-mail that mail programs open as a draft',
    query: paperQuery,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/article11': {
    scope: 'export',
    summary: 'What Art. 11 is about, each point with its evidence; internal',
    query: article11Query,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/bundle': {
    scope: 'export',
    summary: 'The evidence bundle: everything about an incident in a zip that can be verified without this program',
    query: counselQuery,
    answer: 'application/zip',
  },
  'GET /incidents/{id}/timeline': { scope: 'read', summary: 'What happened, one line each' },
  'GET /incidents/{id}/cards': {
    scope: 'read',
    summary: 'The cards that are kept current: status, question, checklist, draft',
  },
  'GET /incidents/{id}/files': { scope: 'read', summary: 'Files, drafts and filings' },
  'POST /incidents/{id}/files': {
    summary: 'Attach a file (the body is its content)',
    query: uploadQuery,
    status: 201,
  },
  'GET /incidents/{id}/files/{sha256}': {
    scope: 'export',
    summary: 'The content of a file',
    answer: 'application/octet-stream',
  },
  'POST /forms/open': { summary: 'An input form as it is now', body: formRefSchema },
  'POST /forms/preview': {
    summary: 'The report a form would compile, in both languages; nothing changes',
    body: formBody,
  },
  'POST /forms/submit': { summary: 'Hand in a form', body: formBody },
  'POST /views': { summary: 'A card for the asker only', body: viewRefSchema },
  'GET /access/sessions': { summary: 'Who is signed in to the console; for administrators' },
  'DELETE /access/sessions/{id}': { summary: 'End a session; for administrators' },
  'GET /access/tokens': { summary: 'Tokens of programs, without their secrets; for administrators' },
  'POST /access/tokens': {
    summary: 'Make a token with a name, scopes and an expiry; it is shown this once. For administrators',
    body: tokenBody,
    status: 201,
  },
  'DELETE /access/tokens/{id}': { summary: 'Revoke a token; for administrators' },
  'GET /labels': { scope: 'read', summary: 'Names of items, fields, facts and recipients' },
  'GET /interpret': { scope: 'read', summary: 'What is understood of a time or a number', query: interpretQuery },
};

/** OpenAPI 3.1 of the API, made from the schemas that check the requests. */
export function openApiDocument(): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation, path, method) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Jishi', version: '1', description: 'Report a network-security incident correctly and on time.' },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'jishi_session' },
      },
      responses: { Problem: { description: 'Refused', content: { 'application/problem+json': { schema: PROBLEM } } } },
    },
  };
}

const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    field: { type: 'string' },
    detail: { type: 'string' },
  },
};

function describe(operation: Operation, path: string, method: string): Schema {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query = operation.query ? queryParameters(operation.query) : [];
  const changes = method === 'POST' && !operation.open;
  const key = changes ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string' } }] : [];
  return {
    summary: operation.summary,
    ...(operation.open ? { security: [] } : {}),
    parameters: [...inPath, ...query, ...key],
    ...(operation.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body) } } } }
      : {}),
    responses: {
      [operation.status ?? 200]: {
        description: 'Done',
        content: { [operation.answer ?? 'application/json']: {} },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function queryParameters(query: z.ZodObject): Schema[] {
  const shape: Readonly<Record<string, z.ZodType>> = query.shape;
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    in: 'query',
    required: !schema.safeParse(undefined).success,
    schema: schemaOf(schema),
  }));
}

function schemaOf(schema: z.core.$ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
