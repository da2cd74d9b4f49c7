/** Texts of the page itself. The server localises the bot's texts. */

/** @typedef {'en' | 'zh-CN'} Language */

/** @type {Record<string, string>} */
let words = {};
/** @type {Language} */
let current = 'en';
const KEPT = 'jishi.language';

/** @returns {Language} */
export function language() {
  return current;
}

/** Returns the language chosen here before, else the browser's. @returns {Language} */
export function preferredLanguage() {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh-CN') return kept;
  return navigator.languages.some((tag) => /^zh/i.test(tag)) && !/^en/i.test(navigator.language) ? 'zh-CN' : 'en';
}

/** @param {Language} wanted @param {boolean} [keep] */
export async function useLanguage(wanted, keep = false) {
  const response = await fetch(new URL(`../words/${wanted}.json`, import.meta.url));
  if (!response.ok) throw new Error('texts cannot be loaded');
  words = await response.json();
  current = wanted;
  document.documentElement.lang = wanted;
  if (keep) localStorage.setItem(KEPT, wanted);
}

/**
 * @param {string} key below `console.` @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function t(key, params = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}

/** Returns the texts whose keys begin with `start`, by the rest of the key, in their order. @param {string} start e.g. `phase.` @returns {(readonly [string, string])[]} */
export function wordsBelow(start) {
  return Object.entries(words).flatMap(([key, text]) =>
    key.startsWith(start) ? [[key.slice(start.length), text]] : [],
  );
}

/** Keeps a level's rank on one line, e.g. (Major, 2 of 4). @param {string} text */
export const unbroken = (text) => text.replaceAll(/\([\w ]+, \d of \d\)/g, (rank) => rank.replaceAll(' ', '\u00a0'));

/** Returns a text, or `otherwise` if there is none. @param {string} key @param {string} otherwise */
export function tOr(key, otherwise) {
  return words[key] ?? otherwise;
}
