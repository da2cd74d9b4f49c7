import { LANGUAGES } from '../../incident/identity.ts';
import type { FactUnit } from '../../law/regime.ts';
import { intentOfChoice, type Question } from '../asking/question.ts';
import { readNumber } from '../asking/value-readings.ts';
import type { Text } from '../cards/card.ts';
import { definitionOf, factLabel } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import type { Situation } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { commands, type Meaning } from './meaning.ts';

/** Answers with a name: options by their labels, and "name: value". */

const SEPARATORS = /^(?:[ ,;+&/]|和|及|与|以及|and(?= ))+/;

/** As it is typed: folded, without the examples behind it, and without the Chinese term in front of the English one. */
function typed(text: Text): readonly string[] {
  return LANGUAGES.flatMap((language) => {
    const whole = fold(localise(text, language))
      .replace(/ *\([^)]*\)$/, '')
      .trim();
    return [whole, whole.replace(/^[\p{Script=Han}/]+ +/u, '')];
  });
}

interface Option {
  readonly value: string;
  readonly isAlone: boolean;
  readonly labels: readonly string[];
}

/** The options a text consists of; null if there is anything else in it. */
function consistsOf(text: string, options: readonly Option[]): readonly Option[] | null {
  const found = new Set<Option>();
  for (
    let rest = fold(text)
      .replace(/[.!]+$/, '')
      .trim();
    rest !== '';
  ) {
    const begins = options.flatMap((option) =>
      option.labels.filter((label) => label !== '' && rest.startsWith(label)).map((label) => ({ option, label })),
    );
    const [longest] = begins.toSorted((left, right) => right.label.length - left.label.length);
    if (!longest) return null;
    found.add(longest.option);
    rest = rest.slice(longest.label.length);
    const separators = SEPARATORS.exec(rest)?.[0] ?? '';
    if (rest !== '' && separators === '') return null;
    rest = rest.slice(separators.length);
  }
  return found.size > 0 ? [...found] : null;
}

/** An answer by the labels of options, in either language. `ticks`: only what may be ticked together with others. */
export function optionsNamed(text: string, question: Question, ticks: 'all' | 'together' = 'all'): Meaning | null {
  const { choice } = question;
  if (!choice) {
    const word = fold(text).trim();
    const option = ticks === 'all' ? question.options.find(({ label }) => typed(label).includes(word)) : undefined;
    return option ? commands(option.intent) : null;
  }
  const options = choice.options.map(({ value, label, exclusive }) => ({
    value,
    isAlone: exclusive === true,
    labels: typed(label),
  }));
  const found = consistsOf(text, options);
  const alone = found?.filter(({ isAlone }) => isAlone) ?? [];
  if (!found || (alone.length > 0 && (found.length > 1 || ticks === 'together'))) return null;
  return commands(
    intentOfChoice(
      choice.fact,
      found.map(({ value }) => value),
    ),
  );
}

/** The fact a question asks about; null if it is put together from several. */
export function factOf(question: Question): string | null {
  if (question.choice) return question.choice.fact;
  const intents = question.options.map(({ intent }) => intent);
  const answers = intents.find((intent) => intent.type === 'answer');
  return answers?.type === 'answer' ? answers.fact : null;
}

/** Words for a figure of this kind in front of a colon; matched against folded text. */
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
  const words = [...typed(question.text), ...(fact === null ? [] : typed(factLabel(regime, fact)))];
  return words.some((one) => one.includes(name)) || (unit !== undefined && FIGURE_WORDS[unit].test(name));
}

/** A field of the report in front of a colon answers the question only where what follows can be nothing else. */
export function fieldAnswers(
  { field, text }: { readonly field: string; readonly text: string },
  situation: Situation,
  question: Question,
): Meaning | null {
  const name = fold(field);
  if (question.choice) return optionsNamed(text, question, isAbout(name, question, situation) ? 'all' : 'together');
  const fact = factOf(question);
  const definition = fact === null ? null : definitionOf(situation.regime, fact);
  if (fact === null || definition?.kind !== 'number') return null;
  const reading = readNumber(`${field}：${text}`, definition.unit);
  return reading.ok ? commands({ type: 'answer', fact, value: reading.value }) : null;
}

const NAMED = /^([^:：\n]{2,20})[:：]\s*(.+)$/s;

/** The value of "持续时间：2小时" if its name is that of what is asked; null if it is not. */
export function valueOfNamed(line: string, situation: Situation, question: Question): string | null {
  const [, name = '', value = ''] = NAMED.exec(line.trim()) ?? [];
  return name !== '' && isAbout(fold(name).trim(), question, situation) ? value : null;
}
