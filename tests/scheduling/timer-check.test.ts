import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { run } from '../../src/cli.ts';
import { createDaily } from '../../src/scheduling/daily.ts';
import type { Found } from '../../src/use-cases/timer-check.ts';
import { DAY, Driven, HOUR } from '../case/harness.ts';

type Told = Parameters<Found>[0];

/** The daily tasks of a driven bot, and what they tell of timers. */
function watching(driven: Driven): { readonly told: Told[]; readonly replan: () => void; check(): Promise<void> } {
  const told: Told[] = [];
  const { engine } = driven.house;
  const daily = createDaily({
    dropReports: async () => {},
    clock: driven.clock,
    engine,
    wake: () => driven.house.wake(),
    failed: (error) => {
      throw error;
    },
    tampered: (what) => told.push(what),
  });
  daily.start();
  onTestFinished(() => daily.stop());
  return {
    told,
    replan: () => daily.replan(),
    check: async () => {
      await driven.pass(20_000);
      for (let n = 0; n < 20 && told.length === 0; n += 1) await driven.pass(2_000);
    },
  };
}

function tamper(driven: Driven, sql: string): void {
  const intruder = new Sqlite(driven.file);
  intruder.exec(sql);
  intruder.close();
}

async function verify(driven: Driven): Promise<[number, string]> {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const code = await run(['verify'], { env: { DATA_DIR: driven.folder }, out: say, error: say, stdin: async () => '' });
  return [code, said.join('\n')];
}

async function pending(driven: Driven): Promise<readonly string[]> {
  const timers = await driven.store.timers.of(driven.incident);
  return timers.filter(({ state }) => state === 'pending').map(({ key, dueAt }) => `${key} at ${dueAt}`);
}

describe.each([
  ['removed', 'DELETE FROM timers'],
  ['moved far ahead', 'UPDATE timers SET due_at = 4102444800000'],
  ['moved by a minute', 'UPDATE timers SET due_at = due_at + 60000'],
  ['moved by most of an hour', 'UPDATE timers SET due_at = due_at + 3500000'],
  ['cancelled', "UPDATE timers SET state = 'cancelled'"],
  ['left but for one', 'DELETE FROM timers WHERE key <> (SELECT min(key) FROM timers)'],
])('reminders that were %s in the store', (_how, sql) => {
  it('are planned again at the start of the bot and told of, and verify names their incident', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    const wanted = await pending(driven);
    expect((await verify(driven))[0]).toBe(0);
    tamper(driven, sql);
    expect(await verify(driven)).toEqual([
      1,
      expect.stringMatching(`broken: reminders of ${driven.incident}: \\d+ removed`),
    ]);
    const { told, check } = watching(driven);
    await check();
    expect(told).toEqual([{ incidents: [driven.incident], silent: [] }]);
    expect(await pending(driven)).toEqual(wanted);
    expect((await verify(driven))[0]).toBe(0);
  });
});

it('a reminder marked as done before its time is told of', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  tamper(driven, "UPDATE timers SET state = 'done'");
  const { told, check } = watching(driven);
  await check();
  expect(told).toEqual([{ incidents: [driven.incident], silent: [driven.incident] }]);
});

it('is looked for every night as well, and nothing is told of an incident that goes its way', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  await driven.declare({ drill: true, speed: 60, title: 'Practice' });
  const { told, check } = watching(driven);
  await driven.follow(30 * HOUR);
  expect(told).toEqual([]);
  await driven.declare({ title: 'Another one' });
  tamper(driven, `DELETE FROM timers WHERE incident = '${driven.incident}'`);
  await driven.follow(DAY);
  await check();
  expect(told).toEqual([{ incidents: [driven.incident], silent: [] }]);
});

it('a change of the profile plans them again at once, and tells only of those that are marked as done', async () => {
  const driven = await Driven.start();
  await driven.fourHours();
  const wanted = await pending(driven);
  const { told, check, replan } = watching(driven);
  await check();
  for (const [sql, silent] of [
    ['UPDATE timers SET due_at = due_at + 60000', []],
    ["UPDATE timers SET state = 'done'", [driven.incident]],
  ] as const) {
    tamper(driven, sql);
    replan();
    await check();
    expect(told.flatMap(({ incidents }) => incidents)).toEqual(silent);
    if (silent.length === 0) expect(await pending(driven)).toEqual(wanted);
  }
});
