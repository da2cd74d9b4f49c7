import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { coverageOf, legible, REPORT_FAMILY, underOwnName } from './font.ts';

/**
 * Runs in a worker thread: one document after the other, so that the event loop of the bot never waits for a page. It
 * imports next to nothing, for the first page is waited for.
 */
const file = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
const regular = file('fonts/NotoSansSC-Regular.ttf');
const has = coverageOf(regular);
const template = file('report.typ').toString('utf8');
const compiler = NodeCompiler.create({
  fontArgs: [{ fontBlobs: [underOwnName(regular), underOwnName(file('fonts/NotoSansSC-Bold.ttf'))] }],
});

export interface PdfRequest {
  readonly id: number;
  /** What the template shows, as JSON. */
  readonly input: string;
}
export type PdfAnswer =
  | { readonly id: number; readonly pdf: Uint8Array }
  | { readonly id: number; readonly error: string };

/** `legible` leaves the quotes and escapes of JSON alone: the font has them. */
function answer({ id, input }: PdfRequest): PdfAnswer {
  try {
    const compiled = compiler.compile({
      mainFileContent: template,
      inputs: { document: legible(input, has), family: REPORT_FAMILY },
    });
    const { result } = compiled;
    if (!result) return { id, error: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? 'no document') };
    return { id, pdf: new Uint8Array(compiler.pdf(result)) };
  } catch (error) {
    return { id, error: String(error) };
  } finally {
    // Without this the compiler keeps every document: 1,000 of them grew it to 1.4 GB.
    compiler.evictCache(0);
  }
}

parentPort?.on('message', (request: PdfRequest) => {
  const reply = answer(request);
  parentPort?.postMessage(reply, 'pdf' in reply ? [reply.pdf.buffer as ArrayBuffer] : []);
});
