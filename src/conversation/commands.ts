import type { Command } from '../incident/commands.ts';
import type { EventOf, EventType, IncidentEvent } from '../incident/record/events.ts';
import type { Text } from './cards/card.ts';
import type { Situation } from './cards/situation.ts';
import * as answers from './commands/answers.ts';
import * as approval from './commands/approval.ts';
import * as clock from './commands/clock.ts';
import * as decisions from './commands/decisions.ts';
import * as declaring from './commands/declaring.ts';
import * as ending from './commands/ending.ts';
import * as filing from './commands/filing.ts';
import * as items from './commands/items.ts';
import type { Forms, Sayers, Tellers } from './commands/lines.ts';
import * as people from './commands/people.ts';
import * as requests from './commands/requests.ts';
import * as rooms from './commands/rooms.ts';

/** Confirmations of all commands, from the families in `commands/`. */
export const sayers: Sayers<Command['type']> = {
  ...declaring.sayers,
  ...answers.sayers,
  ...decisions.sayers,
  ...people.sayers,
  ...items.sayers,
  ...approval.sayers,
  ...filing.sayers,
  ...requests.sayers,
  ...ending.sayers,
  ...rooms.sayers,
  ...clock.sayers,
};
const tellers: Tellers<EventType> = {
  ...declaring.tellers,
  ...answers.tellers,
  ...decisions.tellers,
  ...people.tellers,
  ...items.tellers,
  ...approval.tellers,
  ...filing.tellers,
  ...requests.tellers,
  ...ending.tellers,
  ...rooms.tellers,
  ...clock.tellers,
};

/** Line of the time line: the event with its reason; actor and time are shown beside it. */
export function timelineLine(situation: Situation, event: IncidentEvent): Text {
  return tell(event.type, situation, event);
}

function tell<T extends EventType>(
  type: T,
  situation: Situation,
  event: { readonly type: T; readonly payload: EventOf<T>['payload'] },
): Text {
  return tellers[type](situation, event.payload);
}

/** Forms of an incident by name; `new_incident` is separate. */
export const FORM_KINDS: Forms = {
  ...declaring.forms,
  ...answers.forms,
  ...decisions.forms,
  ...people.forms,
  ...items.forms,
  ...approval.forms,
  ...filing.forms,
  ...requests.forms,
  ...ending.forms,
  ...rooms.forms,
  ...clock.forms,
};
