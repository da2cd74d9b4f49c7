/** Report document (`format=json` of the API) as elements: gaps and changes from an earlier text are marked. */
import { html } from './elements.js';

/**
 * @typedef {import('../../../../incident/report-document.ts').ReportDocument} ReportDocument
 * @typedef {ReportDocument['sections'][number]} Section
 * @typedef {Section['blocks'][number]} Block
 * @typedef {ReportDocument['head'][number]} Line
 * @typedef {import('../../../../incident/report-document.ts').ChangedPart} ChangedPart
 * @typedef {(of: string, text: string) => import('preact').ComponentChild} Gap view of a gap, by the field that is missing
 */

/** @type {Gap} */
const marked = (_, text) => html`<mark class="gap">${text}</mark>`;

/** @param {ReportDocument} document @param {readonly ChangedPart[]} [changes] what is marked in it @param {Gap} [gap] */
export function paperView(document, changes = [], gap = marked) {
  const as = { changes, gap };
  const unmarked = { changes: [], gap };
  return html`
    ${document.marks.map((mark) => html`<blockquote><p><strong>${mark}</strong></p></blockquote>`)}
    <h3>${document.title}</h3>
    ${linesView(
      document.head.map((line) => ({ ...line, id: `head.${line.id}` })),
      as,
    )}
    ${document.introduction.map((block) => blockView(block, unmarked))}
    ${document.sections.map((section) => sectionView(section, as))}
    ${document.notes.map((block) => blockView(block, as))}
    ${linesView(document.signature, unmarked)}
    ${document.appendix.length > 0 && html`<hr />`}
    ${document.appendix.map((section) => sectionView(section, unmarked))}
  `;
}

/** @typedef {{ changes: readonly ChangedPart[], gap: Gap }} How */

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

/** Returns a label with its colon, full-width after Chinese. @param {string | null} label */
function labelled(label) {
  if (!label) return '';
  return `${label}${/\p{Script=Han}/u.test(label) ? '：' : ': '}`;
}

/** @param {Pick<Line, 'id' | 'runs'>} statement @param {How} how */
function runsView({ id, runs }, { changes, gap }) {
  const change = changes.find((one) => one.id === id);
  if (change && runs.every(({ kind }) => kind !== 'to_supplement')) {
    const { start, removed, added, end } = change;
    return [start, removed && html`<del>${removed}</del>`, added && html`<ins>${added}</ins>`, end];
  }
  return runs.map((run) => (run.kind === 'to_supplement' ? gap(run.of, run.text) : run.text));
}
