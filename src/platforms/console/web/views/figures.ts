/** Figures of the register: share of reports filed in time, and medians; by month as charts and as a table. */
import type { Shapes } from '../lib/shapes.ts';
import { spoken } from '../lib/time.ts';
import { html, levelTag, t } from './elements.ts';
import { table } from './tables.ts';

type AllFigures = Shapes['figures']['figures'];
type Month = AllFigures['months'][number];

const STEPS = ['verdict', 'draft', 'filing'] as const;
/** Levels in stacking order, with their colours. */
const BARS = [
  ['particularly_significant', '--red'],
  ['significant', '--violet-ink'],
  ['major', '--amber'],
  ['general', '--green'],
  ['undetermined', '--line-strong'],
] as const;
/** Number of columns in a chart; the table has all months. */
const MONTHS = 12;
const LINES = { verdict: '--accent', draft: '--amber', filing: '--green' } as const;

export function figuresView(figures: AllFigures) {
  if (figures.incidents === 0) return null;
  return html`
    <section key="figures" class="figures" aria-label=${t('figures')}>
      <dl class="tiles wrap">
        ${tile(t('figures.incidents'), String(figures.incidents))}
        ${tile(t('figures.in_time'), share(figures), figures.due > 0 && t('figures.of', { n: figures.inTime, all: figures.due }))}
        ${STEPS.map((step) => tile(t(`figures.${step}`), minutes(figures[step])))}
      </dl>
      <div class="charts">
        ${chart('levels', figures)}
        ${chart('medians', figures)}
      </div>
      <details class="by-month"><summary>${t('figures.table')}</summary>${monthTable(figures)}</details>
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

function chart(kind: 'levels' | 'medians', { levels, months }: AllFigures) {
  const series: { name: string; colour: string; value: (one: Month) => number }[] =
    kind === 'levels'
      ? BARS.filter(([level]) => levels[level]).map(([level, colour]) => ({
          name: t(`level.${level}`),
          colour,
          value: (one) => one.levels[level] ?? 0,
        }))
      : STEPS.map((step) => ({ name: t(`figures.${step}`), colour: LINES[step], value: (one) => one[step] ?? 0 }));
  const high = months.flatMap((one) => (kind === 'levels' ? one.incidents : series.map(({ value }) => value(one))));
  const most = Math.max(1, ...high);
  const bars = (one: Month) =>
    series.map(
      ({ colour, value }) =>
        html`<i style=${{ height: `${(value(one) / most) * 100}%`, background: `var(${colour})` }} />`,
    );
  return html`
    <figure key=${kind} class="chart box">
      <figcaption>${t(`figures.chart_${kind}`)}<span class="faint">${kind === 'levels' ? most : minutes(most)}</span></figcaption>
      <div class="plot fine ${kind}" aria-hidden="true">
        ${months.slice(-MONTHS).map((one) => html`<div class="month" key=${one.month}><div class="bars">${bars(one)}</div>${one.month.slice(2)}</div>`)}
      </div>
      <p class="legend wrap fine">
        ${series.map(({ name, colour }) => html`<span><i style=${{ background: `var(${colour})` }} aria-hidden="true" />${name}</span>`)}
      </p>
    </figure>
  `;
}
