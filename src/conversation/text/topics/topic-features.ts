import { fold } from '../characters.ts';
import type { LineReading } from '../line-reading.ts';
import data from './word-classes.json' with { type: 'json' };

/** Number of weights per topic; a feature is stored at the hash of its text, modulo this number. */
export const BUCKETS = 65_536;

/** Values in a text are replaced by capital letters, since folded text has none: T time, L length, M money, N number. */
const SIGNS: Readonly<Record<string, string>> = { minutes: 'L', money: 'M', percent: 'P' };

/** Returns the folded line with signs for its times and figures, W for people and S for systems. */
export function withSigns(
  line: string,
  { clauses }: LineReading,
  people: RegExp | null,
  systems: RegExp | null,
): string {
  let text = fold(line);
  const put = (own: string, sign: string): void => {
    text = text.replace(fold(own), () => ` ${sign} `);
  };
  for (const { times, figures } of clauses) {
    for (const { own } of times) put(own, 'T');
    for (const { text: own, counted } of figures) put(own, SIGNS[counted ?? ''] ?? 'N');
  }
  if (people) text = text.replace(people, ' W ');
  if (systems) text = text.replace(systems, ' S ');
  return text;
}

const UNIT = /[a-z]+(?:'[a-z]+)?|[A-Z]|\d+(?:[.:]\d+)*|[一-龥]|[?？!@]|[^\sa-zA-Z\d一-龥]|\s+/g;

/** Returns the features of a text with signs, e.g. its words and their pairs, as buckets. */
export function featuresOf(text: string, asked: string): readonly number[] {
  const units = (text.match(UNIT) ?? []).map((unit) =>
    /^\d/.test(unit) ? '0' : /^[\s\p{P}]/u.test(unit) && !/[?？!@]/.test(unit) ? ' ' : unit,
  );
  const found = new Set<string>();
  const solid = units.filter((unit) => unit !== ' ');
  for (const [index, unit] of units.entries()) {
    if (unit === ' ') continue;
    found.add(unit);
    if (unit.length > 3 && /^[a-z]/.test(unit)) {
      found.add(`${unit.slice(0, 5)}*`);
      // Parts of four letters, which a word shares with its misspellings.
      const word = `<${unit}>`;
      for (let from = 0; from + 4 <= word.length; from += 1) found.add(`#${word.slice(from, from + 4)}`);
    }
    if (/^[一-龥A-Z0]$/.test(unit)) {
      // Chinese: runs of two to four characters.
      let run = unit;
      for (let next = index + 1; next < units.length && next < index + 4; next += 1) {
        const other = units[next] ?? ' ';
        if (other === ' ') break;
        run += other;
        found.add(run);
      }
    }
  }
  const words = solid.filter((unit) => /^[a-zA-Z0]/.test(unit));
  for (let index = 0; index < words.length; index += 1) {
    const [one = '', two, three] = words.slice(index, index + 3);
    if (two !== undefined) found.add(`${one} ${two}`);
    if (three !== undefined) found.add(`${one} _ ${three}`);
  }
  found.add(`^${solid[0]}`);
  found.add(`^${solid[0]}${solid[1]}`);
  found.add(`${solid.at(-1)}$`);
  if (solid.length <= 3) found.add(`=${solid.length}`);
  const features = [...found].map(bucketOf);
  features.push(bucketOf(`asked:${asked}`));
  for (const sign of ['T', 'N', 'L', 'M', 'S'])
    if (text.includes(sign)) features.push(bucketOf(`asked:${asked}&${sign}`));
  const classes = classesOf(text);
  for (const [index, one] of classes.entries()) {
    features.push(bucketOf(`@${one}`));
    for (const other of classes.slice(index + 1)) features.push(bucketOf(`@${one}&${other}`));
  }
  return [...new Set(features)];
}

const HAN = /[一-龥]/;
const LATIN = /[a-z]/;

/** Classes of words with one meaning, in both languages, by their patterns. */
const CLASSES = Object.entries(data).map(([id, [zh = '', en = '']]) => ({
  id,
  zh: new RegExp(zh),
  en: new RegExp(`(?<![a-z])(?:${en})(?![a-z])`),
}));

/** Returns the classes of words that a text with signs has; a learned weight of a class holds for all its words. */
function classesOf(text: string): readonly string[] {
  const [han, latin] = [HAN.test(text), LATIN.test(text)];
  return CLASSES.flatMap(({ id, zh, en }) => ((han && zh.test(text)) || (latin && en.test(text)) ? [id] : []));
}

function bucketOf(feature: string): number {
  let hash = 2_166_136_261;
  for (let index = 0; index < feature.length; index += 1) {
    hash ^= feature.charCodeAt(index);
    hash = Math.imul(hash, 16_777_619);
  }
  hash ^= hash >>> 15;
  return (hash >>> 0) % BUCKETS;
}
