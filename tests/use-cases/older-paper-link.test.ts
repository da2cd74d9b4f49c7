import { expect, it } from 'vitest';
import { GROUP, person, RoomsHouse } from '../delivery/rooms-house.ts';

const LI = person('li', GROUP);

it('a link to the answer from before each authority had its own leads to the first one', async () => {
  const rooms = await RoomsHouse.start(null);
  await rooms.declare('x', GROUP);
  const receivedAt = new Date(rooms.clock.now()).toISOString();
  for (const from of ['上海市网信办', '浦东公安分局'])
    await rooms.must({ type: 'add_request', from, recipient: 'provincial_cac', what: `${from}的要求`, receivedAt }, LI);
  const read = async (paper: string): Promise<string> => {
    const made = await rooms.house.app.paper(rooms.incident, LI, { paper, format: 'md', language: 'zh' });
    return 'content' in made && made.content instanceof Uint8Array
      ? Buffer.from(made.content).toString()
      : JSON.stringify(made);
  };
  expect(await read('request_answer')).toContain('上海市网信办的要求');
  expect(await read('request_answer')).not.toContain('浦东公安分局的要求');
  expect(await read('request_answer.request.2')).toContain('浦东公安分局的要求');
  expect(await read('request')).toContain('unknown_paper');
});
