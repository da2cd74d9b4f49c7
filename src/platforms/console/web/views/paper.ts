/** Report document (`format=json` of the API) as elements: gaps and changes from an earlier text are marked. */
import type { ChangedPart, ReportDocument } from '../../../../incident/report-document.ts';
import { type Child, html } from './elements.ts';

export type Section = ReportDocument['sections'][number];
export type Block = Section['blocks'][number];
export type Line = ReportDocument['head'][number];
/** View of a gap, by the field that is missing. */
export type GapView = (of: string, text: string) => Child;

const marked: GapView = (_, text) => html`<mark class="gap">${text}</mark>`;

export function paperView(document: ReportDocument, changes: readonly ChangedPart[] = [], gap: GapView = marked) {
  const as = { changes, gap };
  const head = document.head.map((line) => ({ ...line, id: `head.${line.id}` }));
  const unmarked = { changes: [], gap };
  return html`
    ${document.marks.map((mark) => html`<blockquote><p><strong>${mark}</strong></p></blockquote>`)}
    <h3>${document.title}</h3>
    ${linesView(head, as)}
    ${document.introduction.map((block) => blockView(block, unmarked))}
    ${document.sections.map((section) => sectionView(section, as))}
    ${document.notes.map((block) => blockView(block, as))}
    ${linesView(document.signature, unmarked)}
    ${document.appendix.length > 0 && html`<hr />`}
    ${document.appendix.map((section) => sectionView(section, unmarked))}
  `;
}

export type How = { changes: readonly ChangedPart[]; gap: GapView };

function sectionView({ number, heading, blocks }: Section, how: How) {
  return html`<h4>${number}${heading}</h4>${blocks.map((block) => blockView(block, how))}`;
}

function linesView(lines: readonly Line[], how: How) {
  const shown = lines.map((line, index) => [index > 0 && '\n', labelled(line.label), runsView(line, how)]);
  return shown.length > 0 && html`<p>${shown}</p>`;
}

function blockView(block: Block, how: How) {
  if (block.kind === 'table') return tableView(block);
  const label = `${block.number ?? ''}${labelled(block.label)}`;
  return html`<p>${label !== '' && html`<strong>${label}</strong>`}${runsView(block, how)}</p>`;
}

function tableView({ columns, rows }: Extract<Block, { kind: 'table' }>) {
  return html`
    <table>
      <thead><tr>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
    </table>
  `;
}

/** Returns a label with its colon, full-width after Chinese. */
function labelled(label: string | null) {
  if (!label) return '';
  return `${label}${/\p{Script=Han}/u.test(label) ? '：' : ': '}`;
}

function runsView({ id, runs }: Pick<Line, 'id' | 'runs'>, { changes, gap }: How) {
  const change = changes.find((one) => one.id === id);
  if (change && runs.every(({ kind }) => kind !== 'to_supplement')) {
    const { start, removed, added, end } = change;
    return [start, removed && html`<del>${removed}</del>`, added && html`<ins>${added}</ins>`, end];
  }
  return runs.map((run) => (run.kind === 'to_supplement' ? gap(run.of, run.text) : run.text));
}
