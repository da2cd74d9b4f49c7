import { z } from 'zod';
import type { LocalAction } from '../../../conversation/cards/localise.ts';
import { DOES, doesOf, formRefSchema } from '../../shared/does.ts';

/** Effect of a button. It never leaves this side: a card only carries the number of the button. */
export const doesSchema = z.discriminatedUnion('kind', [
  ...DOES,
  /** Shows the card anew in its place. */
  z.strictObject({ kind: z.literal('refresh') }),
]);

export const entrySchema = z.strictObject({ label: z.string(), does: doesSchema, confirm: z.string().optional() });
export type Entry = z.infer<typeof entrySchema>;

/** Returns true if it answers a question. Only that may be given by a bare number: a decision is pressed or named. */
export function isAnswer({ does }: Entry): boolean {
  return does.kind === 'intent' && (does.intent.type === 'answer' || does.intent.type === 'add_awareness');
}

/** Effects of the buttons, drop-down and ticks of one card. */
export const boundSchema = z.strictObject({
  buttons: z.record(z.string(), entrySchema),
  /** With a drop-down: what a button does for each of its options. */
  rows: z.record(z.string(), z.record(z.string(), entrySchema)).optional(),
  /** Ticks of a question: the fact, its values by option id, and those that stand alone. */
  pick: z
    .strictObject({
      fact: z.string(),
      values: z.array(z.string()),
      labels: z.array(z.string()),
      alone: z.array(z.string()),
    })
    .optional(),
  /** One of many: what each option does. */
  choose: z.array(entrySchema).optional(),
  /** Drop-downs of a form: a page of it, the values behind its options, and what earlier pages came to. */
  form: z
    .strictObject({
      ref: formRefSchema,
      page: z.number(),
      fields: z.array(z.strictObject({ id: z.string(), values: z.array(z.string()), preset: z.string() })),
      values: z.record(z.string(), z.string()),
    })
    .optional(),
  /** Keys of the buttons that answer the question, in the order in which they are numbered. */
  answers: z.array(z.string()),
  /** Key of the button that sends ticks; absent: any. */
  submit: z.string().optional(),
});
export type Bound = z.infer<typeof boundSchema>;
export const NOTHING_BOUND: Bound = { buttons: {}, answers: [] };

/** An action as a card can carry it; null for a page of the console, which nobody can open from here. */
export function entryOf(action: LocalAction): Entry | null {
  const does = doesOf(action.does);
  if (does === null) return null;
  // No room can be made here: the view says what there is instead, and changes nothing that has to be confirmed.
  const isQuestion = does.kind === 'view' && does.view.view === 'private';
  return {
    label: action.label,
    does,
    ...(action.confirm === undefined || isQuestion ? {} : { confirm: action.confirm }),
  };
}
