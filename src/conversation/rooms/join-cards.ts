import type { Participant } from '../../incident/state.ts';
import type { Action, Card } from '../cards/card.ts';
import { buttons, sentenceCard } from '../cards/sentence.ts';
import { intent, ofPart, plain, primary, type Situation, t, titled, view } from '../cards/situation.ts';

/** Card for the lead: a reader of an open room asks to take part. */
export function joinAskedCard({ state }: Situation, who: Participant): Card {
  const text = titled(state, t('join.asked', { name: plain(who.name), id: plain(state.id) }));
  return { ...sentenceCard(text, buttons([primary(letInAction(who))])), drill: state.drill };
}

/** Lets somebody take part; `id` where several stand on one card. */
export function letInAction({ actor }: Participant, id = 'let_in'): Action {
  return intent(id, t('act.let_in'), { type: 'add_person', person: actor });
}

/** To whoever asked, once they were let in. */
export function letInCard({ state }: Situation): Card {
  const text = titled(state, t('join.let_in', { id: plain(state.id), title: ofPart('title', state.title) }));
  const status = view('status', t('act.status'), 'status', { incident: state.id });
  return { ...sentenceCard(text, buttons([status])), drill: state.drill };
}
