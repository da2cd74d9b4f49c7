import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { z } from 'zod';
import { localiseCard } from '../../conversation/cards/localise.ts';
import { SWORN } from '../../conversation/sworn.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import { translate } from '../../i18n/translate.ts';
import { type Command, commandSchema } from '../../incident/commands.ts';
import { accountSchema } from '../../incident/identity.ts';
import { digest } from '../../ops/digest.ts';
import type { Outcome } from '../../talk/acts.ts';
import { actKey } from '../../talk/filling.ts';
import { cardAnswer } from '../answers.ts';
import { readForm } from '../body.ts';
import { languageOf } from '../language.ts';
import { type Asked, type Described, type Operation, type Operations, personal } from '../operations/operation.ts';
import { OPERATIONS } from '../operations/operations.ts';
import { formBody, formRef } from '../operations/people.ts';
import { plainPage } from '../page.ts';
import { problem, refused } from '../problems.ts';
import { apiRoute, type HttpContext, type HttpEnv, type HttpParts, type Visitor } from '../routes.ts';
import { equalInConstantTime, expiringTokens } from '../signing.ts';
import { visitLinks } from './links.ts';

/** Lifetime (ms) of a visit: a form left open for a night can still be submitted. */
const VISIT_LIFE = 12 * 3_600_000;
const STATE_LIFE = 10 * 60_000;

/** Visit of an account, identified by a personal link (`only`: its form) or by the chat (`only` is null). */
const visits = expiringTokens(
  'visit',
  z.strictObject({ account: accountSchema, only: formRef.nullable() }),
  VISIT_LIFE,
);
/** State that the chat returns after identification: the page, and a hash of the browser's own cookie. */
const states = expiringTokens(
  'visit_state',
  z.strictObject({ path: z.string().startsWith('/visit/'), browser: z.string() }),
  STATE_LIFE,
);
const VISIT = 'jishi_visit';
const BROWSER = 'jishi_visit_browser';

/**
 * Mounts pages that people open from a chat: one form or one card as in the console, under their chat account. The
 * console serves the page itself.
 */
export function mountVisits(http: Hono<HttpEnv>, parts: HttpParts): void {
  if (parts.config.publicUrl === null || parts.platforms.every(({ visitors }) => !visitors)) return;
  http.get('/visit/enter', (c) => linkPage(c, parts));
  http.post('/visit/enter', (c) => useLink(c, parts));
  http.get('/visit/back', (c) => comeBack(c, parts));
  http.get('/visit/form/:name', (c, next) => {
    const visitor = visitorOf(c, parts);
    const { language: _, ...args } = c.req.query();
    const isOwn = visitor && (visitor.only === null || isFormOf(visitor.only, { form: c.req.param('name'), args }));
    return isOwn ? next() : identify(c, parts);
  });
  http.get('/visit/card/:name', (c, next) => (visitorOf(c, parts)?.only === null ? next() : identify(c, parts)));
  for (const [name, operation] of Object.entries(VISIT_OPERATIONS)) {
    const { method, path } = apiRoute(name);
    http.on(method, `/visit${path}`, async (c) => {
      const visitor = visitorOf(c, parts);
      if (!visitor) return problem(c, 401, 'sign_in', { detail: translate(languageOf(c), 'http.visit_over') });
      if (!(await isWithin(visitor.only, name, c))) return problem(c, 403, 'forbidden');
      c.set('asker', visitor);
      return operation.handle(c, parts);
    });
  }
}

/** Returns the visitor of this browser while the visit lasts. */
function visitorOf(c: HttpContext, { access, clock, platforms }: HttpParts): Visitor | null {
  const visit = visits.open(getCookie(c, VISIT) ?? '', access.secret, clock.now());
  const visitors = visit && platforms.find((one) => one.visitors?.serves(visit.account))?.visitors;
  if (!visit || !visitors) return null;
  const { account, only } = visit;
  return {
    kind: 'visitor',
    visitors,
    only,
    caller: { account, name: visitors.nameOf(account), language: languageOf(c) },
  };
}
function begin(c: HttpContext, { access, clock, audit }: HttpParts, visit: Parameters<typeof visits.seal>[0]): void {
  const way = visit.only === null ? 'chat' : 'form_link';
  audit({ audit: 'sign_in', outcome: 'done', person: null, way, what: visit.account.platform });
  keepCookie(c, access.isHttps, VISIT, visits.seal(visit, access.secret, clock.now()), VISIT_LIFE);
}

