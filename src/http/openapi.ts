import { z } from 'zod';
import {
  cardAnswer,
  cardsAnswer,
  endedAnswer,
  filesAnswer,
  formAnswer,
  incidentAnswer,
  incidentsAnswer,
  interpretAnswer,
  labelsAnswer,
  NAMES,
  papersAnswer,
  previewAnswer,
  sessionAnswer,
  sessionsAnswer,
  submittedAnswer,
  timelineAnswer,
  tokenAnswer,
  tokensAnswer,
} from './answers.ts';
import { registerAnswer } from './register-answer.ts';
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
  registerQuery,
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
  /** Successful response as JSON; without it `answer` is the media type of a file. */
  readonly gives?: z.ZodType;
  readonly answer?: string;
  /** Status of success; 200 by default. */
  readonly status?: 201 | 202;
  readonly open?: boolean;
  /** Scope that a token needs; without one the operation is for people. */
  readonly scope?: Scope;
}

/** Every route below `/api/v1`; a test compares it with the server's routes. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /openapi.json': { gives: z.looseObject({}), summary: 'This document', open: true },
  'GET /session': { gives: sessionAnswer, summary: 'Who is signed in, and how one may sign in', open: true },
  'POST /session': {
    gives: z.strictObject({ name: z.string() }),
    summary: 'Choose who you are (local mode only, in a browser that came by the printed link)',
    body: z.strictObject({ name: z.string() }),
    open: true,
  },
  'DELETE /session': {
    gives: z.strictObject({ name: z.null(), signOut: z.string().nullable() }),
    summary: 'Sign out',
    open: true,
  },
  'POST /session/link': {
    gives: z.strictObject({}),
    summary: 'Have a sign-in link sent by chat or mail; the answer is the same for whom nobody knows',
    body: linkBody,
    status: 202,
    open: true,
  },
  'POST /incidents': {
    gives: submittedAnswer,
    scope: 'declare',
    summary: 'Declare an incident',
    body: declareBody,
    status: 201,
  },
  'GET /incidents': {
    gives: incidentsAnswer,
    scope: 'read',
    summary: 'Incidents the caller may see, newest first',
    query: listQuery,
  },
  'GET /register': {
    gives: registerAnswer,
    scope: 'export',
    summary: 'The register of incidents with their duties, newest first; what the caller may not see is null',
    query: registerQuery,
  },
  'GET /register.csv': {
    scope: 'export',
    summary: 'The register as a table, one line for each incident; Accept-Language gives its language',
    query: registerQuery,
    answer: 'text/csv',
  },
  'GET /incidents/{id}': { gives: incidentAnswer, scope: 'read', summary: 'The state of an incident' },
  'POST /incidents/{id}/intents': {
    gives: submittedAnswer,
    scope: 'answer',
    summary: 'Do something; answers the new state',
    body: intentBody,
  },
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
    gives: papersAnswer,
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
  'GET /incidents/{id}/timeline': { gives: timelineAnswer, scope: 'read', summary: 'What happened, one line each' },
  'GET /incidents/{id}/cards': {
    gives: cardsAnswer,
    scope: 'read',
    summary: 'The cards that are kept current: status, question, checklist, draft',
  },
  'GET /incidents/{id}/files': { gives: filesAnswer, scope: 'read', summary: 'Files, drafts and filings' },
  'POST /incidents/{id}/files': {
    gives: submittedAnswer,
    summary: 'Attach a file (the body is its content)',
    query: uploadQuery,
    status: 201,
  },
  'GET /incidents/{id}/files/{sha256}': {
    scope: 'export',
    summary: 'The content of a file',
    answer: 'application/octet-stream',
  },
  'POST /forms/open': { gives: formAnswer, summary: 'An input form as it is now', body: formRefSchema },
  'POST /forms/preview': {
    gives: previewAnswer,
    summary: 'The report a form would compile, in both languages, or the filing it would record; nothing changes',
    body: formBody,
  },
  'POST /forms/submit': { gives: submittedAnswer, summary: 'Hand in a form', body: formBody },
  'POST /views': { gives: cardAnswer, summary: 'A card for the asker only', body: viewRefSchema },
  'GET /access/sessions': { gives: sessionsAnswer, summary: 'Who is signed in to the console; for administrators' },
  'DELETE /access/sessions/{id}': { gives: endedAnswer, summary: 'End a session; for administrators' },
  'GET /access/tokens': {
    gives: tokensAnswer,
    summary: 'Tokens of programs, without their secrets; for administrators',
  },
  'POST /access/tokens': {
    gives: tokenAnswer,
    summary: 'Make a token with a name, scopes and an expiry; it is shown this once. For administrators',
    body: tokenBody,
    status: 201,
  },
  'DELETE /access/tokens/{id}': { gives: endedAnswer, summary: 'Revoke a token; for administrators' },
  'GET /labels': { gives: labelsAnswer, scope: 'read', summary: 'Names of items, fields, facts and recipients' },
  'GET /interpret': {
    gives: interpretAnswer,
    scope: 'read',
    summary: 'What is understood of a time or a number',
    query: interpretQuery,
  },
};

/** OpenAPI 3.1 of the API, made from the schemas that check the requests. */
export function openApiDocument(): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemas: Schemas = {};
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation, path, method, schemas) };
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
      schemas,
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

function describe(operation: Operation, path: string, method: string, schemas: Schemas): Schema {
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
    ...(operation.scope ? { 'x-scope': operation.scope } : {}),
    ...(operation.open ? { security: [] } : {}),
    parameters: [...inPath, ...query, ...key],
    ...(operation.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(operation.body) } } } }
      : {}),
    responses: {
      [operation.status ?? 200]: {
        description: 'Done',
        content: operation.gives
          ? { 'application/json': { schema: answerOf(operation.gives, schemas) } }
          : { [operation.answer ?? 'application/octet-stream']: { schema: { type: 'string', format: 'binary' } } },
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

/** Schemas by name, as `components` has them. */
type Schemas = Record<string, unknown>;

/** Schema of an answer; the named ones in it go to `schemas`, so that each stands in the document once. */
function answerOf(schema: z.ZodType, schemas: Schemas): Schema {
  const made = z.toJSONSchema(z.object({ answer: schema }), { metadata: NAMES, io: 'output', unrepresentable: 'any' });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties, $defs = {} } = z
    .object({
      properties: z.object({ answer: z.looseObject({}) }),
      $defs: z.record(z.string(), z.looseObject({})).optional(),
    })
    .parse(JSON.parse(text));
  for (const [name, { id: _, ...definition }] of Object.entries($defs)) schemas[name] = definition;
  return properties.answer;
}

function schemaOf(schema: z.core.$ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
