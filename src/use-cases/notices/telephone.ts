import { stateCard } from '../../conversation/reminding/fallback-cards.ts';
import { isAtLimit } from '../../conversation/reminding/ladder.ts';
import type { IncidentState, Participant, Reminder } from '../../incident/state.ts';
import { callingOf } from '../directory/escalation.ts';
import type { NewNotice } from '../ports.ts';
import { type Entry, formatKey, placeText } from './notice-key.ts';
import type { NoticeContext } from './recipients.ts';
import { NUMBERS, type Platforms, telephones } from './routes.ts';

/** Returns true for an entry that may wake people: a declaration that calls a lead, a call, a limit. */
export function wakes({ declared, drill, reminders }: IncidentState, version: number): boolean {
  const due = reminders.find((one) => one.version === version);
  return !drill && (declared.version === version || (due !== undefined && isWaking(due)));
}

function isWaking({ step, collapsed }: Reminder): boolean {
  return [step, ...collapsed].some((one) => one.kind === 'call' || isAtLimit(one));
}

/**
 * Telephone calls in addition to messages, while no person who may lead or file has responded: to the next person in
 * turn and, with the first of them, the people asked before; at a limit to all recipients of its reminder.
 */
export function rung(
  situation: NoticeContext,
  due: Reminder,
  people: readonly Participant[],
  { entry, at, platforms }: { readonly entry: Entry; readonly at: number; readonly platforms: Platforms },
): readonly NewNotice[] {
  const { state } = situation;
  const calling = isWaking(due) ? callingOf(state) : null;
  if (!calling) return [];
  const isFirst = [due.step, ...due.collapsed].some((one) => one.kind === 'call' && one.round === 1);
  const called = [...people, ...(isFirst ? calling.asked : [])];
  const card = stateCard(situation);
  return called.flatMap((person): NewNotice[] => {
    const [to] = telephones(state, person, platforms);
    if (!to) return [];
    const by = { way: NUMBERS.telephone, place: placeText(to) };
    const key = formatKey({ kind: 'told', ...entry, to: person.actor, by });
    return [{ key, incident: state.id, lane: 'reminder', to, content: { kind: 'card', card }, dueAt: at }];
  });
}
