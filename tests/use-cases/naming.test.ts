import { expect, it } from 'vitest';
import { declaring } from '../contract/fixtures.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

it('somebody met for the first time is named where they take part, however many incidents of others are open', async () => {
  const rooms = await RoomsHouse.start();
  const li = { ...person('li', OPS), name: 'li', unmet: true as const };
  const declared = await rooms.house.app.declare({ title: 'x', caller: li, room: OPS, ...rooms.delivery() });
  if (declared.kind !== 'done') throw new Error(declared.kind);
  const actor = (n: number) => ({ platform: 'one', tenant: 't', id: `p${n}` });
  await Promise.all(
    Array.from({ length: 1_100 }, (_, n) => rooms.store.change(declaring(`k${n}`, { actor: actor(n) }))),
  );
  await rooms.house.app.named(li.account, { name: 'Li Wei', language: 'en' });
  const state = await rooms.store.incident(declared.incident);
  expect(Object.values(state?.people ?? {}).map(({ name }) => name)).toEqual(['Li Wei']);
});
