/** Page “what if”: an incident under other facts, readings or law, compared with the actual state. Nothing is recorded. */
import { attempt, call, pathOfIncident, type Request } from '../lib/api.ts';
import { keptIn } from '../lib/browser-storage.ts';
import { incidentPage, type Route } from '../lib/route.ts';
import type { Shapes, Wanted } from '../lib/shapes.ts';
import { dayTime } from '../lib/time.ts';
import { button, html, labelled, link, select, submitButton, submitted, t, textOf, trouble } from './elements.ts';
import { table } from './tables.ts';

type Choices = Shapes['choices'];
type Choice = Choices['laws'][number];
type Page = Pick<Shapes['supposed'], 'tables'> & Request & { asked: string; choices: Choices | null };
const kept = keptIn('wanted');
const nothing = (): Wanted => ({ awareness: '', facts: [{ fact: '', value: '' }], readings: {}, law: '' });
const page: Page = { asked: '', choices: null, tables: [], trouble: null };
let wanted = nothing();

async function load(id: string) {
  Object.assign(page, { asked: id, choices: null, tables: [] });
  wanted = kept.get(id) ?? nothing();
  await attempt(page, async () => {
    page.choices = await call('choices', pathOfIncident(id, '/what-if'));
    await compare(id);
  });
}

async function compare(id: string) {
  const { awareness, facts, readings, law } = wanted;
  const stated = facts.filter(({ fact, value }) => fact !== '' && value.trim() !== '');
  const json = {
    ...(awareness.trim() && { awareness }),
    facts: Object.fromEntries(stated.map(({ fact, value }) => [fact, value])),
    readings: Object.fromEntries(Object.entries(readings).filter(([, reading]) => reading !== '')),
    ...(law && { law }),
  };
  page.tables = (await call('supposed', pathOfIncident(id, '/what-if'), { json })).tables;
}

export function whatIfView({ id }: Extract<Route, { view: 'what-if' }>) {
  if (page.asked !== id) void load(id);
  return html`
    <main key="what-if:${id}" class="main list what-if" tabindex="-1" aria-label=${t('what_if')} aria-busy=${page.busy ? 'true' : null}>
      <header class="bar"><h1>${t('what_if')}</h1>${link(incidentPage(id), {}, id)}</header>
      <section><p class="faint">${t('what_if.text')}</p>${page.choices && form(id, page.choices)}${trouble(page.trouble)}</section>
      ${page.tables.map(tableSection)}
    </main>
  `;
}

/** Choice of one value with its label; `none`: name of leaving it as it is. */
function chooser(id: string, label: string, all: Choice[], value: string, none: string, take: (id: string) => unknown) {
  const options = all.map((one) => [one.id, one.label] as const);
  return labelled(id, label, select({ id }, [['', none], ...options], value, take));
}

function form(id: string, { awareness, facts, readings, laws }: Choices) {
  const send = () => attempt(page, () => compare(id));
  const add = () => wanted.facts.push({ fact: '', value: '' });
  const reset = () => {
    wanted = nothing();
    kept.delete(id);
    void send();
  };
  const start = html`<input id="what-if-start" placeholder="09:10" ...${textOf(wanted, 'awareness')} />`;
  const fixed = (text: string) => t('what_if.now', { value: text });
  const reading = ({ id, text, reading: now, readings: all }: Choices['readings'][number]) => {
    const label = all.find((one) => one.id === now)?.label ?? '–';
    const take = (value: string) => (wanted.readings[id] = value);
    return chooser(`what-if-${id}`, text, all, wanted.readings[id] ?? '', fixed(label), take);
  };
  const keep = () => kept.set(wanted, id);
  return html`
    <form class="what-if-form" onsubmit=${submitted(send)} oninput=${keep} onchange=${keep}>
      ${labelled('what-if-start', t('what_if.awareness'), start, awareness && fixed(dayTime(awareness)))}
      ${wanted.facts.map((entry, nth) => factFields(entry, nth, facts))}
      ${button(t('what_if.add'), add, 'button small')}
      ${laws.length > 0 && chooser('what-if-law', t('what_if.law'), laws, wanted.law, t('what_if.as_is'), (law) => (wanted.law = law))}
      <details><summary>${t('what_if.readings')}</summary>${readings.map(reading)}</details>
      <p class="actions">${submitButton(t('what_if.compare'))}${button(t('what_if.reset'), reset)}</p>
    </form>
  `;
}

function factFields(entry: Wanted['facts'][number], nth: number, facts: Choices['facts']) {
  const { kind, options = [], text } = facts.find(({ id }) => id === entry.fact) ?? {};
  const yesNo = ['true', 'false'].map((id) => ({ id, label: t(id === 'true' ? 'what_if.yes' : 'what_if.no') }));
  const values = kind === 'boolean' ? yesNo : options;
  const id = `what-if-value-${nth}`;
  const [label, none] = [t('what_if.value'), t('what_if.choose')];
  const all = values.map((one) => [one.id, one.label] as const);
  const input =
    all.length > 0
      ? select({ id }, [['', none], ...all], entry.value, (value) => (entry.value = value))
      : html`<input id=${id} placeholder=${kind === 'number' ? '800000' : ''} ...${textOf(entry, 'value')} />`;
  const take = (fact: string) => Object.assign(entry, { fact, value: '' });
  return html`
    <div key=${nth} class="what-if-fact">
      ${chooser(`what-if-fact-${nth}`, t('what_if.fact'), facts, entry.fact, none, take)}
      ${labelled(id, label, input, text && t('what_if.now', { value: text }))}
    </div>
  `;
}

function tableSection({ title, columns, rows }: Page['tables'][number]) {
  const lines = rows.map(({ changed, ...row }, nth) => ({ key: nth, class: changed && 'differs', ...row }));
  const heads = columns.map((label) => ({ label }));
  return html`<section key=${title} aria-label=${title}><h2>${title}</h2>${table(heads, lines)}</section>`;
}
