import type { Command } from '../incident/commands.ts';

/** A chosen option with the label people see. */
export interface Tick {
  readonly value: string;
  readonly label: string;
}
/** Answer of the ticks, or the reason why there is none. */
export type Ticked =
  | { readonly intent: Extract<Command, { type: 'answer' }> }
  | { readonly say: 'text.choose_first' | 'text.choose_alone'; readonly option: string };

/** Returns the answer to `fact` from the chosen options; one of `alone` ("none", "don't know") excludes all others. */
export function ticked(fact: string, chosen: readonly Tick[], alone: readonly string[]): Ticked {
  if (chosen.length === 0) return { say: 'text.choose_first', option: '' };
  const single = chosen.find(({ value }) => alone.includes(value));
  if (single && chosen.length > 1) return { say: 'text.choose_alone', option: single.label };
  const value = single?.value === 'unknown' ? 'unknown' : chosen.map((one) => one.value);
  return { intent: { type: 'answer', fact, value } };
}
