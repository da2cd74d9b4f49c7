/**
 * Makes the pictures of pages for the docs (`npm run documents:pictures`): the papers as PDF, one also as DOCX through
 * LibreOffice. For looking at them by hand; needs `pdftoppm` (poppler) and, for DOCX, `soffice`. Look at all of them.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOrganisation } from '../src/config/organisation.ts';
import { renderPaper } from '../src/documents/render.ts';
import { loadInspection } from '../src/regimes/load-inspection.ts';
import { emergencyCard } from '../src/report/emergency-card.ts';
import { leniencyPack } from '../src/report/evidence.ts';
import { guide } from '../src/report/guide.ts';
import { inspect } from '../src/report/inspection/pack.ts';
import { inspectionPaper } from '../src/report/inspection/paper.ts';
import type { Paper } from '../src/report/paper.ts';
import { isStep } from '../src/use-cases/documents/bundle-lists.ts';
import { timelineOf } from '../src/use-cases/timeline.ts';
import { company, leakCase, regime, reportOf } from '../tests/report/cases.ts';

const OUT = join(import.meta.dirname, '../docs/pictures');
const EXAMPLE = join(import.meta.dirname, '../manifests/organisation.example.yaml');
const work = mkdtempSync(join(tmpdir(), 'jishi-pages-'));

interface Picture {
  readonly name: string;
  readonly paper: Paper;
  readonly page?: number;
  readonly through?: 'docx';
}

function pictures(): readonly Picture[] {
  const organisation = parseOrganisation(readFileSync(EXAMPLE, 'utf8'), EXAMPLE);
  const record = { headHash: '5f'.repeat(32) };
  const filed = leakCase({
    ...company,
    safeguards: organisation.safeguards,
    emergencyPlan: organisation.emergencyPlan,
  });
  filed.must('li-wei', { type: 'decide_level', level: 'major' });
  const at = new Date(filed.now).toISOString();
  filed.must('zhao-min', {
    type: 'record_filing',
    obligation: 'cac.art4.other',
    channel: 'web_12387',
    at,
    receipt: '2026-0331-17',
  });
  const known = { state: filed.current, ia: filed.assess(), regime };
  const report = reportOf(filed);
  const steps = filed.events.filter(({ event }) => isStep(event.type));
  const told = timelineOf(known, steps, 'zh-CN', { show: 'all' });
  const [entity = null] = organisation.entities;
  const hashOf = (version: number): string => createHash('sha256').update(`entry ${version}`).digest('hex');
  const hashes = new Map(filed.events.map(({ version }) => [version, hashOf(version)]));
  const records = [{ ...known, events: filed.events, hashes }];
  const inspectionOf = (language: 'zh' | 'en'): Paper => {
    const map = loadInspection();
    const leftOut = { withheld: 0, erased: 0, unassigned: 0, reasons: 0, broken: [] };
    const asked = { unit: company.entities[0]?.name ?? null, from: '2026-01-01', to: '2026-12-31', at };
    return inspectionPaper({ ...asked, records, leftOut, map, language, lines: [...inspect(records, map, language)] });
  };
  return [
    { name: 'first-zh', paper: report },
    { name: 'first-docx-zh', paper: report, through: 'docx' },
    { name: 'internal-zh', paper: reportOf(filed, { version: 'internal', record }), page: 3 },
    { name: 'art11-zh', paper: leniencyPack({ ...known, language: 'zh', steps: told, ...record }) },
    { name: 'inspection-zh', paper: inspectionOf('zh'), page: 2 },
    { name: 'inspection-en', paper: inspectionOf('en'), page: 2 },
    { name: 'guide-zh', paper: guide({ regime, organisation, language: 'zh', at }) },
    { name: 'card-zh', paper: emergencyCard({ regime, organisation, language: 'zh', at }, entity) },
    { name: 'card-en', paper: emergencyCard({ regime, organisation, language: 'en', at }, entity) },
  ];
}

async function draw({ name, paper, page = 1, through }: Picture): Promise<void> {
  const format = through ?? 'pdf';
  const file = join(work, `${name}.${format}`);
  writeFileSync(file, (await renderPaper(paper, name, format)).content);
  if (through === 'docx') {
    const converted = spawnSync('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', work, file], {
      stdio: 'ignore',
    });
    if (converted.status !== 0) {
      process.stderr.write(`${name}: left out, soffice is not here\n`);
      return;
    }
  }
  const pages = ['-f', String(page), '-l', String(page)];
  const target = join(OUT, `document-${name}`);
  execFileSync('pdftoppm', ['-r', '64', '-png', '-singlefile', ...pages, join(work, `${name}.pdf`), target], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
}

mkdirSync(OUT, { recursive: true });
try {
  for (const picture of pictures()) await draw(picture);
} finally {
  rmSync(work, { recursive: true });
}
process.exit(0);
