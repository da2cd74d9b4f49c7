import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

/** Roles that a profile gives or takes away while an incident runs. */

const one = (id: string, roles: readonly string[], more: object = {}) => ({
  ...{ id, name: id, roles },
  accounts: [{ platform: 'own', tenant: 't', id }],
  ...more,
});
type One = ReturnType<typeof one>;
const of = (people: readonly One[], roster: readonly object[] = []) =>
  organisationSchema.parse({
    organisation: 'Example',
    entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
    ...{ people, roster },
  });
const LI = one('li', ['responder', 'lead']);
const QIAN = one('qian', ['approver', 'legal', 'filer', 'lead']);
const wu = (roles: readonly string[]) => one('wu', roles);
const ALL = ['responder', 'lead', 'approver', 'legal', 'filer'];
const li = person('li', OWN);
const qian = person('qian', OWN);
const theirs = person('wu', OWN);
const DUTY = 'pipl.art57.individuals';

async function running(people: readonly One[] = [LI, QIAN, wu(ALL)]): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(of(people));
  await rooms.declare('x', OPS, li);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  await rooms.must({ type: 'add_person', person: 'wu' }, li);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, li);
  return rooms;
}
const hash = async (rooms: RoomsHouse) => (await rooms.state()).drafts[0]?.text?.hash ?? '';
const proposal = async (rooms: RoomsHouse) => (await rooms.state()).proposals.at(-1)?.id ?? '';

/** Acts that need a role, with what has to come before them. */
const ACTS: Readonly<Record<string, (rooms: RoomsHouse) => Promise<Command>>> = {
  approve: async (rooms) => ({ type: 'approve', draft: 1, hash: await hash(rooms) }),
  'approve what was asked of them': async (rooms) => {
    await rooms.must({ type: 'request_approval', draft: 1 }, li);
    return { type: 'approve', draft: 1, hash: await hash(rooms) };
  },
  send_back: async () => ({ type: 'send_back', draft: 1, comments: [{ text: 'x' }] }),
  decide_level: async () => ({ type: 'decide_level', level: 'major', reason: 'x' }),
  second: async (rooms) => {
    await rooms.must({ type: 'not_owed', obligation: DUTY, reason: 'agreed with counsel' }, li);
    return { type: 'second', proposal: await proposal(rooms), agree: true };
  },
  take_lead: async () => ({ type: 'take_lead' }),
  hold: async () => ({ type: 'hold', reason: 'x' }),
};

describe.each(Object.entries(ACTS))('%s', (_, before) => {
  it('is refused once the role was taken away, and accepted once it was given', async () => {
    const rooms = await running();
    const act = await before(rooms);
    rooms.organisation.now = of([LI, QIAN, wu(['responder'])]);
    expect(await rooms.do(act, theirs)).toMatchObject({ kind: 'refused', refusal: { code: 'forbidden' } });
    rooms.organisation.now = of([LI, QIAN, wu(ALL)]);
    expect(await rooms.do(act, theirs)).toMatchObject({ kind: 'done' });
  });
});

it('a lead whose role was taken away no longer acts as lead, and another is asked', async () => {
  const rooms = await running();
  await rooms.must({ type: 'take_lead' }, theirs);
  rooms.organisation.now = of([LI, QIAN, wu(['responder'])]);
  expect((await rooms.do({ type: 'decide_level', level: 'major', reason: 'x' }, theirs)).kind).toBe('refused');
  expect(await rooms.do({ type: 'hand_over', person: 'wu' }, li)).toMatchObject({ kind: 'done' });
  await rooms.must({ type: 'take_lead' }, li);
  expect(await rooms.do({ type: 'hand_over', person: 'wu' }, li)).toMatchObject({ refusal: { code: 'cannot_lead' } });
  rooms.organisation.now = of([LI, QIAN, wu(['lead'])]);
  expect((await rooms.do({ type: 'hand_over', person: 'wu' }, li)).kind).toBe('done');
});

it('approval is asked anew once all who were asked lost the role, and the card offers it', async () => {
  const rooms = await running([LI, wu(ALL)]);
  await rooms.must({ type: 'decide_level', level: 'major' }, li);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, li);
  await rooms.must({ type: 'request_approval', draft: 2 }, li);
  const offers = async () =>
    JSON.stringify(await rooms.house.app.view({ view: 'status', args: { incident: rooms.incident } }, li));
  expect(await offers()).not.toContain('request_approval');
  rooms.organisation.now = of([LI, QIAN, wu(['responder'])]);
  expect(await offers()).toContain('request_approval');
  await rooms.must({ type: 'request_approval', draft: 2 }, li);
  const { approvals, people } = await rooms.state();
  expect(approvals.at(-1)?.approvers.map((actor) => people[actor]?.person)).toEqual(['qian']);
});

