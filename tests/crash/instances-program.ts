import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Said {
  readonly key?: string;
  readonly kind?: string;
  readonly incident?: string;
  readonly delivers?: boolean;
  readonly ready?: boolean;
}

/** One process of `instances-child.ts`. */
export class Instance {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #asked = new Map<string, (said: Said | null) => void>();
  #complaints = '';
  /** Whether it says that it delivers. */
  delivers = false;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
    child.stdin?.on('error', () => {});
    child.stderr?.on('data', (chunk) => {
      this.#complaints += String(chunk);
    });
  }

  static async start(url: string, chatUrl: string): Promise<Instance> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'instances-child.ts'), url, chatUrl], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const instance = new Instance(child);
    const ready = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
        const said: Said = JSON.parse(line);
        if (said.ready) resolve();
        instance.#hear(said);
      });
      void instance.#ended.then(() => reject(new Error(`ended: ${instance.#complaints}`)));
    });
    await ready;
    return instance;
  }

  /** What it answered; null if it ended before. */
  ask(key: string, command: object, incident?: string): Promise<Said | null> {
    if (this.ended) return Promise.resolve(null);
    const answer = new Promise<Said | null>((resolve) => this.#asked.set(key, resolve));
    this.#child.stdin?.write(`${JSON.stringify({ key, incident, command })}\n`);
    return Promise.race([answer, this.#ended.then(() => null)]);
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(): Promise<void> {
    if (this.ended) return;
    this.#child.kill('SIGKILL');
    await this.#ended;
    this.delivers = false;
  }

  #hear(said: Said): void {
    if (said.delivers !== undefined) this.delivers = said.delivers;
    if (said.key !== undefined) this.#asked.get(said.key)?.(said);
  }
}
