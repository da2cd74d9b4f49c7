import { LANGUAGES } from '../../incident/identity.ts';
import type { Text } from '../cards/card.ts';
import { localise } from '../cards/localise.ts';
import { fold } from '../text/characters.ts';
import { yesOrNoIn } from '../text/commands/command-words.ts';
import { meansUnknown } from '../text/commands/known-words.ts';
import { type Question, wholeLabel } from './question.ts';

/** Readers of options that people type by name, in lines and in fields of forms. */

const SEPARATORS = /^(?:[ ,;+&/]|和|及|与|以及|and(?= ))+/;

/** Generic words at the end of a label that people leave out: 数据泄露 for 数据泄露事件. */
const KIND = /(?<=..)(?:网络安全事件|事件|运营者)$/u;

/**
 * Accepted forms of a label: as it is, without the examples after it, without the Chinese term before an English one,
 * and without the generic word at its end.
 */
export function typedForms(label: string): readonly string[] {
  const whole = fold(label).trim();
  const bare = whole.replace(/ *\([^)]*\)$/, '').trim();
  const short = bare.replace(KIND, '');
  return [...new Set([whole, bare, bare.replace(/^[\p{Script=Han}/]+ +/u, ''), short])].filter((one) => one !== '');
}

/** Accepted forms of a text, in both languages. */
export function typedText(text: Text): readonly string[] {
  return LANGUAGES.flatMap((language) => typedForms(localise(text, language)));
}

export interface NamedOption {
  readonly value: string;
  /** True for an option that cannot be chosen together with others. */
  readonly isAlone: boolean;
  readonly labels: readonly string[];
}

/** Options that a text consists of; null if it contains anything else. */
export function optionsIn(text: string, options: readonly NamedOption[]): readonly NamedOption[] | null {
  const found = new Set<NamedOption>();
  for (let rest = fold(text).trim(); rest !== ''; ) {
    const begins = options.flatMap((option) =>
      option.labels.filter((label) => rest.startsWith(label)).map((label) => ({ option, label })),
    );
    const [longest] = begins.toSorted((left, right) => right.label.length - left.label.length);
    if (!longest) return null;
    found.add(longest.option);
    rest = rest.slice(longest.label.length);
    if (/^[.!]*$/.test(rest)) break;
    const separators = SEPARATORS.exec(rest)?.[0] ?? '';
    if (separators === '') return null;
    rest = rest.slice(separators.length);
  }
  return found.size > 0 ? [...found] : null;
}

/**
 * Options named by words: by their labels, or by another word for yes, for no (if both are options), or for "not
 * known". Null if the words contain anything else, or if the options exclude each other.
 */
export function optionsNamed(words: string, options: readonly NamedOption[]): readonly NamedOption[] | null {
  const found = optionsIn(words, options);
  if (found) return found.length > 1 && found.some(({ isAlone }) => isAlone) ? null : found;
  const folded = fold(words).trim();
  const said = yesOrNoIn(folded);
  if (said !== null) {
    const meaning = (yes: boolean) => options.find(({ labels }) => labels.some((label) => yesOrNoIn(label) === yes));
    const [yes, no] = [meaning(true), meaning(false)];
    return yes && no ? [said ? yes : no] : null;
  }
  const unknown = options.find(({ labels }) => labels.some(meansUnknown));
  return unknown && meansUnknown(folded.replace(/[.!;,?]+$/, '').trim()) ? [unknown] : null;
}

/** Options of a question, in the same form for ticks and for buttons. */
export function optionsOf(question: Question): readonly NamedOption[] {
  const { choice, options } = question;
  if (choice) {
    return choice.options.map(({ value, label, exclusive }) => ({
      value,
      isAlone: exclusive === true,
      labels: typedText(label),
    }));
  }
  return options.map((option, index) => {
    const labels = [...new Set([...typedText(option.label), ...typedText(wholeLabel(question, option))])];
    return { value: String(index), isAlone: true, labels };
  });
}
