import { expect, it } from 'vitest';
import { ALL_WORDS } from '../../src/conversation/text/commands/command-words.ts';
import { GROUP, person, RoomsHouse } from '../delivery/rooms-house.ts';

const LI = person('li', GROUP);
const DOUBTS = ['吧', '？', '?', '了吧', ' ?'];

it('a yes or no in doubt is never the answer to the first question, which decides the clock', async () => {
  const rooms = await RoomsHouse.start();
  await rooms.declare('数据疑似泄露', GROUP, LI);
  const before = (await rooms.state()).version;
  const words = ALL_WORDS.filter(({ verb }) => verb === 'yes' || verb === 'no').map(({ word }) => word);
  expect(words.length).toBeGreaterThan(10);
  const recorded: string[] = [];
  for (const word of words)
    for (const doubt of DOUBTS) {
      await rooms.say(word + doubt, LI);
      if ((await rooms.state()).version !== before) recorded.push(word + doubt);
    }
  expect(recorded).toEqual([]);
  // The same word alone is the answer.
  await rooms.say('没有', LI);
  expect((await rooms.state()).version).toBeGreaterThan(before);
});

it('a no in doubt is offered as the answer', async () => {
  const rooms = await RoomsHouse.start();
  await rooms.declare('数据疑似泄露', GROUP, LI);
  const asked = JSON.stringify(await rooms.say('没有吧', LI));
  expect(asked).toMatch(/"fact":"operator"/);
  expect(asked).toMatch(/"value":"other"/);
});
