import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Header, Packer, Paragraph, TextRun } from 'docx';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { templateCommand } from '../../src/cli/template.ts';
import { renderReport } from '../../src/documents/render.ts';
import { checkTemplate } from '../../src/documents/template.ts';
import { documentLines } from '../../src/report/paper.ts';
import { Case, company, fill, leakCase, reportOf } from '../report/cases.ts';
import { hostileCase } from './hostile.ts';
import { docxHeader, docxLines } from './reading.ts';

const LINES = [
  '{{标题}}',
  '编号 {{ number }}',
  '主送：{{主送}}',
  '单位：{{报告单位}}',
  '时间：{{报告时间}}',
  '签发：{{签发人}}',
  '联系人：{{联系人}}　{{联系电话}}',
  '{{正文}}',
  '（盖章处）{{日期}}',
];

/** A company's letterhead with these lines; the first placeholder is split over runs, as Word does. */
async function letterhead(lines: readonly string[] = LINES): Promise<Uint8Array> {
  const paragraph = (text: string): Paragraph => {
    const middle = Math.floor(text.length / 2);
    return new Paragraph({ children: [new TextRun(text.slice(0, middle)), new TextRun(text.slice(middle))] });
  };
  const file = new Document({
    sections: [
      {
        headers: { default: new Header({ children: [new Paragraph('某某公司文件')] }) },
        children: lines.map(paragraph),
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(file));
}

describe("a company's own template", () => {
  test('is filled with head and text, its own words and header untouched', async () => {
    const document = reportOf(leakCase());
    const { content, name } = await renderReport(document, 'docx', await letterhead(), 'INC-2026-0001-首报');
    expect(name).toBe('INC-2026-0001-首报.docx');
    expect(docxHeader(content)).toEqual(['某某公司文件']);
    const lines = docxLines(content);
    expect(lines.slice(0, 3)).toEqual([document.title, '编号 INC-2026-0001', '主送：上海市互联网信息办公室']);
    expect(lines).toContain('联系人：李伟　021-5555 0100');
    expect(lines.at(-1)).toBe('（盖章处）2026年3月31日');
    const text = documentLines(document).slice(1 + document.head.length, -document.signature.length);
    expect(lines.filter((line) => text.includes(line))).toEqual(text);
  });

  test('what people wrote is never taken for a placeholder, nor for markup', async () => {
    const it = hostileCase();
    fill(it, 'art7.2.place', 'x', '地点 {{标题}} {{正文}} ⟦0⟧ {{unit}}');
    const document = reportOf(it);
    const { content } = await renderReport(document, 'docx', await letterhead());
    const all = docxLines(content).join('\n');
    for (const line of documentLines(document).slice(1 + document.head.length, -document.signature.length)) {
      expect(all).toContain(line);
    }
  });

  test('is the same bytes for the same report', async () => {
    const template = await letterhead();
    const once = await renderReport(reportOf(leakCase()), 'docx', template);
    expect((await renderReport(reportOf(leakCase()), 'docx', template)).content).toEqual(once.content);
  });

  test('is not used for what is marked on every page: internal, English reference copy, drill', async () => {
    const template = await letterhead();
    const drill = new Case(company);
    drill.must('li-wei', { type: 'declare', title: '演练', drill: true });
    const marked = [
      reportOf(leakCase(), { version: 'internal' }),
      reportOf(leakCase(), { language: 'en' }),
      reportOf(drill),
    ];
    for (const document of marked) {
      const { content } = await renderReport(document, 'docx', template);
      expect(docxHeader(content)).toEqual(document.marks);
    }
  });
});

describe('checking a template', () => {
  test('finds nothing wrong with a good one', async () => {
    expect(await checkTemplate(await letterhead())).toEqual([]);
  });

  test('names what is unknown, with what was probably meant, and what is missing', async () => {
    const lines = LINES.map((line) => line.replace('{{联系电话}}', '{{联系电活}}').replace('{{签发人}}', '{{印章}}'));
    expect(await checkTemplate(await letterhead(lines))).toEqual([
      { kind: 'unknown', name: '印章', suggestion: null },
      { kind: 'unknown', name: '联系电活', suggestion: '联系电话' },
      { kind: 'missing', name: '签发人', english: 'signatory' },
      { kind: 'missing', name: '联系电话', english: 'phone' },
    ]);
  });

  test('of very many unknown ones names as many as can be mended at once', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `{{unknown ${n}}}`);
    const found = await checkTemplate(await letterhead([...LINES, ...many]));
    expect(found.map((one) => one.kind === 'unknown' && one.name)).toEqual(
      Array.from({ length: 20 }, (_, n) => `unknown ${n}`),
    );
  });

  test('of what is no DOCX says so', async () => {
    expect(await checkTemplate(new Uint8Array([1, 2, 3]))).toMatchObject([{ kind: 'unreadable' }]);
  });
});

describe('jishi template', () => {
  const home = mkdtempSync(join(tmpdir(), 'jishi-template-'));
  afterAll(() => rmSync(home, { recursive: true }));
  const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const code = await templateCommand(args, { env: {}, out: say, error: say, stdin: async () => '' });
    return { code, said: said.join('\n') };
  };

  test('check and preview', async () => {
    const file = join(home, 'own.docx');
    writeFileSync(file, await letterhead());
    expect(await run('check', file)).toEqual({ code: 0, said: expect.stringContaining('ok') });
    const made = await run('preview', file);
    expect(made).toEqual({ code: 0, said: `ok: ${join(home, 'own-preview.docx')}` });
  });

  test('names every problem with the file', async () => {
    const file = join(home, 'bad.docx');
    writeFileSync(file, await letterhead([...LINES.slice(0, 8), '{{titel}}']));
    const { code, said } = await run('check', file);
    expect(code).toBe(1);
    expect(said).toBe(`${file}: {{titel}} is not a known placeholder; did you mean {{title}}?`);
    expect(await run('check', join(home, 'none.docx'))).toMatchObject({ code: 1 });
    await expect(run('look', file)).rejects.toThrow('usage of template');
  });
});

/** Bytes; a little more than a template may have. */
const UNPACKED = 65 * 2 ** 20;

test('a file that unpacks to more than it may is refused, whatever it says of its size', { tags: 'soak' }, async () => {
  const bomb = zipSync({ 'word/document.xml': new Uint8Array(UNPACKED) }, { level: 1 });
  // The size unpacked, in the entry and in the directory.
  const size = Buffer.alloc(4);
  size.writeUInt32LE(UNPACKED);
  const modest = Buffer.from(bomb);
  for (let at = modest.indexOf(size); at >= 0; at = modest.indexOf(size)) modest.writeUInt32LE(1_000, at);
  for (const template of [bomb, modest]) {
    expect(await checkTemplate(template)).toEqual([{ kind: 'unreadable', detail: 'it unpacks to more than 64 MB' }]);
  }
});
