import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context, Hono } from 'hono';
import type { Caller } from '../use-cases/app.ts';
import type { ChangeFeed } from './feed.ts';

/** Origin of a request: a signed-in person, the bearer token, or not signed in yet. */
export type Asker =
  | { readonly kind: 'person'; readonly caller: Caller }
  | { readonly kind: 'token' }
  | { readonly kind: 'nobody' };

/** Variables the middleware sets for the handlers. */
export interface HttpEnv {
  Variables: { asker: Asker };
}
export type HttpContext = Context<HttpEnv>;

/** Routes a platform adds to the one server. Everything in `mount` runs behind the headers, limits and access rules. */
export interface HttpRoutes {
  mount?(http: Hono<HttpEnv>, tools: HttpTools): void;
  /** Paths served on Node's own request, for kits that verify the raw bytes themselves. No access rules apply. */
  readonly raw?: readonly RawRoute[];
}
export interface RawRoute {
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}
export interface HttpTools {
  readonly changes: ChangeFeed;
}
