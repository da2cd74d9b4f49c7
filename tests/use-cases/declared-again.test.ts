import { expect, it } from 'vitest';
import { GROUP, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const TITLE = 'Ransom note on the file server';
let keys = 0;
const declared = (
  rooms: RoomsHouse,
  who: string,
  more: { drill?: boolean; room?: typeof OPS; title?: string } = {},
) => {
  const { drill = false, room = OPS, title = TITLE } = more;
  keys += 1;
  const delivery = { platform: room.platform, key: `k${keys}`, body: '' };
  return rooms.house.app.declare({ title, drill, room, caller: person(who, room), delivery });
};

it('the same title by somebody else in the same room is asked back', async () => {
  const rooms = await RoomsHouse.start(null);
  expect(await declared(rooms, 'li')).toMatchObject({ kind: 'done' });
  expect(await declared(rooms, 'chen', { title: ` ${TITLE} ` })).toMatchObject({ refusal: { code: 'duplicate' } });
});

it.each([
  ['a drill never holds up a real one', { drill: true }, {}],
  ['a real one never holds up a drill', {}, { drill: true }],
  ['another room is another thing', {}, { room: GROUP }],
  ['so is another title', {}, { title: 'Something else' }],
])('%s', async (_, first, second) => {
  const rooms = await RoomsHouse.start(null);
  expect(await declared(rooms, 'li', first)).toMatchObject({ kind: 'done' });
  expect(await declared(rooms, 'chen', second)).toMatchObject({ kind: 'done' });
});