/** Cookie must be Lax: people come by a link in their chat. Changes also need JSON from our own origin. */
function keepCookie(c: HttpContext, secure: boolean, name: string, value: string, life: number): void {
  setCookie(c, name, value, { path: '/visit', httpOnly: true, sameSite: 'Lax', secure, maxAge: life / 1_000 });
}

function say(c: HttpContext, key: MessageKey, status: 200 | 403 = 403, more: ReturnType<typeof html> | '' = '') {
  return plainPage(c, key, { status, more, language: languageOf(c, 'zh-CN') });
}

const random = (): string => randomBytes(18).toString('base64url');

/** Redirects a browser to the chat, which identifies the person and sends the browser back. */
function identify(c: HttpContext, { access, clock, config, platforms }: HttpParts): Response | Promise<Response> {
  const identity = platforms.find(({ visitors }) => visitors?.identity)?.visitors?.identity;
  if (!identity) return say(c, 'http.visit_from_chat');
  const browser = getCookie(c, BROWSER) ?? random();
  keepCookie(c, access.isHttps, BROWSER, browser, STATE_LIFE);
  const { pathname, search } = new URL(c.req.url);
  const state = states.seal({ path: `${pathname}${search}`, browser: digest(browser) }, access.secret, clock.now());
  return c.redirect(identity.authorizeUrl(`${config.publicUrl}/visit/back`, state));
}

/** Handles the return from the chat: a code works once, the state only in the browser it was made for. */
async function comeBack(c: HttpContext, parts: HttpParts): Promise<Response> {
  const identity = parts.platforms.find(({ visitors }) => visitors?.identity)?.visitors?.identity;
  const state = states.open(c.req.query('state') ?? '', parts.access.secret, parts.clock.now());
  const isOwn = state !== null && equalInConstantTime(state.browser, digest(getCookie(c, BROWSER) ?? ''));
  const code = c.req.query('code') ?? '';
  if (!isOwn || !identity || !/^[\w-]{1,512}$/.test(code)) return say(c, 'http.visit_unknown');
  const account = await identity.accountOf(code).catch((error: unknown) => {
    parts.log.warn({ err: error }, 'the chat did not say who opened a page');
  });
  if (!account) {
    parts.audit({ audit: 'sign_in_refused', outcome: 'refused', person: null, way: 'chat' });
    return say(c, account === null ? 'http.visit_outsider' : 'http.visit_unknown');
  }
  begin(c, parts, { account, only: null });
  return c.redirect(state.path);
}

/** Shows the page of a link. Opening it does not use it up: chat programs fetch links before people do. */
function linkPage(c: HttpContext, { access, clock }: HttpParts): Response | Promise<Response> {
  const token = c.req.query('token') ?? '';
  if (!visitLinks.open(token, access.secret, clock.now())) return say(c, 'http.visit_link_used');
  // The policy makes browsers send Origin with forms; `Origin: null` would be refused.
  c.header('Referrer-Policy', 'same-origin');
  const open = translate(languageOf(c, 'zh-CN'), 'http.visit_enter');
  const button = html`<form method="post" action="/visit/enter"><input type="hidden" name="token" value="${token}"><button>${open}</button></form>`;
  return say(c, 'http.visit_about', 200, button);
}

async function useLink(c: HttpContext, parts: HttpParts): Promise<Response> {
  const { token } = await readForm(c);
  const link = typeof token === 'string' ? visitLinks.open(token, parts.access.secret, parts.clock.now()) : null;
  if (!link || !(await parts.usedLinks.use(link.nonce, link.account.id))) {
    parts.audit({ audit: 'link_refused', outcome: 'refused', person: null, way: 'form_link' });
    return say(c, 'http.visit_link_used');
  }
  begin(c, parts, { account: link.account, only: link.ref });
  const { form, args } = link.ref;
  return c.redirect(`/visit/form/${encodeURIComponent(form)}?${new URLSearchParams(args).toString()}`, 303);
}

const SHARED = ['POST /forms/open', 'POST /forms/preview', 'POST /views', 'GET /interpret'];
const begun = z.strictObject({ name: z.string(), revision: z.number() });
const done = z.strictObject({ id: z.string(), revision: z.number(), said: cardAnswer.optional() });

