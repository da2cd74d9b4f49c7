import type { System } from '../../incident/people/profile.ts';
import { fold } from '../text/characters.ts';
import { distance } from '../text/commands/command-words.ts';
import { type Mark, marksIn } from '../text/line-reading.ts';
import { answers, type Find, has, isRejected } from './finding.ts';

/** Finds systems by parts of their names: sure if the system is asked and the clause says little else. */
export const systems: Find = ({ reading, situation, question }) => {
  const all = situation.state.organisation?.systems ?? [];
  if (all.length === 0 || situation.state.facts['system'] !== undefined) return [];
  const isAsked = question?.id === 'system';
  const found = reading.clauses.flatMap((clause) => {
    if (has(clause, 'outgoing', 'not_known') || clause.times.length > 0) return [];
    const places = all
      .flatMap((system) => placesIn(fold(clause.text), system, all))
      .toSorted((one, other) => one.at - other.at);
    return places.flatMap(({ id, rest, at }, index) => {
      // Words about one system end where the next is named: 商城没事，进销存挂了.
      const words = clause.text.slice(index === 0 ? 0 : at, places[index + 1]?.at);
      const marks = marksIn(words);
      const isElse = NEITHER.some((mark) => marks.has(mark)) || isRejected(fold(clause.text), at);
      return isElse ? [] : [{ id, clause, rest }];
    });
  });
  const ids = new Set(found.map(({ id }) => id));
  return found.slice(0, 3).map(({ id, clause, rest }) => {
    const isShort = rest <= (/[一-龥]/.test(clause.text) ? 6 : 16);
    const sure = isAsked && ids.size === 1 && isShort && !has(clause, 'hedged', 'relayed');
    return answers(situation, clause.text, sure, { type: 'answer', fact: 'system', value: id });
  });
};
const NEITHER: readonly Mark[] = ['history', 'planned', 'denied', 'given_up'];

/** Words that only announce the name of a system. */
const NAMING = /(?<![a-z])(?:the )?(?:affected|effected|impacted) system(?: (?:it )?is)?(?![a-z])|受影响(?:的)?系统/;

interface Place {
  readonly id: string;
  readonly at: number;
  /** Number of characters in the clause besides the name; all of them if the name is only similar. */
  readonly rest: number;
}

/** Returns the places of a system in a clause, by a part of its name, its id or a misspelling; empty if unnamed. */
function placesIn(text: string, { id, name }: System, all: readonly System[]): readonly Place[] {
  const others = all.filter((one) => one.id !== id).map((one) => one.name);
  const part = partIn(text, [name, id], others);
  if (part !== null)
    return [
      { id, at: text.indexOf(part), rest: part === fold(name) ? 0 : text.replace(part, '').replace(NAMING, '').length },
    ];
  const like = resembling(text, id) ?? misspelt(text, fold(name), others);
  return like === null ? [] : [{ id, at: text.indexOf(like), rest: text.length }];
}

/** Returns the word of a text that contains the id, or is the id misspelled: webshop, shop-web01, "web shpo". */
function resembling(text: string, id: string): string | null {
  const key = fold(id);
  if (key.length < SHORTEST_ID) return null;
  const like = (word: string): boolean =>
    word.includes(key) || (word.length >= SHORTEST_ID && distance(word, key) === 1);
  return (text.match(/[a-z]+/g) ?? []).find(like) ?? null;
}
const SHORTEST_ID = 4;

/** Returns a Chinese word of a text that differs from a part of the name in one character: 进消存 for 进销存. */
function misspelt(text: string, name: string, others: readonly string[]): string | null {
  const parts = Array.from({ length: Math.max(0, name.length - 2) }, (_, from) => name.slice(from, from + 3));
  const own = parts.filter((part) => /^[一-龥]{3}$/.test(part) && !others.some((other) => fold(other).includes(part)));
  for (let at = 0; at + 3 <= text.length; at += 1) {
    const words = text.slice(at, at + 3);
    if (/^[一-龥]{3}$/.test(words) && own.some((part) => distance(part, words) === 1 && !GENERIC.test(part.slice(1))))
      return words;
  }
  return null;
}

const GENERIC = /^(?:系统|平台|网站|服务|数据|中心|system|platform|service)$/;

/** Returns the longest part of a name in a text that no other name shares; null if there is none. */
function partIn(text: string, names: readonly string[], others: readonly string[]): string | null {
  for (const name of names.map(fold)) {
    if (/^[\w-]+$/.test(name)) {
      if (new RegExp(`(?<![a-z0-9-])${name.replace(/-/g, '\\-')}(?![a-z0-9-])`).test(text)) return name;
      continue;
    }
    for (let length = name.length; length >= 2; length -= 1) {
      for (let from = 0; from + length <= name.length; from += 1) {
        const part = name.slice(from, from + length).trim();
        const isOwn = part.length >= 2 && !GENERIC.test(part) && !others.some((other) => fold(other).includes(part));
        if (isOwn && text.includes(part)) return part;
      }
    }
  }
  return null;
}
