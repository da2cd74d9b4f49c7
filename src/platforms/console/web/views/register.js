/** Register of incidents: open clocks on one line, figures, and a table with filters, all of what the address asks for. */
import { attempt, call } from '../lib/api.js';
import { quietly } from '../lib/load.js';
import { changed, knowsTime, segmentOf } from '../lib/model.js';
import { go } from '../lib/navigate.js';
import { clockTime, day, deadline, serverNow } from '../lib/time.js';
import { language } from '../lib/words.js';
import { ticking } from './card.js';
import { dayLine, summariesDue } from './day-line.js';
import { button, html, icon, levelTag, link, onValue, PHASES, phaseTag, t, tick, trouble } from './elements.js';
import { figuresView } from './figures.js';
import { inspectionMenu } from './inspection.js';

/**
 * @typedef {{ id: string, what: string, to: string, content: string, due: string | null, provisional: boolean, status: string, filedAt: string | null }} Duty
 * @typedef {{ id: string, drill: boolean, recordedAfterwards: object | null, title: string | null, phase: string | null, level: string | null, lead: string | null, declaredAt: string | null, nextDue: string | null, duties: Duty[] }} Row
 * @typedef {{ incidents: number, levels: Record<string, number>, due: number, inTime: number, verdict: number | null, draft: number | null, filing: number | null }} Figures
 * @typedef {Figures & { months: (Figures & { month: string })[] }} AllFigures
 * @typedef {'search' | 'level' | 'phase' | 'lead' | 'days' | 'drills' | 'open' | 'sort'} Name
 */

const LEVELS = ['general', 'major', 'significant', 'particularly_significant', 'undetermined'];
const PERIODS = ['30', '90', '365', ''];
const SHOWN = 100;

/** @type {{ asked: string | null, rows: Row[], pressing: Row[], total: number, figures: AllFigures | null, leads: string[], busy?: boolean, trouble: string | null, shown: number }} */
const found = { asked: null, rows: [], pressing: [], total: 0, figures: null, leads: [], trouble: null, shown: SHOWN };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;

/** Query of the API for what the address asks for. @param {string} query */
function askedOf(query) {
  const params = new URLSearchParams(query);
  const days = params.get('days') ?? '365';
  if (days !== '') params.set('from', new Date(serverNow() - Number(days) * 86_400_000).toISOString().slice(0, 10));
  params.delete('days');
  return params;
}

/** The table first, then the clocks of the next hours and the figures over all of it. @param {string} query */
async function load(query) {
  if (found.asked !== query) Object.assign(found, { asked: query, shown: SHOWN });
  const asked = askedOf(query);
  await attempt(found, async () => {
    const { register, total } = await call(`/register/page?${asked}&limit=${found.shown}`);
    // A slower answer to an earlier question is not wanted any more.
    if (found.asked !== query) return;
    const leads = register.flatMap((/** @type {Row} */ { lead }) => lead ?? []);
    Object.assign(found, { rows: register, total });
    found.leads = [...new Set([...found.leads, ...leads])].toSorted();
  });
  const pressing = await call('/register/page?open=true&sort=next&limit=50');
  asked.delete('sort');
  const { figures } = await call(`/register/figures?${asked}`);
  if (found.asked === query) Object.assign(found, { pressing: pressing.register, figures });
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
  const asked = askedOf(query);
  asked.delete('sort');
  const csv = `/api/v1/register.csv?${asked}&language=${language()}`;
  return html`
    <main key="list" class="main list register" tabindex="-1" aria-label=${t('list')}>
      <header class="bar">
        <h1>${t('list')}</h1>
        <div class="actions">
          <a class="button" href=${csv} download="">${icon('download')}CSV</a>
          ${button(t('report.print'), () => print())}
          ${inspectionMenu()}
        </div>
      </header>
      ${filters(params, set)}
      ${trouble(found.trouble)}
      ${dayLine(found.pressing)}
      ${found.figures && figuresView(found.figures)}
      ${summariesDue(found.pressing)}
      ${table(params, set)}
    </main>
  `;
}

