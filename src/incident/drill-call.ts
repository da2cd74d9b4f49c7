import type { BilingualText } from '../law/types.ts';
import type { Inject } from './scenario.ts';
import type { Stamp } from './state.ts';

/** Next turn of a practised call: the question of the officer of 12387, and words from the record that answer it. */
export interface Prompt {
  /** Question of the officer; null while the caller reads the script. */
  readonly asks: BilingualText | null;
  /** Names of the fields that the officer asks for; null while the caller reads the script. */
  readonly labels: BilingualText | null;
  /** Item of the report that the question is about; null while the caller reads the script. */
  readonly item: string | null;
  /** True for a question that was asked before. */
  readonly again: boolean;
  readonly says: BilingualText;
  /** Fields of the report that `says` states or declares not known yet. */
  readonly fields: readonly string[];
  /** Fields among `fields` that the record leaves open: only for them "not known yet" is an answer. */
  readonly open: readonly string[];
}

/** One turn of a practised call: a question, if there was one, and the caller's words; `text` null: no answer. */
export interface CallTurn {
  readonly item: string | null;
  readonly asks: string | null;
  readonly text: string | null;
  readonly said: readonly string[];
}

/** End of a practised call. `receipt`: null if the caller hung up; `items`: their number; `left`: those not stated. */
export interface CallEnd {
  readonly receipt: string | null;
  readonly items: number;
  readonly left: readonly string[];
  /** Later call of the officer with a request; absent if the story of the drill has one, or an earlier call had one. */
  readonly callBack?: Inject;
}

/** Practised call to 12387 in a drill. */
export interface DrillCall extends Stamp {
  /** True once an earlier call ended with a receipt: the script then follows the officer's order. */
  readonly prepared: boolean;
  readonly turns: readonly CallTurn[];
  /** Seconds of wall time from dialling to the first sentence; null before it. */
  readonly firstAfter: number | null;
  readonly ended: (Stamp & CallEnd) | null;
}

/** The call that has not ended; null if there is none. */
export function runningCall({ calls }: { readonly calls: readonly DrillCall[] }): DrillCall | null {
  const last = calls.at(-1);
  return last && !last.ended ? last : null;
}
