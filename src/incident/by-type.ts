import type { Command, Commands, Payloads } from './commands.ts';
import type { EventType } from './record/events.ts';

/** Functions by the type of the command they take. Example: `{ erase: () => 'record' }`. */
export type ByCommand<Result, More extends readonly unknown[] = []> = {
  readonly [T in Command['type']]?: (command: Commands[T], ...more: More) => Result;
};

export type ByEvent<Result, More extends readonly unknown[] = []> = {
  readonly [T in EventType]?: (payload: Payloads[T], ...more: More) => Result;
};

/** Result of the function for a command; undefined where the table has none. */
export function forCommand<T extends Command['type'], Result, More extends readonly unknown[]>(
  table: ByCommand<Result, More>,
  type: T,
  command: Commands[T],
  ...more: More
): Result | undefined {
  return table[type]?.(command, ...more);
}

/** Result of the function for an event; undefined where the table has none. */
export function forEvent<T extends EventType, Result, More extends readonly unknown[]>(
  table: ByEvent<Result, More>,
  type: T,
  payload: Payloads[T],
  ...more: More
): Result | undefined {
  return table[type]?.(payload, ...more);
}
