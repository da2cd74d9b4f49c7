import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { FormRef } from '../../../conversation/cards/card.ts';
import { localise, localiseCard, localised } from '../../../conversation/cards/localise.ts';
import { refusalText } from '../../../conversation/record/refusals.ts';
import { SWORN } from '../../../conversation/sworn.ts';
import { readForm } from '../../../http/body.ts';
import type { HttpContext, HttpEnv } from '../../../http/routes.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Command } from '../../../incident/commands.ts';
import type { Outcome } from '../../../talk/acts.ts';
import { actKey, type Entries, withEntered } from '../../../talk/filling.ts';
import type { PageAnswer } from '../../../talk/page-intake.ts';
import type { Refusal } from '../../../use-cases/ports.ts';
import { forgetUnsent, keepUnsent, readSent, type Sent, unsentOf } from './entries.ts';
import {
  backFromOAuth,
  type FormDependencies,
  goOn,
  identify,
  linkPage,
  pageLanguage,
  say,
  useLink,
  type Visit,
  visitOf,
} from './identity.ts';
import { type CardPage, cardPage, formPage, sentencePage } from './page.ts';
import { allows, formLink, isFormToken, LATE_FOR } from './session.ts';
import { STYLE } from './style.ts';

/** Far above the longest form: eight fields of 5,000 characters, percent-encoded. */
const MAX_BYTES = 512 * 1024;
/** Name under which the acts of the pages are kept. */
export const FORM_PAGES = 'wecom-form';

