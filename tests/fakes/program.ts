import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const START = join(import.meta.dirname, '../../src/start.js');

/** The real program as somebody starts it, on a port and data folder that stay the same over restarts. */
export class BotProgram {
  readonly #env: Readonly<Record<string, string>>;
  readonly port: number;
  #child: ChildProcess | null = null;
  /** Everything it printed since it was started. */
  said = '';

  constructor(dataDir: string, port: number, env: Readonly<Record<string, string>> = {}) {
    this.port = port;
    this.#env = {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      MALLOC_ARENA_MAX: '1',
      ...env,
    };
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The link it printed, by which a browser chooses a name. */
  get link(): string {
    return /http:\S+\?token=\S+/.exec(this.said)?.[0] ?? this.url;
  }

  /** Resolves when it says its address; rejects with what it complained about if it ends before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--max-semi-space-size=8', '--max-old-space-size=512', START, 'start'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...this.#env },
    });
    this.#child = child;
    this.said = '';
    await new Promise<void>((resolve, reject) => {
      const listen = (chunk: Buffer) => {
        this.said += chunk.toString('utf8');
        if (/\n$/.test(this.said) && this.said.includes(this.url)) resolve();
      };
      child.stdout.on('data', listen);
      child.stderr.on('data', listen);
      // `close`, not `exit`: what it said last has been read by then.
      child.once('close', (code, signal) => reject(new Error(`ended with ${code ?? signal}: ${this.said}`)));
    });
  }

  /** Resolves with the exit code when it has ended by itself. */
  ended(): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => child.once('close', (code) => resolve(code)));
  }

  /** Ends it; resolves with the exit code, null after a kill. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }
}

/** Ports below those that a system gives to whoever asks for any: nobody else takes one before the program that is started. */
const [FIRST, LAST] = [10_000, 32_000] as const;

/** A port that nobody listens on, drawn from so many that no other process of a test has the same in mind. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
  throw new Error('no free port');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
