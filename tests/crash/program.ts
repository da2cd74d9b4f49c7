import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { regime } from '../fakes/law.ts';

export interface Answer {
  readonly key: string;
  readonly kind: 'done' | 'refused';
  readonly incident: string | null;
  readonly version: number;
}

/** What a program is told before it opens its store. */
export interface Orders {
  readonly file: string;
  readonly chatUrl: string;
  /** A clock that stands here until it is told to move (epoch milliseconds). */
  readonly heldAt: number;
  readonly failpoint?: string;
}
/** The same for the whole program: its settings, and how far its clock is ahead of the machine's, in ms. */
export interface WholeOrders {
  readonly env: Readonly<Record<string, string>>;
  readonly aheadMs: number;
}

interface Loaded {
  readonly child: ChildProcess;
  /** Resolves at the line, rejects when the program ends before. */
  said(line: string): Promise<void>;
  hear: (line: string) => void;
  readonly ended: Promise<void>;
}

/** Programs of `child.ts` or `whole-child.ts`, one after the other: started, spoken to and killed. The next one is always being loaded. */
export class Programs<O extends Orders | WholeOrders> {
  readonly #script: string;
  /** If true, the next one is loaded while one runs. */
  readonly #isRestarted: boolean;
  readonly #folder = mkdtempSync(join(tmpdir(), 'jishi-programs-'));
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  readonly #all = new Set<ChildProcess>();
  #spares: Loaded[] = [];
  #current: Loaded | null = null;

  private constructor(script: string, isRestarted: boolean) {
    this.#script = script;
    this.#isRestarted = isRestarted;
  }

  /** The bot without its doors, with a held clock. */
  static held(): Programs<Orders> {
    return Programs.#prepare(new Programs<Orders>('child.ts', true));
  }

  static whole({ isRestarted }: { readonly isRestarted: boolean }): Programs<WholeOrders> {
    return Programs.#prepare(new Programs<WholeOrders>('whole-child.ts', isRestarted));
  }

  /** Loads the first one. */
  static #prepare<O extends Orders | WholeOrders>(programs: Programs<O>): Programs<O> {
    writeFileSync(programs.#regimeFile, JSON.stringify(regime));
    programs.#spares.push(programs.#load());
    return programs;
  }

  get #regimeFile(): string {
    return join(this.#folder, 'regime.json');
  }

  /** Gives the next program its orders. Without `ready` it may be killed while it still opens its store. */
  async start(orders: O, wait: 'ready' | 'ordered' = 'ready'): Promise<void> {
    const next = this.#spares.shift() ?? this.#load();
    if (this.#isRestarted) this.#spares.push(this.#load());
    await next.said('warm');
    this.#current = next;
    next.hear = (line) => this.#heard(line);
    const ready = next.said('ready');
    next.child.stdin?.write(`${JSON.stringify(orders)}\n`);
    if (wait === 'ready') await ready;
    else void ready.catch(() => {});
  }

  send(key: string, by: string, command: object, incident?: string, revision = 0): Promise<Answer> {
    return this.#ask({ key, by, incident, revision, command });
  }

  /** Moves the held clock and waits until everything of the way is done. */
  advance(key: string, ms: number): Promise<Answer> {
    return this.#ask({ key, advanceMs: ms });
  }

  /** Sets the clock of the whole program's machine, so far ahead of the real one. */
  setClock(aheadMs: number): void {
    this.#current?.child.stdin?.write(`${aheadMs}\n`);
  }

  /** Resolves when the program has ended by itself. */
  async ended(): Promise<void> {
    await this.#current?.ended;
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#current?.child;
    this.#current = null;
    if (child) await stop(child, signal);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((child) => stop(child, 'SIGKILL')));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #ask(line: { readonly key: string } & Readonly<Record<string, unknown>>): Promise<Answer> {
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(line.key, resolve));
    this.#current?.child.stdin?.write(`${JSON.stringify(line)}\n`);
    return answered;
  }

  #heard(line: string): void {
    if (!line.startsWith('{')) return;
    const answer: Answer = JSON.parse(line);
    this.#waiting.get(answer.key)?.(answer);
    this.#waiting.delete(answer.key);
  }

  #load(): Loaded {
    const child = spawn(process.execPath, [join(import.meta.dirname, this.#script), this.#regimeFile], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#all.add(child);
    child.once('exit', () => this.#all.delete(child));
    // A write to a program that was just killed is part of the game.
    child.stdin?.on('error', () => {});
    let complaints = '';
    child.stderr?.on('data', (chunk) => {
      complaints += String(chunk);
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const heard = new Set<string>();
    const waiting = new Map<string, () => void>();
    const loaded: Loaded = {
      child,
      ended,
      hear: () => {},
      said: (line) =>
        new Promise((resolve, reject) => {
          if (heard.has(line)) resolve();
          waiting.set(line, resolve);
          void ended.then(() => reject(new Error(`ended before it was ${line}: ${complaints}`)));
        }),
    };
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      heard.add(line);
      waiting.get(line)?.();
      loaded.hear(line);
    });
    return loaded;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
