import { z } from 'zod';
import { isAnswerTo } from '../../../conversation/cards/answered-card.ts';
import type { LocalAction } from '../../../conversation/cards/localise.ts';
import { entryOf as lookUp } from '../../../law/lookup.ts';
import { ticked } from '../../../talk/ticks.ts';
import { DOES, doesOf, formRefSchema } from '../../shared/does.ts';

/** Button with its effect, which is stored here: a card only contains the button's number. */
const effectSchema = z.strictObject({
  label: z.string(),
  does: z.discriminatedUnion('kind', [
    ...DOES,
    /** Replaces the card by its current state. */
    z.strictObject({ kind: z.literal('refresh') }),
  ]),
  confirm: z.string().optional(),
});
export type Effect = z.infer<typeof effectSchema>;

/** Returns true for an answer to a question: typed numbers select only answers; decisions are pressed or named. */
export function isAnswer({ does }: Effect): boolean {
  return does.kind === 'intent' && isAnswerTo(does.intent);
}

/** Returns an action for a card; null for a console page, which nobody can open from here. */
export function entryOf(action: LocalAction): Effect | null {
  const does = doesOf(action.does);
  if (does === null) return null;
  // WeCom's bot cannot create a chat: the view only lists alternatives, so no confirmation is needed.
  const isQuestion = does.kind === 'view' && does.view.view === 'private';
  const { label, confirm } = action;
  return { label, does, ...(confirm === undefined || isQuestion ? {} : { confirm }) };
}

/** Effects of the buttons, drop-down and ticks of one card. */
export const effectsSchema = z.strictObject({
  /** Effects by button key, or by `key/option` if it acts on an option: `b0`, `b1/a3`. */
  does: z.record(z.string(), effectSchema),
  /** True if the options are rows of a list, whose card others go on using. */
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
  /** Drop-downs of a form: its page, the values of their options, and the values chosen on earlier pages. */
  form: z
    .strictObject({
      ref: formRefSchema,
      page: z.number(),
      /** Record version for which the form was opened. */
      opened: z.number().optional(),
      fields: z.array(z.strictObject({ id: z.string(), values: z.array(z.string()), preset: z.string() })),
      values: z.record(z.string(), z.string()),
    })
    .optional(),
  /** Keys of `does` that answer the question, in the order of their numbers. */
  answers: z.array(z.string()),
  /** Key of the button that sends the ticks; absent: every button does. */
  submit: z.string().optional(),
});
export type ButtonEffects = z.infer<typeof effectsSchema>;
export const NO_EFFECTS: ButtonEffects = { does: {}, answers: [] };

/** Reason why a press has no effect. */
export interface Meaningless {
  readonly say: 'wecom.old_card' | 'text.choose_first' | 'text.choose_alone' | 'wecom.not_that_row';
  readonly option: string;
}

/** Returns the effect of a press by data stored with the card: WeCom sends only a button's key and chosen options. */
export function meant({ does, isList, pick, submit }: ButtonEffects, key: string, chosen: readonly string[]) {
  const meaningless = (say: Meaningless['say']): Meaningless => ({ say, option: '' });
  if (submit !== undefined && submit !== key) return meaningless('wecom.old_card');
  if (pick) return picked(pick, chosen);
  // The first row of a list is preselected.
  const option = chosen[0] ?? (isList ? '0' : '');
  const own = lookUp(does, key) ?? lookUp(does, `${key}/${option}`);
  if (own) return own;
  const hasOptions = Object.keys(does).some((one) => one.startsWith(`${key}/`));
  if (!hasOptions) return meaningless('wecom.old_card');
  return meaningless(isList ? 'wecom.not_that_row' : 'text.choose_first');
}

/** Returns the effect of ticked options; an exclusive one ("none", "don't know") cannot be combined. */
export function picked(pick: NonNullable<ButtonEffects['pick']>, ids: readonly string[]): Effect | Meaningless {
  const chosen = ids.flatMap((id) => {
    const [value, label] = [pick.values[Number(id)], pick.labels[Number(id)]];
    return value === undefined ? [] : [{ value, label: label ?? value }];
  });
  const answer = ticked(pick.fact, chosen, pick.alone);
  if ('say' in answer) return answer;
  return { label: chosen.map((one) => one.label).join('、'), does: { kind: 'intent', intent: answer.intent } };
}
