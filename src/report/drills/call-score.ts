import { z } from 'zod';
import type { DrillCall } from '../../incident/drill-call.ts';
import type { Immutable } from '../../law/types.ts';
import { secondsOf } from '../channels/call.ts';

export const callScoreSchema = z.strictObject({
  call: z.number(),
  /** Number of items in the report; `left`: ids of items with an unstated field. */
  items: z.number(),
  left: z.array(z.string()),
  /** Questions of the officer that got no answer. */
  open: z.number(),
  /** Seconds that all words of the call take at dictation speed. */
  seconds: z.number(),
  /** Seconds (wall time) from dialling to the first sentence; null if none was said. */
  firstAfter: z.number().nullable(),
  /** Percentage by which the call is shorter than the first; null for the first. */
  shorter: z.number().nullable(),
  receipt: z.string().nullable(),
});
export type CallScore = Immutable<z.infer<typeof callScoreSchema>>;

/** Targets (percent): items that a good call states, and how much shorter a second call is than the first. */
export const GOOD_CALL = { said: 95, shorter: 30 } as const;

/** Results of the ended calls of a drill, oldest first. */
export function callScores(calls: readonly DrillCall[]): readonly CallScore[] {
  const ended = calls.flatMap((one, index) => (one.ended ? [{ ...one, ended: one.ended, call: index + 1 }] : []));
  const length = (call: { readonly turns: DrillCall['turns'] } | undefined): number => secondsOf(call?.turns ?? []);
  const first = ended.find(({ ended: end }) => end.receipt !== null);
  return ended.map((one) => {
    const { items, left, receipt } = one.ended;
    const isLater = first !== undefined && one.call > first.call && length(first) > 0;
    const asked = new Set(one.turns.flatMap(({ item }) => item ?? []));
    return {
      ...{ call: one.call, items, left, receipt, seconds: length(one), firstAfter: one.firstAfter },
      open: [...asked].filter((item) => left.includes(item)).length,
      shorter: isLater ? Math.round(100 * (1 - length(one) / length(first))) : null,
    };
  });
}

/** Points of the last call with a receipt, one each: items stated, no question unanswered, shorter than the first. */
export function callPoints(scores: readonly CallScore[]): { readonly points: number; readonly of: number } {
  const last = scores.findLast(({ receipt }) => receipt !== null);
  if (!last) return { points: 0, of: 0 };
  const met = [
    100 * (last.items - last.left.length) >= GOOD_CALL.said * last.items,
    last.open === 0,
    ...(last.shorter === null ? [] : [last.shorter >= GOOD_CALL.shorter]),
  ];
  return { points: met.filter(Boolean).length, of: met.length };
}
