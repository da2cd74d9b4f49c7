import { definitionOf } from '../../law/pack.ts';
import type { FactUnit } from '../../law/regime.ts';
import { factName as factLabel } from '../../report/values.ts';
import { optionsIn, optionsNamed, optionsOf, typedText } from '../asking/named-options.ts';
import { intentOfChoice, type Question } from '../asking/question.ts';
import { factOf } from '../asking/read-answer.ts';
import { readNumber } from '../asking/value-readings.ts';
import type { Situation } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { commands, type Meaning } from './meaning.ts';

/** Answers of the form "name: value". */

/** Words before a colon that name a figure of this unit; matched against folded text. */
const FIGURE_WORDS: Readonly<Record<FactUnit, RegExp>> = {
  minutes: /时长|持续|时间$|duration|how long/,
  people: /人数|people/,
  cny: /损失|金额|loss|amount/,
  percent: /比例|占比|share|per ?cent/,
  count: /次数|数量|times|number/,
};

/** Returns true if the name in "name: …" refers to the open question. */
function isAbout(name: string, question: Question, { regime }: Situation): boolean {
  const fact = factOf(question);
  const unit = fact === null ? undefined : definitionOf(regime, fact)?.unit;
  const words = [...typedText(question.text), ...(fact === null ? [] : typedText(factLabel(regime, fact)))];
  return words.some((one) => one.includes(name)) || (unit !== undefined && FIGURE_WORDS[unit].test(name));
}

/** Returns the answer from a text after a field's name, only if the text cannot mean anything else. */
export function fieldAnswers(
  { field, text }: { readonly field: string; readonly text: string },
  situation: Situation,
  question: Question,
): Meaning | null {
  const name = fold(field);
  if (question.choice) return ticksNamed(text, question, isAbout(name, question, situation));
  const fact = factOf(question);
  const definition = fact === null ? null : definitionOf(situation.regime, fact);
  if (fact === null || definition?.kind !== 'number') return null;
  const reading = readNumber(`${field}：${text}`, definition.unit);
  return reading.ok ? commands({ type: 'answer', fact, value: reading.value }) : null;
}

/** Returns the ticks by their labels; exclusive options only if the name before the colon is the question's. */
function ticksNamed(text: string, question: Question, isAsked: boolean): Meaning | null {
  const found = (isAsked ? optionsNamed : optionsIn)(text, optionsOf(question));
  const alone = found?.some(({ isAlone }) => isAlone) ?? false;
  if (!question.choice || !found || (alone && (found.length > 1 || !isAsked))) return null;
  const values = found.map(({ value }) => value);
  return commands(intentOfChoice(question.choice.fact, values));
}

const NAMED = /^([^:：\n]{2,20})[:：]\s*(.+)$/s;

/** Returns the value of "持续时间：2小时" if the name is that of the question; null otherwise. */
export function valueOfNamed(line: string, situation: Situation, question: Question): string | null {
  const [, name = '', value = ''] = NAMED.exec(line.trim()) ?? [];
  return name !== '' && isAbout(fold(name).trim(), question, situation) ? value : null;
}
