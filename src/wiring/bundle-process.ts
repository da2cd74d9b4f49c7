import { spawn } from 'node:child_process';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IncidentState } from '../incident/state.ts';
import type { BundleOptions, MakeBundle } from '../use-cases/documents/bundle.ts';

const START = fileURLToPath(new URL('../start.js', import.meta.url));
/** Flags that save a third of Node's memory: 380 instead of 580 MB for 600 notes and 120 MB of files. */
const FRUGAL = ['--max-semi-space-size=4', '--max-old-space-size=512'];
const ONE_ARENA = { MALLOC_ARENA_MAX: '1' };
const SPOOLED = /^bundle-\d+\.zip$/;
/** Longest message of a child that is passed on. */
const DETAIL = 500;

/**
 * Evidence bundles made by a process of their own (`jishi export`), one at a time: files, layout, hashing and zip take neither
 * the event loop nor the memory of the bot, and all memory goes back. The bundle is written to the data folder first and
 * handed out from there, so that a slow reader keeps nobody waiting; its name is gone before the first byte leaves.
 */
export class BundleProcess {
  readonly #folder: string;
  #last: Promise<unknown> = Promise.resolve();
  #made = 0;
  readonly #ending = new AbortController();

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly make: MakeBundle = (state, options) => this.#bundle(state, options);

  /** Removes what a bot left that was killed while a bundle was being made. */
  async clean(): Promise<void> {
    for (const name of await readdir(this.#folder)) if (SPOOLED.test(name)) await rm(join(this.#folder, name));
  }

  /** Ends what is being made. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#last;
  }

  async *#bundle({ id, version }: IncidentState, { counsel }: BundleOptions): AsyncGenerator<Uint8Array> {
    const file = join(this.#folder, `bundle-${++this.#made}.zip`);
    const args = ['export', id, '--bundle', file, '--up-to', String(version), ...(counsel ? ['--counsel'] : [])];
    const turn = this.#last.then(() => this.#run(args));
    this.#last = turn.catch(() => undefined);
    try {
      await turn;
      const handle = await open(file);
      await rm(file);
      yield* handle.createReadStream();
    } finally {
      await rm(file, { force: true });
    }
  }

  #run(args: readonly string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#ending;
      const child = spawn(process.execPath, [...FRUGAL, START, ...args], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, ...ONE_ARENA },
        signal,
      });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said = `${said}${chunk.toString('utf8')}`.slice(-DETAIL);
      });
      child.once('error', reject);
      child.once('close', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`the bundle could not be made (exit ${code}): ${said.trim()}`));
      });
    });
  }
}
