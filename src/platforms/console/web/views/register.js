/** Register of incidents: open clocks on one line, figures, and a table with filters, all of what the address asks for. */
import { wordsFor } from '../lib/acts.js';
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { loadSegments, quietly } from '../lib/load.js';
import { changed, knowsTime, segmentOf } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { clockTime, day, deadline, serverNow } from '../lib/time.js';
import { language, t } from '../lib/words.js';
import { ticking } from './card.js';
import { dayLine, summariesDue } from './day-line.js';
import { figuresView } from './figures.js';
import { icon } from './icons.js';
import { link } from './link.js';
import { levelTag, phaseTag } from './names.js';
import { option, trouble } from './parts.js';

/**
 * @typedef {{ id: string, what: string, to: string, content: string, due: string | null, provisional: boolean, status: string, filedAt: string | null }} Duty
 * @typedef {{ id: string, drill: boolean, title: string | null, phase: string | null, level: string | null, lead: string | null, declaredAt: string | null, nextDue: string | null, duties: Duty[] }} Row
 * @typedef {{ incidents: number, levels: Record<string, number>, due: number, inTime: number, verdict: number | null, draft: number | null, filing: number | null }} Figures
 * @typedef {Figures & { months: (Figures & { month: string })[] }} AllFigures
 * @typedef {'search' | 'level' | 'phase' | 'lead' | 'days' | 'drills' | 'open' | 'sort'} Name
 */

export const LEVELS = ['general', 'major', 'significant', 'particularly_significant', 'undetermined'];
const PHASES = ['classifying', 'reporting', 'handling', 'ended', 'closed'];
const PERIODS = ['30', '90', '365', ''];
const SHOWN = 100;

/** @type {{ asked: string | null, rows: Row[], figures: AllFigures | null, leads: string[], trouble: string | null, shown: number }} */
const found = { asked: null, rows: [], figures: null, leads: [], trouble: null, shown: SHOWN };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** Query of the API for what the address asks for. @param {string} query */
function askedOf(query) {
  const params = new URLSearchParams(query);
  const days = params.get('days') ?? '365';
  if (days !== '') params.set('from', new Date(serverNow() - Number(days) * 86_400_000).toISOString().slice(0, 10));
  for (const name of ['days', 'sort']) params.delete(name);
  return params;
}

/** @param {string} query */
async function load(query) {
  found.asked = query;
  found.shown = SHOWN;
  try {
    const { register, figures } = await call(`/register?${askedOf(query)}`);
    // A slower answer to an earlier question is not wanted any more.
    if (found.asked !== query) return;
    const leads = register.flatMap((/** @type {Row} */ { lead }) => lead ?? []);
    Object.assign(found, { rows: register, figures, trouble: null });
    found.leads = [...new Set([...found.leads, ...leads])].toSorted();
    loadSegments(register).catch(quietly);
  } catch (error) {
    found.trouble = wordsFor(error);
  }
  changed();
}

/** Asks anew when the page is shown the next time. */
export function reloadRegister() {
  found.asked = null;
  changed();
}

/** @param {Extract<import('../lib/route.js').Route, { view: 'list' }>} route */
export function registerView({ query }) {
  if (found.asked !== query) load(query).catch(quietly);
  const params = new URLSearchParams(query);
  /** @param {Name} name @param {string} value */
  const set = (name, value) => {
    const next = new URLSearchParams(query);
    // The period has a usual value; of the others none is none.
    if (value === '' && name !== 'days') next.delete(name);
    else next.set(name, value);
    go({ view: 'list', query: next.toString() }, { replace: true });
  };
  const csv = `/api/v1/register.csv?${askedOf(query)}&language=${language()}`;
  return html`
    <main key="list" class="main list register" tabindex="-1" aria-label=${t('list')}>
      <header class="bar">
        <h1>${t('list')}</h1>
        <div class="actions">
          <a class="button" href=${csv} download="">${icon('download')}CSV</a>
          <button type="button" class="button" onclick=${() => print()}>${t('report.print')}</button>
        </div>
      </header>
      ${filters(params, set)}
      ${trouble(found.trouble)}
      ${dayLine(found.rows)}
      ${found.figures && figuresView(found.figures)}
      ${summariesDue(found.rows)}
      ${table(params, set)}
    </main>
  `;
}

