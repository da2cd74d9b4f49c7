/** Tables: a row is named by its first cell. On phones each other cell shows its column's name. */
import { html } from './elements.js';

/**
 * @typedef {import('preact').ComponentChild} Child
 * @typedef {{ label: string, head?: Child, order?: string | null, look?: string }} Column `head`: shown in place of its label; `look`: class of its cells
 * @typedef {{ key: string | number, cells: Child[], under?: Child, [attribute: string]: unknown }} Row `under`: what else it is called
 */

/** @param {Column[]} columns @param {Row[]} rows @param {string} [look] */
export function table(columns, rows, look = 'incident-table box') {
  const [, ...others] = columns;
  /** @param {Column} column */
  const top = ({ label, head = label, order = null }) =>
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
