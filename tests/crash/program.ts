import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

export interface Answer {
  readonly key: string;
  readonly kind: 'done' | 'refused';
  readonly incident: string | null;
  readonly version: number;
}

/** The program of `child.ts`, started, spoken to and killed. */
export class Program {
  readonly answers = new Map<string, Answer>();
  #child: ChildProcess | null = null;
  #waiting = new Map<string, (answer: Answer) => void>();
  readonly #args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;

  constructor(options: { file: string; chatUrl: string; guard?: 'on' | 'off'; env?: Readonly<Record<string, string>> }) {
    this.#args = [options.file, options.chatUrl, options.guard ?? 'on'];
    this.#env = options.env ?? {};
  }

  /** Resolves when it takes commands; rejects if it ends before. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), ...this.#args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...this.#env, ...env },
    });
    this.#child = child;
    let complaints = '';
    child.stderr?.on('data', (chunk) => {
      complaints += String(chunk);
    });
    // A write to a program that was just killed is part of the game.
    child.stdin?.on('error', () => {});
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`ended with ${code}: ${complaints}`)));
      const lines = createInterface({ input: child.stdout ?? process.stdin });
      lines.on('line', (line) => {
        if (line === 'ready') resolve();
        else this.#heard(line);
      });
    });
  }

  send(key: string, by: string, command: object, incident?: string, revision = 0): Promise<Answer> {
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(key, resolve));
    this.#child?.stdin?.write(`${JSON.stringify({ key, by, incident, revision, command })}\n`);
    return answered;
  }

  get alive(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  #heard(line: string): void {
    const answer: Answer = JSON.parse(line);
    this.answers.set(answer.key, answer);
    this.#waiting.get(answer.key)?.(answer);
    this.#waiting.delete(answer.key);
  }
}