/** @param {URLSearchParams} params @param {(name: Name, value: string) => void} set */
function filters(params, set) {
  /** @param {{ currentTarget: HTMLInputElement }} event */
  const typed = ({ currentTarget: { value } }) => {
    clearTimeout(pause);
    pause = setTimeout(() => set('search', value.trim()), 200);
  };
  /** @param {Name} name @param {readonly string[]} values @param {(value: string) => string} label @param {string} [usual] */
  const select = (name, values, label, usual = '') => {
    const onchange = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
      set(name, currentTarget.value);
    return html`
      <select aria-label=${t(`filter.${name}`)} value=${params.get(name) ?? usual} onchange=${onchange}>
        ${values.map((value) => html`<option key=${value} value=${value}>${label(value)}</option>`)}
      </select>
    `;
  };
  /** @param {'drills' | 'open'} name */
  const tick = (name) => {
    const checked = params.get(name) === 'true';
    return option({ type: 'checkbox', checked, onchange: () => set(name, checked ? '' : 'true') }, t(`filter.${name}`));
  };
  const any =
    (/** @type {Name} */ name, /** @type {(value: string) => string} */ label) => (/** @type {string} */ value) =>
      value === '' ? t(`filter.${name}`) : label(value);
  return html`
    <div class="filters" role="search">
      <input type="search" class="search" aria-label=${t('search')} placeholder=${t('search')} value=${params.get('search') ?? ''} oninput=${typed} />
      ${select('days', PERIODS, (value) => t(`filter.days_${value || 'all'}`), '365')}
      ${select(
        'level',
        ['', ...LEVELS],
        any('level', (value) => t(`level.${value}`)),
      )}
      ${select(
        'phase',
        ['', ...PHASES],
        any('phase', (value) => t(`phase.${value}`)),
      )}
      ${select(
        'lead',
        ['', ...found.leads],
        any('lead', (value) => value),
      )}
      ${tick('open')}
      ${tick('drills')}
    </div>
  `;
}

/** Next deadline, also one that only may exist; without duties that may be shown, the one of the row. @param {Row} row */
function nextOf({ duties, nextDue }) {
  const open = duties.flatMap(({ due, filedAt, status }) => (due && !filedAt && status !== 'void' ? [due] : []));
  return open.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? nextDue;
}

/** Sort value of a row by column. @type {Record<string, (row: Row) => string | number>} */
const SORTS = {
  incident: ({ id }) => id,
  next: (row) => Date.parse(nextOf(row) ?? '9999-12-31'),
  level: ({ level }) => -LEVELS.slice(0, -1).indexOf(level ?? ''),
  phase: ({ phase }) => PHASES.indexOf(phase ?? ''),
  lead: ({ lead }) => lead ?? '',
  declared: ({ declaredAt }) => -Date.parse(declaredAt ?? ''),
};

/** @param {URLSearchParams} params */
function sorted(params) {
  const [, down = '', name = ''] = /^(-?)(\w+)$/.exec(params.get('sort') ?? '') ?? [];
  const by = SORTS[name];
  if (!by) return found.rows;
  const rows = found.rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    return typeof x === 'string' || typeof y === 'string' ? String(x).localeCompare(String(y), language()) : x - y;
  });
  return down ? rows.reverse() : rows;
}

/** @param {URLSearchParams} params @param {(name: Name, value: string) => void} set */
function table(params, set) {
  const rows = sorted(params);
  if (rows.length === 0) {
    const search = params.get('search');
    if (found.figures === null && !found.trouble) return html`<p class="nothing">${t('loading')}</p>`;
    return html`<p class="nothing" role="status">${search ? t('search.none', { text: search }) : t('list.none')}</p>`;
  }
  const sort = params.get('sort') ?? '';
  /** @param {string} name */
  const head = (name) => {
    const isUp = sort === name;
    const order = isUp ? 'ascending' : sort === `-${name}` ? 'descending' : null;
    const press = () => set('sort', isUp ? `-${name}` : name);
    return html`
      <th scope="col" aria-sort=${order}>
        <button type="button" class="plain" onclick=${press}>${t(`column.${name}`)}<span aria-hidden="true">${order ? (isUp ? ' ↑' : ' ↓') : ''}</span></button>
      </th>
    `;
  };
  const more = () => {
    found.shown += SHOWN;
    changed();
  };
  return html`
    <table class="incident-table">
      <thead><tr>${Object.keys(SORTS).map(head)}</tr></thead>
      <tbody>${rows.slice(0, found.shown).map(row)}</tbody>
    </table>
    ${rows.length > found.shown && html`<p class="older"><button type="button" class="button" onclick=${more}>${t('more')}</button></p>`}
  `;
}

/** @param {Row} one */
function row(one) {
  const { id, drill, title, level, phase, lead, declaredAt } = one;
  const nextDue = phase === 'closed' ? null : nextOf(one);
  return html`
    <tr key=${id} data-clock=${nextDue ? 'running' : 'none'}>
      <td class="cell-title">
        ${link({ view: 'incident', id, tab: 'now' }, {}, title || id)}
        <span class="id">${id}${drill && html`<span class="tag drill">${t('drill')}</span>`}</span>
      </td>
      <td class="cell-clock" data-label=${t('column.next')}>
        ${
          nextDue
            ? [
                knowsTime({ id, drill }) && ticking(nextDue, segmentOf(id)),
                html`<span class="faint">${Object.values(deadline(nextDue)).join(' ')}</span>`,
              ]
            : '–'
        }
      </td>
      <td data-label=${t('column.level')}>${level && levelTag(level)}</td>
      <td data-label=${t('column.phase')}>${phase && phaseTag(phase)}</td>
      <td data-label=${t('column.lead')}>${lead}</td>
      <td class="faint" data-label=${t('column.declared')}>${declaredAt && `${day(declaredAt)} ${clockTime(declaredAt)}`}</td>
    </tr>
  `;
}
