import type { Bound, Does } from '../cards/does.ts';
import type { Task } from '../cards/task.ts';
import { PICK_QUESTION, ROW_QUESTION, SUBMIT_KEY } from '../cards/template.ts';
import type { Incoming } from './wire.ts';

/** What a click means: something to do, with the words of the button; or why it means nothing. */
export type Choice =
  | { readonly kind: 'does'; readonly does: Does; readonly label: string }
  | { readonly kind: 'none' }
  /** Ticked together with others although it stands alone. */
  | { readonly kind: 'alone'; readonly option: string };

/** Looks a click up on our side: WeCom brings only the number of a button and of what was ticked. */
export function choiceOf({ bound }: Task, click: Pick<Incoming, 'eventKey' | 'selected'>): Choice {
  const { eventKey, selected } = click;
  if (bound.pick && eventKey === SUBMIT_KEY) return picked(bound.pick, selected[PICK_QUESTION] ?? []);
  const entry =
    bound.choose && eventKey === SUBMIT_KEY
      ? bound.choose[Number(selected[PICK_QUESTION]?.[0] ?? -1)]
      : (bound.buttons[eventKey] ?? bound.rows?.[selected[ROW_QUESTION]?.[0] ?? '0']?.[eventKey]);
  return entry ? { kind: 'does', does: entry.does, label: entry.label } : { kind: 'none' };
}

function picked(pick: NonNullable<Bound['pick']>, ids: readonly string[]): Choice {
  const chosen = ids.flatMap((id) => {
    const value = pick.values[Number(id)];
    const label = pick.labels[Number(id)];
    return value === undefined || label === undefined ? [] : [{ value, label }];
  });
  if (chosen.length === 0) return { kind: 'none' };
  const alone = chosen.find(({ value }) => pick.alone.includes(value));
  if (alone && chosen.length > 1) return { kind: 'alone', option: alone.label };
  return {
    kind: 'does',
    does: { kind: 'intent', intent: { type: 'answer', fact: pick.fact, value: chosen.map(({ value }) => value) } },
    label: chosen.map(({ label }) => label).join('、'),
  };
}
