import { entryOf } from '../../../law/lookup.ts';
import { ticked } from '../../../talk/ticks.ts';
import type { Bound, Entry } from './does.ts';

/** Reason why a press has no effect. */
export interface Meaningless {
  readonly say: 'wecom.old_card' | 'text.choose_first' | 'text.choose_alone' | 'wecom.not_that_row';
  readonly option: string;
}
const meaningless = (say: Meaningless['say'], option = ''): Meaningless => ({ say, option });

/**
 * Meaning of a press, from the data kept with the card: WeCom sends only the number of a button and of the ticked
 * options.
 */
export function meant(bound: Bound, key: string, ticked: readonly string[]): Entry | Meaningless {
  if (bound.submit !== undefined && bound.submit !== key) return meaningless('wecom.old_card');
  if (bound.pick) return picked(bound.pick, ticked);
  if (bound.choose) return bound.choose[Number(ticked[0] ?? '-1')] ?? meaningless('text.choose_first');
  const own = entryOf(bound.buttons, key);
  if (own) return own;
  const rows = bound.rows ?? {};
  if (!Object.values(rows).some((row) => entryOf(row, key))) return meaningless('wecom.old_card');
  const row = entryOf(rows, ticked[0] ?? '0');
  if (!row) return meaningless('text.choose_first');
  return entryOf(row, key) ?? meaningless('wecom.not_that_row');
}

/** Entry for the ticked options; an exclusive one ("none", "don't know") cannot be combined with others. */
export function picked(pick: NonNullable<Bound['pick']>, ids: readonly string[]): Entry | Meaningless {
  const chosen = ids.flatMap((id) => {
    const [value, label] = [pick.values[Number(id)], pick.labels[Number(id)]];
    return value === undefined ? [] : [{ value, label: label ?? value }];
  });
  const answer = ticked(pick.fact, chosen, pick.alone);
  if ('say' in answer) return answer;
  return { label: chosen.map((one) => one.label).join('、'), does: { kind: 'intent', intent: answer.intent } };
}
