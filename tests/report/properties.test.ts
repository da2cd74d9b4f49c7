import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { REPORT_KINDS, type ReportDocument, type Run } from '../../src/report/model.ts';
import { Case, company, minutes, regime, reportOf } from './cases.ts';

const FIELDS = [...regime.items.flatMap(({ fields }) => fields), ...regime.parts].map(({ id }) => id);
const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;
/** A word that no report contains by itself, so that finding it means that it leaked. */
const secret = fc.integer({ min: 0, max: 0xffffff }).map((n) => `秘密${n.toString(16).padStart(6, '0')}zq`);
const pick = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

const people = [...company.people.map(({ id }) => id), 'stranger-wang'];
const value = fc.oneof(
  fc.integer({ min: 0, max: 200_000_000 }),
  fc.record({ min: fc.integer({ min: 0, max: 10_000 }), max: fc.integer({ min: 10_000, max: 99_999_999 }) }),
);

/** What people may do; whatever is refused has simply not happened. */
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('add_note' as const), text: secret, author: secret }),
  fc.record({
    type: fc.constant('fill_field' as const),
    field: pick(FIELDS),
    value: fc.oneof(
      fc.record({ state: fc.constant('known' as const), text: secret }),
      fc.record({ state: fc.constant('estimate' as const), text: secret, asOf: fc.constant(at('09:30')) }),
      fc.constant({ state: 'unknown' as const }),
    ),
  }),
  fc.record({
    type: fc.constant('answer' as const),
    fact: pick(['personal_info_people', 'direct_loss_cny', 'daily_life_people', 'tampered_views']),
    value,
    basis: secret,
  }),
  fc.record({ type: fc.constant('answer' as const), fact: fc.constant('incident_type'), value: secret }),
  fc.record({
    type: fc.constant('add_awareness' as const),
    at: fc.constant(at('09:00')),
    source: pick(['alert', 'mail', 'supplier'] as const),
    description: secret,
    reachedUs: fc.boolean(),
  }),
  fc.record({ type: fc.constant('rename' as const), title: secret }),
  fc.record({
    type: fc.constant('decide_level' as const),
    level: pick(['major', 'significant'] as const),
    reason: secret,
  }),
  fc.record({
    type: fc.constant('settle_question' as const),
    question: pick(regime.openQuestions).map(({ id }) => id),
    reading: fc.constant('counted'),
    reason: secret,
  }),
  fc.record({
    type: fc.constant('add_evidence' as const),
    evidence: fc.record({
      file: fc.constant('d'.repeat(64)),
      name: secret,
      size: fc.constant(1),
      mediaType: fc.constant('text/plain'),
    }),
  }),
  fc.record({ type: fc.constant('end_handling' as const), at: fc.constant(at('09:41')), reason: secret }),
);

const cases = fc.array(fc.tuple(pick(people), commands), { maxLength: 25 }).map((steps) => {
  const it = new Case(company);
  it.must('li-wei', { type: 'declare', title: '秘密的标题zq', system: 'shop' });
  for (const [who, command] of steps) {
    it.now += minutes(1);
    it.do(who, command);
  }
  return it;
});
const options = fc.record({
  kind: pick(REPORT_KINDS),
  language: pick(['zh', 'en'] as const),
  cannotDetermine: fc.subarray(['cause', 'impact', 'trend']),
});

function statements(document: ReportDocument): readonly Run[] {
  const blocks = [...document.introduction, ...document.sections.flatMap((section) => section.blocks)];
  return [
    ...document.head.flatMap(({ runs }) => runs),
    ...blocks.flatMap((block) => (block.kind === 'paragraph' ? block.runs : [])),
  ];
}

describe('whatever people did', () => {
  test('nothing internal is in the submission', () => {
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const json = JSON.stringify(reportOf(it, { ...chosen, version: 'submission' }));
        expect(json).not.toMatch(/秘密|zq/);
        expect(json).not.toMatch(/[0-9a-f]{64}/);
        expect(json).not.toMatch(/Jishi|jishi|计时/);
        for (const name of ['陈宇', 'chen-yu', 'stranger-wang']) expect(json).not.toContain(name);
      }),
      { numRuns: 60 },
    );
  });

  test('every statement comes from a fact, a field, the profile or an entry of the record', () => {
    const named = new Set([
      ...regime.factDefinitions.map(({ id }) => id),
      ...FIELDS,
      ...['incident', 'compiledAt', 'awareness', 'occurrence', 'level', 'incident_type', 'filing', 'handling_end'],
      ...['signatory', 'contact', 'phone', 'to', 'unit'],
    ]);
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const state = it.current;
        for (const run of statements(reportOf(it, chosen))) {
          if (run.kind === 'phrase') continue;
          const known = named.has(run.of) || /^(profile|recipient)\.\w+$/.test(run.of);
          expect(known, `${run.of}: ${run.text}`).toBe(true);
          if (run.kind === 'words') expect(state.fields[run.of]?.wording).not.toBeNull();
          const isFact = regime.factDefinitions.some(({ id }) => id === run.of);
          if (isFact) expect(state.facts[run.of]).toBeDefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the items stand in the order of the law, numbered without a gap', () => {
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const document = reportOf(it, { ...chosen, language: 'zh' });
        const numbers = document.sections.map(({ number }) => number).join('');
        expect('一、二、三、四、五、六、七、八、').toContain(numbers);
        expect(document.sections).toHaveLength(chosen.kind === 'summary' ? 6 : 8);
      }),
      { numRuns: 20 },
    );
  });

  test('no sentence has an empty place, a leftover brace or two full stops', () => {
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const json = JSON.stringify(reportOf(it, { ...chosen, version: 'internal' }));
        expect(json).not.toMatch(/undefined|null,"text"|\[object|NaN|。。|；；|：。|Invalid/);
        expect(JSON.stringify(statements(reportOf(it, chosen)))).not.toMatch(/"text":"[^"]*\{[a-z]+\}/);
      }),
      { numRuns: 60 },
    );
  });
});
