/** Report document (`format=json` of the API) as elements. */
import { html } from '../lib/html.js';

/**
 * @typedef {import('../../../../incident/report-document.ts').ReportDocument} ReportDocument
 * @typedef {ReportDocument['sections'][number]} Section
 * @typedef {Section['blocks'][number]} Block
 * @typedef {ReportDocument['head'][number]} Line
 */

/** @param {ReportDocument} document */
export function paperView(document) {
  return html`
    ${document.marks.map((mark) => html`<blockquote><p><strong>${mark}</strong></p></blockquote>`)}
    <h3>${document.title}</h3>
    ${linesView(document.head)}
    ${document.introduction.map(blockView)}
    ${document.sections.map(sectionView)}
    ${document.notes.map(blockView)}
    ${linesView(document.signature)}
    ${document.appendix.length > 0 && html`<hr />`}
    ${document.appendix.map(sectionView)}
  `;
}

/** @param {Section} section */
function sectionView({ number, heading, blocks }) {
  return html`<h4>${number}${heading}</h4>${blocks.map(blockView)}`;
}

/** @param {readonly Line[]} lines */
function linesView(lines) {
  const text = lines.map(({ label, runs }) => `${labelled(label)}${textOf(runs)}`).join('\n');
  return text !== '' && html`<p>${text}</p>`;
}

/** @param {Block} block */
function blockView(block) {
  if (block.kind === 'table') return tableView(block);
  const label = `${block.number ?? ''}${labelled(block.label)}`;
  return html`<p>${label !== '' && html`<strong>${label}</strong>`}${textOf(block.runs)}</p>`;
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

/** @param {Line['runs']} runs */
function textOf(runs) {
  return runs.map(({ text }) => text).join('');
}