it('somebody who got a responsible role later is removed by two people only', async () => {
  const rooms = await running([LI, QIAN, wu(['responder'])]);
  rooms.organisation.now = of([LI, QIAN, wu(['legal'])]);
  await rooms.must({ type: 'remove_person', person: 'wu', reason: 'x' }, li);
  expect((await rooms.state()).proposals).toHaveLength(1);
});

it('somebody removed who then left the profile is not added again', async () => {
  const rooms = await running();
  await rooms.byTwo({ type: 'remove_person', person: 'wu', reason: 'x' }, li, qian);
  rooms.organisation.now = of([LI, QIAN]);
  expect(await rooms.do({ type: 'add_person', person: 'wu' }, li)).toMatchObject({ refusal: { code: 'person_gone' } });
});

describe('when the people of the declaration have left', () => {
  const ROSTER = [{ person: 'zhao', from: '2026-03-30T00:00:00+08:00', until: '2026-04-30T00:00:00+08:00' }];
  const NOW = of([one('mei', ['responder']), one('zhao', ['lead', 'filer'])], ROSTER);

  it('whoever can act now is called before the limit, and may act', async () => {
    const rooms = await running();
    await rooms.follow(100 * MINUTE);
    rooms.organisation.now = NOW;
    await rooms.follow(160 * MINUTE);
    expect(rooms.own.in('dm:zhao').length).toBeGreaterThan(3);
    expect(rooms.own.in('dm:mei')).toEqual([]);
    await rooms.must({ type: 'take_lead' }, person('zhao', OWN));
  });

  it.each([
    ['leaves', ['qian', 'zhao', 'sun'], ['sun']],
    ['leaves and another comes', ['qian', 'ann', 'zhao', 'sun'], ['ann', 'sun']],
  ] as const)('nobody is passed over once one who was called %s', async (_, stay, later) => {
    const may = (...ids: readonly string[]) => of([one('mei', ['responder']), ...ids.map((id) => one(id, ['lead']))]);
    const rooms = await RoomsHouse.start(may('qian', 'wu', 'zhao', 'sun'));
    await rooms.declare('x', OPS, person('mei', OWN));
    const called = async () =>
      (await rooms.state()).reminders.flatMap(({ step }) => (step.kind === 'call' ? [step.to ?? 'room'] : []));
    await rooms.follow(7 * MINUTE);
    expect(await called()).toEqual(['wu', 'zhao']);
    rooms.organisation.now = may(...stay);
    await rooms.follow(15 * MINUTE);
    expect(await called()).toEqual(['wu', 'zhao', ...later, 'room']);
    // Somebody who joins after the room was called is called too, and the room is not rung again.
    rooms.organisation.now = may(...stay, 'wu', 'late');
    await rooms.must({ type: 'add_note', text: 'still no answer' }, person('mei', OWN));
    await rooms.follow(5 * MINUTE);
    expect(await called()).toEqual(['wu', 'zhao', ...later, 'room', 'late']);
  });

  it('charge taken by somebody who left stops no call', async () => {
    const rooms = await running([LI, QIAN, wu(ALL), one('zhao', ['filer'])]);
    const calls = async () => (await rooms.state()).reminders.filter(({ step }) => step.kind === 'call').length;
    await rooms.follow(211 * MINUTE);
    await rooms.must({ type: 'take_charge' }, theirs);
    const before = await calls();
    await rooms.follow(10 * MINUTE);
    expect(await calls()).toBe(before);
    rooms.organisation.now = of([LI, QIAN, one('zhao', ['filer'])]);
    // The next change of the incident, here its reminder 15 minutes before the limit, plans the calls anew.
    await rooms.follow(8 * MINUTE);
    expect(await calls()).toBeGreaterThan(before);
  });
});

it.each(['home', 'abroad'])('somebody (%s) who joined later gets what a person there gets', async (location) => {
  const rooms = await running();
  await rooms.must({ type: 'add_note', text: 'zqNOTEqz' }, li);
  rooms.organisation.now = of([LI, QIAN, wu(ALL), one('hans', ['lead'], { location })]);
  await rooms.must({ type: 'add_person', person: 'hans' }, li);
  const hans = person('hans', OWN);
  const timeline = await rooms.house.app.timeline(rooms.incident, { ...hans, room: null }, 'en');
  expect(JSON.stringify(timeline).includes('zqNOTEqz')).toBe(location === 'home');
});

it('somebody who joined later is named in a line, to be added, given an item or removed', async () => {
  const rooms = await running();
  rooms.organisation.now = of([LI, QIAN, wu(ALL), one('zhao', ['legal'])]);
  const line = async (text: string) => {
    const reply = await rooms.say(text, li);
    return reply.kind === 'submitted' ? reply.result.kind : JSON.stringify(reply);
  };
  expect(await line('移出 zhao')).toBe('done');
  const [proposal] = (await rooms.state()).proposals;
  expect(proposal?.command).toMatchObject({ type: 'remove_person', person: 'zhao' });
  expect(await line('assign 3 zhao')).toBe('done');
});
