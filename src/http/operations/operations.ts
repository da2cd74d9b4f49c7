import { z } from 'zod';
import { alerts } from '../alerts/alerts.ts';
import { documentOf } from '../openapi.ts';
import { sessions } from '../sign-in.ts';
import { access } from './access.ts';
import { documents } from './documents.ts';
import { incidents } from './incidents.ts';
import { law } from './law.ts';
import { type Operations, operation } from './operation.ts';
import { people } from './people.ts';
import { suppositions } from './what-if.ts';

/** Every operation below `/api/v1`: its route, its checks and its part of the document. */
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

/** OpenAPI 3.1 of the API, made from the schemas that check the requests. */
export function openApiDocument(): Record<string, unknown> {
  return documentOf(OPERATIONS);
}
