/** Register of incidents: open clocks on a line, figures, and a filtered table, all by the query in the address. */
import { attempt, call, type Request } from '../lib/api.ts';
import { quietly } from '../lib/load.ts';
import { changed, knowsTime, segmentOf } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage, type Route } from '../lib/route.ts';
import type { Shapes } from '../lib/shapes.ts';
import { clockTime, day, deadline, serverNow } from '../lib/time.ts';
import { language, wordsBelow } from '../lib/words.ts';
import { ticking } from './card.ts';
import { dayLine, summariesDue } from './day-line.ts';
import { button, downloadLink, html, icon, levelTag, link, onValue, select, t, tick, trouble } from './elements.ts';
import { figuresView } from './figures.ts';
import { inspectionMenu } from './inspection.ts';
import { table } from './tables.ts';

type Row = Shapes['register']['register'][number];
type Name = 'search' | 'level' | 'phase' | 'lead' | 'days' | 'drills' | 'open' | 'sort';

const PERIODS = ['30', '90', '365', ''];
const SHOWN = 100;

interface Found extends Partial<Shapes['figures']>, Request {
  asked: string | null;
  rows: Row[];
  total: number;
  clocks?: Shapes['clocks'];
  leads: string[];
  shown: number;
  /** Search being typed, which follows the address after a pause. */
  typed?: string | undefined;
}
const found: Found = { asked: null, rows: [], total: 0, leads: [], trouble: null, shown: SHOWN };
let pause: ReturnType<typeof setTimeout> | undefined;

function askedOf(query: string) {
  const params = new URLSearchParams(query);
  const days = params.get('days') ?? '365';
  if (days !== '') params.set('from', new Date(serverNow() - Number(days) * 86_400_000).toISOString().slice(0, 10));
  params.delete('days');
  return params;
}

/** Loads the table, then the next deadlines and the figures for everything that matches. */
async function load(query: string) {
  if (found.asked !== query) Object.assign(found, { asked: query, shown: SHOWN });
  const asked = askedOf(query);
  await attempt(found, async () => {
    const { register, total } = await call('register', `/register/page?${asked.toString()}&limit=${found.shown}`);
    // Answers to an earlier query are dropped.
    if (found.asked !== query) return;
    const leads = register.flatMap(({ lead }) => lead ?? []);
    Object.assign(found, { rows: register, total });
    found.leads = [...new Set([...found.leads, ...leads])].toSorted();
  });
  const clocks = await call('clocks', '/register/clocks');
  asked.delete('sort');
  const { figures } = await call('figures', `/register/figures?${asked.toString()}`);
  if (found.asked === query) Object.assign(found, { clocks, figures });
  changed();
}

export function reloadRegister() {
  found.asked = null;
  changed();
}

export function registerView({ query }: Extract<Route, { view: 'list' }>) {
  if (found.asked !== query) load(query).catch(quietly);
  const params = new URLSearchParams(query);
  const set = (name: Name, value: string) => {
    const next = new URLSearchParams(query);
    // The period has a default, so an empty value is kept; other empty values are removed.
    if (value === '' && name !== 'days') next.delete(name);
    else next.set(name, value);
    go({ view: 'list', query: next.toString() }, { replace: true });
  };
  const asked = askedOf(query);
  asked.delete('sort');
  const csv = `/api/v1/register.csv?${asked.toString()}&language=${language()}`;
  return html`
    <main key="list" class="main list register" tabindex="-1" aria-label=${t('list')}>
      <header class="bar">
        <h1>${t('list')}</h1>
        <div class="actions">
          ${downloadLink([icon('download'), 'CSV'], csv)}
          ${button(t('report.print'), () => print())}
          ${inspectionMenu()}
        </div>
      </header>
      ${filters(params, set)}
      ${trouble(found.trouble)}
      ${found.clocks && dayLine(found.clocks)}
      ${found.figures && figuresView(found.figures)}
      ${found.clocks && summariesDue(found.clocks)}
      ${list(params, set)}
    </main>
  `;
}

