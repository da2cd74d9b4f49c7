import { isMessageKey } from '../../i18n/translate.ts';
import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Command } from '../../incident/commands.ts';
import type { Regime } from '../../law/regime.ts';
import type { Source } from '../../law/types.ts';
import type { Action, FormRef, MultiChoice, Text } from '../cards/card.ts';
import { figureLabel } from '../cards/fact-text.ts';
import { operatorClause, type Situation, t } from '../cards/situation.ts';

/** Question to answer. Every option is a complete command that can be sent as it is. */
export interface Question {
  readonly id: string;
  readonly kind: 'one' | 'many' | 'number' | 'time' | 'text';
  readonly text: Text;
  /** Name of what is asked, in few characters, e.g. 涉嫌犯罪. */
  readonly name: Text;
  /** Shorter text of the question, for a place with little room. */
  readonly brief: Text | null;
  readonly options: readonly QuestionOption[];
  /** Ticks of a `many` question; `options` then has the single answers. */
  readonly choice: MultiChoice | null;
  /** Form for an exact value, a time, or several judgements together. */
  readonly form: { readonly label: Text; readonly ref: FormRef } | null;
  readonly why: Text | null;
  /** Quotation of the law that proves `why`. */
  readonly quote: Source | null;
  readonly forWhom: 'anyone' | 'legal';
  /** Instant of an earlier "don't know"; null if there is none. */
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

/** Options of every yes-or-no question, in the same order as for the kind of operator: people press by habit. */
export function noOrYes(fact: string): readonly QuestionOption[] {
  return [answer(fact, false, t('common.no')), answer(fact, true, t('common.yes')), unknownOption(fact)];
}

/** Name of a fact in few characters, for the label of a button; without a short one, its usual name. */
export function shortName(regime: Regime, fact: string): Text {
  const key = `ask.name.${fact}`;
  const kind = fact === 'operator' ? operatorClause(regime, regime.operatorQuestion?.asked) : null;
  return kind ?? (isMessageKey(key) ? t(key) : figureLabel(regime, fact));
}

/** Question with defaults for all properties that are not given. */
export function question(
  { regime }: Pick<Situation, 'regime'>,
  from: Pick<Question, 'id' | 'kind' | 'text' | 'options'> & Partial<Question>,
): Question {
  return {
    name: shortName(regime, from.id),
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

/** Question about the incident itself, with its text from the message catalogue. */
export function asking(
  situation: Pick<Situation, 'regime'>,
  id: Asked,
  kind: Question['kind'],
  more: Pick<Question, 'options'> & Partial<Question>,
): Question {
  return question(situation, { id, kind, text: t(`ask.${id}`), why: t(`ask.${id}.why`), ...more });
}

export function optionActions({ id, name, options }: Question): readonly Action[] {
  return options.map(
    (option, index): Action => ({
      id: `${id}_${index}`,
      label: option.label,
      answers: { fact: id, ...(isBare(option) ? { name } : {}) },
      does: { kind: 'intent', intent: option.intent },
    }),
  );
}

/** Label of an option with the name of its question, if the label alone does not say what it answers. */
export function wholeLabel({ name }: Question, option: QuestionOption): Text {
  return isBare(option) ? t('ask.answer_of', { name, label: option.label }) : option.label;
}

/** Returns true for an option whose label names nothing: yes, no, "don't know", none, a figure, a time. */
function isBare({ label, intent }: QuestionOption): boolean {
  const value = intent.type === 'answer' ? intent.value : null;
  const isNone = value === 'none' || (Array.isArray(value) && value.includes('none'));
  return isNone || isBareLabel(label);
}

/** Returns true for a label that says only yes, no, a figure, or "another" without what. */
export function isBareLabel(label: Text): boolean {
  return 'key' in label && BARE.test(label.key);
}
const BARE =
  /^(?:common\.(?:yes|no|unknown)|aspect\.unknown|ask\.(?:operator\.(?:yes|no)|awareness\.earlier|ongoing\.other|several)|act\.exact|band\..*|value\.count)$/;

/** Command for ticked values; a tick on "don't know", or none, gives the answer `'unknown'`. */
export function intentOfChoice(fact: string, chosen: readonly string[]): Command {
  const unknown = chosen.length === 0 || chosen.includes('unknown');
  return { type: 'answer', fact, value: unknown ? 'unknown' : [...chosen] };
}
