import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { translate } from '../i18n/translate.ts';
import { languageOf } from './language.ts';
import { OPERATIONS } from './openapi.ts';
import { problem } from './problems.ts';
import type { HttpEnv } from './routes.ts';

/** `METHOD /path` of a route as `OPERATIONS` names it, e.g. `GET /incidents/{id}`. */
export function operationOf(method: string, path: string): string {
  return `${method} ${path.slice('/api/v1'.length).replace(/:(\w+)/g, '{$1}')}`;
}

/** Stops a token where it lacks the scope of the operation. What no table lists is for people, and checked there. */
export const scoped: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const { asker } = c.var;
  if (asker.kind !== 'token') return next();
  const operations = matchedRoutes(c).map(({ path }) => OPERATIONS[operationOf(c.req.method, path)]);
  const scope = operations.findLast((one) => one !== undefined)?.scope;
  if (scope === undefined || asker.scopes.includes(scope)) return next();
  return problem(c, 403, 'scope', { detail: translate(languageOf(c), 'http.scope_named', { scope }) });
};
