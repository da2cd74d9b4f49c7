/** All incidents, open or not, with search. */
import { call } from '../lib/api.js';
import { loadSegments, quietly } from '../lib/load.js';
import { changed, knowsTime, segmentOf } from '../lib/model.js';
import { clockTime, day, deadline } from '../lib/time.js';
import { h } from '../lib/vdom.js';
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
  return h(
    'main',
    { key: 'list', class: 'main list', tabindex: '-1', 'aria-label': t('list') },
    h('header', { class: 'bar' }, h('h1', null, t('list'))),
    h(
      'div',
      { class: 'filters', role: 'search' },
      h('input', {
        type: 'search',
        class: 'search',
        'aria-label': t('search'),
        placeholder: t('search'),
        value: query.search,
        oninput: typed,
      }),
      option({ type: 'checkbox', checked: query.open, onchange: toggleOpen }, t('only_open')),
    ),
    table(),
    found.more &&
      h(
        'p',
        { class: 'older' },
        h(
          'button',
          { type: 'button', class: 'button', onclick: () => load(found.rows.at(-1)?.id).catch(quietly) },
          t('more'),
        ),
      ),
  );
}

function table() {
  if (found.rows.length === 0)
    return h(
      'p',
      { class: 'nothing', role: 'status' },
      query.search ? t('search.none', { text: query.search }) : t('list.none'),
    );
  return h(
    'table',
    { class: 'incident-table' },
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        ['incident', 'next', 'level', 'phase', 'declared'].map((name) =>
          h('th', { scope: 'col' }, t(`column.${name}`)),
        ),
      ),
    ),
    h('tbody', null, found.rows.map(row)),
  );
}

/** @param {IncidentRow} one */
function row(one) {
  return h(
    'tr',
    { key: one.id, 'data-clock': one.nextDue ? 'running' : 'none' },
    h(
      'td',
      { class: 'cell-title' },
      link({ view: 'incident', id: one.id, tab: 'now' }, {}, one.title),
      h('span', { class: 'id' }, one.id, one.drill && h('span', { class: 'tag drill' }, t('drill'))),
    ),
    h(
      'td',
      { class: 'cell-clock', 'data-label': t('column.next') },
      one.nextDue
        ? [
            knowsTime(one) && ticking(one.nextDue, segmentOf(one.id)),
            h('span', { class: 'faint' }, Object.values(deadline(one.nextDue)).join(' ')),
          ]
        : '–',
    ),
    h('td', { 'data-label': t('column.level') }, levelTag(one.level)),
    h('td', { 'data-label': t('column.phase') }, phaseTag(one.phase)),
    h(
      'td',
      { class: 'faint', 'data-label': t('column.declared') },
      `${day(one.declaredAt)} ${clockTime(one.declaredAt)}`,
    ),
  );
}
