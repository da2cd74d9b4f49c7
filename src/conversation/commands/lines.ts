import type { Command, CommandOf } from '../../incident/commands.ts';
import type { AbroadPart } from '../../incident/identity.ts';
import type { Action as Right } from '../../incident/people/rights.ts';
import type { EventOf, EventType } from '../../incident/record/events.ts';
import type { Text } from '../cards/card.ts';
import { ofPart, type Situation } from '../cards/situation.ts';
import type { FormKind } from '../forms/form-kind.ts';

/** Confirmations by command type; null if the surfaces show the change sufficiently. */
export type Sayers<T extends Command['type']> = {
  readonly [K in T]: (situation: Situation, command: CommandOf<K>) => Text | null;
};

/** Lines of the time line by event type: the event with its reason; actor and time are shown beside it. */
export type Tellers<T extends EventType> = {
  readonly [K in T]: (situation: Situation, payload: EventOf<K>['payload']) => Text;
};

/**
 * Forms by the name in their buttons. `gives`: the right needed; absent: that of the command with this name. `part`:
 * part of the incident that the form shows or changes; without it the form is not shown in a room abroad.
 */
export type Forms = Readonly<Record<string, FormKind & { readonly gives?: Right; readonly part?: AbroadPart }>>;

/** Text that a person wrote; a room abroad shows it only once such texts are released. */
export const raw = (text: string | undefined): Text => ofPart('texts', text ?? '');
