import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseOrganisation } from '../../src/config/organisation.ts';
import { renderPaper } from '../../src/documents/render.ts';
import { emergencyCard } from '../../src/report/emergency-card.ts';
import { guide } from '../../src/report/guide.ts';
import { documentLines } from '../../src/report/paper.ts';
import { regime } from '../report/cases.ts';
import { docxLines, pdfPages, squeezed } from './reading.ts';

const EXAMPLE = 'manifests/organisation.example.yaml';
const organisation = parseOrganisation(readFileSync(EXAMPLE, 'utf8'), EXAMPLE);
const at = '2026-03-31T13:05:00+08:00';

test.each(['zh', 'en'] as const)(
  'the emergency card is one page for every unit, and for none: %s',
  async (language) => {
    for (const entity of [...organisation.entities, null]) {
      const { content } = await renderPaper(
        emergencyCard({ regime, organisation, language, at }, entity),
        'card',
        'pdf',
      );
      expect(await pdfPages(content)).toHaveLength(1);
    }
  },
);

test.each(['zh', 'en'] as const)('the guide says in DOCX and PDF what it says: %s', async (language) => {
  const paper = guide({ regime, organisation, language, at });
  const docx = await renderPaper(paper, 'guide', 'docx');
  const lines = documentLines(paper)
    .flatMap((line) => line.split('\n'))
    .filter((line) => line !== '');
  expect(docxLines(docx.content).flatMap((line) => line.split('\n'))).toEqual(lines);
  const pages = await pdfPages((await renderPaper(paper, 'guide', 'pdf')).content);
  const text = squeezed(pages.map((page) => page.split('\n').slice(0, -1).join('')).join(''));
  for (const { source } of regime.obligations) expect(text).toContain(squeezed(source.quote));
});
