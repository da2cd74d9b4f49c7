import { z } from 'zod';
import * as answers from './answers.ts';
import * as integrations from './integration-answers.ts';
import { linkRequest } from './outside/outside-links.ts';
import * as schemas from './schemas.ts';
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
  'GET /session': { gives: answers.sessionAnswer, summary: 'Who is signed in, and how one may sign in', open: true },
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
    body: schemas.linkBody,
    status: 202,
    open: true,
  },
  'POST /incidents': {
    gives: answers.submittedAnswer,
    scope: 'declare',
    summary: 'Declare an incident',
    body: schemas.declareBody,
    status: 201,
  },
  'GET /incidents': {
    gives: answers.incidentsAnswer,
    scope: 'read',
    summary: 'Incidents the caller may see, newest first',
    query: schemas.listQuery,
  },
  'GET /register': {
    gives: integrations.registerAnswer,
    scope: 'export',
    summary:
      'The register of incidents with their duties, newest first, and figures over them; what the caller may not see is null',
    query: schemas.registerQuery,
  },
  'GET /register.csv': {
    scope: 'export',
    summary: 'The register as a table, one line for each incident; Accept-Language gives its language',
    query: schemas.registerQuery,
    answer: 'text/csv',
  },
  'GET /drills': {
    gives: answers.drillsAnswer,
    scope: 'read',
    summary: 'Results of the latest drills that have ended and that the caller may see, newest first',
    query: schemas.drillsQuery,
  },
  'GET /incidents/{id}': { gives: answers.incidentAnswer, scope: 'read', summary: 'The state of an incident' },
  'POST /incidents/{id}/intents': {
    gives: answers.submittedAnswer,
    scope: 'answer',
    summary: 'Do something; answers the new state',
    body: schemas.intentBody,
  },
  'GET /incidents/{id}/report': {
    scope: 'export',
    summary: 'The report as a document',
    query: schemas.reportQuery,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/record': {
    scope: 'export',
    summary: 'The record, one event a line; what is for counsel only when asked for by who may read it',
    query: schemas.counselQuery,
    answer: 'application/x-ndjson',
  },
  'GET /incidents/{id}/mail': {
    scope: 'export',
    summary: 'The e-mail to a recipient with the report attached, as a draft for a mail program',
    query: schemas.mailQuery,
    answer: 'message/rfc822',
  },
  'GET /incidents/{id}/fax': {
    scope: 'export',
    summary: 'The fax sheet to a recipient',
    query: schemas.faxQuery,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/papers': {
    gives: answers.papersAnswer,
    scope: 'export',
    summary: 'Papers for other duties (police, authorities, individuals): to whom, for which duties, what is missing',
    query: schemas.papersQuery,
  },
  'GET /incidents/{id}/paper': {
    scope: 'export',
    summary: 'One of these papers; eml is an e-mail that mail programs open as a draft',
    query: schemas.paperQuery,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/article11': {
    scope: 'export',
    summary: 'What Art. 11 is about, each point with its evidence; internal',
    query: schemas.article11Query,
    answer: 'application/octet-stream',
  },
  'GET /incidents/{id}/bundle': {
    scope: 'export',
    summary: 'The evidence bundle: everything about an incident in a zip that can be verified without this program',
    query: schemas.counselQuery,
    answer: 'application/zip',
  },
  'POST /alerts/{source}': {
    gives: integrations.alertsAnswer,
    scope: 'alert',
    summary:
      'Alerts of a monitoring system, in its own form; a person decides on them. Signed by the source or with a token',
    body: z.looseObject({}),
    status: 202,
  },
  'OPTIONS /alerts/{source}': {
    summary: 'Handshake of CloudEvents webhooks',
    answer: 'text/plain',
    open: true,
  },
  'GET /reports': {
    gives: integrations.reportsAnswer,
    summary: "Alerts and suppliers' notices with the decisions on them, newest first; for people",
  },
  'POST /reports/{ref}': {
    gives: integrations.decidedAnswer,
    summary: 'Decide on one: open an incident, add it to one, or set it aside; for people',
    body: schemas.decisionBody,
  },
  'GET /incidents/{id}/timeline': {
    gives: answers.timelineAnswer,
    scope: 'read',
    summary: 'What happened, one line each',
  },
  'GET /incidents/{id}/cards': {
    gives: answers.cardsAnswer,
    scope: 'read',
    summary: 'The cards that are kept current: status, question, checklist, draft',
  },
  'GET /incidents/{id}/files': { gives: answers.filesAnswer, scope: 'read', summary: 'Files, drafts and filings' },
  'POST /incidents/{id}/files': {
    gives: answers.submittedAnswer,
    summary: 'Attach a file (the body is its content)',
    query: schemas.uploadQuery,
    status: 201,
  },
  'GET /incidents/{id}/files/{sha256}': {
    scope: 'export',
    summary: 'The content of a file',
    answer: 'application/octet-stream',
  },
  'GET /waiting': { gives: answers.waitingAnswer, summary: 'Steps of open incidents that wait for the caller' },
  'POST /forms/open': { gives: answers.formAnswer, summary: 'An input form as it is now', body: schemas.formRefSchema },
  'POST /forms/preview': {
    gives: answers.previewAnswer,
    summary: 'The report a form would compile, in both languages, or the filing it would record; nothing changes',
    body: schemas.formBody,
  },
  'POST /forms/submit': { gives: answers.submittedAnswer, summary: 'Hand in a form', body: schemas.formBody },
  'POST /views': { gives: answers.cardAnswer, summary: 'A card for the asker only', body: schemas.viewRefSchema },
  'GET /access/sessions': {
    gives: answers.sessionsAnswer,
    summary: 'Who is signed in to the console; for administrators',
  },
  'DELETE /access/sessions/{id}': { gives: answers.endedAnswer, summary: 'End a session; for administrators' },
  'GET /access/tokens': {
    gives: answers.tokensAnswer,
    summary: 'Tokens of programs, without their secrets; for administrators',
  },
  'POST /access/tokens': {
    gives: answers.tokenAnswer,
    summary: 'Make a token with a name, scopes and an expiry; it is shown this once. For administrators',
    body: tokenBody,
    status: 201,
  },
  'DELETE /access/tokens/{id}': { gives: answers.endedAnswer, summary: 'Revoke a token; for administrators' },
  'GET /access/links': {
    gives: integrations.linksAnswer,
    summary: "Links that work without signing in: suppliers' forms and calendar feeds; for administrators",
  },
  'POST /access/links': {
    gives: integrations.linkAnswer,
    summary: "Make a supplier's link or a person's calendar link; it is shown this once. For administrators",
    body: linkRequest,
    status: 201,
  },
  'DELETE /access/links/{id}': { gives: answers.endedAnswer, summary: 'Revoke a link; for administrators' },
  'GET /access/webhooks': {
    gives: integrations.deliveriesAnswer,
    summary: 'Messages to webhook endpoints and what came of them, newest first; for administrators',
  },
  'POST /access/webhooks/{id}/replay': {
    gives: z.strictObject({ replayed: z.string() }),
    summary: 'Send a message to its endpoints again, under the same id; for administrators',
    status: 202,
  },
  'GET /labels': {
    gives: answers.labelsAnswer,
    scope: 'read',
    summary: 'Names of items, fields, facts and recipients',
  },
  'GET /interpret': {
    gives: answers.interpretAnswer,
    scope: 'read',
    summary: 'What is understood of a time or a number',
    query: schemas.interpretQuery,
  },
};

/** OpenAPI 3.1 of the API, made from the schemas that check the requests. */
export function openApiDocument(): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  const named: Schemas = {};
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(operation, path, method, named) };
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
      schemas: named,
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

function describe(operation: Operation, path: string, method: string, named: Schemas): Schema {
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
          ? { 'application/json': { schema: answerOf(operation.gives, named) } }
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

/** Schema of an answer; the named ones in it go to `named`, so that each stands in the document once. */
function answerOf(schema: z.ZodType, named: Schemas): Schema {
  const made = z.toJSONSchema(z.object({ answer: schema }), {
    metadata: answers.NAMES,
    io: 'output',
    unrepresentable: 'any',
  });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties, $defs = {} } = z
    .object({
      properties: z.object({ answer: z.looseObject({}) }),
      $defs: z.record(z.string(), z.looseObject({})).optional(),
    })
    .parse(JSON.parse(text));
  for (const [name, { id: _, ...definition }] of Object.entries($defs)) named[name] = definition;
  return properties.answer;
}

function schemaOf(schema: z.core.$ZodType): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
