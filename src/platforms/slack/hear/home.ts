import type { KnownBlock } from '@slack/types';
import type { Action, Block, Card } from '../../../conversation/cards/card.ts';
import { t } from '../../../conversation/cards/situation.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { viewDrawing } from '../render/draw.ts';
import { homeRef } from '../send/beside.ts';
import { drawnOf, noteSent, withSaid } from './reply.ts';
import type { SlackBot } from './spots.ts';

/** Maximum number of open incidents on the Home tab. */
const LOOKED_AT = 20;

const declare = { kind: 'form', form: { form: 'new_incident', args: {} } } as const;
const drill = { kind: 'view', view: { view: 'scenarios', args: {} } } as const;
const ACTIONS: readonly Action[] = [
  { id: 'declare', label: t('form.new.title'), style: 'primary', does: declare },
  { id: 'drill', label: t('slack.drill'), does: drill },
];

/** Publishes the Home tab: the last answer, open incidents the person sees with their clocks, and steps in each. */
export async function publishHome(bot: SlackBot, caller: Caller, said: Card | null = null): Promise<void> {
  const user = caller.account.id;
  const since = bot.clock.now();
  try {
    // Membership is requested first, because only members see private channels.
    await bot.directory.loadMembership(user);
    const blocks = await homeBlocks(bot, await bot.places.acquainted(caller), said);
    await bot.api.call('views.publish', { user_id: user, view: { type: 'home', blocks } });
    // The tab stays until it is opened again, so a stop has to replace it. The last block is the time of the update.
    await noteSent(bot, user, { address: user, ref: homeRef(blocks.slice(0, -1)), holds: blocks, since });
  } catch (error) {
    bot.log.warn({ err: error }, 'the home tab could not be renewed');
  }
}

async function homeBlocks(bot: SlackBot, caller: Caller, said: Card | null): Promise<readonly KnownBlock[]> {
  const listed = await bot.app.view({ view: 'list', args: {} }, caller);
  const list: Card = 'code' in listed ? bot.explain(listed, null) : listed;
  const at = { instant: new Date(bot.clock.now()).toISOString(), style: 'short' } as const;
  const blocks: readonly Block[] = [
    { kind: 'actions', actions: ACTIONS },
    ...list.blocks,
    ...(await yourItems(bot, caller)),
    { kind: 'note', text: t('slack.home_updated', { at }) },
  ];
  const card = withSaid({ ...list, title: t('slack.home_title'), blocks }, said);
  return (await drawnOf(bot, card, { incident: null, revision: 0, language: caller.language }, viewDrawing)).blocks;
}

async function yourItems(bot: SlackBot, caller: Caller): Promise<readonly Block[]> {
  const { rows } = await bot.app.openIncidents(caller, LOOKED_AT);
  const found = await Promise.all(rows.map(async ({ id }) => ({ id, open: await bot.app.ownOpenItems(id, caller) })));
  return found.flatMap(({ id, open }): readonly Block[] => {
    const list = open.map((n) => t('slack.home_item', { n }));
    const text = t('slack.home_yours', { id: { raw: id }, items: { list, joiner: 'comma' } });
    return open.length === 0 ? [] : [{ kind: 'text', text }];
  });
}
