import type { Hono } from 'hono';
import type { Members } from './members.ts';
import { problem } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import type { Sessions } from './session-store.ts';

/** Returns true for the command line of the machine, and for a person with the role of administrator. */
export function administrates(c: HttpContext, members: Members): boolean {
  const { asker } = c.var;
  if (asker.kind === 'operator') return true;
  return asker.kind === 'person' && members.roles(asker.session.person).includes('administrator');
}

/** `/access/sessions`: who is signed in; ends a session. For administrators and the command line. */
export function mountSessions(
  api: Hono<HttpEnv>,
  { sessions, members }: { readonly sessions: Sessions; readonly members: Members },
): void {
  api.use('/access/*', async (c, next) => (administrates(c, members) ? next() : problem(c, 403, 'forbidden')));
  api.get('/access/sessions', (c) =>
    c.json({
      sessions: sessions.list().map(({ id, name, way, person, since, until }) => ({
        id,
        name,
        person,
        way,
        since: new Date(since).toISOString(),
        until: new Date(until).toISOString(),
        own: c.var.asker.kind === 'person' && c.var.asker.session.id === id,
      })),
    }),
  );
  api.delete('/access/sessions/:id', async (c) => {
    const isEnded = await sessions.end(c.req.param('id'));
    return isEnded ? c.json({ ended: c.req.param('id') }) : problem(c, 404, 'not_found');
  });
}
