import module from 'node:module';
import { dirname } from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import { make, type Order } from './making.ts';
import type { Answer, Request } from './worker.ts';

interface Waiting {
  readonly format: Order['format'];
  readonly resolve: (content: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** Idle time (ms) after which the thread ends: its libraries and fonts take some 150 MB. */
const IDLE = 20_000;

let worker: Worker | null = null;
let ending: NodeJS.Timeout | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/** Makes a file in the single document thread; a call from another worker thread makes it there. */
export function made(order: Order): Promise<Uint8Array> {
  if (!isMainThread) return make(order);
  lastId += 1;
  const request: Request = { id: lastId, order };
  return new Promise((resolve, reject) => {
    waiting.set(request.id, { format: order.format, resolve, reject });
    worker ??= started();
    if (ending) clearTimeout(ending);
    // The thread keeps the process alive only while a file is being made.
    worker.ref();
    worker.postMessage(request);
  });
}

function started(): Worker {
  const fresh = new Worker(new URL('./worker.ts', import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
    env: { ...process.env, ...compileCache() },
  });
  fresh.on('message', settle);
  fresh.on('error', (error) => abandon(fresh, error));
  fresh.on('exit', (code) => abandon(fresh, new Error(`the thread for documents stopped with code ${code}`)));
  return fresh;
}

/** Returns the compile cache setting, which each thread needs: without it the first file takes 70 ms longer. */
function compileCache(): { readonly NODE_COMPILE_CACHE?: string } {
  const folder = module.getCompileCacheDir();
  // Node derives the last part of the cache folder from its version and the user.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

function settle(answer: Answer): void {
  const one = waiting.get(answer.id);
  waiting.delete(answer.id);
  if (waiting.size === 0 && worker) rest(worker);
  if ('content' in answer) one?.resolve(answer.content);
  else one?.reject(new Error(`the ${one.format === 'pdf' ? 'PDF' : 'DOCX'} could not be made: ${answer.error}`));
}

/** Ends an idle thread after a while, to free its memory. */
function rest(idle: Worker): void {
  idle.unref();
  ending = setTimeout(() => {
    if (worker !== idle || waiting.size > 0) return;
    worker = null;
    void idle.terminate();
  }, IDLE);
  ending.unref();
}

/** Fails the requests of a thread that died; the next request starts another. */
function abandon(dead: Worker, error: unknown): void {
  if (worker !== dead) return;
  worker = null;
  for (const { reject } of waiting.values()) reject(error instanceof Error ? error : new Error(String(error)));
  waiting.clear();
}
