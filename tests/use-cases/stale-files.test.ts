import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

/** Files to send of a draft that the record has left behind. */

const LI = person('li', OPS);
const WHAT = ['mail', 'fax'] as const;
const CHANGES: Readonly<Record<string, Command | null>> = {
  nothing: null,
  'a figure': { type: 'answer', fact: 'personal_info_people', value: 9_000_000 },
  'the recipient': { type: 'answer', fact: 'province', value: 'zhejiang' },
};

it.each(WHAT.flatMap((what) => Object.entries(CHANGES).map(([name, change]) => ({ what, name, change }))))(
  '$what after a change of $name',
  async ({ what, name, change }) => {
    const rooms = await RoomsHouse.start();
    const { app } = rooms.house;
    await rooms.declare('leak', OPS, LI);
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, LI);
    await rooms.must({ type: 'answer', fact: 'province', value: 'shanghai' }, LI);
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, LI);
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] }, LI);
    if (change) await rooms.must(change, LI);
    const open = (await rooms.state()).proposals.find(({ settled }) => settled === null);
    if (open) await rooms.must({ type: 'second', proposal: open.id, agree: true }, person('wang', OPS));
    const made = await app.toSend(rooms.incident, LI, { what, format: 'docx' });
    if (name === 'the recipient') {
      expect(made).toMatchObject({ code: 'other_addressee', params: { changes: ['head.to'] } });
      return;
    }
    if ('code' in made) throw new Error(made.code);
    expect(made.name.includes('旧稿')).toBe(name === 'a figure');
    await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: ['cause'] }, LI);
    expect(await app.toSend(rooms.incident, LI, { what, format: 'docx' })).not.toMatchObject({
      name: expect.stringContaining('旧稿'),
    });
  },
);
