import { z } from 'zod';
import type { LocalAction } from '../../../conversation/cards/localise.ts';
import { entryOf as lookUp } from '../../../law/lookup.ts';
import { ticked } from '../../../talk/ticks.ts';
import { DOES, doesOf, formRefSchema } from '../../shared/does.ts';

/** A button with its effect, which never leaves this side: a card only carries the number of the button. */
const effectSchema = z.strictObject({
  label: z.string(),
  does: z.discriminatedUnion('kind', [
    ...DOES,
    /** Shows the card anew in its place. */
    z.strictObject({ kind: z.literal('refresh') }),
  ]),
  confirm: z.string().optional(),
});
export type Effect = z.infer<typeof effectSchema>;

/** Returns true if it answers a question. Only that may be given by a bare number: a decision is pressed or named. */
export function isAnswer({ does }: Effect): boolean {
  return does.kind === 'intent' && (does.intent.type === 'answer' || does.intent.type === 'add_awareness');
}

/** An action as a card can carry it; null for a page of the console, which nobody can open from here. */
export function entryOf(action: LocalAction): Effect | null {
  const does = doesOf(action.does);
  if (does === null) return null;
  // WeCom's bot cannot make a chat: the view lists the alternatives, and changes nothing that needs a confirmation.
  const isQuestion = does.kind === 'view' && does.view.view === 'private';
  const { label, confirm } = action;
  return { label, does, ...(confirm === undefined || isQuestion ? {} : { confirm }) };
}

/** Effects of the buttons, drop-down and ticks of one card. */
export const effectsSchema = z.strictObject({
  /** Effects by the key of a button, or by `key/option` if it acts on an option: `b0`, `b1/a3`. */
  does: z.record(z.string(), effectSchema),
  /** The options are rows of a list: others go on using the card. */
  isList: z.boolean().optional(),
  /** Ticks of a question: the fact, its values by option id, and the exclusive ones. */
  pick: z
    .strictObject({
      fact: z.string(),
      values: z.array(z.string()),
      labels: z.array(z.string()),
      alone: z.array(z.string()),
    })
    .optional(),
  /** Drop-downs of a form: a page of it, the values of its options, and the values chosen on earlier pages. */
  form: z
    .strictObject({
      ref: formRefSchema,
      page: z.number(),
      /** Version of the record for which the form was opened. */
      opened: z.number().optional(),
      fields: z.array(z.strictObject({ id: z.string(), values: z.array(z.string()), preset: z.string() })),
      values: z.record(z.string(), z.string()),
    })
    .optional(),
  /** Keys of `does` that answer the question, in the order in which they are numbered. */
  answers: z.array(z.string()),
  /** Key of the button that sends ticks; absent: any. */
  submit: z.string().optional(),
});
export type ButtonEffects = z.infer<typeof effectsSchema>;
export const NO_EFFECTS: ButtonEffects = { does: {}, answers: [] };

/** Reason why a press has no effect. */
export interface Meaningless {
  readonly say: 'wecom.old_card' | 'text.choose_first' | 'text.choose_alone' | 'wecom.not_that_row';
  readonly option: string;
}

/** Meaning of a press, from data kept with the card: WeCom sends only the numbers of a button and the chosen options. */
export function meant({ does, isList, pick, submit }: ButtonEffects, key: string, chosen: readonly string[]) {
  const meaningless = (say: Meaningless['say']): Meaningless => ({ say, option: '' });
  if (submit !== undefined && submit !== key) return meaningless('wecom.old_card');
  if (pick) return picked(pick, chosen);
  // The first row of a list is chosen from the beginning.
  const option = chosen[0] ?? (isList ? '0' : '');
  const own = lookUp(does, key) ?? lookUp(does, `${key}/${option}`);
  if (own) return own;
  const hasOptions = Object.keys(does).some((one) => one.startsWith(`${key}/`));
  if (!hasOptions) return meaningless('wecom.old_card');
  return meaningless(isList ? 'wecom.not_that_row' : 'text.choose_first');
}

/** Effect for the ticked options; an exclusive one ("none", "don't know") cannot be combined with others. */
export function picked(pick: NonNullable<ButtonEffects['pick']>, ids: readonly string[]): Effect | Meaningless {
  const chosen = ids.flatMap((id) => {
    const [value, label] = [pick.values[Number(id)], pick.labels[Number(id)]];
    return value === undefined ? [] : [{ value, label: label ?? value }];
  });
  const answer = ticked(pick.fact, chosen, pick.alone);
  if ('say' in answer) return answer;
  return { label: chosen.map((one) => one.label).join('、'), does: { kind: 'intent', intent: answer.intent } };
}
