/** Register of incidents: figures and a filtered table, both by the query in the address. */
import { attempt, call, type Request } from '../lib/api.ts';
import { quietly } from '../lib/load.ts';
import { changed } from '../lib/model.ts';
import { go } from '../lib/navigate.ts';
import { incidentPage, listPage, type Route } from '../lib/route.ts';
import type { Shapes } from '../lib/shapes.ts';
import { dayTime, deadline, serverNow } from '../lib/time.ts';
import { language, wordsBelow } from '../lib/words.ts';
import { ticking } from './card.ts';
import { button, downloadLink, html, icon, levelTag, link, option, select, submitted, t, trouble } from './elements.ts';
import { figuresView } from './figures.ts';
import { inspectionMenu } from './inspection.ts';
import { table } from './tables.ts';

type Row = Shapes['register']['register'][number];

const PERIODS = ['30', '90', '365', ''];
const SHOWN = 100;
const PAUSE = 200;
/** Usual order of the server: the next deadline first. */
const SORT = 'next';

interface Found extends Partial<Shapes['figures']>, Request {
  asked: string | null;
  rows: Row[];
  total: number;
  leads: string[];
  shown: number;
}
const found: Found = { asked: null, rows: [], total: 0, leads: [], trouble: null, shown: SHOWN };

function askedOf(query: string) {
  const params = new URLSearchParams(query);
  const days = params.get('days') ?? '365';
  if (days !== '') params.set('from', new Date(serverNow() - Number(days) * 86_400_000).toISOString().slice(0, 10));
  params.delete('days');
  return params;
}

/** Loads the table, then the figures for everything that matches; a changed query waits for a pause in typing. */
async function load(query: string) {
  const isChanged = found.asked !== null && found.asked !== query;
  if (found.asked !== query) Object.assign(found, { asked: query, shown: SHOWN });
  if (isChanged) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  // Answers to an earlier query are dropped.
  if (found.asked !== query) return;
  const asked = askedOf(query);
  await attempt(found, async () => {
    const { register, total } = await call('register', `/register/page?${asked.toString()}&limit=${found.shown}`);
    if (found.asked !== query) return;
    const leads = register.flatMap(({ lead }) => lead ?? []);
    Object.assign(found, { rows: register, total });
    found.leads = [...new Set([...found.leads, ...leads])].toSorted();
  });
  asked.delete('sort');
  const { figures } = await call('figures', `/register/figures?${asked.toString()}`);
  if (found.asked === query) Object.assign(found, { figures });
  changed();
}

const show = (query: URLSearchParams) => go(listPage(query.toString()), { replace: true });

export function registerView({ query }: Extract<Route, { view: 'list' }>) {
  if (found.asked !== query) load(query).catch(quietly);
  const params = new URLSearchParams(query);
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
      ${filters(params)}
      ${trouble(found.trouble)}
      ${figuresView(found.figures)}
      ${list(params)}
    </main>
  `;
}

/** Renders the filters: a form whose entries are the query of the address. */
function filters(params: URLSearchParams) {
  const typed = ({ currentTarget }: { currentTarget: HTMLFormElement }) => {
    const entries = [...new FormData(currentTarget)].flatMap(([name, value]) =>
      // The period has a default, so an empty value is kept; other empty values are removed.
      typeof value === 'string' && (value !== '' || name === 'days') ? [[name, value]] : [],
    );
    show(new URLSearchParams(entries));
  };
  const one = (name: string, options: readonly (readonly [string, string])[], usual = '') =>
    select({ name, 'aria-label': t(`filter.${name}`) }, options, params.get(name) ?? usual);
  const any = (name: string, options: readonly (readonly [string, string])[]) =>
    one(name, [['', t(`filter.${name}`)], ...options]);
  const flag = (name: string) =>
    option({ type: 'checkbox', name, value: 'true', checked: params.get(name) === 'true' }, t(`filter.${name}`));
  const days = PERIODS.map((value) => [value, t(`filter.days_${value || 'all'}`)] as const);
  const leads = [...new Set([...found.leads, ...params.getAll('lead')])].map((name) => [name, name] as const);
  return html`
    <form class="filters wrap" role="search" oninput=${typed} onsubmit=${submitted(() => {})}>
      <input type="search" name="search" class="search" aria-label=${t('search')} placeholder=${t('search')} value=${params.get('search') ?? ''} />
      ${one('days', days, '365')}
      ${any('level', wordsBelow('level.'))}
      ${any('phase', wordsBelow('phase.'))}
      ${any('lead', leads)}
      ${flag('open')}
      ${flag('drills')}
      <input type="hidden" name="sort" value=${params.get('sort') ?? SORT} />
    </form>
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

function list(params: URLSearchParams) {
  const { rows, total } = found;
  if (rows.length === 0) {
    const search = params.get('search');
    if (found.busy && !found.trouble) return html`<p class="nothing">${t('loading')}</p>`;
    return html`<p class="nothing" role="status">${search ? t('search.none', { text: search }) : t('list.none')}</p>`;
  }
  const sort = params.get('sort') ?? SORT;
  const columns = COLUMNS.map(({ name, isFixed, look = '' }) => {
    const label = t(`column.${name}`);
    if (isFixed) return { label, look };
    const isUp = sort === name;
    const order = isUp ? 'ascending' : sort === `-${name}` ? 'descending' : null;
    const press = () => {
      params.set('sort', isUp ? `-${name}` : name);
      show(params);
    };
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
  const clock = nextDue && [!drill && ticking(nextDue, null), html`<span class="fine">${deadline(nextDue)}</span>`];
  return {
    key: id,
    'data-clock': nextDue ? 'running' : 'none',
    cells: [
      link(incidentPage(id), {}, title || id),
      clock ?? '–',
      level && levelTag(level),
      phase && html`<span class="tag">${t(`phase.${phase}`)}</span>`,
      lead,
      declaredAt && dayTime(declaredAt),
    ],
    under: [
      id,
      drill && html`<span class="tag drill">${t('drill')}</span>`,
      recordedAfterwards && html`<span class="tag">${t('recorded_afterwards')}</span>`,
    ],
  };
}
