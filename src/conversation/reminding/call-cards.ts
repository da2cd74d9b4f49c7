import type { Participant } from '../../incident/state.ts';
import type { Action, Card, Text } from '../cards/card.ts';
import { cardOf, headline, namedTitle } from '../cards/headline.ts';
import { actionBlock, strongBlock } from '../cards/sentence.ts';
import {
  at,
  dueAt,
  intent,
  joined,
  minutesUntil,
  openClocks,
  personText,
  plain,
  primary,
  type Situation,
  t,
  view,
} from '../cards/situation.ts';

/** Card for the next person, because `asked` have not responded; for the room if nobody is left to call. */
export function callCard(situation: Situation, asked: readonly Participant[], isLast: boolean): Card {
  const { state } = situation;
  const names = joined(asked.map(({ name }) => plain(name)));
  const text = asked.length === 0 ? t('call.first') : t(isLast ? 'call.nobody' : 'call.next', { names });
  const status = view('status', t('act.status'), 'status', { incident: state.id });
  return cardOf(
    situation,
    namedTitle(situation, text),
    headline(situation),
    [strongBlock(headline(situation)), actionBlock([primary(takeCharge()), status])],
    'urgent',
  );
}

export function takeCharge(): Action {
  return intent('take_charge', t('act.take_charge'), { type: 'take_charge' });
}

/** Line on the person who took charge of the open duties; empty while nobody did. */
export function chargeLines(situation: Situation): readonly Text[] {
  const { charge } = situation.state;
  return charge === null
    ? []
    : [t('charge.line', { by: personText(situation.state, charge.by), at: at(situation, charge.at) })];
}

/** Card with id and time left, for a person on a platform that the incident has left: no content, no button. */
export function awayCard(situation: Situation): Card {
  const [clock] = openClocks(situation);
  const left = clock ? minutesUntil(situation, clock.due) : null;
  const time =
    clock && left !== null
      ? [
          t(left > 0 ? 'away.left' : 'away.late', {
            time: { minutes: Math.abs(left) },
            due: dueAt(situation, clock.due),
          }),
        ]
      : [];
  const text = joined([...time, t('away.moved')], 'dot');
  return cardOf(situation, namedTitle(situation, text), t('rooms.moved_how'), [], 'urgent');
}
