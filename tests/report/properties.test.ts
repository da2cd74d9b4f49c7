import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReportDocument, Run } from '../../src/incident/report-document.ts';
import { inEverySoak } from '../fakes/soak.ts';
import { regime, reportOf } from './cases.ts';
import { cases, pick } from './random-cases.ts';

const options = fc.record({
  kind: pick(regime.reports.map(({ id }) => id)),
  language: pick(['zh', 'en'] as const),
  cannotDetermine: fc.subarray(['cause', 'impact', 'trend'] as const),
});

function statements(document: ReportDocument): readonly Run[] {
  const blocks = [...document.introduction, ...document.sections.flatMap((section) => section.blocks)];
  return [
    ...document.head.flatMap(({ runs }) => runs),
    ...blocks.flatMap((block) => (block.kind === 'paragraph' ? block.runs : [])),
  ];
}

describe('whatever people did', () => {
  test('nothing internal is in the submission', { tags: 'grows' }, () => {
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const json = JSON.stringify(reportOf(it, { ...chosen, version: 'submission' }));
        expect(json).not.toMatch(/秘密|zq/);
        expect(json).not.toMatch(/[0-9a-f]{64}/);
        expect(json).not.toMatch(/Jishi|jishi|计时/);
        for (const name of ['陈宇', 'chen-yu', 'stranger-wang']) expect(json).not.toContain(name);
      }),
      { numRuns: inEverySoak(20, 60) },
    );
  });

  test('the items stand in the order of the law, numbered without a gap', () => {
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const document = reportOf(it, { ...chosen, language: 'zh' });
        const numbers = document.sections.map(({ number }) => number).join('');
        expect('一、二、三、四、五、六、七、八、').toContain(numbers);
        expect(document.sections).toHaveLength(chosen.kind === 'summary' ? 7 : 8);
      }),
      { numRuns: 20 },
    );
  });

  test('no sentence has an empty place, a leftover brace or two full stops', { tags: 'grows' }, () => {
    fc.assert(
      fc.property(cases, options, (it, chosen) => {
        const json = JSON.stringify(reportOf(it, { ...chosen, version: 'internal' }));
        expect(json).not.toMatch(/undefined|null,"text"|\[object|NaN|。。|；；|：。|Invalid/);
        expect(JSON.stringify(statements(reportOf(it, chosen)))).not.toMatch(/"text":"[^"]*\{[a-z]+\}/);
      }),
      { numRuns: inEverySoak(20, 60) },
    );
  });
});
