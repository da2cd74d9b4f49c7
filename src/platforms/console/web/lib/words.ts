/** Texts of the page itself. The server localises the bot's texts. */
import { shaped } from './shapes.ts';

export type Language = 'en' | 'zh-CN';

let words: Record<string, string> = {};
let current: Language = 'en';
const KEPT = 'jishi.language';

export const language = () => current;

/** Returns the language chosen here before, else the browser's. */
export function preferredLanguage() {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh-CN') return kept;
  return navigator.languages.some((tag) => /^zh/i.test(tag)) && !/^en/i.test(navigator.language) ? 'zh-CN' : 'en';
}

/** Keeps the choice and loads the page anew, so that nothing of the other language stays; entries are kept. */
export function switchLanguage(wanted: Language) {
  localStorage.setItem(KEPT, wanted);
  location.reload();
}

export async function useLanguage(wanted: Language) {
  const response = await fetch(new URL(`../words/${wanted}.json`, import.meta.url));
  if (!response.ok) throw new Error('texts cannot be loaded');
  words = shaped('words', await response.text());
  current = wanted;
  document.documentElement.lang = wanted;
}

export function t(key: string, params: Record<string, string | number> = {}): string {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** Returns the texts whose keys begin with `start`, by the rest of the key, in their order. */
export function wordsBelow(start: string): (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, text]) =>
    key.startsWith(start) ? [[key.slice(start.length), text]] : [],
  );
}

/** Keeps a level's rank on one line, e.g. (Major, 2 of 4). */
export const unbroken = (text: string) =>
  text.replaceAll(/\([\w ]+, \d of \d\)/g, (rank) => rank.replaceAll(' ', '\u00a0'));

export const tOr = (key: string, otherwise: string) => words[key] ?? otherwise;
