import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { coverageOf, legible, REPORT_FAMILY, underOwnName, withoutKorean } from '../../src/documents/font.ts';
import { renderPaper, renderReport } from '../../src/documents/render.ts';
import type { ReportDocument } from '../../src/incident/report-document.ts';
import { documentLines, paperOf, proseOf } from '../../src/report/paper.ts';
import { allPacks } from '../fakes/law.ts';
import { Case, company, leakCase, reportOf } from '../report/cases.ts';
import { hostileCase } from './hostile.ts';
import { pdfPages, pdfText, squeezed } from './reading.ts';

const FONTS = new URL('../../src/documents/fonts/', import.meta.url);
const regular = readFileSync(new URL('NotoSansSC-Regular.ttf', FONTS));
const has = coverageOf(regular);

async function pdfOf(document: ReportDocument): Promise<Uint8Array> {
  return (await renderReport(document, 'pdf')).content;
}
function modelText(document: ReportDocument): string {
  return squeezed(
    documentLines(document)
      .map((line) => legible(line, has))
      .join(''),
  );
}

describe('PDF', () => {
  test.each([
    ['submission', 'zh'],
    ['submission', 'en'],
    ['internal', 'zh'],
    ['internal', 'en'],
  ] as const)('says what the model says, character by character: %s, %s', async (version, language) => {
    const document = reportOf(hostileCase(), { version, language, record: { headHash: 'ab'.repeat(32) } });
    expect(await pdfText(await pdfOf(document), document)).toBe(modelText(document));
  });

  test('the same document gives the same bytes, another one others', async () => {
    const sha = async (document: ReportDocument) =>
      createHash('sha256')
        .update(await pdfOf(document))
        .digest('hex');
    const document = reportOf(leakCase());
    const [first, other, again] = [await sha(document), await sha(reportOf(hostileCase())), await sha(document)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('marks every page of a drill, numbers every page', async () => {
    const it = new Case(company);
    it.must('li-wei', { type: 'declare', title: '演练', drill: true });
    for (let n = 0; n < 60; n += 1) it.must('li-wei', { type: 'add_note', text: `第${n}条` });
    const pages = await pdfPages(await pdfOf(reportOf(it, { version: 'internal' })));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, index) => {
      expect(squeezed(page).startsWith('演练非真实事件，不得报送')).toBe(true);
      expect(page.endsWith(`— ${index + 1} —`)).toBe(true);
    });
  });

  test('embeds its two weights and nothing else', async () => {
    const raw = Buffer.from(await pdfOf(reportOf(leakCase()))).toString('latin1');
    const names = new Set(raw.match(/\/BaseFont\s*\/\S+/g)?.map((name) => name.replace(/^.*\+/, '')));
    for (const name of names) expect(name).toMatch(/^NotoSansSC-(Regular|Bold)/);
  });

  test('a document that cannot be set is refused, and the next one is made', async () => {
    const document = reportOf(leakCase(), { version: 'internal' });
    const broken = { kind: 'table' as const, id: 'x', columns: [{ title: 'x', width: Number.NaN }], rows: [['y']] };
    const section = { id: 'x', number: null, heading: 'x', blocks: [broken] };
    await expect(pdfOf({ ...document, appendix: [section] })).rejects.toThrow('the PDF could not be made');
    expect((await pdfPages(await pdfOf(document))).length).toBeGreaterThan(2);
  });

  test('many at once come back each to its own', async () => {
    const documents = Array.from({ length: 8 }, (_, n) => ({ ...reportOf(leakCase()), title: `第${n}份报告` }));
    const all = await Promise.all(documents.map(pdfOf));
    for (const [n, content] of all.entries()) {
      expect((await pdfPages(content))[0]).toContain(`第${n}份报告`);
    }
  });
});

describe('the font', () => {
  test('knows which characters it has', () => {
    for (const char of '网络安全事件报告〇—…，。：；（）《》“”、㎡①ABCxyz0189é')
      expect(has(char.codePointAt(0) ?? 0), char).toBe(true);
    for (const char of '𠮷😀') expect(has(char.codePointAt(0) ?? 0), char).toBe(false);
  });

  test('every message of the product can be shown', async () => {
    const { zhCN } = await import('../../src/i18n/zh-CN.ts');
    const { en } = await import('../../src/i18n/en.ts');
    const reportWords = (messages: object): readonly string[] =>
      Object.entries(messages).flatMap(([key, t]) => (key.startsWith('report.') ? [String(t)] : []));
    for (const text of [...reportWords(en), ...reportWords(zhCN)]) {
      expect(legible(text, has)).toBe(text);
    }
  });

  test('what it lacks is written as a code point, what nobody sees is left out', () => {
    expect(legible('𠮷田😀', has)).toBe('〔U+20BB7〕田〔U+1F600〕');
    expect(legible('a\u200b\ufe0fb\nc', has)).toBe('ab\nc');
  });

  test.each([
    ['zh', '韩文原文，本PDF字体不含韩文'],
    ['en', 'text in Korean, which the font of this PDF cannot show'],
  ] as const)('a sentence in Korean is said to be one, not written as code points: %s', async (language, said) => {
    const quotes = [...(allPacks().get('kr-pipa')?.pack.duties ?? [])].flatMap(({ source: { quote } }) =>
      /\p{Script=Hangul}/u.test(quote) ? [quote] : [],
    );
    expect(quotes.length).toBeGreaterThan(1);
    const introduction = quotes.map((quote, n) => proseOf(`q${n}`, `${quote}\n72 h`, '第34条'));
    const paper = paperOf({
      language,
      compiledAt: '2026-03-31T13:05:00+08:00',
      title: 'x',
      introduction,
      sections: [],
    });
    const text = squeezed((await pdfPages((await renderPaper(paper, 'x', 'pdf')).content)).join(''));
    expect(text.split(squeezed(said))).toHaveLength(quotes.length + 1);
    expect(text).not.toContain('U+');
    expect(withoutKorean('联系人 김철수，电话 02-1', said)).toBe('联系人 김철수，电话 02-1');
  });

  test('is used under a name of its own', () => {
    const own = underOwnName(Buffer.from(regular));
    expect(own).toHaveLength(regular.length);
    const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
    expect(own.includes(utf16(REPORT_FAMILY))).toBe(true);
    expect(own.includes(utf16('Noto Sans SC'))).toBe(false);
  });
});
