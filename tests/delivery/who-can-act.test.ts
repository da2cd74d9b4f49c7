import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { secretive } from '../conversation/secrets.ts';
import { GROUP, MINUTE, RoomsHouse } from './rooms-house.ts';

const account = (id: string) => ({ platform: 'two', tenant: 't', id });
const one = (id: string, roles: readonly string[], more: object = {}) => ({
  ...{ id, name: id, roles, accounts: [{ platform: 'one', tenant: 't', id }, account(id)] },
  ...more,
});
const LEAD = one('wang', ['lead', 'approver'], { deputy: 'deputy' });
const PEOPLE = [
  LEAD,
  one('deputy', ['responder']),
  one('zhao', ['filer', 'legal']),
  one('anna', ['approver']),
  one('adm', ['administrator']),
];

const isCall = (post: unknown): boolean => /no answer from|nobody who may|未回应/u.test(JSON.stringify(post));

/** Direct messages to each person, by the reminder they came with (`declared` before the first). */
async function told(declarer: ReturnType<typeof one>, roster: readonly object[] = []) {
  const people = [declarer, ...PEOPLE].map((who) => ({ ...who, accounts: [account(who.id)] }));
  const rooms = await RoomsHouse.start(
    organisationSchema.parse({ ...secretive, people, roster, rooms: [{ ...GROUP }] }),
  );
  await rooms.declare('x', GROUP);
  const ids = people.map(({ id }) => id);
  const count = () => new Map(ids.map((id) => [id, rooms.two.in(`dm:${id}`).filter((post) => !isCall(post)).length]));
  const steps: Record<string, readonly string[]> = {};
  let before = new Map(ids.map((id) => [id, 0]));
  const note = (step: string): void => {
    const now = count();
    steps[step] = ids.filter((id) => (now.get(id) ?? 0) > (before.get(id) ?? 0)).sort();
    before = now;
  };
  note('declared');
  const setUp = async (intent: Parameters<RoomsHouse['must']>[0]) => {
    await rooms.must(intent, { account: account('li'), name: 'li', language: 'en', room: GROUP });
  };
  await setUp({ type: 'answer', fact: 'operator', value: 'other' });
  await setUp({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  note('answered');
  for (const minutes of [120, 60, 30, 15, 10, 5, 15]) {
    await rooms.follow(minutes * MINUTE);
    const last = (await rooms.state()).reminders.at(-1);
    note(last ? formatStep(last.step) : 'none');
  }
  return steps;
}

describe('who is told that a limit comes near', () => {
  const responder = one('li', ['responder']);

  it('declared by a responder: somebody who can lead at once, who can file from the middle, everybody who may at the limit', async () => {
    const steps = await told(responder);
    expect(steps['declared']).toEqual(['wang']);
    expect(steps['half']).toEqual(['deputy', 'li', 'wang', 'zhao']);
    for (const step of ['m60', 'm30', 'm15', 'm5']) expect(steps[step], step).toEqual(['deputy', 'li', 'wang', 'zhao']);
    for (const step of ['due', 'late15']) expect(steps[step], step).toEqual(['anna', 'deputy', 'li', 'wang', 'zhao']);
  });

  it('declared by a lead who is there: no other lead is called, the others from the middle on', async () => {
    const steps = await told(one('li', ['lead']));
    expect(steps['declared']).toEqual([]);
    expect(steps['half']).toEqual(['deputy', 'li', 'wang', 'zhao']);
  });

  it('declared by a lead who is off duty: whoever leads by the roster is called', async () => {
    const roster = [
      { person: 'li', from: '2026-04-01T00:00:00+08:00', until: '2026-04-02T00:00:00+08:00' },
      { person: 'wang', from: '2026-03-31T00:00:00+08:00', until: '2026-04-01T00:00:00+08:00' },
    ];
    const steps = await told(one('li', ['lead']), roster);
    expect(steps['declared']).toEqual(['wang']);
    expect(steps['due']).toContain('anna');
  });
});

it('who can lead or file and cannot be written to is named on the card from the declaration on', async () => {
  const people = [one('li', ['responder']), ...PEOPLE].map((who) => ({ ...who, accounts: [account(who.id)] }));
  const rooms = await RoomsHouse.start(organisationSchema.parse({ ...secretive, people, roster: [], rooms: [GROUP] }));
  rooms.two.unreachable.add('zhao');
  await rooms.declare('x', GROUP);
  const cards = JSON.stringify(rooms.two.in('group'));
  expect(cards).toMatch(/zhao收不到单独提醒/u);
});

describe('nobody answers', () => {
  const responder = one('li', ['responder']);
  const CALLED = ['wang', 'zhao', 'anna'];

  /** Who was written to in each of `minutes` after the one before, and what stands in the room. */
  async function start() {
    const people = [responder, ...PEOPLE].map((who) => ({ ...who, accounts: [account(who.id)] }));
    const rooms = await RoomsHouse.start(
      organisationSchema.parse({ ...secretive, people, roster: [], rooms: [{ ...GROUP }] }),
    );
    await rooms.declare('x', GROUP);
    // Named, so that no limit of one hour runs for the system of the profile that might be meant.
    await rooms.must({ type: 'answer', fact: 'system', value: 'shop' }, by('li'));
    const written = () => people.filter(({ id }) => rooms.two.in(`dm:${id}`).some(isCall)).map(({ id }) => id);
    return { rooms, written };
  }
  const by = (id: string) => ({ account: account(id), name: id, language: 'en' as const, room: GROUP });

  it('one who can act is called after the other, three minutes apart, at last the room', async () => {
    const { rooms, written } = await start();
    const order: string[][] = [];
    for (let round = 0; round < CALLED.length; round += 1) {
      await rooms.follow(3 * MINUTE);
      order.push(written());
    }
    // wang was asked at the declaration.
    expect(order).toEqual([['zhao'], ['zhao', 'anna'], ['zhao', 'anna']]);
    expect(rooms.two.in('group').some(isCall)).toBe(true);
    const steps = (await rooms.state()).reminders.map(({ step }) => formatStep(step));
    expect(steps).toEqual(['call:1:zhao', 'call:2:anna', 'call:3:*']);
  });

  it.each([
    ['[I am on it] by who may lead', 'wang', { type: 'take_charge' } as const],
    ['any other act of theirs', 'zhao', { type: 'add_note', text: 'on my way' } as const],
  ])('%s is an answer', async (_, who, intent) => {
    const { rooms, written } = await start();
    await rooms.follow(2 * MINUTE);
    await rooms.must(intent, by(who));
    await rooms.follow(40 * MINUTE);
    expect(written()).toEqual([]);
  });

  it('[I am on it] by who may neither lead nor file stands on the record, and the others are called on', async () => {
    const { rooms, written } = await start();
    await rooms.must({ type: 'take_charge' }, by('li'));
    await rooms.follow(3 * MINUTE);
    expect((await rooms.state()).charge).toMatchObject({ by: (await rooms.state()).declared.by });
    expect(written()).toEqual(['zhao']);
  });

  it('in the last half hour it is asked again, whoever acted before', async () => {
    const { rooms, written } = await start();
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, by('wang'));
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, by('wang'));
    for (const minutes of [120, 60, 30]) await rooms.follow(minutes * MINUTE);
    expect(written()).toEqual([]);
    await rooms.follow(10 * MINUTE);
    expect(written()).toEqual(['anna']);
    expect(JSON.stringify(rooms.two.in('dm:wang'))).toMatch(/I am on it|我来处理/u);
  });

  it('a drill calls nobody', async () => {
    const { rooms, written } = await start();
    await rooms.must({ type: 'take_charge' }, by('wang'));
    const practice = { title: 'practice', drill: true, caller: by('li'), room: GROUP };
    await rooms.house.app.declare({ ...practice, ...rooms.delivery() });
    await rooms.follow(30 * MINUTE);
    expect(written()).toEqual([]);
  });
});