/** Operations below `/visit/api/v1`, for one form or card that a person opened from a chat. */
export const VISIT_OPERATIONS: Operations = {
  ...Object.fromEntries(SHARED.flatMap((name) => Object.entries(OPERATIONS).filter(([other]) => other === name))),
  'GET /visit': visited(
    {
      summary: 'The visitor, and the revision of the incident',
      query: z.object({ incident: z.string().optional() }),
      gives: begun,
    },
    async ({ app, caller, query: { incident } }) => {
      const state = incident === undefined ? null : await app.state(incident, caller);
      return { name: caller.name, revision: state?.version ?? 0 };
    },
  ),
  'POST /forms/submit': visited(
    { summary: 'Hand in a form; what has to be confirmed is read back first', body: formBody, gives: done },
    async (asked, { acts, roomFor }) => {
      const { c, caller, language, origin } = asked;
      const { ref, revision, values } = asked.body;
      const { key } = origin.delivery;
      const room = ref.args['incident'] === undefined ? await roomFor(caller.account, key) : null;
      const filling = { ref, revision, key: `${caller.account.id}:${key}`, entriesOf: () => values };
      const filled = await acts.fill({ caller, place: { kind: 'direct', room } }, filling);
      if (filled.kind === 'closed') return filled.refusal;
      if (filled.kind === 'done') return answered(filled, language);
      const { errors, revision: now } = filled;
      return problem(c, 422, 'invalid', {
        detail: errors[''] ?? Object.values(errors)[0] ?? '',
        extra: { errors, revision: now },
      });
    },
  ),
  'POST /incidents/{id}/intents': visited(
    {
      summary: 'A button of the card, or of the answer to a form',
      body: z.strictObject({ intent: commandSchema, revision: z.number().int().nonnegative() }),
      gives: done,
    },
    async ({ c, parts, id, caller, origin, language, body: { intent, revision } }, { acts }) => {
      const body = [id, intent];
      const key = actKey(`${caller.account.id}:${origin.delivery.key}`, JSON.stringify(body));
      const act = { key, body, incident: id, revision, does: { kind: 'intent', intent } } as const;
      const { outcome, card } = await acts.press({ caller, place: { kind: 'direct', room: null } }, act);
      if (outcome?.change?.kind === 'refused')
        return refused(c, outcome.change.refusal, parts.explain, outcome.change.state);
      const answers: Outcome['answers'] = card ? [{ kind: 'card', card, view: null }] : [];
      return answered({ incident: id, revision: outcome?.revision ?? revision, answers }, language);
    },
  ),
};

function visited<Q extends z.ZodObject, B extends z.ZodType>(
  description: Described<Q, B>,
  answer: (asked: Asked<z.output<Q>, z.output<B>, Visitor['caller']>, visitors: Visitor['visitors']) => unknown,
): Operation {
  return personal(description, (asked: Asked<z.output<Q>, z.output<B>, Visitor['caller']>) => {
    const { asker } = asked.c.var;
    return asker.kind === 'visitor' ? answer(asked, asker.visitors) : problem(asked.c, 403, 'forbidden');
  });
}

function answered(
  { incident, revision, answers: [first] }: Pick<Outcome, 'incident' | 'revision' | 'answers'>,
  language: Asked<unknown, unknown>['language'],
) {
  const said = first?.kind === 'card' ? { said: localiseCard(first.card, language) } : {};
  return { id: incident ?? '', revision, ...said };
}

/** Commands offered after a form: choose between two versions, or confirm the values that the page shows again. */
const AFTERWARDS: ReadonlySet<string> = new Set<Command['type']>([
  ...(['choose_version', 'answer', 'record_filing'] as const),
  ...SWORN,
]);
const wanted = z.object({ intent: z.object({ type: z.string() }) });

/** Returns true if a visit for one form may make this request: it is for that form, or a command offered after it. */
async function isWithin(only: Visitor['only'], name: string, c: HttpContext): Promise<boolean> {
  if (only === null || name === 'GET /interpret') return true;
  const { incident } = only.args;
  if (name === 'GET /visit') return c.req.query('incident') === incident;
  const body: unknown = await c.req.json().catch(() => null);
  if (name.startsWith('POST /forms/')) {
    const given =
      name === 'POST /forms/open' ? formRef.safeParse(body) : formBody.transform(({ ref }) => ref).safeParse(body);
    return given.success && isFormOf(only, given.data);
  }
  const type = wanted.safeParse(body).data?.intent.type ?? '';
  return name === 'POST /incidents/{id}/intents' && c.req.param('id') === incident && AFTERWARDS.has(type);
}

/** Returns true for the linked form, also for one with further arguments, as a form for a correction has. */
function isFormOf(only: z.infer<typeof formRef>, { form, args }: z.infer<typeof formRef>): boolean {
  return form === only.form && Object.entries(only.args).every(([name, value]) => args[name] === value);
}