/** The web form: pages without a script, for people whose chat has no text fields in cards. */
export function mountForms(http: Hono<HttpEnv>, deps: FormDependencies): void {
  http.use('/wecom/form/*', async (c, next) => {
    // Without a referrer a browser sends its forms as from nowhere, and they would be refused.
    c.header('Referrer-Policy', 'same-origin');
    await next();
  });
  http.use(
    '/wecom/form/*',
    bodyLimit({ maxSize: MAX_BYTES, onError: (c: HttpContext) => say(c, 'wecom_app.form.too_large', 413) }),
  );
  http.get('/wecom/form/form.css', (c) => {
    c.header('Cache-Control', 'public, max-age=3600');
    return c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  http.get('/wecom/form/enter', (c) => linkPage(c, deps));
  http.post('/wecom/form/enter', (c) => useLink(c, deps));
  http.get('/wecom/form/back', (c) => backFromOAuth(c, deps));
  http.get('/wecom/form/open/:name', (c) => openForm(c, deps));
  http.post('/wecom/form/open/:name', (c) => submitForm(c, deps));
  http.get('/wecom/form/card/:name', (c) => {
    const visit = visitOf(c, deps);
    return visit && visit.session.only === null ? showCard(c, deps, visit) : identify(c, deps);
  });
  http.post('/wecom/form/card/:name', (c) => useCard(c, deps));
}

/** Name and arguments of a form or view in the address of its page. */
function addressOf(c: HttpContext) {
  const args = Object.fromEntries(Object.entries(c.req.query()).filter(([name]) => name !== 'language'));
  return { name: c.req.param('name') ?? '', args };
}

function formRefOf(c: HttpContext): FormRef {
  const { name, args } = addressOf(c);
  return { form: name, args };
}

async function openForm(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const ref = formRefOf(c);
  const visit = visitOf(c, deps);
  if (!visit || !allows(visit.session, ref)) return identify(c, deps);
  const unsent = await unsentOf(deps, visit.caller.account, ref);
  if (unsent) return showForm(c, deps, visit, { ref, ...unsent, trouble: 'wecom_app.form.restored' });
  const state = await stateOf(deps, visit, ref.args);
  return showForm(c, deps, visit, { ref, values: {}, revision: state?.version ?? 0 });
}

function stateOf({ app }: FormDependencies, { caller }: Visit, { incident }: FormRef['args']) {
  return incident === undefined ? null : app.state(incident, caller);
}

interface Shown {
  readonly ref: FormRef;
  readonly values: Entries;
  readonly revision: number;
  readonly trouble?: MessageKey;
  readonly status?: 200 | 422;
}

/** The form as it is now, with what was entered before. */
async function showForm(c: HttpContext, { app }: FormDependencies, visit: Visit, shown: Shown): Promise<Response> {
  const { ref, values, revision, trouble, status = 200 } = shown;
  const { language } = visit.caller;
  const form = await app.form(ref, visit.caller);
  if ('code' in form) return refused(c, form);
  const local = localised(form, language);
  const fields = local.fields.map((field) => withEntered(field, values[field.id]));
  const errors = trouble ? { '': translate(language, trouble) } : {};
  return c.html(formPage({ ...local, fields }, errors, visit.page(revision)), status);
}

function refused(c: HttpContext, refusal: Refusal): Response | Promise<Response> {
  const language = pageLanguage(c);
  return c.html(sentencePage(language, [localise(refusalText(refusal), language)]), 404);
}

/** Commands that a page offers after its form: to restore what was replaced, and to record what was read back. */
const AFTERWARDS: ReadonlySet<Command['type']> = new Set([
  ...(['choose_version', 'answer', 'record_filing'] as const),
  ...SWORN,
]);

async function submitForm(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const ref = formRefOf(c);
  const sent = readSent(await readForm(c));
  const { values, revision } = sent;
  const visit = visitOf(c, deps);
  if (!visit || !allows(visit.session, ref)) return sentTooLate(c, deps, ref, sent);
  const shown = { ref, values, revision };
  if (!isFormToken(sent.token, visit.session, deps.secret))
    return showForm(c, deps, visit, { ...shown, trouble: 'wecom_app.form.expired', status: 422 });
  const { incident } = ref.args;
  if (incident !== undefined && sent.intent && AFTERWARDS.has(sent.intent.type)) {
    const { outcome, card } = await pressed(deps, visit, { incident, intent: sent.intent, sent });
    const [shown, revision] = [card && localiseCard(card, visit.caller.language), outcome?.revision ?? sent.revision];
    return concluded(c, visit, shown, { revision }, outcome?.change?.kind === 'refused' ? 422 : 200);
  }
  if (sent.isEdited) return showForm(c, deps, visit, shown);
  const { caller } = visit;
  const room = incident === undefined ? await deps.roomFor(caller.account, sent.key) : null;
  const filling = { ref, revision, key: pageKey(visit, sent), entriesOf: () => values };
  const result = await deps.acts.fill({ caller, place: { kind: 'direct', room } }, filling);
  if (result.kind === 'closed') return refused(c, result.refusal);
  if (result.kind === 'again') return c.html(formPage(result.form, result.errors, visit.page(result.revision)), 422);
  const { revision: now } = result;
  const said = saidBy(result, visit);
  if (result.change === null) return concluded(c, visit, said, { entered: values, revision: now }, 200);
  await forgetUnsent(deps, caller.account, ref);
  return concluded(c, visit, said, { revision: now }, 200, formLink(ref, deps.publicUrl));
}

/** The same button of the same page is the same act, however often it is sent. */
function pageKey({ caller }: Visit, { key }: Sent): string {
  return `${caller.account.id}:${key}`;
}

/** Page after a form: a card that asks for more, else a sentence. */
function concluded(
  c: HttpContext,
  visit: Visit,
  card: ReturnType<typeof saidBy>,
  { entered = {}, revision }: { readonly entered?: CardPage['entered']; readonly revision: number },
  status: 200 | 422,
  link?: string,
): Response | Promise<Response> {
  const { language } = visit.caller;
  if (status === 200 && card && card.blocks.length > 0)
    return c.html(cardPage({ card, entered }, visit.page(revision)));
  const again = translate(language, 'wecom_app.form.again');
  const more = link === undefined ? '' : html`<p><a class="button" href="${link}">${again}</a></p>`;
  const said = card?.title ?? translate(language, 'wecom_app.form.done');
  return c.html(sentencePage(language, [said, translate(language, 'wecom_app.form.close')], more), status);
}

function saidBy({ answers: [first] }: Pick<Outcome, 'answers'>, { caller }: Visit) {
  return first?.kind === 'card' ? localiseCard(first.card, caller.language) : null;
}

/** The session is over: what was entered is kept, and comes back once it is known again who somebody is. */
async function sentTooLate(c: HttpContext, deps: FormDependencies, ref: FormRef, sent: Sent): Promise<Response> {
  const late = visitOf(c, deps, deps.clock.now() - LATE_FOR);
  if (!late || !allows(late.session, ref) || !isFormToken(sent.token, late.session, deps.secret)) {
    const lines = Object.values(sent.values).flat().join('\n');
    return goOn(c, 'wecom_app.form.copy', html`<textarea rows="12" readonly>${`\n${lines}`}</textarea>`);
  }
  await keepUnsent(deps, late.caller.account, ref, sent);
  return late.session.only === null ? goOn(c, 'wecom_app.form.kept') : say(c, 'wecom_app.form.kept_link', 401);
}

// --- a card ----------------------------------------------------------------------------------------------------------

async function showCard(
  c: HttpContext,
  deps: FormDependencies,
  visit: Visit,
  said: CardPage['said'] = null,
): Promise<Response> {
  const { name, args } = addressOf(c);
  const { language } = visit.caller;
  const card = await deps.app.view({ view: name, args }, visit.caller);
  if ('code' in card) {
    if (!said) return refused(c, card);
    const why = localise(refusalText(card), language);
    return c.html(sentencePage(language, [said.text, why]), said.good ? 200 : 404);
  }
  const state = await stateOf(deps, visit, args);
  const page = cardPage({ card: localiseCard(card, language), said }, visit.page(state?.version ?? 0));
  return c.html(page, said === null || said.good ? 200 : 422);
}

/** A button or ticks of the card; then the card as it is now. */
async function useCard(c: HttpContext, deps: FormDependencies): Promise<Response> {
  // A tap is made again in no time, on the card as it is then.
  const visit = visitOf(c, deps);
  if (visit?.session.only !== null) return goOn(c, 'wecom_app.form.expired_card');
  const { language } = visit.caller;
  const sent = readSent(await readForm(c));
  const bad = (key: MessageKey) =>
    showCard(c, deps, visit, { text: translate(language, key), good: false, blocks: [] });
  if (!isFormToken(sent.token, visit.session, deps.secret)) return bad('wecom_app.form.expired_card');
  const { incident } = addressOf(c).args;
  if (!sent.intent || incident === undefined) return bad('text.choose_first');
  const { outcome, card: answered } = await pressed(deps, visit, { incident, intent: sent.intent, sent });
  const card = answered && localiseCard(answered, language);
  const text = card?.title ?? translate(language, 'wecom_app.form.done');
  // A replaced text can be restored.
  return showCard(c, deps, visit, { text, good: outcome?.change?.kind === 'done', blocks: card?.blocks ?? [] });
}

function pressed(
  { acts }: FormDependencies,
  visit: Visit,
  { incident, intent, sent }: { readonly incident: string; readonly intent: Command; readonly sent: Sent },
): Promise<PageAnswer> {
  const body = [incident, intent];
  return acts.press(
    { caller: visit.caller, place: { kind: 'direct', room: null } },
    {
      ...{ key: actKey(pageKey(visit, sent), JSON.stringify(body)), body },
      ...{ incident, revision: sent.revision, does: { kind: 'intent', intent } },
    },
  );
}
