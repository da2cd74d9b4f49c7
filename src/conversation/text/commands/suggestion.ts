import { ALL_WORDS, WORDS } from './command-words.ts';

const LONGEST_WORD = 24;
/** Characters that may follow a misspelt Chinese word without a space. */
const RUN_ON = 4;

/** Edit distance with swaps of neighbours; both words are short, so the quadratic table is small. */
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

/** Number of typing errors allowed: two Chinese characters carry as much as five letters. */
function allowance(word: string, language: 'zh' | 'en'): number {
  if (language === 'zh') return word.length >= 4 ? 2 : word.length >= 2 ? 1 : 0;
  return word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0;
}

export interface Suggestion {
  readonly word: string;
  /** Typing errors between the line and the word. */
  readonly errors: number;
}

/** The command word nearest to the beginning of a folded line, or undefined when nothing is near. */
export function suggestFor(folded: string): Suggestion | undefined {
  const head = folded.slice(0, LONGEST_WORD * 2);
  const [first = '', second = ''] = head.split(/[ :,]+/);
  let best: (Suggestion & { readonly score: number }) | undefined;
  for (const { word, language, verb } of ALL_WORDS) {
    if (!WORDS[verb].hint) continue;
    const most = allowance(word, language);
    if (most === 0 || (language === 'zh' && word.length < 3 && first.charAt(0) !== word.charAt(0))) continue;
    // A sentence that only begins like a Chinese word is no misspelling of it.
    const begins = language === 'zh' && first.length <= word.length + RUN_ON;
    for (const attempt of [first, `${first} ${second}`, begins ? first.slice(0, word.length) : first]) {
      if (Math.abs(attempt.length - word.length) > most || attempt.length > LONGEST_WORD) continue;
      const errors = distance(attempt, word);
      // A word that is there in full is the verb itself, which has been tried.
      if (errors === 0) continue;
      const score = errors / word.length;
      if (errors <= most && (best === undefined || score < best.score)) best = { word, errors, score };
    }
  }
  return best && { word: best.word, errors: best.errors };
}
