import { waitingToJoin } from '../../incident/people.ts';
import type { Participant } from '../../incident/state.ts';
import { itemsNow } from '../../report/items.ts';
import type { Block, Card, Text } from '../card.ts';
import { cardOf } from '../headline.ts';
import { letInAction } from '../joining.ts';
import { reachOf } from '../reached.ts';
import { roleText } from '../refusals.ts';
import { form, intent, joined, personText, plain, type Scene, t } from '../scene.ts';

/** Who takes part, with what, and whether reminders reach them; first who waits to be let in, for somebody has to act. */
export function peopleCard(scene: Scene): Card {
  const { state } = scene;
  const people = Object.values(state.people);
  const waiting = waitingToJoin(state);
  const items = itemsNow(scene);
  const summary = t('people.summary', { lead: personText(state, state.lead), n: people.length });
  return cardOf(
    scene,
    t('people.title'),
    waiting.length > 0 ? joined([summary, t('people.waiting', { n: waiting.length })], 'dot') : summary,
    [
      ...waiting.map((who): Block => {
        const actions = state.closed ? [] : [letInAction(who, `let_in_${who.actor}`)];
        return { kind: 'row', mark: 'open', text: t('people.row_waiting', { name: plain(who.name) }), actions };
      }),
      ...people.map((person) => personRow(scene, person, items)),
      {
        kind: 'actions',
        actions: [
          intent('take_lead', t('act.take_lead'), { type: 'take_lead' }),
          ...(state.organisation ? [form('add_person', t('form.people.title'), 'people', { incident: state.id })] : []),
        ],
      },
    ],
  );
}

function personRow(scene: Scene, { actor, name, roles: own }: Participant, all: ReturnType<typeof itemsNow>): Block {
  const roles = [...(actor === scene.state.lead ? (['lead'] as const) : []), ...own];
  const params = { name: plain(name), roles: joined([...new Set(roles)].map(roleText)) };
  const items = all.flatMap(({ owner, n }): Text[] => (owner === actor ? [plain(String(n))] : []));
  const row = items.length > 0 ? t('people.row_items', { ...params, items: joined(items) }) : t('people.row', params);
  const reached = reachOf(scene, actor);
  const mark = reached === false ? 'open' : 'done';
  if (reached === null) return { kind: 'row', mark, text: row, actions: [] };
  const text = joined([row, t(reached ? 'people.reached' : 'people.unreached')], 'dot');
  return { kind: 'row', mark, text, actions: [] };
}
