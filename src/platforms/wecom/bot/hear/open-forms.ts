import { z } from 'zod';
import type { FormRef } from '../../../../conversation/cards/card.ts';
import { localised } from '../../../../conversation/cards/localise.ts';
import { personalFormLink } from '../../../../http/visits/links.ts';
import { translate } from '../../../../i18n/translate.ts';
import { parseJson } from '../../../../ops/json.ts';
import { howTo, linesOf, OPENNESS } from '../../../../talk/form-lines.ts';
import { formRefSchema } from '../../../shared/does.ts';
import { formCard } from '../../cards/form-card.ts';
import { composed, type Spot, say, sent, sentence, type WecomBot } from './spots.ts';

/**
 * No card of WeCom takes text, so a form is a list of lines to send back. A form with one thing to fill in is answered
 * without its label. What is not sent stays as it is.
 */
const pendingSchema = z.strictObject({
  ref: formRefSchema,
  at: z.number(),
  open: z.enum(OPENNESS),
  /** Entries that were refused or are being confirmed, and the fields among them that are wrong. */
  entered: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])).default({}),
  wrong: z.array(z.string()).readonly().default([]),
  /** Version of the record they are about. */
  version: z.number().optional(),
  /** Version of the record for which the form was opened: what others state meanwhile is not overwritten unseen. */
  revision: z.number().default(0),
});
export type Pending = z.infer<typeof pendingSchema>;
const PENDING_FOR = 30 * 60_000;

export function pendingKey({ at: { chat }, caller }: Spot): string {
  return `form:${encodeURIComponent(chat.id)}:${caller.account.id}`;
}

export async function pendingOf(bot: WecomBot, spot: Spot): Promise<Pending | null> {
  const pending = pendingSchema.safeParse(parseJson(await bot.kept.get(pendingKey(spot)))).data;
  return pending && bot.clock.now() - pending.at <= PENDING_FOR ? pending : null;
}

export function keepPending(bot: WecomBot, spot: Spot, pending: z.input<typeof pendingSchema>): Promise<void> {
  return bot.kept.put(pendingKey(spot), JSON.stringify(pending));
}

/** Asks for the fields of a form: as drop-downs where it is mostly choices, otherwise as lines. */
export async function offerForm(
  bot: WecomBot,
  spot: Spot,
  ref: FormRef,
  revision: number,
  isWhole = false,
): Promise<void> {
  const form = await bot.app.form(ref, spot.caller);
  const incident = ref.args['incident'] ?? null;
  if ('code' in form) return say(bot, spot, bot.explain(form, null), { incident });
  const { language } = spot.at;
  const local = localised(form, language);
  await keepPending(bot, spot, { ref, at: bot.clock.now(), open: 'asked', revision });
  const link = linkOf(bot, spot, ref);
  const card = link === null && !isWhole ? formCard(local, { page: 0, values: {}, language, opened: revision }) : null;
  const notes = [...howTo(local, language), ...local.intro, ...linesOf(local, language)].map((raw) => ({ raw }));
  const message = card ?? composed(spot, sentence({ raw: local.title }, [], notes), { incident });
  const markdown = [message.markdown, link].filter((part) => part !== null).join('\n');
  await sent(bot, spot, card ?? { ...message, markdown });
}

/** Link to the same form as a page. It identifies the person it was made for, so no group sees it. */
function linkOf({ pages, ids, clock }: WecomBot, { at: { chat }, caller }: Spot, ref: FormRef): string | null {
  if (!pages || chat.kind !== 'single') return null;
  const link = personalFormLink(ref, caller.account, { ...pages, nonce: ids.next(), now: clock.now() });
  return `[${translate(caller.language, 'wecom.form.open')}](${link})`;
}

/** Lowers the openness of the open form when the person turns to something else. */
export async function leaveForm(bot: WecomBot, spot: Spot, open: 'behind' | 'aside'): Promise<void> {
  const pending = await pendingOf(bot, spot);
  if (!pending || pending.open === open || pending.open === 'aside') return;
  await keepPending(bot, spot, { ...pending, open });
}
