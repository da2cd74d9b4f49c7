import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { addedActor } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const one = (id: string, roles: readonly string[]) => ({
  ...{ id, name: id, roles },
  accounts: [{ platform: 'own', tenant: 't', id }],
});
const profile = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
  people: [
    one('li', ['responder', 'lead']),
    one('wu', ['lead', 'approver']),
    one('qian', ['approver']),
    one('zhao', ['legal']),
  ],
});
const without = (...gone: readonly string[]) => ({
  ...profile,
  people: profile.people.filter(({ id }) => !gone.includes(id)),
});
const li = person('li', OWN);

/** Ways to go: removed from the incident, or taken out of the profile. */
const WAYS: Readonly<Record<string, (rooms: RoomsHouse, who: string) => Promise<void>>> = {
  'was removed': (rooms, who) =>
    rooms.byTwo({ type: 'remove_person', person: who, reason: 'x' }, li, person('zhao', OWN)),
  'left the profile': async (rooms, who) => {
    rooms.organisation.now = without(who);
  },
};

async function drafted(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(profile);
  await rooms.declare('x', OPS, li);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  for (const who of ['wu', 'zhao']) await rooms.must({ type: 'add_person', person: who }, li);
  await rooms.must({ type: 'add_task', text: 'restore' }, li);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, li);
  return rooms;
}

/** Commands that ask a named person for something. */
const ASKS: Readonly<Record<string, Command>> = {
  hand_over: { type: 'hand_over', person: 'wu' },
  assign_item: { type: 'assign_item', item: 'art7.2', person: 'wu' },
  add_task: { type: 'add_task', text: 'x', person: 'wu' },
  change_task: { type: 'change_task', task: 't1', person: 'wu' },
};

describe.each(Object.entries(WAYS))('somebody who %s', (way, goes) => {
  it.each(Object.entries(ASKS))('is asked for nothing: %s is refused with the reason', async (_, command) => {
    const rooms = await drafted();
    await goes(rooms, 'wu');
    expect(await rooms.do(command, li)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'person_gone', params: { name: 'wu' } },
    });
  });

  it('accepts nothing that was offered before', async () => {
    const rooms = await drafted();
    await rooms.must({ type: 'hand_over', person: 'wu' }, li);
    await goes(rooms, 'wu');
    expect((await rooms.do({ type: 'take_over' }, person('wu', OWN))).kind).toBe('refused');
    const { lead, people } = await rooms.state();
    expect(people[lead]?.person).toBe('li');
  });

  it('approves nothing, and does not keep the others from being asked', async () => {
    const rooms = await drafted();
    const asked = async () => {
      const { approvals, people } = await rooms.state();
      return approvals.at(-1)?.approvers.map((actor) => people[actor]?.person);
    };
    await rooms.must({ type: 'add_person', person: 'qian' }, li);
    await goes(rooms, 'qian');
    await rooms.must({ type: 'request_approval', draft: 1 }, li);
    expect(await asked(), 'neither removed nor gone').toEqual(['wu']);
    rooms.organisation.now = profile;
    if (way === 'was removed') await rooms.must({ type: 'add_person', person: 'qian' }, li);
    await goes(rooms, 'wu');
    await rooms.must({ type: 'request_approval', draft: 1 }, li);
    expect(await asked(), 'asked anew').toEqual(['qian']);
    const { approvals } = await rooms.state();
    await rooms.must({ type: 'request_approval', draft: 1 }, li);
    expect((await rooms.state()).approvals, 'asked once').toEqual(approvals);
  });

  it('is not added to an incident', async () => {
    if (way === 'was removed') return;
    const rooms = await drafted();
    await goes(rooms, 'qian');
    expect(await rooms.do({ type: 'add_person', person: 'qian' }, li)).toMatchObject({
      refusal: { code: 'person_gone' },
    });
    expect((await rooms.state()).people[addedActor('qian')]).toBeUndefined();
  });
});
