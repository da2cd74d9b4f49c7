import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figuresOf, filesOf, listOf } from './figures.ts';
import { traced } from './trace.ts';

/**
 * Walks one way through src and prints its figures as one line of JSON. Throws if `arrived` says that the walk did not
 * come to its end: figures of something else mean nothing. With PATHS_LIST, a folder, its functions are written there.
 */
export async function walked(
  name: string,
  work: () => Promise<unknown>,
  arrived: () => Promise<boolean>,
): Promise<void> {
  const entered = await traced(work);
  if (!(await arrived())) throw new Error(`${name}: the walk did not come to its end`);
  const folder = process.env['PATHS_LIST'];
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.txt`), listOf(entered));
  }
  console.log(JSON.stringify({ name, ...figuresOf(entered), entered: filesOf(entered) }));
}

/** Ends the process: what still runs in the rig adds nothing. */
export function finished(): never {
  process.exit(0);
}
