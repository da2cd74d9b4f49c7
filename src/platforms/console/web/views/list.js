/** All incidents, open or not, with search. */
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { loadSegments, quietly } from '../lib/load.js';
import { changed, knowsTime, segmentOf } from '../lib/model.js';
import { clockTime, day, deadline } from '../lib/time.js';
import { t } from '../lib/words.js';
import { ticking } from './card.js';
import { link } from './link.js';
import { levelTag, phaseTag } from './names.js';
import { option } from './parts.js';

/** @typedef {import('../lib/model.js').IncidentRow} IncidentRow */

const PAGE = 50;
const query = { search: '', open: false };
/** @type {{ rows: IncidentRow[], more: boolean, asked: string | null }} */
const found = { rows: [], more: false, asked: null };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** @param {string} [before] */
async function load(before) {
  const params = new URLSearchParams({ limit: String(PAGE) });
  if (query.search.trim()) params.set('search', query.search.trim());
  if (query.open) params.set('open', 'true');
  if (before) params.set('before', before);
  const asked = `${query.search}|${query.open}`;
  found.asked = asked;
  const { incidents } = await call(`/incidents?${params}`);
  // A slower answer to an earlier question is not wanted any more.
  if (found.asked !== asked) return;
  found.rows = before ? [...found.rows, ...incidents] : incidents;
  found.more = incidents.length === PAGE;
  loadSegments(incidents).catch(quietly);
  changed();
}

export function reloadList() {
  load().catch(quietly);
}

export function listView() {
  if (found.asked === null) reloadList();
  /** @param {{ currentTarget: HTMLInputElement }} event */
  const typed = (event) => {
    query.search = event.currentTarget.value;
    clearTimeout(pause);
    pause = setTimeout(reloadList, 150);
  };
  const toggleOpen = () => {
    query.open = !query.open;
    reloadList();
  };
  return html`
    <main key="list" class="main list" tabindex="-1" aria-label=${t('list')}>
      <header class="bar"><h1>${t('list')}</h1></header>
      <div class="filters" role="search">
        <input
          type="search"
          class="search"
          aria-label=${t('search')}
          placeholder=${t('search')}
          value=${query.search}
          oninput=${typed}
        />
        ${option({ type: 'checkbox', checked: query.open, onchange: toggleOpen }, t('only_open'))}
      </div>
      ${table()}
      ${
        found.more &&
        html`
        <p class="older">
          <button type="button" class="button" onclick=${() => load(found.rows.at(-1)?.id).catch(quietly)}>
            ${t('more')}
          </button>
        </p>
      `
      }
    </main>
  `;
}

function table() {
  if (found.rows.length === 0)
    return html`
      <p class="nothing" role="status">
        ${query.search ? t('search.none', { text: query.search }) : t('list.none')}
      </p>
    `;
  return html`
    <table class="incident-table">
      <thead>
        <tr>
          ${['incident', 'next', 'level', 'phase', 'declared'].map((name) => html`<th scope="col">${t(`column.${name}`)}</th>`)}
        </tr>
      </thead>
      <tbody>${found.rows.map(row)}</tbody>
    </table>
  `;
}

/** @param {IncidentRow} one */
function row(one) {
  return html`
    <tr key=${one.id} data-clock=${one.nextDue ? 'running' : 'none'}>
      <td class="cell-title">
        ${link({ view: 'incident', id: one.id, tab: 'now' }, {}, one.title)}
        <span class="id">${one.id}${one.drill && html`<span class="tag drill">${t('drill')}</span>`}</span>
      </td>
      <td class="cell-clock" data-label=${t('column.next')}>
        ${
          one.nextDue
            ? [
                knowsTime(one) && ticking(one.nextDue, segmentOf(one.id)),
                html`<span class="faint">${Object.values(deadline(one.nextDue)).join(' ')}</span>`,
              ]
            : '–'
        }
      </td>
      <td data-label=${t('column.level')}>${levelTag(one.level)}</td>
      <td data-label=${t('column.phase')}>${phaseTag(one.phase)}</td>
      <td class="faint" data-label=${t('column.declared')}>${day(one.declaredAt)} ${clockTime(one.declaredAt)}</td>
    </tr>
  `;
}
