import { z } from 'zod';
import type { Command } from '../../src/incident/commands.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { BotProgram, freePort } from '../fakes/program.ts';
import { inFolder, pause, type Row, sized } from './support/measure.ts';

const CASES = sized(150, 20);
/** Cases that are worked on at once. */
const AT_ONCE = 4;
/** Longer than the idle time (ms) after which the thread for documents ends and gives its memory back. */
const THREAD_ENDS = 25_000;

const stateSchema = z.looseObject({
  id: z.string(),
  revision: z.number(),
  phase: z.string(),
  obligations: z.array(
    z.looseObject({
      ...{ id: z.string(), status: z.string() },
      actions: z.array(z.looseObject({ id: z.string() })).default([]),
    }),
  ),
  tasks: z.array(z.looseObject({ id: z.string() })).default([]),
  proposals: z.array(z.looseObject({ id: z.string() })).default([]),
});
type State = z.infer<typeof stateSchema>;

/**
 * Resident memory of the real program before and after whole cases: declared, answered, reported as DOCX and PDF, filed,
 * ended and closed, by the API of the console.
 */
export async function benchCases(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const program = new BotProgram(folder, await freePort());
    await program.start();
    const [li, zhao] = [await signedIn(program, 'Li Wei'), await signedIn(program, 'Zhao Min')];
    const before = await resident(program);
    const began = performance.now();
    let next = 0;
    let most = before;
    const worker = async (): Promise<void> => {
      while (next < CASES) {
        next += 1;
        await wholeCase(li, zhao, `Case ${next}`);
        most = Math.max(most, await resident(program));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const took = (performance.now() - began) / 1_000;
    await pause(sized(THREAD_ENDS, 500));
    const after = await resident(program);
    await program.end('SIGTERM');
    const megabytes = (bytes: number): string => `${bytes.toFixed(0)} MB`;
    return [
      { what: 'memory after the start', memory: megabytes(before), bar: '' },
      { what: `most during ${CASES} cases (${took.toFixed(0)} s)`, memory: megabytes(most), bar: '' },
      { what: `memory after ${CASES} cases`, memory: megabytes(after), bar: '< 400 MB' },
    ];
  });
}

const OUTAGE = sized(20, 8);
const TOKEN = 'bench-token-bench-token-bench-token-bench';

/** Resident memory of the real program on PostgreSQL before the database goes away, and while it is away. */
export async function benchOutage(): Promise<readonly Row[]> {
  return inFolder(async (folder) => {
    const postgres = await startPostgres();
    const env = { DATABASE_URL: await postgres.createDatabase(), API_TOKEN: TOKEN };
    const program = new BotProgram(folder, await freePort(), env);
    await program.start();
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    for (let n = 0; n < sized(100, 20); n += 1) {
      const body = JSON.stringify({ title: `Case ${n}`, anyway: true });
      const made = await fetch(`${program.url}/api/v1/incidents`, { method: 'POST', headers, body });
      if (made.status !== 201) throw new Error(await made.text());
    }
    await pause(sized(5_000, 2_000));
    const before = await resident(program);
    await postgres.stop();
    let most = before;
    for (let second = 0; second < OUTAGE; second += 1) {
      await pause(1_000);
      most = Math.max(most, await resident(program));
    }
    await program.end('SIGKILL');
    return [
      { what: 'memory with PostgreSQL', memory: `${before.toFixed(0)} MB`, bar: '' },
      { what: `most in ${OUTAGE} s without it`, memory: `${most.toFixed(0)} MB`, bar: 'as before' },
    ];
  });
}

class Person {
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, cookie: string) {
    this.#url = url;
    this.#headers = { cookie, origin: url, 'content-type': 'application/json' };
  }

  async ask(path: string, body?: unknown): Promise<Response> {
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${this.#url}/api/v1${path}`, { headers: this.#headers, ...sent });
    if (response.ok) return response;
    throw new Error(`${path}: ${response.status} ${await response.text()} ${JSON.stringify(body)}`);
  }

  async state(path: string, body?: unknown): Promise<State> {
    return stateSchema.parse(await (await this.ask(path, body)).json());
  }

  async drain(path: string): Promise<void> {
    await (await this.ask(path)).arrayBuffer();
  }
}

async function signedIn(program: BotProgram, name: string): Promise<Person> {
  const cookies = (response: Response): string =>
    response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
  const came = await fetch(program.link);
  await came.arrayBuffer();
  const visitor = new Person(program.url, cookies(came));
  return new Person(program.url, `${cookies(came)}; ${cookies(await visitor.ask('/session', { name }))}`);
}

async function resident(program: BotProgram): Promise<number> {
  const answer = await fetch(`${program.url}/metrics`);
  const metrics = await answer.text();
  if (!answer.ok) throw new Error(`/metrics: ${answer.status}`);
  return Number(/^jishi_process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? Number.NaN) / 2 ** 20;
}

async function wholeCase(li: Person, zhao: Person, title: string): Promise<void> {
  let it = await li.state('/incidents', { title, anyway: true });
  const at = `/incidents/${it.id}`;
  const say = async (intent: Command, who = li): Promise<void> => {
    it = await who.state(`${at}/intents`, { intent, revision: it.revision });
    const open = it.proposals.at(-1);
    if (open && who === li) await say({ type: 'second', proposal: open.id, agree: true }, zhao);
  };
  await say({ type: 'answer', fact: 'operator', value: 'other' });
  await say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await say({ type: 'add_note', text: '已隔离主机并保全日志。' });
  await say({ type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
  await say({ type: 'decide_level', level: 'major', reason: 'figures' });
  await li.drain(`${at}/report?format=docx&language=zh`);
  await li.drain(`${at}/report?format=pdf&language=zh`);
  const now = (): string => new Date().toISOString();
  const file = (obligation: string): Promise<void> =>
    say({ type: 'record_filing', obligation, channel: 'own_contact', at: now(), otherChannel: 'told by telephone' });
  const settle = async (): Promise<void> => {
    for (const { id, actions } of it.obligations.filter((one) => one.status === 'running')) {
      const mayBeWaived = actions.some((one) => one.id.startsWith('not_owed_'));
      if (mayBeWaived) await say({ type: 'not_owed', obligation: id, reason: 'told together with the report' });
      else await file(id);
    }
  };
  await settle();
  await say({ type: 'end_handling', at: now(), reason: 'done' });
  await li.drain(`${at}/report?format=docx&language=zh`);
  await settle();
  for (const { id } of it.tasks) await say({ type: 'finish_task', task: id, note: 'done' });
  await say({ type: 'close', reason: 'done' });
  if (it.phase !== 'closed') throw new Error(`${at} is ${it.phase}`);
}
