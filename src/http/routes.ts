import type { Context, Hono } from 'hono';
import type { Caller } from '../use-cases/app.ts';
import type { Operations } from './operations/operation.ts';
import type { NamedSession } from './session-store.ts';
import type { Scope } from './token-store.ts';

/** Origin of a request: a signed-in person, the bearer token, or not signed in yet. */
export type Asker =
  | { readonly kind: 'person'; readonly caller: Caller; readonly session: NamedSession }
  /** A program; `token` is the id of its token, `API_TOKEN` for that of the settings. */
  | { readonly kind: 'token'; readonly token: string; readonly scopes: readonly Scope[] }
  /** The command line of the machine the bot runs on. */
  | { readonly kind: 'operator' }
  | { readonly kind: 'nobody' };

/** Variables the middleware sets for the handlers. */
export interface HttpEnv {
  Variables: { asker: Asker };
}
export type HttpContext = Context<HttpEnv>;

/** Routes a platform adds to the one server. Everything in `mount` runs behind the headers, limits and access rules. */
export interface HttpRoutes {
  /** Operations below `/api/v1` that only its own page uses: the document leaves them out. */
  readonly operations?: Operations;
  mount?(http: Hono<HttpEnv>): void;
}
