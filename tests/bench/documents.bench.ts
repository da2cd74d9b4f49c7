import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Document, Packer, Paragraph } from 'docx';
import { type ReportFormat, renderReport } from '../../src/documents/render.ts';
import type { ReportDocument } from '../../src/report/model.ts';
import { hostileCase } from '../documents/hostile.ts';
import { CHEN, incidentWithEvidence } from '../e2e/support/evidence.ts';
import { startHouse } from '../fakes/house.ts';
import { leakCase, reportOf } from '../report/cases.ts';

interface Row {
  readonly what: string;
  readonly p50?: string;
  readonly p99?: string;
  readonly stall?: string;
  readonly bar?: string;
}

/** Reports as DOCX and PDF: first and warm, how long the event loop stood still, and what 1,000 drafts leave in memory. */
export async function benchDocuments(): Promise<readonly Row[]> {
  const usual = reportOf(leakCase());
  const long = reportOf(hostileCase(), { version: 'internal', record: { headHash: 'ab'.repeat(32) } });
  return [
    await first('PDF, first (worker and fonts started)', usual, 'pdf', 'first < 150 ms, stall < 50 ms'),
    await warm('PDF, warm', usual, 'pdf', 'p50 < 50 ms, stall < 50 ms'),
    await warm('PDF, internal, 80 rows, long text', long, 'pdf', ''),
    await first('DOCX, first (library loaded)', usual, 'docx', ''),
    await warm('DOCX, warm', usual, 'docx', '< 50 ms, stall < 50 ms'),
    await warm('DOCX, internal, 80 rows, long text', long, 'docx', ''),
    await timed('floor: DOCX of one line by the bare library', 100, bareDocx, ''),
    await timed('compile a report from the record', 1_000, compiling(), ''),
    ...(await bundles()),
    await growth('memory after 1,000 drafts (compiled, DOCX, PDF)'),
  ];
}

async function bareDocx(): Promise<void> {
  await Packer.toArrayBuffer(new Document({ sections: [{ children: [new Paragraph('一行')] }] }));
}
function compiling(): () => Promise<void> {
  const it = hostileCase();
  return async () => {
    reportOf(it, { version: 'internal' });
  };
}

/** A bundle of two drafts and the report as it stands: 48 reports and a file of 20 MB; in parts, so that nothing waits. */
async function bundles(): Promise<readonly Row[]> {
  const house = await startHouse();
  try {
    const { app } = house.house;
    const id = await incidentWithEvidence(app);
    const content = new Uint8Array(20 * 2 ** 20);
    const delivery = { platform: 'bench', key: 'file', body: '' };
    await app.attach({ incident: id, name: 'dump.bin', mediaType: 'x/y', content, caller: CHEN, delivery });
    const take = async (): Promise<void> => {
      const bundle = await app.bundle(id, 'api', { counsel: false });
      if ('code' in bundle) throw new Error(bundle.code);
      for await (const _ of bundle.content) await new Promise((resolve) => setImmediate(resolve));
    };
    return [await timed('evidence bundle, 48 reports and 20 MB of files', 5, take, 'stall < 50 ms', 1)];
  } finally {
    await house.stop();
  }
}

function first(what: string, document: ReportDocument, format: ReportFormat, bar: string): Promise<Row> {
  return timed(what, 1, async () => void (await renderReport(document, format)), bar, 0);
}
function warm(what: string, document: ReportDocument, format: ReportFormat, bar: string): Promise<Row> {
  return timed(what, 100, async () => void (await renderReport(document, format)), bar);
}

async function timed(what: string, times: number, run: () => Promise<void>, bar: string, before = 5): Promise<Row> {
  for (let i = 0; i < before; i += 1) await run();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.reset();
  const took: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const started = performance.now();
    await run();
    took.push(performance.now() - started);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): string => `${(sorted[Math.ceil(share * times) - 1] ?? 0).toFixed(1)} ms`;
  return { what, p50: at(0.5), p99: at(0.99), stall: `${(delay.max / 1e6).toFixed(0)} ms`, bar };
}

async function growth(what: string): Promise<Row> {
  const it = leakCase();
  const draft = async (n: number): Promise<void> => {
    it.must('chen-yu', { type: 'add_note', text: `第${n}条` });
    const document = reportOf(it);
    await renderReport(document, 'docx');
    await renderReport(document, 'pdf');
  };
  for (let n = 0; n < 100; n += 1) await draft(n);
  const before = process.memoryUsage.rss();
  let peak = before;
  for (let n = 0; n < 1_000; n += 1) {
    await draft(n);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const grown = (bytes: number): string => `${Math.round((bytes - before) / 2 ** 20)} MB`;
  return { what, p50: `+${grown(process.memoryUsage.rss())}`, p99: `peak +${grown(peak)}`, bar: '+ < 100 MB' };
}
