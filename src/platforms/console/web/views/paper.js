/** Report document (`format=json` of the API) as elements: gaps are marked, and what an earlier text said differently. */
import { html } from './elements.js';

/**
 * @typedef {import('../../../../incident/report-document.ts').ReportDocument} ReportDocument
 * @typedef {ReportDocument['sections'][number]} Section
 * @typedef {Section['blocks'][number]} Block
 * @typedef {ReportDocument['head'][number]} Line
 * @typedef {Map<string, { text: string, stable: string }>} Statements by id of line or block
 * @typedef {(of: string, text: string) => import('preact').ComponentChild} Gap view of a gap, by the field that is missing
 */

/** @type {Gap} */
const marked = (_, text) => html`<mark class="gap">${text}</mark>`;

/** @param {ReportDocument} document @param {ReportDocument | null} [before] the text it is compared with @param {Gap} [gap] */
export function paperView(document, before = null, gap = marked) {
  const said = before && statementsOf(before);
  const as = { said, gap };
  const unmarked = { said: null, gap };
  return html`
    ${document.marks.map((mark) => html`<blockquote><p><strong>${mark}</strong></p></blockquote>`)}
    <h3>${document.title}</h3>
    ${linesView(document.head, as)}
    ${document.introduction.map((block) => blockView(block, unmarked))}
    ${document.sections.map((section) => sectionView(section, as))}
    ${document.notes.map((block) => blockView(block, as))}
    ${linesView(document.signature, unmarked)}
    ${document.appendix.length > 0 && html`<hr />`}
    ${document.appendix.map((section) => sectionView(section, unmarked))}
  `;
}

/** Number of statements that two texts make differently. @param {ReportDocument} before @param {ReportDocument} after */
export function changesBetween(before, after) {
  const [from, to] = [statementsOf(before), statementsOf(after)];
  return [...new Set([...from.keys(), ...to.keys()])].filter((id) => from.get(id)?.stable !== to.get(id)?.stable)
    .length;
}

/** @param {ReportDocument} document @returns {Statements} */
function statementsOf(document) {
  const blocks = [...document.sections.flatMap((section) => section.blocks), ...document.notes];
  const all = [...document.head.filter(({ id }) => id !== 'time'), ...blocks];
  return new Map(
    all.flatMap((one) => ('runs' in one ? [[one.id, { text: textOf(one.runs), stable: stableOf(one.runs) }]] : [])),
  );
}

/** @typedef {{ said: Statements | null, gap: Gap }} How */

/** @param {Section} section @param {How} how */
function sectionView({ number, heading, blocks }, how) {
  return html`<h4>${number}${heading}</h4>${blocks.map((block) => blockView(block, how))}`;
}

/** @param {readonly Line[]} lines @param {How} how */
function linesView(lines, how) {
  const shown = lines.map((line, index) => [index > 0 && '\n', labelled(line.label), runsView(line, how)]);
  return shown.length > 0 && html`<p>${shown}</p>`;
}

/** @param {Block} block @param {How} how */
function blockView(block, how) {
  if (block.kind === 'table') return tableView(block);
  const label = `${block.number ?? ''}${labelled(block.label)}`;
  return html`<p>${label !== '' && html`<strong>${label}</strong>`}${runsView(block, how)}</p>`;
}

/** @param {Extract<Block, { kind: 'table' }>} table */
function tableView({ columns, rows }) {
  return html`
    <table>
      <thead><tr>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
    </table>
  `;
}

/** Label with its colon, full-width after Chinese. @param {string | null} label */
function labelled(label) {
  if (!label) return '';
  return `${label}${/\p{Script=Han}/u.test(label) ? '：' : ': '}`;
}

/** @param {Pick<Line, 'id' | 'runs'>} statement @param {How} how */
function runsView({ id, runs }, { said, gap }) {
  const before = said?.get(id);
  const isWhole = runs.every(({ kind }) => kind !== 'to_supplement');
  if (said && isWhole && id !== 'time' && before?.stable !== stableOf(runs)) {
    const { start, removed, added, end } = differenceOf(before?.text ?? '', textOf(runs));
    return [start, removed && html`<del>${removed}</del>`, added && html`<ins>${added}</ins>`, end];
  }
  return runs.map((run) => (run.kind === 'to_supplement' ? gap(run.of, run.text) : run.text));
}

/** @param {Line['runs']} runs */
function textOf(runs) {
  return runs.map(({ text }) => text).join('');
}
/** Without what only the passing of time changes. @param {Line['runs']} runs */
function stableOf(runs) {
  return runs.map((run) => (run.kind === 'estimate' ? (run.stable ?? run.text) : run.text)).join('');
}

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** @param {string} text */
const split = (text) => Array.from(words.segment(text), ({ segment }) => segment);

/**
 * The part of a text that another text has in another way: in whole words, so that figures and names stay whole.
 * @param {string} before @param {string} after @returns {{ start: string, removed: string, added: string, end: string }}
 */
function differenceOf(before, after) {
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
