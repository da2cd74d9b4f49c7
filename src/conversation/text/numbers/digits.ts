/**
 * Separators inside numbers. "1,200,000" has one reading; "1.200" has two (1.2 and 1,200), and which one is meant
 * cannot be seen, so both are handed back.
 */
export type PlainDigits = { readonly text: string } | { readonly readings: readonly string[] };

const NUMBER = /\d+(?:[.,'_]\d+)*/g;
const SPACED = /(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])/g;

function groupsOfThree(parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  return first.length <= 3 && first !== '0' && rest.length > 0 && rest.every((part) => part.length === 3);
}

/** The possible plain spellings of one number: one when it is clear, none when it is no number ("1.2.3"). */
function readingsOf(number: string): readonly string[] {
  const separators = number.replace(/\d/g, '');
  if (separators === '') return [number];
  const last = separators.charAt(separators.length - 1);
  const parts = number.split(/[.,'_]/);
  const joined = parts.join('');
  const uniform = Array.from(separators).every((separator) => separator === last);
  if (!uniform) {
    const whole = parts.slice(0, -1);
    const others = new Set(separators.slice(0, -1));
    const decimal = last === '.' || last === ',';
    return decimal && others.size === 1 && !others.has(last) && groupsOfThree(whole)
      ? [`${whole.join('')}.${parts[parts.length - 1] ?? ''}`]
      : [];
  }
  const grouped = groupsOfThree(parts);
  if (separators.length > 1) return grouped ? [joined] : [];
  const decimal = `${parts[0] ?? ''}.${parts[1] ?? ''}`;
  if (last === '.') return grouped ? [decimal, joined] : [decimal];
  if (grouped) return [joined];
  // A Chinese group of four (12,0000) or a decimal comma (1,2): a person has to say which.
  return last === ',' ? [...((parts[1] ?? '').length === 4 ? [joined] : [decimal]), ''] : [];
}

/**
 * Takes the separators out of every number of a folded text. `readings` has the alternative texts when a number can be
 * read in several ways (an empty list: in none).
 */
export function plainDigits(text: string): PlainDigits {
  let readings: readonly string[] | undefined;
  const plain = text.replace(NUMBER, (number, offset: number) => {
    const found = readingsOf(number);
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    const rest = text.slice(offset + number.length);
    readings ??= found.filter((reading) => reading !== '').map((reading) => text.slice(0, offset) + reading + rest);
    return number;
  });
  if (readings !== undefined) return { readings };
  const joinedSpaces = plain.replace(SPACED, (number) => number.replaceAll(' ', ''));
  if (joinedSpaces === plain) return { text: plain };
  // "1 200" may be two numbers; "1 200 000" is not.
  const single = plain.match(SPACED)?.some((number) => number.indexOf(' ') === number.lastIndexOf(' ')) ?? false;
  return single ? { readings: [joinedSpaces] } : { text: joinedSpaces };
}
