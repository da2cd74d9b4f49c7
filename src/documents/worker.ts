import { parentPort } from 'node:worker_threads';
import { make, type Order } from './making.ts';

/** Request to the worker thread, which makes one document after the other, so that the bot's event loop never waits. */
export interface Request {
  readonly id: number;
  readonly order: Order;
}
export type Answer =
  | { readonly id: number; readonly content: Uint8Array }
  | { readonly id: number; readonly error: string };

let last: Promise<void> = Promise.resolve();

async function answer({ id, order }: Request): Promise<void> {
  try {
    // The content is copied into memory of its own, which can be transferred.
    const content = Uint8Array.from(await make(order));
    parentPort?.postMessage({ id, content } satisfies Answer, [content.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) } satisfies Answer);
  }
}

parentPort?.on('message', (request: Request) => {
  last = last.then(() => answer(request));
});
