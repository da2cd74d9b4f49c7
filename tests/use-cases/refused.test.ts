import { expect, it } from 'vitest';
import type { Room } from '../../src/incident/identity.ts';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { explaining } from '../../src/wiring/explain.ts';
import { BERLIN, OPS, person, RoomsHouse } from '../delivery/rooms-house.ts';

const SQUARE: Room = { ...OPS, address: 'square', open: true };
const discreet = organisationSchema.parse({
  ...{ organisation: '某公司', openChannels: 'private', languages: { rooms: 'en', people: 'en' } },
  entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other' }],
});
const ANSWER = { type: 'answer', fact: 'personal_info_people' } as const;

/** Somebody has answered, and presses the old button once more in another room. Answers what is said there. */
async function pressedLate(at: Room, organisation: Organisation | null = null): Promise<string> {
  const rooms = await RoomsHouse.start(organisation);
  await rooms.declare('Leak');
  if (at !== OPS) await rooms.must({ type: 'add_room', room: at });
  const { version } = await rooms.state();
  await rooms.must({ ...ANSWER, value: 1_234_567 });
  const late = await rooms.house.app.submit({
    ...{ incident: rooms.incident, intent: { ...ANSWER, value: 5 }, revision: version },
    ...{ caller: person('li', at), room: at, delivery: { platform: at.platform, key: 'late', body: 'late' } },
  });
  if (late.kind !== 'refused') throw new Error('not refused');
  expect(late.refusal.code).toBe('stale_revision');
  return explaining(rooms.house).asSentence(late.refusal, 'en', late.state);
}

it('whoever presses an old button is told what was answered meanwhile', async () => {
  expect(await pressedLate(OPS)).toMatch(/answered by li at .*1,234,567/);
});

it.each([
  ['abroad', BERLIN, null],
  ['that everybody may read, of a company that keeps content out of it', SQUARE, discreet],
])('in a room %s only that it was answered is said, not what', async (_, at, organisation) => {
  const said = await pressedLate(at, organisation);
  expect(said).toContain('earlier question');
  expect(said).not.toMatch(/1,234,567|1234567/);
});

it('whoever sends a form that is out of date is told so as of a form, with nothing recorded', async () => {
  const rooms = await RoomsHouse.start();
  await rooms.declare('Leak');
  const { version } = await rooms.state();
  await rooms.must({ ...ANSWER, value: 1_234_567 });
  const late = await rooms.house.app.submitForm({
    ref: { form: 'correct', args: { incident: rooms.incident, fact: ANSWER.fact } },
    ...{ revision: version, values: { value: '5' }, caller: person('li', OPS), ...rooms.delivery() },
  });
  if (late.kind !== 'refused') throw new Error(JSON.stringify(late));
  const said = explaining(rooms.house).asSentence(late.refusal, 'en', late.state);
  expect(said).toMatch(/li changed this at .*after you opened the form/);
  expect(explaining(rooms.house).asSentence(late.refusal, 'zh-CN', late.state)).not.toContain('按钮');
  expect((await rooms.state()).facts[ANSWER.fact]?.value).toBe(1_234_567);
});
