import type { Hono } from 'hono';
import { z } from 'zod';
import { translate } from '../i18n/translate.ts';
import type { Clock } from '../use-cases/ports.ts';
import type { Access } from './access.ts';
import { readJson } from './body.ts';
import { languageOf } from './language.ts';
import { problem } from './problems.ts';
import type { HttpContext, HttpEnv } from './routes.ts';
import { consoleName, openLogin, type UsedLinks } from './sessions.ts';

export interface SignInDependencies {
  readonly access: Access;
  readonly clock: Clock;
  readonly usedLinks: UsedLinks;
  readonly consoleSecret: string | null;
}

/** Things that look at a link before a person does: they must not use it up. */
const PREVIEW = /bot\b|bot-|preview|crawler|spider|facebookexternalhit|WhatsApp|Skype|Teams|LinkExpanding/i;

/** `/api/v1/session` and `/login`: who am I, sign in on this machine, sign in by a link, sign out. */
export function mountSignIn(http: Hono<HttpEnv>, deps: SignInDependencies): void {
  http.get('/api/v1/session', (c) => c.json(sessionJson(c, deps)));
  http.post('/api/v1/session', async (c) => {
    const mode = deps.access.mode(c);
    if (mode !== 'local') return problem(c, 403, mode === 'link' ? 'needs_link' : 'not_local');
    const body = await readJson(c, z.strictObject({ name: z.string() }));
    if (!body.ok) return body.response;
    const name = consoleName.safeParse(body.value.name);
    if (!name.success) {
      return problem(c, 422, 'invalid', { field: 'name', detail: translate(languageOf(c), 'http.bad_name') });
    }
    deps.access.begin(c, name.data, 'local');
    return c.json({ name: name.data });
  });
  http.delete('/api/v1/session', (c) => {
    deps.access.end(c);
    return c.json({ name: null });
  });
  http.get('/login', (c) => follow(c, deps));
}

function sessionJson(c: HttpContext, deps: SignInDependencies): object {
  const asker = c.var.asker;
  return {
    name: asker.kind === 'person' ? asker.caller.name : null,
    signIn: deps.access.mode(c),
    now: new Date(deps.clock.now()).toISOString(),
  };
}

async function follow(c: HttpContext, deps: SignInDependencies): Promise<Response> {
  const ahead = c.req.header('sec-purpose') ?? c.req.header('purpose') ?? '';
  if (c.req.method === 'HEAD' || ahead !== '' || PREVIEW.test(c.req.header('user-agent') ?? ''))
    return c.body(null, 204);
  const secret = deps.consoleSecret;
  const login = secret === null ? null : openLogin(c.req.query('token') ?? '', secret, deps.clock.now());
  if (login === null || !(await deps.usedLinks.use(login.nonce, login.name))) {
    return c.html(page(c, translate(languageOf(c), 'http.link_used')), 403);
  }
  deps.access.begin(c, login.name, 'login');
  // Not a redirect: a strict cookie is not sent along when the link was clicked on another site.
  c.header('Refresh', '0; url=/');
  return c.html(page(c, translate(languageOf(c), 'http.signed_in')));
}

/** A page of one sentence. The sentence is ours, never the caller's. */
function page(c: HttpContext, sentence: string): string {
  const language = languageOf(c);
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Jishi</title><p>${sentence} <a href="/">Jishi</a></p></html>`;
}
