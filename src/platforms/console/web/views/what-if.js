/** Page “what if”: the record of an incident under other facts, readings or law, beside what it is. Nothing is recorded. */
import { attempt, call, pathOfIncident } from '../lib/api.js';
import { changed } from '../lib/model.js';
import { clockTime, day, spoken } from '../lib/time.js';
import { language } from '../lib/words.js';
import { button, html, link, onValue, submitButton, submitted, t, textOf, trouble } from './elements.js';

/**
 * @typedef {{ id: string, label: string }} Choice
 * @typedef {Choice & { kind: string, options: Choice[], text: string | null }} Fact
 * @typedef {{ awareness: string | null, facts: Fact[], readings: { id: string, text: string, reading: string | null, readings: Choice[] }[], laws: Choice[] }} Choices
 * @typedef {{ due: string | null, status: string, filedAt: string | null, margin: number | null } | null} Side
 * @typedef {{ text: { level: string, floor: string, ceiling: string }, matched: { criterion: string, text: string }[] }} Verdict
 * @typedef {{ verdict: Record<'was' | 'would', Verdict>, duties: { id: string, title: string, to: string, was: Side, would: Side, changed: boolean }[], steps: { step: string, label: string, at: string | null, minutes: number | null, median: number | null }[] }} Answer
 */

const nothing = () => ({
  awareness: '',
  facts: [{ fact: '', value: '' }],
  readings: /** @type {Record<string, string>} */ ({}),
  law: '',
});
/** @type {{ asked: string, choices: Choices | null, answer: Answer | null, busy?: boolean, trouble: string | null }} */
const page = { asked: '', choices: null, answer: null, trouble: null };
let wanted = nothing();

/** @param {string} id */
async function load(id) {
  Object.assign(page, { asked: `${id} ${language()}`, choices: null, answer: null });
  await attempt(page, async () => {
    page.choices = await call(pathOfIncident(id, '/what-if'));
    await compare(id);
  });
}

/** @param {string} id */
async function compare(id) {
  const { awareness, facts, readings, law } = wanted;
  const stated = facts.filter(({ fact, value }) => fact !== '' && value.trim() !== '');
  const json = {
    ...(awareness.trim() && { awareness }),
    facts: Object.fromEntries(stated.map(({ fact, value }) => [fact, value])),
    readings: Object.fromEntries(Object.entries(readings).filter(([, reading]) => reading !== '')),
    ...(law && { law }),
  };
  page.answer = await call(pathOfIncident(id, '/what-if'), { json });
}

/** @param {Extract<import('../lib/route.js').Route, { view: 'what-if' }>} route */
export function whatIfView({ id }) {
  if (page.asked !== `${id} ${language()}`) {
    if (!page.asked.startsWith(`${id} `)) wanted = nothing();
    load(id);
  }
  return html`
    <main key="what-if:${id}" class="main list what-if" tabindex="-1" aria-label=${t('what_if')} aria-busy=${page.busy ? 'true' : null}>
      <header class="bar"><h1>${t('what_if')}</h1>${link({ view: 'incident', id, tab: 'now' }, {}, id)}</header>
      <section><p class="faint">${t('what_if.text')}</p>${page.choices && form(id, page.choices)}${trouble(page.trouble)}</section>
      ${page.answer && [levels(page.answer), duties(page.answer), steps(page.answer)]}
    </main>
  `;
}

/** @param {string} id of the input @param {string} label @param {unknown} input @param {string | false} [hint] */
function field(id, label, input, hint) {
  return html`<div key=${id} class="field"><label class="label" for=${id}>${label}</label>${input}${hint && html`<p class="faint">${hint}</p>`}</div>`;
}

