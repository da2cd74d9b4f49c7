import { localise, localiseCard } from '../../../conversation/cards/localise.ts';
import { refusalText } from '../../../conversation/record/refusals.ts';
import type { HttpContext } from '../../../http/routes.ts';
import { translate } from '../../../i18n/translate.ts';
import { type Command, commandSchema } from '../../../incident/commands.ts';
import { parseJson } from '../../../ops/json.ts';
import { cardPage } from './card-page.ts';
import { callerOf, type FormDependencies, goOn, sessionOf } from './identity.ts';
import { pageLanguage, sentencePage } from './page.ts';
import { digest, type Sent, text, texts } from './sent.ts';
import { type FormSession, formToken, isFormToken } from './session.ts';

type Said = Parameters<typeof cardPage>[0]['said'];

export async function showCard(
  c: HttpContext,
  deps: FormDependencies,
  session: FormSession,
  said: Said = null,
): Promise<Response> {
  const language = pageLanguage(c);
  const caller = callerOf(c, deps, session);
  const { view = '', args } = refOf(c);
  const card = await deps.app.view({ view, args }, caller);
  if ('code' in card) {
    const why = localise(refusalText(card), language);
    return c.html(sentencePage(language, said ? [said.text, why] : [why]), said?.good ? 200 : 404);
  }
  const incident = args['incident'];
  const state = incident === undefined ? null : await deps.app.state(incident, caller);
  const page = cardPage({
    card: localiseCard(card, language),
    language,
    publicUrl: deps.publicUrl,
    said,
    hidden: { token: formToken(session, deps.secret), revision: String(state?.version ?? 0), key: deps.ids.next() },
  });
  return c.html(page, said === null || said.good ? 200 : 422);
}

/** A button or ticks of the card; then the card as it is now. */
export async function useCard(c: HttpContext, deps: FormDependencies): Promise<Response> {
  const session = sessionOf(c, deps);
  // A tap is made again in no time, on the card as it is then.
  if (session?.only !== null) return c.html(goOn(c, 'wecom_app.form.expired_card'), 401);
  const language = pageLanguage(c);
  const sent: Sent = await c.req.parseBody({ all: true });
  const bad = (sentence: string): Promise<Response> => showCard(c, deps, session, { text: sentence, good: false });
  if (!isFormToken(text(sent['token']), session, deps.secret))
    return bad(translate(language, 'wecom_app.form.expired_card'));
  const intent = intentOf(sent);
  const incident = refOf(c).args['incident'];
  if (!intent || incident === undefined) return bad(translate(language, 'text.choose_first'));
  return showCard(c, deps, session, await submitted(c, deps, session, { incident, intent, sent }));
}

/** Gives the command of a button; the same button of the same page is the same act. */
export async function submitted(
  c: HttpContext,
  deps: FormDependencies,
  session: FormSession,
  { incident, intent, sent }: { readonly incident: string; readonly intent: Command; readonly sent: Sent },
): Promise<NonNullable<Said>> {
  const language = pageLanguage(c);
  const body = JSON.stringify([session.account, incident, intent]);
  const result = await deps.app.submit({
    incident,
    intent,
    revision: Number(text(sent['revision'])) || 0,
    caller: callerOf(c, deps, session),
    delivery: { platform: 'wecom-form', key: digest(`${text(sent['key'])}\n${body}`), body },
  });
  if (result.kind === 'refused') return { text: localise(refusalText(result.refusal), language), good: false };
  const { said } = result;
  const done = said ? localise(said.title, language) : translate(language, 'wecom_app.form.done');
  return { text: done, good: true, card: said ?? undefined };
}

function refOf(c: HttpContext) {
  const args = Object.fromEntries(Object.entries(c.req.query()).filter(([name]) => name !== 'language'));
  return { view: c.req.param('view'), args };
}

export function intentOf(sent: Sent): Command | null {
  const picked = texts(sent['pick']);
  const fact = text(sent['fact']);
  const wanted = fact === '' ? parseJson(text(sent['intent'])) : { type: 'answer', fact, value: picked };
  if (fact !== '' && picked.length === 0) return null;
  const command = commandSchema.safeParse(wanted);
  return command.success ? command.data : null;
}
