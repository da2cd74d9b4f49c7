import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { renderReport } from '../../src/documents/render.ts';
import { documentLines } from '../../src/report/paper.ts';
import { fileNameOf } from '../../src/report/sheet.ts';
import { soaked } from '../fakes/soak.ts';
import { Case, company, fill, leakCase, regime, reportOf } from '../report/cases.ts';
import { hostileCase } from './hostile.ts';
import { docxHeader, docxLines, parts } from './reading.ts';

const VERSIONS = [
  ['submission', 'zh'],
  ['submission', 'en'],
  ['internal', 'zh'],
  ['internal', 'en'],
] as const;

describe('DOCX', () => {
  test.each(VERSIONS)('says what the model says, word for word: %s, %s', async (version, language) => {
    const document = reportOf(hostileCase(), { version, language, record: { headHash: 'ab'.repeat(32) } });
    const { content } = await renderReport(document, 'docx');
    const lines = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split('\n'));
    expect(lines(docxLines(content))).toEqual(lines(documentLines(document)));
  });

  test('says any words as the model does, whatever characters they are made of', { tags: 'grows' }, async () => {
    const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => text.trim() !== '');
    const fields = ['art7.2.impact', 'art7.2.measures', 'art7.2.place', 'art7.2.effect'] as const;
    const texts = fc.tuple(words, words, words, words);
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        const it = leakCase();
        for (const [n, field] of fields.entries()) fill(it, field, 'x', `引文 ${all[n]} 完`);
        const document = reportOf(it);
        const { content } = await renderReport(document, 'docx');
        const expected = documentLines(document).flatMap((line) => line.split('\n'));
        expect(docxLines(content).flatMap((line) => line.split('\n'))).toEqual(expected);
      }),
      { numRuns: soaked(3, 100) },
    );
  });

  test('marks every page of a drill, and only that', async () => {
    const it = new Case(company);
    it.must('li-wei', { type: 'declare', title: '演练', drill: true });
    const drill = await renderReport(reportOf(it), 'docx');
    expect(docxHeader(drill.content)).toEqual(['演练　非真实事件，不得报送']);
    const real = await renderReport(reportOf(leakCase()), 'docx');
    expect(docxHeader(real.content)).toEqual([]);
  });

  test('is A4 with page numbers, and names the fonts of official documents for Chinese text', async () => {
    const { content } = await renderReport(reportOf(leakCase()), 'docx');
    const all = parts(content);
    expect(all['word/document.xml']).toMatch(/<w:pgSz w:w="11906" w:h="16838"/);
    expect(all['word/footer1.xml']).toContain('PAGE');
    expect(all['word/styles.xml']).toContain('w:eastAsia="仿宋"');
    expect(all['word/document.xml']).toContain('w:eastAsia="黑体"');
  });

  test('carries nothing of the program or its users in its properties', async () => {
    const { content } = await renderReport(reportOf(leakCase()), 'docx');
    const properties = parts(content)['docProps/core.xml'] ?? '';
    expect(properties).toContain('<dc:creator>某某（上海）贸易有限公司</dc:creator>');
    expect(properties).not.toMatch(/Un-named|jishi|docx/i);
  });

  test('the same report is the same bytes, whenever it is made', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const once = await renderReport(reportOf(leakCase()), 'docx');
    vi.setSystemTime(Date.now() + 86_400_000);
    expect((await renderReport(reportOf(leakCase()), 'docx')).content).toEqual(once.content);
  });

  test('repeats the head of long tables', async () => {
    const { content } = await renderReport(reportOf(hostileCase(), { version: 'internal' }), 'docx');
    expect(parts(content)['word/document.xml']?.match(/<w:tblHeader\/>/g)?.length).toBeGreaterThan(3);
  });

  test('has a name that says what it is', async () => {
    const it = leakCase();
    it.must('li-wei', { type: 'compile_draft', report: 'initial', cannotDetermine: [] });
    const name = async (options: Parameters<typeof reportOf>[1]) => {
      const document = reportOf(it, options);
      return (await renderReport(document, 'docx', null, fileNameOf(regime, document))).name;
    };
    expect(await name({})).toBe('INC-2026-0001-首报-v2-报送稿.docx');
    expect(await name({ version: 'internal', kind: 'follow_up' })).toBe('INC-2026-0001-续报-v2-内部稿.docx');
    expect(await name({ language: 'en' })).toBe('INC-2026-0001-first-report-v2-English-twin.docx');
  });
});
