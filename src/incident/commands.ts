import { z } from 'zod';
import * as answers from './commands/answers.ts';
import * as approval from './commands/approval.ts';
import * as clock from './commands/clock.ts';
import * as decisions from './commands/decisions.ts';
import * as declaring from './commands/declaring.ts';
import * as ending from './commands/ending.ts';
import * as filing from './commands/filing.ts';
import * as items from './commands/items.ts';
import * as people from './commands/people.ts';
import * as requests from './commands/requests.ts';
import * as rooms from './commands/rooms.ts';
import type { Deciders } from './decide/context.ts';
import type { EventType, Reducers } from './record/events.ts';

/**
 * The register of commands. A family in `commands/` contains all of its commands: schemas, events, decisions, changes
 * of the state. A new family is added to each of the four lists.
 */
const { declare, ...others } = {
  ...declaring.schemas,
  ...answers.schemas,
  ...decisions.schemas,
  ...people.schemas,
  ...items.schemas,
  ...approval.schemas,
  ...filing.schemas,
  ...requests.schemas,
  ...ending.schemas,
  ...rooms.schemas,
  ...clock.schemas,
};

/** Payloads of all events by their type. Only they contain people's words and names; the envelope contains none. */
export interface Payloads
  extends declaring.Events,
    answers.Events,
    decisions.Events,
    people.Events,
    items.Events,
    approval.Events,
    filing.Events,
    requests.Events,
    ending.Events,
    rooms.Events,
    clock.Events {}

/** Deciders of all commands but `declare`, which creates the state, and `second` (`decide/guard.ts`). */
export const deciders: Deciders<Exclude<Command['type'], 'declare' | 'second' | 'second_level'>> = {
  ...declaring.deciders,
  ...answers.deciders,
  ...decisions.deciders,
  ...people.deciders,
  ...items.deciders,
  ...approval.deciders,
  ...filing.deciders,
  ...requests.deciders,
  ...ending.deciders,
  ...rooms.deciders,
  ...clock.deciders,
};

export const reducers: Reducers<EventType> = {
  ...declaring.reducers,
  ...answers.reducers,
  ...decisions.reducers,
  ...people.reducers,
  ...items.reducers,
  ...approval.reducers,
  ...filing.reducers,
  ...requests.reducers,
  ...ending.reducers,
  ...rooms.reducers,
  ...clock.reducers,
};

/** Schema of all commands, as embedded in buttons, cards, forms and the API. Every edge validates with it. */
export const commandSchema = z.discriminatedUnion('type', [declare, ...Object.values(others)]);
export type Command = z.infer<typeof commandSchema>;
export type Commands = { [C in Command as C['type']]: C };
export type CommandOf<T extends Command['type']> = Commands[T];

/** Commands that can wait for a second person: every one that changes an incident. */
export type Proposable = Exclude<Command, CommandOf<'declare' | 'second' | 'second_level'>>;
