import type { HomeView } from '@slack/types';
import type { Action, Block, Card } from '../../../conversation/cards/card.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { viewDrawing } from '../render/draw.ts';
import { drawnOf, withSaid } from './reply.ts';
import { acquainted, type SlackBot } from './spots.ts';

/** Maximum number of open incidents on the Home tab. */
const LOOKED_AT = 20;

const ACTIONS: readonly Action[] = [
  {
    id: 'declare',
    label: { key: 'form.new.title' },
    style: 'primary',
    does: { kind: 'form', form: { form: 'new_incident', args: {} } },
  },
  {
    id: 'drill',
    label: { key: 'slack.drill' },
    does: { kind: 'view', view: { view: 'scenarios', args: {} } },
  },
];

/** Publishes the Home tab: the last answer, open incidents the person sees with their clocks, and steps in each. */
export async function publishHome(bot: SlackBot, caller: Caller, said: Card | null = null): Promise<void> {
  const user = caller.account.id;
  try {
    // Membership is requested first, because only members see private channels.
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
  const at = { instant: new Date(bot.clock.now()).toISOString(), style: 'short' } as const;
  const own: readonly Block[] = [
    ...(await yourItems(bot, caller)),
    { kind: 'note', text: { key: 'slack.home_updated', params: { at } } },
  ];
  const blocks = [{ kind: 'actions', actions: ACTIONS } as const, ...list.blocks, ...own];
  const card = withSaid({ ...list, title: { key: 'slack.home_title' }, blocks }, said);
  return {
    type: 'home',
    blocks: [...(await drawnOf(bot, card, { incident: null, revision: 0, language }, viewDrawing)).blocks],
  };
}

async function yourItems(bot: SlackBot, caller: Caller): Promise<readonly Block[]> {
  const { rows } = await bot.app.openIncidents(caller, LOOKED_AT);
  const found = await Promise.all(rows.map(async ({ id }) => ({ id, open: await bot.app.ownOpenItems(id, caller) })));
  return found.flatMap(({ id, open }): readonly Block[] => {
    const list = open.map((n) => ({ key: 'slack.home_item', params: { n } }) as const);
    const params = { id: { raw: id }, items: { list, joiner: 'comma' } } as const;
    return open.length === 0 ? [] : [{ kind: 'text', text: { key: 'slack.home_yours', params } }];
  });
}
