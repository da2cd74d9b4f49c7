import type { HomeView, KnownBlock } from '@slack/types';
import type { Action, Card } from '../../../conversation/cards/card.ts';
import { localiseCard } from '../../../conversation/cards/localise.ts';
import { formatInstant } from '../../../i18n/format.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { LIMITS } from '../limits.ts';
import { notes, sections } from '../render/blocks.ts';
import { shownBlocks, withSaid } from './reply.ts';
import { acquainted, type SlackBot } from './spots.ts';

/** As many as the list above shows. */
const LOOKED_AT = 20;

const ACTIONS: readonly Action[] = [
  {
    id: 'declare',
    label: { key: 'slack.declare' },
    style: 'primary',
    does: { kind: 'form', form: { form: 'new_incident', args: {} } },
  },
  {
    id: 'drill',
    label: { key: 'slack.drill' },
    does: { kind: 'view', view: { view: 'scenarios', args: {} } },
  },
];

/** App Home: what was said in answer to a button on it, the open incidents this person sees with their clocks, and what is theirs in each. */
export async function publishHome(bot: SlackBot, caller: Caller, said: Card | null = null): Promise<void> {
  const user = caller.account.id;
  try {
    // Private channels are shown only to their members, so membership is asked first.
    await bot.directory.loadMembership(user);
    const view = await homeView(bot, await acquainted(bot, caller), said);
    await bot.api.call('views.publish', { user_id: user, view });
  } catch (error) {
    bot.log.warn({ err: error }, 'the home tab could not be renewed');
  }
}

async function homeView(bot: SlackBot, caller: Caller, said: Card | null): Promise<HomeView> {
  const { language } = caller;
  const listed = await bot.app.view({ view: 'list', args: {} }, caller);
  const list: Card = 'code' in listed ? bot.explain(listed, null) : listed;
  const title = { key: 'slack.home_title' as const };
  const card: Card = { ...list, title, blocks: [{ kind: 'actions', actions: ACTIONS }, ...list.blocks] };
  const yours = await yourItems(bot, caller);
  const now = new Date(bot.clock.now()).toISOString();
  const updated = notes(translate(language, 'slack.home_updated', { at: formatInstant(now, language, 'short') }));
  const room = LIMITS.view.blocks - yours.length - updated.length;
  const blocks = await shownBlocks(
    bot,
    localiseCard(withSaid(card, said), language),
    { incident: null, revision: 0, language },
    room,
  );
  return { type: 'home', blocks: [...blocks, ...yours, ...updated] };
}

async function yourItems(bot: SlackBot, caller: Caller): Promise<readonly KnownBlock[]> {
  const { rows } = await bot.app.openIncidents(caller, LOOKED_AT);
  const found = await Promise.all(rows.map(async ({ id }) => ({ id, open: await bot.app.ownOpenItems(id, caller) })));
  return found.flatMap(({ id, open }) => {
    if (open.length === 0) return [];
    const items = open.map((n) => translate(caller.language, 'slack.home_item', { n }));
    const joined = items.join(caller.language === 'en' ? ', ' : '、');
    return sections(translate(caller.language, 'slack.home_yours', { id, items: joined }));
  });
}
