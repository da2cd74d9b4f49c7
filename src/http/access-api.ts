import type { Hono, MiddlewareHandler } from 'hono';
import type { Audit } from '../ops/audit.ts';
import type { LoggedDelivery } from '../use-cases/events-out/delivery-log.ts';
import type { Clock } from '../use-cases/ports.ts';
import { readJson } from './body.ts';
import type { Members } from './members.ts';
import { linkRequest, makeOutsideLink, type OutsideLinks } from './outside/outside-links.ts';
import { problem } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import type { Sessions } from './session-store.ts';
import { makeToken, type Tokens, tokenBody } from './token-store.ts';

/** Returns true for the command line of the machine, and for a person with the role of administrator. */
export function administrates(c: HttpContext, members: Members): boolean {
  const { asker } = c.var;
  if (asker.kind === 'operator') return true;
  return asker.kind === 'person' && members.administrates(asker.session);
}

export interface AccessApiNeeds {
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly members: Members;
  readonly clock: Clock;
  readonly audit: Audit;
  /** Links that work without signing in. */
  readonly outsideLinks: OutsideLinks;
  readonly publicUrl: string | null;
  /** Messages to endpoints, with the way to send one again; null while there are no endpoints. */
  readonly webhooks?: WebhookDeliveries | null;
}

/** Log of webhooks, and their replay. */
export interface WebhookDeliveries {
  list(): Promise<readonly LoggedDelivery[]>;
  /** Sends a message again; false if there is none with this id. */
  replay(id: string): Promise<boolean>;
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** `/access/…`: who is signed in, and tokens of programs. For administrators and the command line. */
export function mountAccess(api: Hono<HttpEnv>, needs: AccessApiNeeds): void {
  const { sessions, tokens, members, clock, audit, webhooks, outsideLinks, publicUrl } = needs;
  const note = (c: HttpContext, what: string): void => {
    const { asker } = c.var;
    const person = asker.kind === 'person' ? asker.session.person : null;
    audit({ audit: 'administration', outcome: 'done', person, what, way: asker.kind });
  };
  const administrators: MiddlewareHandler<HttpEnv> = async (c, next) =>
    administrates(c, members) ? next() : problem(c, 403, 'forbidden');
  api.use('/access/*', administrators);
  api.get('/access/sessions', (c) =>
    c.json({
      sessions: newest(sessions.list()).map(({ id, name, way, person, since, until }) => ({
        ...{
          id,
          name,
          who: members.person(person)?.name ?? name,
          person,
          way,
          since: isoOf(since),
          until: isoOf(until),
        },
        own: c.var.asker.kind === 'person' && c.var.asker.session.id === id,
      })),
    }),
  );
  api.get('/access/tokens', (c) =>
    c.json({
      tokens: newest(tokens.list()).map(({ id, name, scopes, by, since, until }) => ({
        ...{ id, name, scopes, by, since: isoOf(since), until: isoOf(until) },
      })),
    }),
  );
  api.post('/access/tokens', async (c) => {
    const body = await readJson(c, tokenBody);
    if (!body.ok) return body.response;
    const { id, token, until } = await makeToken(tokens, body.value, madeBy(c), clock.now());
    note(c, 'make_token');
    return c.json({ id, name: body.value.name, scopes: body.value.scopes, token, until: isoOf(until) }, 201);
  });
  api.get('/access/links', (c) =>
    c.json({
      links: newest(outsideLinks.list()).map(({ id, kind, who, by, since, until }) => ({
        ...{ id, kind, who, by, since: isoOf(since), until: isoOf(until) },
      })),
    }),
  );
  api.post('/access/links', async (c) => {
    const body = await readJson(c, linkRequest);
    if (!body.ok) return body.response;
    const { kind, who } = body.value;
    const isPerson = kind === 'supplier' || members.profile === null || members.person(who) !== null;
    if (!isPerson) return problem(c, 422, 'invalid', { field: 'who' });
    const { path, id, until } = await makeOutsideLink(outsideLinks, body.value, madeBy(c), clock.now());
    note(c, `make_${kind}_link`);
    return c.json({ id, kind, who, url: `${publicUrl ?? new URL(c.req.url).origin}${path}`, until: isoOf(until) }, 201);
  });
  api.get('/access/webhooks', async (c) => c.json({ deliveries: (await webhooks?.list()) ?? [] }));
  api.post('/access/webhooks/:id/replay', async (c) => {
    const id = c.req.param('id');
    if (!(await webhooks?.replay(id))) return problem(c, 404, 'not_found');
    note(c, 'replay_webhook');
    return c.json({ replayed: id }, 202);
  });
  for (const [path, rows] of [
    ['sessions', sessions],
    ['tokens', tokens],
    ['links', outsideLinks],
  ] as const)
    api.delete(`/access/${path}/:id`, async (c) => {
      const id = c.req.param('id');
      if (!(await rows.end(id))) return problem(c, 404, 'not_found');
      note(c, { tokens: 'revoke_token', sessions: 'end_session', links: 'revoke_link' }[path]);
      return c.json({ ended: id });
    });
}

/** Maker of a token or link: id in the profile, name, or `operator`. */
function madeBy(c: HttpContext): string {
  const { asker } = c.var;
  return asker.kind === 'person' ? (asker.session.person ?? asker.session.name) : asker.kind;
}

function newest<T extends { readonly since: number }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => b.since - a.since);
}
