import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { evolve } from '../../src/incident/record/evolve.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import type { NewNotice } from '../../src/use-cases/ports.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { slash } from '../fakes/slack/payloads.ts';
import { CHANNEL, LI, SECRET } from '../platforms/slack/bot.ts';
import { sized } from './support/measure.ts';

/** One line of the table. Times in milliseconds. */
interface Row {
  readonly what: string;
  readonly clients: number;
  /** Seconds between an answer and the next command of the same client; 0: none, so the machine is full. */
  readonly pause?: number;
  readonly p50: string;
  readonly p99: string;
}
const WAITING = sized(10_000, 300);
const ROUNDS = sized(120, 60);
const CARDS = sized(100, 10);
/** How many press at the same time, and how long each waits between. */
const CROWDS = [
  { clients: 1, pause: 0 },
  { clients: 20, pause: 0 },
  { clients: 20, pause: 1 },
] as const;

interface Running {
  readonly url: string;
  /** What the program tells about messages it took. */
  onMessage(listener: (told: unknown) => void): void;
  stop(): Promise<void>;
}

/** A program that says where it listens. */
async function started(args: readonly string[], env: Readonly<Record<string, string>>, find: RegExp): Promise<Running> {
  const child: ChildProcess = spawn(process.execPath, [...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const found = find.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    onMessage: (listener) => void child.on('message', listener),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Slack in a process of its own, so that what it does is not measured; `limited`: it takes no message for now. */
function fakeSlack(limited = false): Promise<Running> {
  const child = join(import.meta.dirname, 'children/fake-slack.ts');
  return started([child, ...(limited ? ['limited'] : [])], {}, /listening (\S+)/);
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One signed command; resolves with the milliseconds until it was acknowledged. */
function command(url: string, text: string, user: string): Promise<number> {
  const body = new URLSearchParams(Object.entries(slash(text, user, CHANNEL))).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac}`,
  };
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const request = httpRequest(url, { method: 'POST', headers, agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - started);
        else reject(new Error(`answered ${response.statusCode}`));
      });
    });
    request.once('error', reject);
    request.end(body);
  });
}

let people = 0;
/** Somebody new each time: a person who declares twice within five minutes is asked back. */
function somebody(): string {
  people += 1;
  return `U${String(people).padStart(10, '0')}`;
}

async function measure(what: string, url: string, { clients, pause }: (typeof CROWDS)[number]): Promise<Row> {
  for (let i = 0; i < 20; i += 1) await command(url, 'help', LI);
  const times: number[] = [];
  const client = async (): Promise<void> => {
    for (let i = 0; i < Math.ceil(ROUNDS / clients); i += 1) {
      // Half to one and a half of it, so that they do not march in step.
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause * 1_000 * (0.5 + Math.random())));
      times.push(await command(url, 'new Outage', somebody()));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { what, clients, pause, ...quantiles(times) };
}

async function crowds(what: string, program: Running): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const crowd of CROWDS) rows.push(await measure(what, program.url, crowd));
  await program.stop();
  return rows;
}

function quantiles(times: readonly number[]): { p50: string; p99: string } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1);
  return { p50: at(0.5), p99: at(0.99) };
}

function jishi(dataDir: string, apiUrl: string, more: Readonly<Record<string, string>> = {}): Promise<Running> {
  const env = {
    ...more,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'error',
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: apiUrl,
  };
  return started(['src/start.js', 'start'], env, /(http:\/\/\S+)/).then((program) => ({
    ...program,
    // The printed link carries the token of the console.
    url: `${new URL(program.url).origin}/slack/events`,
  }));
}

/** Messages that cannot go out: Slack answers all of them with "come back later". */
async function fillOutbox(dataDir: string): Promise<void> {
  const file = join(dataDir, 'jishi.sqlite');
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  const notices = Array.from({ length: WAITING }, (_, n): NewNotice => {
    const title = { raw: `waiting ${n}` };
    return {
      key: `bench:${n}`,
      incident: null,
      lane: 'reminder',
      to: { kind: 'room', room: `slack/T00FAKE0001/C${n % 50}`, ring: false },
      content: { kind: 'card', card: { tone: 'calm', drill: false, title, summary: title, blocks: [] } },
      dueAt: Date.now(),
    };
  });
  await store.outbox.add(notices);
  await store.close();
}

/** Acknowledgement of a durable command over HTTP, beside a Bolt app that only acknowledges, in the same run. */
export async function benchSlackAcknowledgement(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'jishi-bench-slack-'));
  try {
    const floors = [
      ['floor: a bare Bolt app that only acknowledges', []],
      ['floor: the same, one row on the disk before', [join(folder, 'rows.sqlite')]],
    ] as const;
    for (const [what, file] of floors) {
      const slack = await fakeSlack();
      rows.push(...(await crowds(what, await bareBolt(slack.url, file))));
      await slack.stop();
    }
    for (const waiting of [false, true]) {
      const slack = await fakeSlack(waiting);
      const dataDir = join(folder, String(waiting));
      mkdirSync(dataDir);
      if (waiting) await fillOutbox(dataDir);
      const what = waiting ? `durable, ${WAITING.toLocaleString('en')} messages waiting` : 'durable, idle';
      rows.push(...(await crowds(what, await jishi(dataDir, slack.url))));
      await slack.stop();
    }
    return [...rows, ...(await onPostgres(join(folder, 'postgres')))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bareBolt(apiUrl: string, file: readonly string[]): Promise<Running> {
  return started([join(import.meta.dirname, 'children/bare-bolt.ts'), apiUrl, SECRET, ...file], {}, /listening (\S+)/);
}

async function onPostgres(dataDir: string): Promise<readonly Row[]> {
  const [slack, postgres] = await Promise.all([fakeSlack(false), startPostgres({ durable: true })]);
  const program = await jishi(dataDir, slack.url, { DATABASE_URL: await postgres.createDatabase() });
  const rows = await crowds('durable, idle, PostgreSQL', program);
  await Promise.all([slack.stop(), postgres.stop()]);
  return rows;
}

/** From the command to the request with its status card at Slack's door. */
export async function benchSlackCommandToCard(): Promise<readonly Row[]> {
  const slack = await fakeSlack();
  const folder = mkdtempSync(join(tmpdir(), 'jishi-bench-slack-'));
  try {
    const program = await jishi(join(folder, 'data'), slack.url);
    const arrived = arrivals(slack);
    await command(program.url, 'new warm-up', somebody());
    const times: number[] = [];
    for (let i = 0; i < CARDS; i += 1) {
      const title = `Outage number ${i} of the measurement`;
      const sent = Date.now();
      await command(program.url, `new ${title}`, somebody());
      times.push((await arrived(title)) - sent);
    }
    await program.stop();
    return [{ what: 'command → card on the wire', clients: 1, ...quantiles(times) }];
  } finally {
    await slack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const arrival = z.object({ text: z.string(), at: z.number() });

/** When the message with a text arrived, as told by the fake. */
function arrivals(slack: Running): (text: string) => Promise<number> {
  const seen: z.infer<typeof arrival>[] = [];
  let look = (): void => {};
  slack.onMessage((told) => {
    seen.push(arrival.parse(told));
    look();
  });
  return (text) =>
    new Promise((resolve) => {
      look = () => {
        const found = seen.find((one) => one.text.includes(text));
        if (found) resolve(found.at);
      };
      look();
    });
}
