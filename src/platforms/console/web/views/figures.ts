/** Figures of the register: share of reports filed in time, and medians; by month as a table. */
import type { Shapes } from '../lib/shapes.ts';
import { spoken } from '../lib/time.ts';
import { html, levelTag, t } from './elements.ts';
import { table } from './tables.ts';

type AllFigures = Shapes['figures']['figures'];
const STEPS = ['verdict', 'draft', 'filing'] as const;
/** Renders the figures; until they are loaded, their places, so that the table below does not move. */
export function figuresView(figures?: AllFigures) {
  if (figures?.incidents === 0) return null;
  return html`
    <section key="figures" class="figures" aria-label=${t('figures')}>
      <dl class="tiles wrap">
        ${tile(t('figures.incidents'), String(figures?.incidents ?? '–'))}
        ${tile(t('figures.in_time'), figures ? share(figures) : '–', figures !== undefined && figures.due > 0 && t('figures.of', { n: figures.inTime, all: figures.due }))}
        ${STEPS.map((step) => tile(t(`figures.${step}`), minutes(figures?.[step] ?? null)))}
      </dl>
      <details class="by-month"><summary>${t('figures.table')}</summary>${figures && monthTable(figures)}</details>
    </section>
  `;
}

function tile(name: string, value: string, more?: string | false) {
  return html`<div class="box"><dt class="fine">${name}</dt><dd>${value}${more && html`<span class="fine">${more}</span>`}</dd></div>`;
}
const share = ({ due, inTime }: Pick<AllFigures, 'due' | 'inTime'>) =>
  due === 0 ? '–' : `${Math.round((inTime / due) * 100)} %`;
const minutes = (value: number | null) => (value === null ? '–' : spoken(value * 60_000));

function monthTable({ months }: AllFigures) {
  const columns = ['month', 'incidents', 'levels', 'in_time', ...STEPS].map((name) => ({
    label: t(`figures.${name}`),
  }));
  const rows = months.toReversed().map((one) => ({
    key: one.month,
    cells: [
      one.month,
      one.incidents,
      Object.entries(one.levels).map(([level, n]) => [levelTag(level), ` ${n} `]),
      share(one),
      ...STEPS.map((step) => minutes(one[step])),
    ],
  }));
  return table(columns, rows, 'month-table');
}
