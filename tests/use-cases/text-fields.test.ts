import { expect, it } from 'vitest';
import { regime } from '../conversation/story.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

it('every field of the report is filled by its own name, in either language, as the bot writes it', async () => {
  const rooms = await RoomsHouse.start();
  await rooms.declare('case');
  await rooms.must({ type: 'answer', fact: 'incident_type', value: 'malware.ransomware' });
  const deaf: string[] = [];
  for (const { n, fields } of regime.items) {
    for (const { id, label } of fields) {
      for (const name of [label.zh, label.en]) {
        const before = (await rooms.state()).fields[id]?.versions.length;
        await rooms.say(`${n} ${name}：text`, person('li', OPS));
        if ((await rooms.state()).fields[id]?.versions.length === before) deaf.push(`${n} ${name}`);
        await rooms.say(`删除 ${n} ${name}`, person('li', OPS));
      }
    }
  }
  expect(deaf).toEqual([]);
});