function filters(params: URLSearchParams, set: (name: Name, value: string) => void) {
  const typed = onValue((value) => {
    found.typed = value;
    clearTimeout(pause);
    pause = setTimeout(() => {
      found.typed = undefined;
      set('search', value.trim());
    }, 200);
  });
  const one = (name: Name, options: readonly (readonly [string, string])[], usual: string = '') =>
    select({ 'aria-label': t(`filter.${name}`) }, options, params.get(name) ?? usual, (value) => set(name, value));
  const any = (name: Name, options: readonly (readonly [string, string])[]) =>
    one(name, [['', t(`filter.${name}`)], ...options]);
  const flag = (name: 'drills' | 'open') => {
    const checked = params.get(name) === 'true';
    return tick(checked, () => set(name, checked ? '' : 'true'), t(`filter.${name}`));
  };
  return html`
    <div class="filters wrap" role="search">
      <input type="search" class="search" aria-label=${t('search')} placeholder=${t('search')} value=${found.typed ?? params.get('search') ?? ''} oninput=${typed} />
      ${one(
        'days',
        PERIODS.map((value) => [value, t(`filter.days_${value || 'all'}`)]),
        '365',
      )}
      ${any('level', wordsBelow('level.'))}
      ${any('phase', wordsBelow('phase.'))}
      ${any(
        'lead',
        found.leads.map((name) => [name, name]),
      )}
      ${flag('open')}
      ${flag('drills')}
    </div>
  `;
}

/** Columns; the server sorts by all but the fixed ones. */
const COLUMNS: readonly { name: string; isFixed?: boolean; look?: string }[] = [
  { name: 'incident' },
  { name: 'next', look: 'cell-clock' },
  { name: 'level' },
  { name: 'phase' },
  { name: 'lead', isFixed: true },
  { name: 'declared', look: 'faint' },
];

function list(params: URLSearchParams, set: (name: Name, value: string) => void) {
  const { rows, total } = found;
  if (rows.length === 0) {
    const search = params.get('search');
    if (found.busy && !found.trouble) return html`<p class="nothing">${t('loading')}</p>`;
    return html`<p class="nothing" role="status">${search ? t('search.none', { text: search }) : t('list.none')}</p>`;
  }
  const sort = params.get('sort') ?? '';
  const columns = COLUMNS.map(({ name, isFixed, look = '' }) => {
    const label = t(`column.${name}`);
    if (isFixed) return { label, look };
    const isUp = sort === name;
    const order = isUp ? 'ascending' : sort === `-${name}` ? 'descending' : null;
    const press = () => set('sort', isUp ? `-${name}` : name);
    const arrow = html`<span aria-hidden="true">${order && (isUp ? ' ↑' : ' ↓')}</span>`;
    return { label, look, order, head: button([label, arrow], press, 'plain') };
  });
  const more = () => {
    found.shown += SHOWN;
    load(found.asked ?? '').catch(quietly);
  };
  return html`
    ${table(columns, rows.map(row))}
    ${total > rows.length && html`<p class="older">${button(t('more'), more)}</p>`}
  `;
}

function row({ id, drill, recordedAfterwards, title, level, phase, lead, declaredAt, nextDue }: Row) {
  const clock = nextDue && [
    knowsTime({ id, drill }) && ticking(nextDue, segmentOf(id)),
    html`<span class="fine">${deadline(nextDue)}</span>`,
  ];
  return {
    key: id,
    'data-clock': nextDue ? 'running' : 'none',
    cells: [
      link(incidentPage(id), {}, title || id),
      clock ?? '–',
      level && levelTag(level),
      phase && html`<span class="tag">${t(`phase.${phase}`)}</span>`,
      lead,
      declaredAt && `${day(declaredAt)} ${clockTime(declaredAt)}`,
    ],
    under: [
      id,
      drill && html`<span class="tag drill">${t('drill')}</span>`,
      recordedAfterwards && html`<span class="tag">${t('recorded_afterwards')}</span>`,
    ],
  };
}
