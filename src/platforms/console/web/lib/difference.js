/** The part of a text that another text has in another way: in whole words, so that figures and names stay whole. */

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** @param {string} text */
const split = (text) => Array.from(words.segment(text), ({ segment }) => segment);

/** @param {string} before @param {string} after @returns {{ start: string, removed: string, added: string, end: string }} */
export function differenceOf(before, after) {
  const [from, to] = [split(before), split(after)];
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start < most && from[start] === to[start]) start += 1;
  let end = 0;
  while (end < most - start && from.at(-1 - end) === to.at(-1 - end)) end += 1;
  return {
    start: to.slice(0, start).join(''),
    removed: from.slice(start, from.length - end).join(''),
    added: to.slice(start, to.length - end).join(''),
    end: end === 0 ? '' : to.slice(-end).join(''),
  };
}
