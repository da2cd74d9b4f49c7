import type { MessageKey } from '../../../i18n/keys.ts';
import { allMessages } from '../../../i18n/translate.ts';
import { entryOf } from '../../../law/lookup.ts';
import { fold } from '../characters.ts';
import data from './words.json' with { type: 'json' };

type VerbIn<Key> = Key extends `typed.${infer Name}` ? Name : never;
/** Verb of the grammar; kinds of report are verbs of their own. Its words are the text `typed.VERB`, e.g. `new | declare`. */
export type Verb = VerbIn<MessageKey>;

export interface Word {
  /** Folded. The first word of each language is used in help and suggestions. */
  readonly word: string;
  readonly verb: Verb;
  readonly language: 'zh' | 'en';
}

const isVerb = (name: string): name is Verb => allMessages('en').has(`typed.${name}`);

/** Returns the words of a verb, or of another name none, e.g. `['new', 'declare']`. */
export function wordsOf(verb: string, language: Word['language']): readonly string[] {
  const text = isVerb(verb) ? allMessages(language === 'en' ? 'en' : 'zh-CN').get(`typed.${verb}`) : undefined;
  return text?.split(' | ') ?? [];
}

export const VERBS: readonly Verb[] = [...allMessages('en').keys()]
  .map((key) => (key.startsWith('typed.') ? key.slice('typed.'.length) : ''))
  .filter(isVerb);

/** All words, the longest first, so that 新建事件 is tried before 新建 and "take lead" before "take". */
export const ALL_WORDS: readonly Word[] = VERBS.flatMap((verb) =>
  (['en', 'zh'] as const).flatMap((language) =>
    wordsOf(verb, language).map((word): Word => ({ word, verb, language })),
  ),
).sort((left, right) => right.word.length - left.word.length);

/** Returns the card that a verb opens, or the form with another name than the verb's, as a button does. */
export function opensOf(verb: string): { readonly view?: string; readonly form?: string } {
  const view = entryOf(data.views, verb);
  const form = entryOf(data.forms, verb);
  return { ...(view === undefined ? {} : { view }), ...(form === undefined ? {} : { form }) };
}

/** Returns true if a hint may suggest the verb: it only shows, opens or notes something, and moves no clock. */
export function isHint(verb: Verb): boolean {
  return Object.hasOwn(data.views, verb) || data.hints.includes(verb);
}

/** Chinese verbs that may be followed by their object without a space: 确认较大, 改为重大. The object is checked. */
export const TIGHT: ReadonlySet<string> = new Set(data.tight);

/** Verbs that may be followed by the name of a field without a space: 记录措施：断网. */
export const TIGHT_BEFORE_FIELD: ReadonlySet<string> = new Set(data.tightBeforeField);

/** Pattern of polite words and particles that may follow a complete command. */
export const POLITE = /^(?:please|pls|now|thanks|thank you|吧|一下|谢谢|了|[.!?~]| )*$/;

/** Returns the verb that is the whole text, like a button's label; null for any other text. */
export function verbAlone(text: string): Verb | null {
  const folded = fold(text).trim();
  return ALL_WORDS.find(({ word }) => word === folded)?.verb ?? null;
}

/** Returns true for yes, false for no, in either language; null for anything else. Takes folded text. */
export function yesOrNoIn(folded: string): boolean | null {
  const is = (verb: 'yes' | 'no'): boolean =>
    ALL_WORDS.some(
      ({ word, verb: of }) => of === verb && folded.startsWith(word) && POLITE.test(folded.slice(word.length)),
    );
  return is('yes') ? true : is('no') ? false : null;
}

/** Usual names of fields before a colon, in addition to the regime's labels. */
export const FIELD_WORDS: readonly string[] = data.fields;

const LONGEST_WORD = 24;
/** Number of characters that may follow a misspelt Chinese word without a space. */
const RUN_ON = 4;

/** Returns the edit distance including swaps of neighbours; the words are short, so the quadratic table is small. */
export function distance(left: string, right: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left.charAt(row - 1) === right.charAt(column - 1);
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        left.charAt(row - 1) === right.charAt(column - 2) && left.charAt(row - 2) === right.charAt(column - 1);
      if (row > 1 && column > 1 && swapped) best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** Returns the number of typing errors allowed: one from 2 Chinese characters or 4 letters, two from 4 or 7. */
function allowance(word: string, language: 'zh' | 'en'): number {
  if (language === 'zh') return word.length >= 4 ? 2 : word.length >= 2 ? 1 : 0;
  return word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0;
}

export interface Suggestion {
  readonly word: string;
  /** Typing errors between the line and the word. */
  readonly errors: number;
}

/** Words that a hint may suggest, with the typing errors allowed in each. */
const HINTS = ALL_WORDS.filter(({ verb }) => isHint(verb))
  .map(({ word, language }) => ({ word, language, most: allowance(word, language) }))
  .filter(({ most }) => most > 0);

/** Returns the command word nearest to the beginning of a folded line; undefined if none is near. */
export function suggestFor(folded: string): Suggestion | undefined {
  const head = folded.slice(0, LONGEST_WORD * 2);
  const [first = '', second = ''] = head.split(/[ :,]+/);
  const both = `${first} ${second}`;
  let best: (Suggestion & { readonly score: number }) | undefined;
  for (const { word, language, most } of HINTS) {
    if (language === 'zh' && word.length < 3 && first.charAt(0) !== word.charAt(0)) continue;
    // A long sentence with a similar beginning is not a misspelling of a Chinese word.
    const begins = language === 'zh' && first.length <= word.length + RUN_ON;
    for (const attempt of begins ? [first, both, first.slice(0, word.length)] : [first, both]) {
      if (Math.abs(attempt.length - word.length) > most || attempt.length > LONGEST_WORD) continue;
      if (differs(attempt, word, most)) continue;
      const errors = distance(attempt, word);
      // A word without errors is the verb itself, which was tried before.
      if (errors === 0) continue;
      const score = errors / word.length;
      if (errors <= most && (best === undefined || score < best.score)) best = { word, errors, score };
    }
  }
  return best && { word: best.word, errors: best.errors };
}

/** Returns true if more characters of a word are missing in the text than typing errors are allowed. */
function differs(text: string, word: string, most: number): boolean {
  let missing = 0;
  for (const character of word) {
    if (!text.includes(character)) missing += 1;
    if (missing > most) return true;
  }
  return false;
}
