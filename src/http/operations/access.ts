import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { LANGUAGES } from '../../incident/identity.ts';
import {
  deliveriesAnswer,
  importAnswer,
  linkAnswer,
  linksAnswer,
  sessionsAnswer,
  tokenAnswer,
  tokensAnswer,
} from '../integration-answers.ts';
import { linkRequest, makeOutsideLink } from '../outside/outside-links.ts';
import { problem } from '../problems.ts';
import type { HttpContext, HttpEnv, HttpParts } from '../routes.ts';
import { makeToken, tokenBody } from '../token-store.ts';
import { type Asked, type Operation, type Operations, operation } from './operation.ts';

/** Returns true for the command line of this machine and for administrators. */
export function administrates(c: HttpContext, { members }: Pick<HttpParts, 'members'>): boolean {
  const { asker } = c.var;
  if (asker.kind === 'operator') return true;
  return asker.kind === 'person' && members.administrates(asker.session);
}

/** Passes only administrators to `/access/…`. */
export function administrators(parts: Pick<HttpParts, 'members'>): MiddlewareHandler<HttpEnv> {
  return async (c, next) => (administrates(c, parts) ? next() : problem(c, 403, 'forbidden'));
}

/** Operations on sessions, tokens, links and webhook messages, for administrators and the command line. */
export const access: Operations = {
  'GET /access/sessions': operation(
    { summary: 'Who is signed in to the console; for administrators', gives: sessionsAnswer },
    ({ c, parts: { sessions, members } }) => ({
      sessions: newest(sessions.list()).map(({ id, name, way, person, since, until }) => ({
        ...{ id, name, who: members.person(person)?.name ?? name, person, way, since, until },
        own: c.var.asker.kind === 'person' && c.var.asker.session.id === id,
      })),
    }),
  ),
  'DELETE /access/sessions/{id}': ending('sessions', 'end_session', 'End a session'),
  'GET /access/tokens': operation(
    { summary: 'Tokens of programs, without their secrets; for administrators', gives: tokensAnswer },
    ({ parts }) => ({
      tokens: newest(parts.tokens.list()).map(({ id, name, scopes, by, since, until }) => ({
        ...{ id, name, scopes, by, since, until },
      })),
    }),
  ),
  'POST /access/tokens': operation(
    {
      summary: 'Make a token with a name, scopes and an expiry; it is shown this once. For administrators',
      body: tokenBody,
      gives: tokenAnswer,
      status: 201,
    },
    async (asked) => {
      const { body, parts } = asked;
      const { id, token, until } = await makeToken(parts.tokens, body, madeBy(asked), parts.clock.now());
      note(asked, 'make_token');
      return { id, name: body.name, scopes: body.scopes, token, until: isoOf(until) };
    },
  ),
  'DELETE /access/tokens/{id}': ending('tokens', 'revoke_token', 'Revoke a token'),
  'GET /access/links': operation(
    {
      summary: "Links that work without signing in: suppliers' forms and calendar feeds; for administrators",
      gives: linksAnswer,
    },
    ({ parts }) => ({
      links: newest(parts.outsideLinks.list()).map(({ id, kind, who, by, since, until }) => ({
        ...{ id, kind, who, by, since, until },
      })),
    }),
  ),
  'POST /access/links': operation(
    {
      summary: "Make a supplier's link or a person's calendar link; it is shown this once. For administrators",
      body: linkRequest,
      gives: linkAnswer,
      status: 201,
    },
    async (asked) => {
      const { c, body, parts } = asked;
      const { outsideLinks, members, clock, config } = parts;
      const { kind, who } = body;
      const isPerson = kind === 'supplier' || members.profile === null || members.person(who) !== null;
      if (!isPerson) return problem(c, 422, 'invalid', { field: 'who' });
      const { path, id, until } = await makeOutsideLink(outsideLinks, body, madeBy(asked), clock.now());
      note(asked, `make_${kind}_link`);
      return { id, kind, who, url: `${config.publicUrl ?? new URL(c.req.url).origin}${path}`, until: isoOf(until) };
    },
  ),
  'DELETE /access/links/{id}': ending('outsideLinks', 'revoke_link', 'Revoke a link'),
  'POST /access/import': operation(
    {
      summary:
        'Take over earlier incidents of an entity from a list in CSV, marked as recorded afterwards, all rows or none; for administrators',
      body: z.strictObject({
        csv: z.string(),
        entity: z.string().max(300).optional(),
        by: z.string().max(300).optional(),
        check: z.boolean(),
        language: z.enum(LANGUAGES),
      }),
      gives: importAnswer,
    },
    async (asked) => {
      const outcome = await asked.app.importEarlier(asked.body);
      if (!asked.body.check && outcome.problems.length === 0) note(asked, 'import_earlier');
      for (const { id } of outcome.incidents) if (id !== null) asked.parts.changes.call(id);
      return outcome;
    },
  ),
  'GET /access/webhooks': operation(
    {
      summary: 'Messages to webhook endpoints and what came of them, newest first; for administrators',
      gives: deliveriesAnswer,
    },
    async ({ parts }) => ({ deliveries: (await parts.webhooks?.list()) ?? [] }),
  ),
  'POST /access/webhooks/{id}/replay': operation(
    {
      summary: 'Send a message to its endpoints again, under the same id; for administrators',
      gives: z.strictObject({ replayed: z.string() }),
      status: 202,
    },
    async (asked) => {
      const { c, id, parts } = asked;
      if (!(await parts.webhooks?.replay(id))) return problem(c, 404, 'not_found');
      note(asked, 'replay_webhook');
      return { replayed: id };
    },
  ),
};

function ending(rows: 'sessions' | 'tokens' | 'outsideLinks', what: string, summary: string): Operation {
  return operation(
    { summary: `${summary}; for administrators`, gives: z.strictObject({ ended: z.string() }) },
    async (asked) => {
      const { c, id, parts } = asked;
      if (!(await parts[rows].end(id))) return problem(c, 404, 'not_found');
      note(asked, what);
      return { ended: id };
    },
  );
}

type By = Pick<Asked<unknown, unknown>, 'c' | 'parts'>;

function note({ c, parts }: By, what: string): void {
  const { asker } = c.var;
  const person = asker.kind === 'person' ? asker.session.person : null;
  parts.audit({ audit: 'administration', outcome: 'done', person, what, way: asker.kind });
}

/** Returns the creator of a token or link: id in the profile, name, or `operator`. */
function madeBy({ c }: By): string {
  const { asker } = c.var;
  return asker.kind === 'person' ? (asker.session.person ?? asker.session.name) : asker.kind;
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** Returns rows newest first, with their times as ISO instants. */
function newest<T extends { readonly since: number; readonly until: number }>(rows: readonly T[]) {
  return rows
    .toSorted((a, b) => b.since - a.since)
    .map((row) => ({ ...row, since: isoOf(row.since), until: isoOf(row.until) }));
}
