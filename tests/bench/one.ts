import { createHash } from 'node:crypto';
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MACHINE } from './support/compare.ts';

/**
 * One bench in a process of its own: `one.ts FILE NAME short|whole`, in the folder of the checkout that is measured. Sends
 * its rows to the parent, or null if that checkout has no such bench.
 */
const [file = '', name = '', scale = 'whole'] = process.argv.slice(2);

/** Milliseconds of a fixed amount of work: rows without a floor of their own are read against it. */
function machine(): number {
  const block = Buffer.alloc(2 ** 20, 7);
  const took = Array.from({ length: 9 }, () => {
    const started = performance.now();
    for (let n = 0; n < 20; n += 1) createHash('sha256').update(block).digest();
    return performance.now() - started;
  });
  return took.toSorted((a, b) => a - b)[4] ?? Number.NaN;
}

// As the program itself does (src/start.js).
enableCompileCache(resolve('node_modules/.cache/jishi'));

/** A file of the checkout that is measured, loaded; null if there is none. */
async function loaded(path: string): Promise<Readonly<Record<string, unknown>> | null> {
  return import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  });
}

async function measured(): Promise<unknown> {
  // Texts of all platforms, as the program loads them at its start: a card without its words is never posted.
  await loaded('tests/fakes/platform-messages.ts');
  const bench = (await loaded(file))?.[name];
  if (typeof bench !== 'function') return null;
  const before = machine();
  const rows: unknown = await bench(scale);
  return [...(Array.isArray(rows) ? rows : []), { what: MACHINE, time: `${((before + machine()) / 2).toFixed(2)} ms` }];
}

const rows = await measured();
// What a bench left running has nothing to add.
process.send?.({ rows }, () => process.exit(0));
