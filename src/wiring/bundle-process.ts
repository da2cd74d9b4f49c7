import { spawn } from 'node:child_process';
import { type FileHandle, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IncidentState } from '../incident/state.ts';
import type { BundleOptions, MakeBundle } from '../use-cases/documents/bundle.ts';

const START = fileURLToPath(new URL('../start.js', import.meta.url));
/** Flags that save a third of Node's memory: 380 instead of 580 MB for 600 notes and 120 MB of files. */
const FRUGAL = ['--max-semi-space-size=4', '--max-old-space-size=512'];
const ONE_ARENA = { MALLOC_ARENA_MAX: '1' };
const SPOOLED = /^bundle-\d+\.zip$/;
/** Longest error message of a child process that is kept. */
const DETAIL = 500;

/** Bundle being made; `unopened`: requests that have not opened its file yet. */
interface Making {
  readonly file: string;
  readonly made: Promise<void>;
  unopened: number;
}

/**
 * Makes evidence bundles in a separate process (`jishi export`), one at a time: files, layout, hashing and zip then use
 * neither the event loop nor the memory of the bot. The bundle is first written to the data folder, so that a slow
 * client delays nobody, and deleted there once all requests have opened it. Requests for the same state of an incident
 * share one bundle.
 */
export class BundleProcess {
  readonly #folder: string;
  readonly #making = new Map<string, Making>();
  #last: Promise<unknown> = Promise.resolve();
  #made = 0;
  readonly #ending = new AbortController();

  constructor(folder: string) {
    this.#folder = folder;
  }

  readonly make: MakeBundle = (state, options) => this.#bundle(state, options);

  /** Removes files left by a bot that was killed while making a bundle. */
  async clean(): Promise<void> {
    for (const name of await readdir(this.#folder)) if (SPOOLED.test(name)) await rm(join(this.#folder, name));
  }

  /** Stops the bundle being made. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#last;
  }

  async *#bundle({ id, version }: IncidentState, { counsel }: BundleOptions): AsyncGenerator<Uint8Array> {
    const what = [id, '--up-to', String(version), ...(counsel ? ['--counsel'] : [])];
    const key = what.join(' ');
    const making = this.#making.get(key) ?? this.#begin(what);
    this.#making.set(key, making);
    making.unopened += 1;
    yield* (await this.#opened(making, key)).createReadStream();
  }

  /** Opens the file of a bundle once it is made; the last request to open it deletes its name. */
  async #opened(making: Making, key: string): Promise<FileHandle> {
    try {
      await making.made;
      return await open(making.file);
    } finally {
      making.unopened -= 1;
      if (making.unopened === 0) {
        this.#making.delete(key);
        await rm(making.file, { force: true });
      }
    }
  }

  #begin(what: readonly string[]): Making {
    const file = join(this.#folder, `bundle-${++this.#made}.zip`);
    const made = this.#last.then(() => this.#run(['export', ...what, '--bundle', file]));
    this.#last = made.catch(() => undefined);
    return { file, made, unopened: 0 };
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
