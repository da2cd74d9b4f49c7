import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Command } from '../../src/incident/commands.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { ManualClock } from '../fakes/clock.ts';
import { theRegime } from './support/full-store.ts';
import { CHAT, inFolder, type Row, sink, sized } from './support/measure.ts';

const DAY = 86_400_000;
const DAYS = sized(7, 3);
const A_DAY = sized(4, 3);

/**
 * A week of the whole bot in simulated time: every day four incidents are declared, answered, filed, ended and closed.
 * What stays in memory after a collection must not grow from the second day on.
 */
export async function benchWeek(): Promise<readonly Row[]> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  const heap = (): number => {
    if (typeof collect === 'function') collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  return inFolder(async (folder) => {
    const clock = new ManualClock(Date.parse('2026-03-02T09:00:00+08:00'));
    const store = await createSqliteStore({ file: join(folder, 'jishi.sqlite'), evolve, clock, ids: randomIds });
    let heard = 0;
    const house = build({
      store,
      clock,
      ids: randomIds,
      regime: await theRegime(),
      profile: () => null,
      messengers: [
        sink(() => {
          heard += 1;
        }),
      ],
      defaultRooms: [CHAT],
      renderReport: () => Promise.reject(new Error('not used')),
      log: createLogger('silent'),
      metrics: createMetrics(),
      fail: noFailpoints,
      readsRoom: () => true,
    });
    house.start();
    const used: number[] = [];
    for (let day = 0; day < DAYS; day += 1) {
      await oneDay(house, clock, day);
      used.push(heap());
    }
    await house.stop();
    await store.close();
    const [first = 0, second = 0] = used;
    const last = used.at(-1) ?? 0;
    const shown = (value: number): string => `${value.toFixed(1)} MB`;
    return [
      { what: 'heap after the first day', heap: shown(first), reminders: '', bar: '' },
      { what: 'heap after the second day', heap: shown(second), reminders: '', bar: '' },
      {
        what: `heap after day ${DAYS}`,
        heap: `${shown(last)} (${((100 * (last - second)) / second).toFixed(1)} %)`,
        reminders: heard,
        bar: 'within 5 % of the second day',
      },
    ];
  });
}

async function oneDay(house: BotCore, clock: ManualClock, day: number): Promise<void> {
  const person = (id: string): Caller => ({ account: { platform: 'chat', tenant: 't', id }, name: id, language: 'en' });
  const [caller, other] = [person('li'), person('zhao')];
  let key = 0;
  const delivery = () => {
    key += 1;
    return { platform: 'chat', key: `${day}-${key}`, body: '' };
  };
  const ids: string[] = [];
  for (let n = 0; n < A_DAY; n += 1) {
    const done = await house.app.declare({
      title: `Day ${day} ${n}`,
      caller,
      room: CHAT,
      anyway: true,
      delivery: delivery(),
    });
    if (done.kind === 'done') ids.push(done.incident);
  }
  const say = async (incident: string, intent: Command, who = caller): Promise<void> => {
    const revision = (await house.app.state(incident, who))?.version ?? 0;
    const result = await house.app.submit({ incident, intent, revision, caller: who, delivery: delivery() });
    if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  };
  for (const id of ids) {
    await say(id, { type: 'answer', fact: 'operator', value: 'other' });
    await say(id, { type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  }
  await pass(house, clock, DAY / 4);
  for (const id of ids) {
    const at = new Date(clock.now()).toISOString();
    await say(id, { type: 'record_filing', obligation: 'cac.art4.other', channel: 'hotline_12387', at });
    await say(id, { type: 'end_handling', at, reason: 'done' });
    await say(id, { type: 'record_filing', obligation: 'cac.art8.other', channel: 'hotline_12387', at });
    const tasks = Object.values((await house.app.state(id, caller))?.tasks ?? {});
    for (const task of tasks) await say(id, { type: 'finish_task', task: task.id, note: 'done' });
    await say(id, { type: 'decide_level', level: 'major' });
    await say(id, { type: 'confirm_awareness', candidate: 'a1', reason: 'own alarm' });
    const state = await house.app.state(id, caller);
    for (const obligation of state ? house.engine.assess(state).owed : []) {
      const reason = 'told together with the report';
      // The law knows no exemption from telling the authority; what else is certain to be owed is waived by two.
      if (obligation === 'pipl.art57.authority')
        await say(id, { type: 'record_filing', obligation, channel: 'own_contact', at, otherChannel: reason });
      else await say(id, { type: 'not_owed', obligation, reason });
      const open = (await house.app.state(id, caller))?.proposals.findLast(({ settled }) => settled === null);
      if (open) await say(id, { type: 'second', proposal: open.id, agree: true }, other);
    }
    await say(id, { type: 'close', reason: 'done' });
  }
  await pass(house, clock, (3 * DAY) / 4);
}

/** From one thing that is waited for to the next. */
async function pass(house: BotCore, clock: ManualClock, ms: number): Promise<void> {
  const target = clock.now() + ms;
  await house.settle();
  while (clock.now() < target) {
    clock.advance(Math.max(1, Math.min(clock.next() ?? target, target) - clock.now()));
    await house.settle();
  }
}
