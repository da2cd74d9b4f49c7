/** Tables: a row is named by its first cell. On phones each other cell shows its column's name. */
import { type Child, html } from './elements.ts';

/** `head`: shown in place of its label; `look`: class of its cells */
export type Column = { label: string; head?: Child; order?: string | null; look?: string };
/** `under`: what else it is called */
export type Row = { key: string | number; cells: Child[]; under?: Child; [attribute: string]: unknown };

export function table(columns: Column[], rows: Row[], look: string = 'incident-table box') {
  const [, ...others] = columns;
  const top = ({ label, head = label, order = null }: Column) =>
    label === '' ? html`<td />` : html`<th scope="col" aria-sort=${order}>${head}</th>`;
  return html`
    <table class=${look}>
      <thead><tr>${columns.map(top)}</tr></thead>
      <tbody>
        ${rows.map(
          ({ cells: [name, ...cells], under, ...attributes }) => html`
          <tr ...${attributes}>
            <td class="cell-title">${name}${under && html`<span class="id">${under}</span>`}</td>
            ${cells.map((cell, nth) => html`<td class=${others[nth]?.look} data-label=${others[nth]?.label || null}>${cell}</td>`)}
          </tr>
        `,
        )}
      </tbody>
    </table>
  `;
}
