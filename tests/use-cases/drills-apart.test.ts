import { expect, it } from 'vitest';
import { deadlinesOf } from '../../src/http/outside/calendar.ts';
import { isoOf } from '../../src/incident/drill-clock.ts';
import { roomId } from '../../src/incident/identity.ts';
import { addDigests } from '../../src/scheduling/daily.ts';
import { formatKey } from '../../src/use-cases/notices/notice-key.ts';
import { MINUTE, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';
import { figuresOf } from './figures-model.ts';

const LI = person('li', OPS);

/** Incidents of the same content on the record, `drills` of them drills; the last one is real. */
async function recorded(drills: number): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start();
  for (let n = drills; n >= 0; n -= 1) {
    const declared = await rooms.house.app.declare({
      ...{ title: `leak ${n}`, drill: n > 0, caller: LI, room: OPS },
      delivery: { platform: 'test', key: `d${n}`, body: String(n) },
    });
    if (declared.kind !== 'done') throw new Error(JSON.stringify(declared));
    rooms.incident = declared.incident;
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, LI);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
  }
  await rooms.skip(24 * 60 * MINUTE);
  return rooms;
}

/** What is counted, summed up or listed of several incidents, wherever it is read. */
const COUNTED: Readonly<Record<string, (rooms: RoomsHouse) => Promise<unknown>>> = {
  'figures of the register': async ({ house }) => figuresOf(await house.app.register('api', {}, 'en')),
  'figures of a register that lists drills': async ({ house }) =>
    figuresOf(await house.app.register('api', { drills: true }, 'en')),
  'rows of the register': async ({ house }) => (await house.app.register('api', {}, 'en')).map(({ title }) => title),
  'a page of the register, and its total': async ({ house }) => {
    const { register, total } = await house.app.registerPage('api', { limit: 50 }, 'en');
    return [register.map(({ title }) => title), total];
  },
  'deadlines of the calendar': async ({ house }) => deadlinesOf(await house.app.register('api', {}, 'en'), 'en').size,
  'open clocks of the metrics': async ({ store }) => (await store.openDues()).map(({ nextDue }) => nextDue),
  'the first of the open incidents': async ({ house }) =>
    (await house.app.openIncidents('api', 1)).rows.map(({ title }) => title),
  'the morning digest': async ({ house, store, clock }) => {
    await addDigests(house.engine);
    const day = isoOf(clock.now()).slice(0, 10);
    const digest = await store.outbox.get(formatKey({ kind: 'digest', room: roomId(OPS), day }));
    return digest?.content.kind === 'card' ? [digest.content.card.title, digest.content.card.blocks.length] : [];
  },
};

it.each(Object.entries(COUNTED))('%s: the same with three drills as without one', async (_, read) => {
  const real = JSON.stringify(await read(await recorded(0)));
  expect(real).not.toBe('[]');
  expect(JSON.stringify(await read(await recorded(3)))).toBe(real);
});
