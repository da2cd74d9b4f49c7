import type { Command, Commands, Payloads } from './commands.ts';
import type { EventType, IncidentEvent } from './record/events.ts';

/** Functions by the type of the command they take. Example: `{ erase: () => 'record' }`. */
export type ByCommand<Result, More extends readonly unknown[] = []> = {
  readonly [T in Command['type']]?: (command: Commands[T], ...more: More) => Result;
};

/** Functions by the type of the event whose payload they take. */
export type ByEvent<Result, More extends readonly unknown[] = []> = {
  readonly [T in EventType]?: (payload: Payloads[T], ...more: More) => Result;
};

/** Result of the function for a command; undefined where the table has none. */
export function forCommand<Result, More extends readonly unknown[]>(
  table: ByCommand<Result, More>,
  command: Command,
  ...more: More
): Result | undefined {
  const call = <T extends Command['type']>(type: T, given: Commands[T]) => table[type]?.(given, ...more);
  return call(command.type, command);
}

/** Result of the function for an event; undefined where the table has none. */
export function forEvent<Result, More extends readonly unknown[]>(
  table: ByEvent<Result, More>,
  event: IncidentEvent,
  ...more: More
): Result | undefined {
  const call = <T extends EventType>(type: T, payload: Payloads[T]) => table[type]?.(payload, ...more);
  return call(event.type, event.payload);
}
