import { describe, expect, test } from 'vitest';
import { outdated } from '../../scripts/generate.ts';
import { escaped } from '../../src/documents/markdown.ts';
import { renderReport } from '../../src/documents/render.ts';
import { reportDocumentSchema } from '../../src/documents/schema.ts';
import { REPORT_KINDS } from '../../src/report/model.ts';
import { documentLines } from '../../src/report/plain-text.ts';
import { leakCase, reportOf } from '../report/cases.ts';
import { HOSTILE, hostileCase } from './hostile.ts';

const decoded = (content: Uint8Array): string => new TextDecoder().decode(content);

describe('Markdown', () => {
  test('says what the model says once its escapes are taken away', async () => {
    const document = reportOf(hostileCase());
    const text = decoded((await renderReport(document, 'md')).content);
    const plain = text
      .replace(/(?<!\\)\*\*/g, '')
      .replace(/\\([^A-Za-z0-9\s])/g, '$1')
      .replace(/\s/g, '');
    for (const line of documentLines(document)) {
      expect(plain, line).toContain(line.replace(/\s/g, ''));
    }
  });

  test.each(HOSTILE.map((words) => [words]))('nothing people wrote is markup: %s', (words) => {
    const lines = escaped(words).split('\n');
    expect(lines.every((line) => !/(?<!\\)[`*_[\]<>#|!$&]/.test(line.replaceAll('\\\\', '')))).toBe(true);
    expect(lines.every((line) => !/^\s*(-|\d+\.|={3,}|>)\s/.test(line))).toBe(true);
    expect(lines.every((line) => !/^ {4}/.test(line))).toBe(true);
  });

  test('a table stays a table', async () => {
    const document = reportOf(hostileCase(), { version: 'internal' });
    const rows = decoded((await renderReport(document, 'md')).content)
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const cells = (row: string): number => row.replace(/\\\|/g, '').split('|').length - 2;
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.every((row) => [1, 3, 4].includes(cells(row)))).toBe(true);
  });
});

describe('JSON', () => {
  test.each(REPORT_KINDS.map((kind) => [kind]))('a %s report is what the published schema says', async (kind) => {
    const document = reportOf(hostileCase(), { kind, version: 'internal', record: { headHash: 'x' } });
    const json: unknown = JSON.parse(decoded((await renderReport(document, 'json')).content));
    expect(json).toEqual(document);
    expect(reportDocumentSchema.parse(json)).toEqual(document);
  });

  test('the published schema is made from the one in use', () => {
    expect(outdated()).not.toContain('src/documents/report.schema.json');
  });

  test('anything else is refused', () => {
    const document = reportOf(leakCase());
    expect(reportDocumentSchema.safeParse({ ...document, extra: 1 }).success).toBe(false);
    expect(reportDocumentSchema.safeParse({ ...document, schema: 2 }).success).toBe(false);
  });
});
