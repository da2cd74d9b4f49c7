import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Document, Packer, Paragraph } from 'docx';
import { renderReport } from '../../src/documents/render.ts';
import type { ReportDocument } from '../../src/incident/report-document.ts';
import type { ReportFormat } from '../../src/use-cases/documents/document-port.ts';
import { hostileCase } from '../documents/hostile.ts';
import { leakCase, reportOf } from '../report/cases.ts';
import { largeIncident } from './support/large-incident.ts';
import { sized } from './support/measure.ts';

interface Row {
  readonly what: string;
  readonly p50?: string;
  readonly p99?: string;
  readonly stall?: string;
  /** Resident memory of the program after it. */
  readonly memory?: string;
  readonly bar?: string;
}

const TIMES = sized(60, 10);
const DRAFTS = sized(300, 30);
const AT_ONCE = sized(10, 3);

/** Reports as DOCX and PDF: first and warm, how long the event loop stood still, and what 600 drafts leave in memory. */
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
    await timed('floor: DOCX of one line by the bare library', TIMES, bareDocx, ''),
    await timed('compile a report from the record', 10 * TIMES, compiling(), ''),
    await growth(`memory after ${DRAFTS.toLocaleString('en')} drafts (compiled, DOCX, PDF)`),
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

/** The program with an incident of 600 notes and 120 MB of files: stalls of its event loop, and its memory. */
export async function benchLargeDocuments(): Promise<readonly Row[]> {
  const large = await largeIncident(sized(600, 60), sized(8, 2), sized(15, 1) * 2 ** 20);
  const at = `/api/v1/incidents/${large.incident}`;
  const internal = (format: string): string => `${at}/report?format=${format}&language=zh&version=internal`;
  const rows: Row[] = [];
  const row = async (what: string, path: string, times: number): Promise<void> => {
    await rest(500);
    await large.stall();
    const started = performance.now();
    await Promise.all(Array.from({ length: times }, () => large.drain(path)));
    const took = `${(performance.now() - started).toFixed(0)} ms`;
    const stall = `${(await large.stall()).toFixed(0)} ms`;
    rows.push({ what, p50: took, stall, memory: `${(await large.memory()).toFixed(0)} MB`, bar: 'stall < 50 ms' });
  };
  try {
    await row('large: DOCX, internal', internal('docx'), 1);
    await row(`large: ${AT_ONCE} DOCX at once`, internal('docx'), AT_ONCE);
    await row(`large: ${AT_ONCE} PDF at once`, internal('pdf'), AT_ONCE);
    await row('large: evidence bundle', `${at}/bundle`, 1);
    await row(`large: ${AT_ONCE} bundles at once`, `${at}/bundle`, AT_ONCE);
    await rest(sized(10_000, 500));
    rows.push({ what: 'large: memory afterwards', memory: `${(await large.memory()).toFixed(0)} MB`, bar: '< 400 MB' });
    return rows;
  } finally {
    await large.stop();
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function first(what: string, document: ReportDocument, format: ReportFormat, bar: string): Promise<Row> {
  return timed(what, 1, async () => void (await renderReport(document, format)), bar, 0);
}
function warm(what: string, document: ReportDocument, format: ReportFormat, bar: string): Promise<Row> {
  return timed(what, TIMES, async () => void (await renderReport(document, format)), bar);
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
  for (let n = 0; n < TIMES; n += 1) await draft(n);
  const before = process.memoryUsage.rss();
  let peak = before;
  for (let n = 0; n < DRAFTS; n += 1) {
    await draft(n);
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const grown = (bytes: number): string => `${Math.round((bytes - before) / 2 ** 20)} MB`;
  return { what, p50: `+${grown(process.memoryUsage.rss())}`, p99: `peak +${grown(peak)}`, bar: '+ < 100 MB' };
}
