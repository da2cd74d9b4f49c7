import { z } from 'zod';
import { provisionSchema } from '../../use-cases/classify/classify.ts';
import { alerts } from '../alerts/alerts.ts';
import { NAMES } from '../answers.ts';
import { problem } from '../problems.ts';
import { sessions } from '../sign-in.ts';
import { access } from './access.ts';
import { documents } from './documents.ts';
import { incidents } from './incidents.ts';
import { type Operation, type Operations, operation } from './operation.ts';
import { people } from './people.ts';
import { suppositions } from './what-if.ts';

const law: Operations = {
  'POST /classify': operation(
    {
      summary: 'The verdict on a case, or on several, without an incident: what `npx jishi classify` prints',
      scope: 'read',
      body: z.union([z.looseObject({}), z.array(z.looseObject({})).max(100)]),
      gives: z.union([z.looseObject({ level: z.string() }), z.array(z.looseObject({ level: z.string() }))]),
    },
    ({ app, body, c }) => {
      const result = app.classify(body);
      if (result.ok) return result.output;
      const [first] = result.errors;
      return problem(c, 422, 'invalid', {
        field: first?.field,
        detail: first?.detail ?? '',
        extra: { errors: result.errors },
      });
    },
  ),
  'GET /law': operation(
    {
      summary: 'Provisions the rules rest on, with their quotations; `words` narrows them',
      scope: 'read',
      query: z.object({
        words: z.string().max(200).default(''),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      gives: z.strictObject({ provisions: z.array(provisionSchema), more: z.number() }),
    },
    ({ app, query: { words, limit } }) => {
      const found = app.provisions(words);
      return { provisions: found.slice(0, limit), more: Math.max(0, found.length - limit) };
    },
  ),
};

/** All operations below `/api/v1`: each has a route, checks and a part of the document. */
export const OPERATIONS: Operations = {
  'GET /openapi.json': operation({ summary: 'This document', gives: z.looseObject({}), open: true }, () =>
    openApiDocument(),
  ),
  ...sessions,
  ...incidents,
  ...law,
  ...documents,
  ...suppositions,
  ...alerts,
  ...people,
  ...access,
};

/** Returns the OpenAPI 3.1 document, made from the schemas that check the requests. */
export function openApiDocument(): Record<string, unknown> {
  return documentOf(OPERATIONS);
}

type Schema = Record<string, unknown>;

/** Makes an OpenAPI 3.1 document from operations. */
function documentOf(operations: Operations): Schema {
  const paths: Record<string, Record<string, unknown>> = {};
  const named: Schemas = {};
  for (const [route, operation] of Object.entries(operations)) {
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

/** Named schemas, as in `components`. */
type Schemas = Record<string, unknown>;

/** Returns the schema of an answer; adds named schemas to `named`, so that the document contains each once. */
function answerOf(schema: z.ZodType, named: Schemas): Schema {
  const made = z.toJSONSchema(z.object({ answer: schema }), {
    metadata: NAMES,
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
