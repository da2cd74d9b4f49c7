import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block } from '../../src/conversation/cards/card.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import type { Situation } from '../../src/conversation/cards/situation.ts';
import { checklistCard } from '../../src/conversation/collecting/checklist-card.ts';
import type { ReportDocument } from '../../src/incident/report-document.ts';
import type { ItemDefinition } from '../../src/law/regime.ts';
import { allItems, itemsInForce } from '../../src/report/items.ts';
import { incidentJson } from '../../src/use-cases/incident-json.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { Case, company, fill, minutes, regime, reportOf } from '../report/cases.ts';
import { cases } from '../report/random-cases.ts';

/** Field ids that the report leaves open, read off the paper: a place to be supplemented, or the whole item in one sentence. */
function openOnPaper({ sections }: ReportDocument, items: readonly ItemDefinition[]): ReadonlySet<string> {
  const paragraphs = sections.flatMap(({ blocks }) => blocks.flatMap((b) => (b.kind === 'paragraph' ? [b] : [])));
  return new Set(
    paragraphs.flatMap(({ id, runs }) => {
      const open = runs.flatMap((run) => (run.kind === 'to_supplement' ? [run.of] : []));
      const whole = open.length > 0 && items.find((item) => item.id === id);
      return whole ? whole.fields.map((field) => field.id) : open;
    }),
  );
}

function situationOf(it: Case): Situation {
  return { state: it.current, ia: it.assess(), regime };
}

/** Compares cards, API and paper of a case; answers the states of fields that came up. */
function agreesWithPaper(it: Case): ReadonlySet<string> {
  const seen = new Set<string>();
  const situation = situationOf(it);
  const kind = it.current.handlingEnded ? 'summary' : 'initial';
  const open = openOnPaper(reportOf(it, { kind, language: 'zh' }), allItems({ regime }));
  const { items } = JSON.parse(JSON.stringify(incidentJson(situation, null, 'en')));
  const rows = checklistCard(situation).blocks.filter(
    (block): block is Extract<Block, { kind: 'row' }> => block.kind === 'row',
  );
  const summary = localise(checklistCard(situation).summary, 'en');
  for (const item of itemsInForce(situation)) {
    const inJson = items.find(({ id }: { id: string }) => id === item.id);
    for (const { id, state } of inJson.fields) {
      seen.add(state);
      const definition = item.fields.find((field) => field.id === id);
      const printed = !open.has(id) && definition?.required !== 'optional';
      if (open.has(id)) expect(state, id).toMatch(/^(missing|unknown|clash|unconfirmed)$/);
      else if (printed) expect(state, id).not.toMatch(/^(missing|unknown)$/);
    }
    const needed = item.fields.filter((field) => field.required !== 'optional');
    const states = inJson.fields.map(({ state }: { state: string }) => state);
    const row = rows.find(({ text }) => localise(text, 'en').startsWith(`${item.n} `));
    if (needed.some(({ id }) => open.has(id))) expect(row?.mark, item.id).not.toBe('done');
    else if (!states.some((s: string) => s === 'clash' || s === 'unconfirmed')) {
      if (states.some((s: string) => s !== 'missing')) expect(row?.mark, item.id).toBe('done');
    }
    // The sentence about the first report counts exactly the fields that its paper leaves open and nobody answered.
    const missing = needed.filter(
      ({ id, required }) =>
        required === 'now' &&
        open.has(id) &&
        inJson.fields.some((field: { id: string; state: string }) => field.id === id && field.state !== 'unknown'),
    );
    for (const { label } of missing) expect(summary).toContain(label.en);
    if (kind === 'initial' && missing.length === 0) expect(summary).not.toContain(`item ${item.n} `);
  }
  return seen;
}

/** One field in each state that a field can have. */
function everyState(): Case {
  const it = new Case(company);
  it.must('li-wei', { type: 'declare', title: '支付系统疑似用户数据泄露', system: 'shop' });
  it.must('li-wei', { type: 'answer', fact: 'incident_type', value: 'data.leak' });
  fill(it, 'art7.2.measures', '已隔离两台服务器', '已隔离两台服务器');
  fill(it, 'art7.2.effect', 'looks quiet now');
  const estimate = { state: 'estimate' as const, text: '约120万人', asOf: new Date(it.now).toISOString() };
  it.must('chen-yu', { type: 'fill_field', field: 'art7.2.impact', value: estimate, wording: '约120万人' });
  it.must('chen-yu', { type: 'fill_field', field: 'art7.4.cause', value: { state: 'unknown' } });
  fill(it, 'art7.2.place', '浦东机房');
  const other = { state: 'known' as const, text: '松江机房' };
  it.must('zhao-min', { type: 'fill_field', field: 'art7.2.place', value: other }, { revision: 1 });
  it.now += minutes(5);
  return it;
}

test('no card says missing what the report prints, and none says known what it leaves open', { tags: 'grows' }, () => {
  fc.assert(
    fc.property(cases, (it) => {
      agreesWithPaper(it);
    }),
    { numRuns: inEverySoak(50, 150) },
  );
});

test('cards and paper agree about a field in each of its states', () => {
  const states = ['clash', 'derived', 'estimate', 'known', 'missing', 'unconfirmed', 'unknown'];
  expect([...agreesWithPaper(everyState())].toSorted()).toEqual(states);
});
