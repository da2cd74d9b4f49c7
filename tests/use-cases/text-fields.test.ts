import { expect, it } from 'vitest';
import { regime } from '../conversation/story.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

it('every field of the report is filled by its own name, in either language, as the bot writes it', async () => {
  const rooms = await RoomsHouse.start();
  await rooms.declare('case');
  await rooms.must({ type: 'answer', fact: 'incident_type', value: 'malware.ransomware' });
  await rooms.must({ type: 'answer', fact: 'affected', value: ['personal_info'] });
  const deaf: string[] = [];
  for (const { n, fields } of regime.items) {
    for (const { id, label, from } of fields) {
      for (const name of [label.zh, label.en]) {
        const before = (await rooms.state()).fields[id]?.versions.length;
        // A time is not kept as words.
        const text = from === 'awareness' || from === 'occurrence' ? '2026年3月31日09时42分' : 'text';
        await rooms.say(`${n} ${name}：${text}`, person('li', OPS));
        if ((await rooms.state()).fields[id]?.versions.length === before) deaf.push(`${n} ${name}`);
        await rooms.say(`删除 ${n} ${name}`, person('li', OPS));
      }
    }
  }
  expect(deaf).toEqual([]);
});
