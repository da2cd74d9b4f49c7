import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Command } from '../../incident/commands.ts';
import type { Source } from '../../law/types.ts';
import type { Action, FormRef, MultiChoice, Text } from '../cards/card.ts';
import { t } from '../cards/situation.ts';

/** One thing to answer. Every option is a complete command: it can be posted as it is. */
export interface Question {
  readonly id: string;
  readonly kind: 'one' | 'many' | 'number' | 'time' | 'text';
  readonly text: Text;
  /** Question in fewer words, for a place with little room. */
  readonly brief: Text | null;
  readonly options: readonly QuestionOption[];
  /** Ticks of a `many` question; its options are the single ones. */
  readonly choice: MultiChoice | null;
  /** Form for an exact value, a time, or several judgements together. */
  readonly form: { readonly label: Text; readonly ref: FormRef } | null;
  readonly why: Text | null;
  /** The words of the law behind `why`. */
  readonly quote: Source | null;
  readonly forWhom: 'anyone' | 'legal';
  /** Set when it was answered "don't know" before. */
  readonly askedBefore: string | null;
}
export interface QuestionOption {
  readonly label: Text;
  readonly intent: Command;
}

export function answer(fact: string, value: StatedValue, label: Text): QuestionOption {
  return { label, intent: { type: 'answer', fact, value } };
}
export function unknownOption(fact: string): QuestionOption {
  return answer(fact, 'unknown', t('common.unknown'));
}

/** Answers to every yes-or-no question in the same order as for the kind of operator, because people press by habit. */
export function noOrYes(fact: string): readonly QuestionOption[] {
  return [answer(fact, false, t('common.no')), answer(fact, true, t('common.yes')), unknownOption(fact)];
}

/** Question with the defaults that most questions share. */
export function question(from: Pick<Question, 'id' | 'kind' | 'text' | 'options'> & Partial<Question>): Question {
  return {
    brief: null,
    choice: null,
    form: null,
    why: null,
    quote: null,
    forWhom: 'anyone',
    askedBefore: null,
    ...from,
  };
}

type Asked = 'system' | 'incident_type' | 'circumstances' | 'ongoing' | 'affected';

/** Question about the incident itself, worded by the catalogue. */
export function asking(
  id: Asked,
  kind: Question['kind'],
  more: Pick<Question, 'options'> & Partial<Question>,
): Question {
  return question({ id, kind, text: t(`ask.${id}`), why: t(`ask.${id}.why`), ...more });
}

/** The options as buttons. */
export function optionActions({ id, options }: Question): readonly Action[] {
  return options.map(
    ({ label, intent }, index): Action => ({ id: `${id}_${index}`, label, does: { kind: 'intent', intent } }),
  );
}

/** The command of ticked values; "don't know" among them is not a value but the answer `'unknown'`. */
export function intentOfChoice(fact: string, chosen: readonly string[]): Command {
  const unknown = chosen.length === 0 || chosen.includes('unknown');
  return { type: 'answer', fact, value: unknown ? 'unknown' : [...chosen] };
}
