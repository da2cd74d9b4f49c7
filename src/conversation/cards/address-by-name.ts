import type { ActorId } from '../../incident/identity.ts';
import type { Participant } from '../../incident/state.ts';
import { itemOf } from '../../report/items.ts';
import type { Card } from './card.ts';
import { cardOf } from './headline.ts';
import { joined, personText, plain, type Situation, t } from './situation.ts';

/** Puts names in front of the title of a card addressed to people in a room, where "you" would be ambiguous. */
export function byName(card: Card, people: readonly Pick<Participant, 'name'>[]): Card {
  if (people.length === 0) return card;
  const names = joined(people.map(({ name }) => plain(name)));
  return { ...card, title: t('remind.by_name', { people: names, text: card.title }) };
}

/** An item has another owner, or none: for the room. */
export function itemOwnerCard(situation: Situation, item: string, owner: ActorId | null): Card {
  const { state } = situation;
  const n = itemOf(situation, item)?.n ?? 0;
  const text =
    owner === null ? t('said.item_free', { n }) : t('said.item_owner', { n, owner: personText(state, owner) });
  return cardOf(situation, t('card.incident', { id: plain(state.id), title: text }), text, []);
}