/** @param {URLSearchParams} params @param {(name: Name, value: string) => void} set */
function filters(params, set) {
  const typed = onValue((value) => {
    clearTimeout(pause);
    pause = setTimeout(() => set('search', value.trim()), 200);
  });
  /** @param {Name} name @param {readonly string[]} values @param {(value: string) => string} label @param {string} [usual] */
  const select = (name, values, label, usual = '') => html`
    <select aria-label=${t(`filter.${name}`)} value=${params.get(name) ?? usual} onchange=${onValue((value) => set(name, value))}>
      ${values.map((value) => html`<option key=${value} value=${value}>${label(value)}</option>`)}
    </select>
  `;
  /** @param {Name} name @param {readonly string[]} values @param {(value: string) => string} label */
  const any = (name, values, label) =>
    select(name, ['', ...values], (value) => (value === '' ? t(`filter.${name}`) : label(value)));
  /** @param {'drills' | 'open'} name */
  const flag = (name) => {
    const checked = params.get(name) === 'true';
    return tick(checked, () => set(name, checked ? '' : 'true'), t(`filter.${name}`));
  };
  return html`
    <div class="filters" role="search">
      <input type="search" class="search" aria-label=${t('search')} placeholder=${t('search')} value=${params.get('search') ?? ''} oninput=${typed} />
      ${select('days', PERIODS, (value) => t(`filter.days_${value || 'all'}`), '365')}
      ${any('level', LEVELS, (value) => t(`level.${value}`))}
      ${any('phase', PHASES, (value) => t(`phase.${value}`))}
      ${any('lead', found.leads, (value) => value)}
      ${flag('open')}
      ${flag('drills')}
    </div>
  `;
}

/** Columns, with the name of those that sort. @type {readonly (readonly [string, boolean])[]} */
const COLUMNS = [
  ['incident', true],
  ['next', true],
  ['level', true],
  ['phase', true],
  ['lead', false],
  ['declared', true],
];

/** @param {URLSearchParams} params @param {(name: Name, value: string) => void} set */
function table(params, set) {
  const { rows, total } = found;
  if (rows.length === 0) {
    const search = params.get('search');
    if (found.busy && !found.trouble) return html`<p class="nothing">${t('loading')}</p>`;
    return html`<p class="nothing" role="status">${search ? t('search.none', { text: search }) : t('list.none')}</p>`;
  }
  const sort = params.get('sort') ?? '';
  /** @param {readonly [string, boolean]} column */
  const head = ([name, sorts]) => {
    if (!sorts) return html`<th scope="col">${t(`column.${name}`)}</th>`;
    const isUp = sort === name;
    const order = isUp ? 'ascending' : sort === `-${name}` ? 'descending' : null;
    const press = () => set('sort', isUp ? `-${name}` : name);
    return html`
      <th scope="col" aria-sort=${order}>
        ${button([t(`column.${name}`), html`<span aria-hidden="true">${order && (isUp ? ' ↑' : ' ↓')}</span>`], press, 'plain')}
      </th>
    `;
  };
  const more = () => {
    found.shown += SHOWN;
    load(found.asked ?? '').catch(quietly);
  };
  return html`
    <table class="incident-table">
      <thead><tr>${COLUMNS.map(head)}</tr></thead>
      <tbody>${rows.map(row)}</tbody>
    </table>
    ${total > rows.length && html`<p class="older">${button(t('more'), more)}</p>`}
  `;
}

/** @param {Row} row */
function row({ id, drill, recordedAfterwards, title, level, phase, lead, declaredAt, nextDue }) {
  return html`
    <tr key=${id} data-clock=${nextDue ? 'running' : 'none'}>
      <td class="cell-title">
        ${link({ view: 'incident', id, tab: 'now' }, {}, title || id)}
        <span class="id">${id}${drill && html`<span class="tag drill">${t('drill')}</span>`}${recordedAfterwards && html`<span class="tag">${t('recorded_afterwards')}</span>`}</span>
      </td>
      <td class="cell-clock" data-label=${t('column.next')}>
        ${
          nextDue
            ? [
                knowsTime({ id, drill }) && ticking(nextDue, segmentOf(id)),
                html`<span class="faint">${deadline(nextDue)}</span>`,
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
