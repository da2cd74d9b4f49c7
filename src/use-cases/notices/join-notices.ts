import { joinAskedCard, leadAskedCard, letInCard, rightAskedCard } from '../../conversation/rooms/people-card.ts';
import { fromProfile, listedNow } from '../../incident/people/people.ts';
import type { EventOf, IncidentEvent } from '../../incident/record/events.ts';
import type { IncidentState } from '../../incident/state.ts';
import { isLed, whoCanAct } from '../directory/escalation.ts';
import type { NewNotice } from '../ports.ts';
import type { Entry } from './notice-key.ts';
import { direct, type NoticeContext } from './recipients.ts';

/**
 * Asks a person who may lead, on-duty people first, to take the lead of an incident that another person declared; empty
 * if its lead is available.
 */
export function callingLead(situation: NoticeContext, entry: Entry, at: number): NewNotice[] {
  if (isLed(situation)) return [];
  const [lead] = whoCanAct(situation, 'early');
  return lead ? direct(situation, lead, { card: leadAskedCard(situation), inRoom: null }, entry, at) : [];
}

/** Notices of joining: the request to the lead, and the admission to the person. */
export function joining(
  situation: NoticeContext,
  before: IncidentState | null,
  { type, payload }: Extract<IncidentEvent, { type: 'join_asked' | 'person_joined' }>,
  entry: Entry,
  at: number,
): NewNotice[] {
  const lead = situation.state.people[situation.state.lead];
  if (type === 'join_asked') {
    const card = joinAskedCard(situation, payload);
    return lead ? direct(situation, lead, { card, inRoom: card }, entry, at) : [];
  }
  const isAwaited = before?.asked[payload.actor] !== undefined;
  return isAwaited ? direct(situation, payload, { card: letInCard(situation), inRoom: null }, entry, at) : [];
}

/** Notices to people with a right that another person asked them to use. */
export function rightAsked(
  situation: NoticeContext,
  { right, people }: EventOf<'right_asked'>['payload'],
  entry: Entry,
  at: number,
): NewNotice[] {
  const { state } = situation;
  const by = state.askedFor[right]?.by ?? '';
  const asked = people.flatMap((id) => {
    const listed = listedNow(state, id);
    const joined = Object.values(state.people).find(({ person }) => person === id);
    return joined ?? (listed ? fromProfile(listed) : []);
  });
  const card = rightAskedCard(situation, by, right);
  return asked.flatMap((one) => direct(situation, one, { card, inRoom: card }, entry, at));
}
