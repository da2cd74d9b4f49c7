import { type LocalForm, localised } from '../../../../conversation/cards/localise.ts';
import { personalFormLink } from '../../../../http/visits/links.ts';
import { translate } from '../../../../i18n/translate.ts';
import { asLines, merged, type Values } from '../../../../talk/form-lines.ts';
import type { FormPlace } from '../../../../talk/form-place.ts';
import { choicesOf, chosenOn, formCard } from '../../cards/form-card.ts';
import { type Clicked, putInPlace } from './in-place.ts';
import { composed, line, type Spot, say, sent, sentence, type WecomBot } from './spots.ts';

type Chosen = Readonly<Record<string, string>>;

/** Asks for a form's fields: by drop-downs if it has some, no page to link to and not `isWhole`; otherwise by lines. */
export async function sendForm(
  bot: WecomBot,
  spot: Spot,
  form: LocalForm,
  opened: number,
  isWhole = false,
): Promise<void> {
  const { language } = spot.at;
  const link = linkOf(bot, spot, form);
  const card = link === null && !isWhole ? formCard(form, { page: 0, values: {}, language, opened }) : null;
  const notes = asLines(form, language).map((raw) => ({ raw }));
  const about = { incident: form.ref.args['incident'] ?? null };
  const message = card ?? composed(spot, sentence({ raw: form.title }, [], notes), about);
  const markdown = [message.markdown, link].filter((part) => part !== null).join('\n');
  await sent(bot, spot, card ?? { ...message, markdown });
}

/** Returns a link to the form as a page; null in groups, because it identifies the person it was made for. */
function linkOf({ pages, ids, clock }: WecomBot, { at: { chat }, caller }: Spot, { ref }: LocalForm): string | null {
  if (!pages || chat.kind !== 'single') return null;
  const link = personalFormLink(ref, caller.account, { ...pages, nonce: ids.next(), now: clock.now() });
  return `[${translate(caller.language, 'http.visit_enter')}](${link})`;
}

/** Handles submitted drop-downs of a form: the next page, or the result, replaces their card. */
export async function formSubmitted(bot: WecomBot, pressed: Clicked, ids: readonly string[]): Promise<void> {
  const { spot, task } = pressed;
  const bound = task.bound.form;
  if (!bound) return;
  const { ref, page, opened = task.revision } = bound;
  const incident = ref.args['incident'] ?? null;
  const form = await bot.app.form(ref, spot.caller);
  if ('code' in form) return void (await say(bot, spot, bot.explain(form, null), { incident, revision: opened }));
  const { language } = spot.at;
  const { forms } = bot.intake;
  const local = localised(form, language);
  const chosen = chosenOn(bound, ids);
  if (chosen === null) {
    await forms.asked(spot, ref, opened);
    return sendForm(bot, spot, local, opened, true);
  }
  const isOpen = local.fields.some(
    ({ id, required }) => required && bound.fields.some((field) => field.id === id) && chosen[id] === undefined,
  );
  if (isOpen) return line(bot, spot, 'text.choose_first', {}, incident);
  const next = formCard(local, { page: page + 1, values: chosen, language, opened });
  if (next) {
    if (!(await putInPlace(bot, pressed, next))) await sent(bot, spot, next);
    return;
  }
  const key = `form:${spot.at.act}`;
  const what = { ref, local, values: handedIn(local, chosen), revision: opened, key, atEnd: false };
  const answer = await forms.fill(spot, what, bot.intake, placeOf(bot, pressed, local, chosen));
  await answer();
}

/** Returns a form's values without empty text fields: the card has no input for these, so nobody emptied them. */
function handedIn(form: LocalForm, chosen: Chosen): Values {
  const all = Object.entries(merged(form, new Map(), chosen));
  return Object.fromEntries(all.filter(([id, value]) => value !== '' || chosen[id] !== undefined));
}

/** Returns the card of the drop-downs as the place for the result. */
function placeOf(bot: WecomBot, pressed: Clicked, local: LocalForm, chosen: Chosen): FormPlace {
  const { spot, click, task } = pressed;
  const { incident, heading } = task;
  return {
    ...{ incident, heading, chosen, by: spot.caller.name, at: click.at },
    shown: choicesOf(local).map(({ id }) => id),
    put: async (card, revision, answered) =>
      (await putInPlace(bot, pressed, composed(spot, card, { incident, revision }), answered)) === true,
  };
}