/** @param {string} id @param {Choice[]} options @param {string} value @param {(value: string) => void} take @param {string} none */
function select(id, options, value, take, none) {
  const chosen = onValue((one) => {
    take(one);
    changed();
  });
  return html`
    <select id=${id} onchange=${chosen}>
      <option value="" selected=${value === ''}>${none}</option>
      ${options.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === value}>${one.label}</option>`)}
    </select>
  `;
}

/** @param {string} id @param {Choices} choices */
function form(id, { awareness, facts, readings, laws }) {
  const send = () => attempt(page, () => compare(id));
  const add = () => {
    wanted.facts.push({ fact: '', value: '' });
    changed();
  };
  const reset = () => {
    wanted = nothing();
    send();
  };
  const now = awareness ? t('what_if.now', { value: `${day(awareness)} ${clockTime(awareness)}` }) : false;
  const start = html`<input id="what-if-start" placeholder="09:10" ...${textOf(wanted, 'awareness')} />`;
  return html`
    <form class="what-if-form" onsubmit=${submitted(send)}>
      ${field('what-if-start', t('what_if.awareness'), start, now)}
      ${wanted.facts.map((entry, nth) => factFields(entry, nth, facts))}
      ${button(t('what_if.add'), add, 'button small')}
      ${
        laws.length > 0 &&
        field(
          'what-if-law',
          t('what_if.law'),
          select('what-if-law', laws, wanted.law, (law) => Object.assign(wanted, { law }), t('what_if.as_is')),
        )
      }
      <details>
        <summary>${t('what_if.readings')}</summary>
        ${readings.map((one) =>
          field(
            `what-if-${one.id}`,
            one.text,
            select(
              `what-if-${one.id}`,
              one.readings,
              wanted.readings[one.id] ?? '',
              (reading) => Object.assign(wanted.readings, { [one.id]: reading }),
              t('what_if.now', { value: one.readings.find((reading) => reading.id === one.reading)?.label ?? '–' }),
            ),
          ),
        )}
      </details>
      <p class="actions">${submitButton(t('what_if.compare'))}${button(t('what_if.reset'), reset)}</p>
    </form>
  `;
}

/** @param {{ fact: string, value: string }} entry @param {number} nth @param {Fact[]} facts */
function factFields(entry, nth, facts) {
  const chosen = facts.find(({ id }) => id === entry.fact);
  const yes = [
    { id: 'true', label: t('what_if.yes') },
    { id: 'false', label: t('what_if.no') },
  ];
  const options = chosen?.kind === 'boolean' ? yes : (chosen?.options ?? []);
  const id = `what-if-value-${nth}`;
  const take = (/** @type {string} */ value) => Object.assign(entry, { value });
  const value =
    options.length > 0
      ? select(id, options, entry.value, take, t('what_if.choose'))
      : html`<input id=${id} placeholder=${chosen?.kind === 'number' ? '800000' : ''} ...${textOf(entry, 'value')} />`;
  const fact = (/** @type {string} */ one) => Object.assign(entry, { fact: one, value: '' });
  return html`
    <div key=${nth} class="what-if-fact">
      ${field(`what-if-fact-${nth}`, t('what_if.fact'), select(`what-if-fact-${nth}`, facts, entry.fact, fact, t('what_if.choose')))}
      ${field(id, t('what_if.value'), value, chosen?.text ? t('what_if.now', { value: chosen.text }) : false)}
    </div>
  `;
}

/** @param {Answer} answer */
function levels({ verdict: { was, would } }) {
  /** @param {Verdict} one */
  const range = ({ text: { floor, ceiling } }) =>
    floor === ceiling ? floor : t('what_if.range_text', { floor, ceiling });
  /** @param {Verdict} one */
  const rules = ({ matched }) => matched.map(({ text }) => text).join('; ') || '–';
  return table(
    'what_if.level',
    ['', t('what_if.was'), t('what_if.would')],
    [
      { cells: [t('what_if.level'), was.text.level, would.text.level], changed: was.text.level !== would.text.level },
      { cells: [t('what_if.range'), range(was), range(would)], changed: range(was) !== range(would) },
      { cells: [t('what_if.rules'), rules(was), rules(would)], changed: rules(was) !== rules(would) },
    ],
  );
}

/** @param {Answer} answer */
function duties({ duties }) {
  const rows = duties
    .toSorted((a, b) => Number(b.changed) - Number(a.changed))
    .map((one) => ({ cells: [one.title, side(one.was), side(one.would)], under: one.to, changed: one.changed }));
  return table('what_if.duties', [t('what_if.duty'), t('what_if.was'), t('what_if.would')], rows);
}

/** @param {Side} one */
function side(one) {
  if (one === null || one.status === 'void') return t('what_if.none');
  const { due, margin, filedAt } = one;
  if (due === null || margin === null) return t('what_if.promptly');
  const how = filedAt ? (margin < 0 ? 'late' : 'early') : margin < 0 ? 'over' : 'left';
  return `${day(due)} ${clockTime(due)} · ${t(`what_if.how_${how}`, { time: length(Math.abs(margin)) })}`;
}

/** @param {number | null} minutes */
const length = (minutes) => (minutes === null ? '–' : spoken(minutes * 60_000));

/** @param {Answer} answer */
function steps({ steps }) {
  const columns = [t('what_if.step'), t('what_if.at'), t('what_if.took'), t('what_if.median')];
  const rows = steps.map(({ label, at, minutes, median }) => ({
    cells: [label, at ? `${day(at)} ${clockTime(at)}` : '–', length(minutes), length(median)],
    changed: minutes !== null && median !== null && minutes > median,
  }));
  return table('what_if.minutes', columns, rows);
}

/** @param {string} name @param {string[]} columns @param {{ cells: string[], under?: string, changed: boolean }[]} rows */
function table(name, columns, rows) {
  const [, ...labels] = columns;
  return html`
    <section key=${name} aria-label=${t(name)}>
      <h2>${t(name)}</h2>
      <table class="incident-table">
        <thead><tr>${columns.map((one) => (one === '' ? html`<td />` : html`<th scope="col">${one}</th>`))}</tr></thead>
        <tbody>
          ${rows.map(
            ({ cells: [title, ...cells], under, changed }, nth) => html`
            <tr key=${nth} class=${changed && 'differs'}>
              <td class="cell-title">${title}${under && html`<span class="id">${under}</span>`}</td>
              ${cells.map((cell, at) => html`<td data-label=${labels[at]}>${cell}</td>`)}
            </tr>
          `,
          )}
        </tbody>
      </table>
    </section>
  `;
}
