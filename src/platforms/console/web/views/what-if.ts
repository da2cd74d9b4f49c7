/** Page “what if”: an incident under other facts, readings or law, compared with the actual state. Nothing is recorded. */
import { attempt, call, pathOfIncident } from '../lib/api.ts';
import { changed } from '../lib/model.ts';
import type { Route } from '../lib/route.ts';
import { clockTime, day } from '../lib/time.ts';
import { language } from '../lib/words.ts';
import { button, html, link, select, submitButton, submitted, t, textOf, trouble } from './elements.ts';
import { table } from './tables.ts';

export type Choice = { id: string; label: string };
export type Fact = Choice & { kind: string; options: Choice[]; text: string | null };
export type Choices = {
  awareness: string | null;
  facts: Fact[];
  readings: { id: string; text: string; reading: string | null; readings: Choice[] }[];
  laws: Choice[];
};
export type Tables = {
  title: string;
  columns: string[];
  rows: { cells: string[]; under?: string; changed: boolean }[];
}[];

const nothing = () => ({
  awareness: '',
  facts: [{ fact: '', value: '' }],
  readings: {} as Record<string, string>,
  law: '',
});
const page: { asked: string; choices: Choices | null; tables: Tables | null; busy?: boolean; trouble: string | null } =
  { asked: '', choices: null, tables: null, trouble: null };
let wanted = nothing();

async function load(id: string) {
  Object.assign(page, { asked: `${id} ${language()}`, choices: null, tables: null });
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
  if (page.asked !== `${id} ${language()}`) {
    if (!page.asked.startsWith(`${id} `)) wanted = nothing();
    void load(id);
  }
  return html`
    <main key="what-if:${id}" class="main list what-if" tabindex="-1" aria-label=${t('what_if')} aria-busy=${page.busy ? 'true' : null}>
      <header class="bar"><h1>${t('what_if')}</h1>${link({ view: 'incident', id, tab: 'now' }, {}, id)}</header>
      <section><p class="faint">${t('what_if.text')}</p>${page.choices && form(id, page.choices)}${trouble(page.trouble)}</section>
      ${page.tables?.map(tableSection)}
    </main>
  `;
}

function field(id: string, label: string, input: unknown, hint?: string | false) {
  return html`<div key=${id} class="field stack"><label class="label" for=${id}>${label}</label>${input}${hint && html`<p class="faint">${hint}</p>`}</div>`;
}

function chooser(
  id: string,
  label: string,
  choices: Choice[],
  value: string,
  take: (value: string) => void,
  none: string,
  hint?: string | false,
) {
  const options = choices.map((one) => [one.id, one.label] as const);
  return field(id, label, select({ id }, [['', none], ...options], value, take), hint);
}

function form(id: string, { awareness, facts, readings, laws }: Choices) {
  const send = () => attempt(page, () => compare(id));
  const add = () => {
    wanted.facts.push({ fact: '', value: '' });
    changed();
  };
  const reset = () => {
    wanted = nothing();
    void send();
  };
  const now = awareness ? t('what_if.now', { value: `${day(awareness)} ${clockTime(awareness)}` }) : false;
  const start = html`<input id="what-if-start" placeholder="09:10" ...${textOf(wanted, 'awareness')} />`;
  return html`
    <form class="what-if-form" onsubmit=${submitted(send)}>
      ${field('what-if-start', t('what_if.awareness'), start, now)}
      ${wanted.facts.map((entry, nth) => factFields(entry, nth, facts))}
      ${button(t('what_if.add'), add, 'button small')}
      ${laws.length > 0 && chooser('what-if-law', t('what_if.law'), laws, wanted.law, (law) => Object.assign(wanted, { law }), t('what_if.as_is'))}
      <details>
        <summary>${t('what_if.readings')}</summary>
        ${readings.map(({ id, text, reading, readings: choices }) => {
          const now = choices.find((one) => one.id === reading)?.label ?? '–';
          const take = (value: string) => Object.assign(wanted.readings, { [id]: value });
          return chooser(
            `what-if-${id}`,
            text,
            choices,
            wanted.readings[id] ?? '',
            take,
            t('what_if.now', { value: now }),
          );
        })}
      </details>
      <p class="actions">${submitButton(t('what_if.compare'))}${button(t('what_if.reset'), reset)}</p>
    </form>
  `;
}

function factFields(entry: { fact: string; value: string }, nth: number, facts: Fact[]) {
  const chosen = facts.find(({ id }) => id === entry.fact);
  const yes = [
    { id: 'true', label: t('what_if.yes') },
    { id: 'false', label: t('what_if.no') },
  ];
  const options = chosen?.kind === 'boolean' ? yes : (chosen?.options ?? []);
  const id = `what-if-value-${nth}`;
  const take = (value: string) => Object.assign(entry, { value });
  const now = chosen?.text ? t('what_if.now', { value: chosen.text }) : false;
  const typed = html`<input id=${id} placeholder=${chosen?.kind === 'number' ? '800000' : ''} ...${textOf(entry, 'value')} />`;
  const fact = (one: string) => Object.assign(entry, { fact: one, value: '' });
  return html`
    <div key=${nth} class="what-if-fact">
      ${chooser(`what-if-fact-${nth}`, t('what_if.fact'), facts, entry.fact, fact, t('what_if.choose'))}
      ${
        options.length > 0
          ? chooser(id, t('what_if.value'), options, entry.value, take, t('what_if.choose'), now)
          : field(id, t('what_if.value'), typed, now)
      }
    </div>
  `;
}

function tableSection({ title, columns, rows }: Tables[number]) {
  const lines = rows.map(({ changed, ...row }, nth) => ({ key: nth, class: changed && 'differs', ...row }));
  return html`
    <section key=${title} aria-label=${title}>
      <h2>${title}</h2>
      ${table(
        columns.map((label) => ({ label })),
        lines,
      )}
    </section>
  `;
}
