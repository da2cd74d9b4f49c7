import { describe, expect, it } from 'vitest';
import { GROUP, person, RoomsHouse } from './rooms-house.ts';

const LI = person('li', GROUP);

/** A case in one chat whose cards can be neither edited nor looked up, so that what changed is posted anew. */
async function declared(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.open(null, true);
  await rooms.declare('case', GROUP);
  return rooms;
}
const renamed = (rooms: RoomsHouse, title: string) => rooms.must({ type: 'rename', title }, LI);
/** What stands in the group of the status card, by its title, with an asterisk if it says that it may be a repetition. */
const titles = (rooms: RoomsHouse) =>
  rooms.two.messages
    .filter(({ key }) => key.includes(':status:'))
    .map(({ body }) => `${/case\d*/.exec(body)?.[0]}${body.includes('"repeated":true') ? '*' : ''}`);

describe('where cards cannot be edited', () => {
  it('what was taken back before a refused post arrived is not said twice', async () => {
    const rooms = await declared();
    rooms.two.weather = 'refuses';
    await renamed(rooms, 'case2');
    await renamed(rooms, 'case');
    rooms.two.weather = 'fine';
    await rooms.pass(60_000);
    expect(titles(rooms)).toEqual(['case']);
    await rooms.close();
  });

  it('what was taken back before a post without an answer is said again: nobody knows what stands there', async () => {
    const rooms = await declared();
    rooms.two.weather = 'loses';
    await renamed(rooms, 'case2');
    rooms.two.weather = 'fine';
    await renamed(rooms, 'case');
    await rooms.pass(60_000);
    expect(titles(rooms)).toEqual(['case', 'case2', 'case']);
    await rooms.close();
  });

  it('a refused second try does not make the first one known: the third says that it may be a repetition', async () => {
    const rooms = await declared();
    rooms.two.weather = 'loses';
    await renamed(rooms, 'case2');
    rooms.two.weather = 'refuses';
    await rooms.pass(10_000);
    rooms.two.weather = 'fine';
    await rooms.pass(60_000);
    expect(titles(rooms)).toEqual(['case', 'case2', 'case2*']);
    await rooms.close();
  });
});
