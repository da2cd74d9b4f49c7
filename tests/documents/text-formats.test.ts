import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { escaped } from '../../src/documents/markdown.ts';
import { renderReport } from '../../src/documents/render.ts';
import { reportDocumentSchema } from '../../src/incident/report-document.ts';
import { documentLines } from '../../src/report/paper.ts';
import { leakCase, regime, reportOf } from '../report/cases.ts';
import { hostileCase } from './hostile.ts';

const decoded = (content: Uint8Array): string => new TextDecoder().decode(content);

/** What a reader sees of a Markdown page, by a parser of others (CommonMark with GitHub's extensions). */
function seen(page: string): string {
  const html = micromark(page, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s/g, '');
}
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

describe('Markdown', () => {
  test.each([
    ['submission', 'zh'],
    ['internal', 'zh'],
    ['internal', 'en'],
  ] as const)('a reader sees what the model says: %s, %s', async (version, language) => {
    const document = reportOf(hostileCase(), { version, language });
    const page = decoded((await renderReport(document, 'md')).content);
    const words = [...document.marks, ...documentLines(document)].join('').replace(/\s/g, '');
    expect(seen(page)).toBe(words);
  });

  test('nothing people wrote becomes a link, a picture, a list, code or HTML', async () => {
    const page = decoded((await renderReport(reportOf(hostileCase()), 'md')).content);
    const html = micromark(page, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    const tags = new Set(html.match(/<\w+/g));
    expect([...tags].sort()).toEqual(
      ['<blockquote', '<br', '<h1', '<h2', '<p', '<strong'].filter((tag) => tags.has(tag)),
    );
  });

  test.each([
    ['INC-2026-0001', 'INC-2026-0001'],
    ['1. x', '1\\. x'],
    ['https://a.example', 'https\\://a.example'],
    ['a@b.example', 'a\\@b.example'],
    ['R&D &amp;', 'R&D \\&amp;'],
  ])('%s is written %s', (words, written) => {
    expect(escaped(words)).toBe(written);
  });
});

describe('JSON', () => {
  test.each(regime.reports.map(({ id }) => [id]))('a %s report is what the published schema says', async (kind) => {
    const document = reportOf(hostileCase(), { kind, version: 'internal', record: { headHash: 'x' } });
    const json: unknown = JSON.parse(decoded((await renderReport(document, 'json')).content));
    expect(json).toEqual(document);
    expect(reportDocumentSchema.parse(json)).toEqual(document);
  });

  test('anything else is refused', () => {
    const document = reportOf(leakCase());
    expect(reportDocumentSchema.safeParse({ ...document, extra: 1 }).success).toBe(false);
    expect(reportDocumentSchema.safeParse({ ...document, schema: 2 }).success).toBe(false);
  });
});
