/** The small Markdown our reports are written in, as elements: what people wrote in it never becomes markup. */
import { h } from './vdom.js';

/** @typedef {import('./vdom.js').VNode} VNode */

/** @param {string} text @returns {VNode[]} */
export function markdown(text) {
  const blocks = text.replaceAll('\r', '').split(/\n{2,}/);
  return blocks.flatMap((block) => blockOf(block.split('\n').filter((line) => line.trim() !== '')));
}

/** @param {string[]} lines @returns {VNode[]} */
function blockOf(lines) {
  const [first = '', ...rest] = lines;
  if (lines.length === 0) return [];
  const heading = /^(#{1,6})\s+(.*)$/.exec(first);
  if (heading) {
    const level = Math.min(6, (heading[1]?.length ?? 1) + 2);
    return [h(`h${level}`, null, inline(heading[2] ?? '')), ...blockOf(rest)];
  }
  if (/^\s*([-*_])\1{2,}\s*$/.test(first)) return [h('hr', null), ...blockOf(rest)];
  if (lines.every((line) => line.trimStart().startsWith('|'))) return [table(lines)];
  if (lines.every((line) => /^\s*[-*]\s+/.test(line)))
    return [
      h(
        'ul',
        null,
        lines.map((line) => h('li', null, inline(line.replace(/^\s*[-*]\s+/, '')))),
      ),
    ];
  if (lines.every((line) => line.startsWith('>')))
    return [h('blockquote', null, h('p', null, inline(lines.map((line) => line.replace(/^>\s?/, '')).join('\n'))))];
  return [
    h(
      'p',
      null,
      lines.map((line, index) => [index > 0 && h('br', null), inline(line.replace(/(?: {2}|\\)$/, ''))]),
    ),
  ];
}

/** @param {string[]} lines */
function table(lines) {
  const rows = lines
    .filter((line) => !/^\s*\|[\s:|-]+\|\s*$/.test(line))
    .map((line) =>
      line
        .trim()
        .replace(/^\||\|$/g, '')
        .split(/(?<!\\)\|/),
    );
  const [head = [], ...body] = rows;
  return h(
    'table',
    null,
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        head.map((cell) => h('th', { scope: 'col' }, inline(cell.trim()))),
      ),
    ),
    h(
      'tbody',
      null,
      body.map((row) =>
        h(
          'tr',
          null,
          row.map((cell) => h('td', null, inline(cell.trim()))),
        ),
      ),
    ),
  );
}

/** Bold, italics, and characters that were escaped so as not to be either. @param {string} text @returns {(VNode | string)[]} */
function inline(text) {
  const parts = text.split(/(\*\*(?:\\.|[^*\\])+\*\*|(?<![*\\])\*(?:\\.|[^*\\])+\*)/);
  return parts.map((part) => {
    if (part.length > 4 && part.startsWith('**')) return h('strong', null, plain(part.slice(2, -2)));
    if (part.length > 2 && part.startsWith('*') && part.endsWith('*')) return h('em', null, plain(part.slice(1, -1)));
    return plain(part);
  });
}

/** @param {string} text */
function plain(text) {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(
      /&(amp|lt|gt|quot|nbsp);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' })[/** @type {'amp'} */ (name)] ?? '',
    );
}
