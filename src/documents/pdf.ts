import { Worker } from 'node:worker_threads';
import type { Paper } from '../report/paper.ts';
import type { PdfAnswer, PdfRequest } from './pdf-worker.ts';
import { typstInput } from './typst-input.ts';

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** A report as PDF with embedded fonts; the same document gives the same bytes. Compiled in one worker thread. */
export function pdf(document: Paper): Promise<Uint8Array> {
  lastId += 1;
  const request: PdfRequest = { id: lastId, input: JSON.stringify(typstInput(document)) };
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { resolve, reject });
    worker ??= started();
    // The process may end while nothing is being compiled, but not before.
    worker.ref();
    worker.postMessage(request);
  });
}

function started(): Worker {
  const fresh = new Worker(new URL('./pdf-worker.ts', import.meta.url));
  fresh.on('message', settle);
  fresh.on('error', (error) => abandon(fresh, error));
  fresh.on('exit', (code) => abandon(fresh, new Error(`the PDF worker stopped with code ${code}`)));
  return fresh;
}

function settle(answer: PdfAnswer): void {
  const one = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (waiting.size === 0) worker?.unref();
  if ('pdf' in answer) one?.resolve(answer.pdf);
  else one?.reject(new Error(`the PDF could not be made: ${answer.error}`));
}

/** A worker that died takes its requests with it; the next request starts another. */
function abandon(dead: Worker, error: unknown): void {
  if (worker !== dead) return;
  worker = null;
  for (const { reject } of waiting.values()) reject(error instanceof Error ? error : new Error(String(error)));
  waiting.clear();
}
