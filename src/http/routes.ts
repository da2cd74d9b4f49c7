import type { Context, Hono } from 'hono';
import type { FormRef } from '../conversation/cards/card.ts';
import type { Account, Room } from '../incident/identity.ts';
import type { PageIntake } from '../talk/page-intake.ts';
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
  | Visitor
  | { readonly kind: 'nobody' };

/** Person who opened one form or card from a chat, under the chat account; `only`: the one form of a personal link. */
export interface Visitor {
  readonly kind: 'visitor';
  readonly caller: Caller;
  readonly visitors: Visitors;
  readonly only: FormRef | null;
}

/** People of a chat platform who open forms and cards as pages. */
export interface Visitors {
  readonly acts: PageIntake;
  /** Returns true for an account that acts on this platform. */
  readonly serves: (account: Account) => boolean;
  readonly nameOf: (account: Account) => string;
  /** Room in which an incident that somebody declares on a page is shown; `key`: of the delivery. */
  readonly roomFor: (account: Account, key: string) => Promise<Room | null>;
  /** The chat tells who opens a page; without it only links of direct messages open one. */
  readonly identity?: {
    /** Page of the chat that sends a person back to `redirect` with a code. */
    readonly authorizeUrl: (redirect: string, state: string) => string;
    /**
     * Account of a member; null for any other person. Rejects if the chat does not answer or does not know the code.
     */
    readonly accountOf: (code: string) => Promise<Account | null>;
  };
}

/** Variables the middleware sets for the handlers. */
export interface HttpEnv {
  Variables: { asker: Asker };
}
export type HttpContext = Context<HttpEnv>;

/** Routes that a platform adds to the one server. `mount` runs behind the headers, limits and access rules. */
export interface HttpRoutes {
  /** Operations below `/api/v1` that only its own page uses: the document leaves them out. */
  readonly operations?: Operations;
  readonly visitors?: Visitors;
  mount?(http: Hono<HttpEnv>): void;
}

/** Method and path of an operation, e.g. of `GET /incidents/{id}`, as the router takes them. */
export function apiRoute(name: string): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = name.split(' ');
  return { method, path: `/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}` };
}
