/** Figures over the register: share in time and medians, by month as charts and as a table. */
import { theme } from '../lib/theme.js';
import { spoken } from '../lib/time.js';
import { language } from '../lib/words.js';
import { html, levelTag, t } from './elements.js';

/** @typedef {import('./register.js').AllFigures} AllFigures @typedef {import('./register.js').Figures} Figures */

const STEPS = /** @type {const} */ (['verdict', 'draft', 'filing']);
/** Levels in the order they are stacked, with their colours. */
const BARS = /** @type {const} */ ([
  ['particularly_significant', '--red'],
  ['significant', '--violet-ink'],
  ['major', '--amber'],
  ['general', '--green'],
  ['undetermined', '--line-strong'],
]);
const LINES = /** @type {const} */ ({ verdict: '--accent', draft: '--amber', filing: '--green' });

/** @param {AllFigures} figures */
export function figuresView(figures) {
  if (figures.incidents === 0) return null;
  return html`
    <section key="figures" class="figures" aria-label=${t('figures')}>
      <dl class="tiles">
        ${tile(t('figures.incidents'), String(figures.incidents))}
        ${tile(t('figures.in_time'), share(figures), figures.due > 0 && t('figures.of', { n: figures.inTime, all: figures.due }))}
        ${STEPS.map((step) => tile(t(`figures.${step}`), minutes(figures[step])))}
      </dl>
      <div class="charts">
        ${chart('levels', figures)}
        ${chart('medians', figures)}
      </div>
      <details class="by-month"><summary>${t('figures.table')}</summary>${months(figures)}</details>
    </section>
  `;
}

/** @param {string} name @param {string} value @param {string | false} [more] */
function tile(name, value, more) {
  return html`<div><dt>${name}</dt><dd>${value}${more && html`<span class="faint">${more}</span>`}</dd></div>`;
}
/** @param {Figures} figures */
const share = ({ due, inTime }) => (due === 0 ? '–' : `${Math.round((inTime / due) * 100)} %`);
/** @param {number | null} value */
const minutes = (value) => (value === null ? '–' : spoken(value * 60_000));

/** @param {AllFigures} figures */
function months({ months }) {
  return html`
    <table class="month-table">
      <thead>
        <tr>
          ${['month', 'incidents', 'levels', 'in_time', ...STEPS].map((name) => html`<th scope="col">${t(`figures.${name}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${months.toReversed().map(
          (one) => html`
          <tr key=${one.month}>
            <th scope="row">${one.month}</th>
            <td data-label=${t('figures.incidents')}>${one.incidents}</td>
            <td data-label=${t('figures.levels')}>${Object.entries(one.levels).map(([level, n]) => [levelTag(level), ` ${n} `])}</td>
            <td data-label=${t('figures.in_time')}>${share(one)}</td>
            ${STEPS.map((step) => html`<td data-label=${t(`figures.${step}`)}>${minutes(one[step])}</td>`)}
          </tr>
        `,
        )}
      </tbody>
    </table>
  `;
}

/** @param {'levels' | 'medians'} kind @param {AllFigures} figures */
function chart(kind, figures) {
  const legend =
    kind === 'levels'
      ? BARS.filter(([level]) => figures.levels[level]).map(([level, colour]) => [t(`level.${level}`), colour])
      : STEPS.map((step) => [t(`figures.${step}`), LINES[step]]);
  // Another drawing for other figures, colours or words.
  const key = JSON.stringify([kind, theme(), language(), figures.months]);
  return html`
    <figure key=${key} class="chart">
      <figcaption>${t(`figures.chart_${kind}`)}</figcaption>
      <div class="plot" aria-hidden="true" ref=${(/** @type {HTMLElement | null} */ element) => element && draw(element, kind, figures)} />
      <p class="legend">
        ${legend.map(([name, colour]) => html`<span><i style=${{ background: `var(${colour})` }} aria-hidden="true" />${name}</span>`)}
      </p>
    </figure>
  `;
}

const HEIGHT = 180;
/** @param {HTMLElement} element @param {'levels' | 'medians'} kind @param {AllFigures} figures */
async function draw(element, kind, { months }) {
  if (element.dataset.drawn) return;
  element.dataset.drawn = 'true';
  const { default: Plot } = await import('../lib/uplot.js');
  if (!element.isConnected) return;
  const colour = (/** @type {string} */ name) => getComputedStyle(element).getPropertyValue(name).trim();
  const resolved = (/** @type {string} */ name) => {
    // Of light-dark(…) the canvas needs the one that is in force.
    const probe = element.appendChild(document.createElement('i'));
    probe.style.color = colour(name);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  };
  const axis = {
    font: `12px ${getComputedStyle(element).fontFamily}`,
    stroke: resolved('--ink-3'),
    grid: { stroke: resolved('--line'), width: 1 },
    ticks: { show: false },
  };
  const x = months.map((_, index) => index);
  const series =
    kind === 'levels'
      ? stacked(months)
      : STEPS.map((step) => ({ name: LINES[step], values: months.map((one) => one[step]) }));
  const paths = kind === 'levels' ? Plot.paths.bars?.({ size: [0.6, 48] }) : undefined;
  new Plot(
    {
      width: element.clientWidth,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [-0.6, months.length - 0.4] },
        y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
      },
      axes: [
        {
          ...axis,
          size: 28,
          grid: { show: false },
          incrs: [1, 2, 3, 6, 12],
          values: (_, splits) => splits.map((at) => months[at]?.month.slice(2) ?? ''),
        },
        {
          ...axis,
          size: 56,
          incrs: kind === 'levels' ? [1, 2, 5, 10, 20, 50, 100] : [10, 30, 60, 120, 240, 720, 1440],
          values: (_, splits) => splits.map((value) => (kind === 'levels' ? String(value) : briefly(value))),
        },
      ],
      series: [
        {},
        ...series.map(({ name }) => ({
          stroke: resolved(name),
          width: kind === 'levels' ? 0 : 2,
          ...(kind === 'levels' ? { fill: resolved(name) } : {}),
          ...(paths ? { paths } : {}),
          points: { show: kind !== 'levels', size: 6 },
          spanGaps: true,
        })),
      ],
    },
    [x, ...series.map(({ values }) => values)],
    element,
  );
}

/** Minutes on an axis. @param {number} minutes */
function briefly(minutes) {
  const isHours = minutes > 0 && minutes % 60 === 0;
  return isHours ? `${minutes / 60} ${t('time.h')}` : `${minutes} ${t('time.min')}`;
}

/** Sums from the bottom up; the highest is drawn first, the others over it. @param {AllFigures['months']} months */
function stacked(months) {
  return BARS.map(([, name], from) => ({
    name,
    values: months.map(({ levels }) => BARS.slice(from).reduce((sum, [level]) => sum + (levels[level] ?? 0), 0)),
  }));
}
