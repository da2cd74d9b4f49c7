import type { ActorId } from '../../incident/identity.ts';
import type { Participant } from '../../incident/state.ts';
import { ownedText } from '../closing.ts';
import type { Card } from './card.ts';
import { cardOf } from './headline.ts';
import { joined, personText, plain, type Situation, t } from './situation.ts';

/** Adds names before the title of a card to people in a room, where "you" would be ambiguous. */
export function byName(card: Card, people: readonly Pick<Participant, 'name'>[]): Card {
  if (people.length === 0) return card;
  const names = joined(people.map(({ name }) => plain(name)));
  return { ...card, title: t('remind.by_name', { people: names, text: card.title }) };
}

/**
 * Confirmation or refusal as shown to a whole group: it names the person, e.g. `已记录：120万人（陈宇）`. A text that has the
 * name already, or more than one sentence, stays unchanged.
 */
export function saidAloud(card: Card, name: string): Card {
  const { summary } = card;
  if (!JSON.stringify(card.title).includes(JSON.stringify(summary))) return card;
  const isYours = 'key' in summary && summary.key === 'said.item_yours';
  if (!isYours && JSON.stringify(summary).includes(JSON.stringify(name))) return card;
  const by = plain(name);
  const text = isYours ? t('said.item_owner', { ...summary.params, owner: by }) : t('said.by', { text: summary, by });
  return { ...card, title: card.drill ? t('card.drill', { title: text }) : text, summary: text };
}

/** Card for the room: an item or duty has a new owner, or none. */
export function itemOwnerCard(situation: Situation, item: string, owner: ActorId | null): Card {
  const { state } = situation;
  const what = ownedText(situation, item);
  const text =
    owner === null ? t('said.item_free', { what }) : t('said.item_owner', { what, owner: personText(state, owner) });
  return cardOf(situation, t('card.incident', { id: plain(state.id), title: text }), text, []);
}
