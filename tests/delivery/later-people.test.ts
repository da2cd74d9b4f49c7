import { describe, expect, it } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { refusalText } from '../../src/conversation/record/refusals.ts';
import type { Command } from '../../src/incident/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

/** People whom the profile in force lists otherwise than the one of the declaration. */

const one = (id: string, roles: readonly string[]) => ({
  ...{ id, name: id, roles },
  accounts: [{ platform: 'own', tenant: 't', id }],
});
const of = (...people: readonly ReturnType<typeof one>[]) =>
  organisationSchema.parse({
    organisation: 'Example',
    entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
    people,
  });
const base = [one('li', ['responder', 'lead']), one('mei', ['responder'])];
const declared = of(...base, one('wu', ['approver', 'legal', 'filer', 'administrator']));
const li = person('li', OWN);
const DUTY = 'pipl.art57.individuals';

/** Profiles in force after the only approver left; `id`: the person who can approve now. */
const LATER = {
  'joined later': { id: 'zhao', now: of(...base, one('zhao', ['approver', 'legal'])) },
  'got the role later': { id: 'mei', now: of(one('li', ['responder', 'lead']), one('mei', ['approver', 'legal'])) },
} as const;

async function drafted(): Promise<RoomsHouse> {
  const rooms = await RoomsHouse.start(declared);
  await rooms.declare('x', OPS, li);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  await rooms.must({ type: 'compile_draft', report: 'initial', cannotDetermine: [] }, li);
  return rooms;
}

describe.each(Object.entries(LATER))('an approver who %s', (_, { id, now }) => {
  const who = person(id, OWN);

  it('is asked for approval once the others have left, and approves', async () => {
    const rooms = await drafted();
    await rooms.must({ type: 'request_approval', draft: 1 }, li);
    rooms.organisation.now = of(...base);
    expect(await rooms.do({ type: 'request_approval', draft: 1 }, li)).toMatchObject({
      refusal: { code: 'no_approver_named' },
    });
    rooms.organisation.now = now;
    await rooms.must({ type: 'request_approval', draft: 1 }, li);
    const { approvals, people, drafts } = await rooms.state();
    expect(approvals.at(-1)?.approvers.map((actor) => people[actor]?.person)).toEqual([id]);
    await rooms.must({ type: 'approve', draft: 1, hash: drafts[0]?.text?.hash ?? '' }, who);
  });

  it('is the second person of what needs two', async () => {
    const rooms = await drafted();
    rooms.organisation.now = now;
    await rooms.must({ type: 'not_owed', obligation: DUTY, reason: 'agreed with counsel' }, li);
    const [proposal] = (await rooms.state()).proposals;
    await rooms.must({ type: 'add_person', person: id }, li);
    await rooms.must({ type: 'second', proposal: proposal?.id ?? '', agree: true }, who);
    expect((await rooms.state()).notOwed).toHaveProperty([DUTY]);
  });

  it('is named, and asked, where somebody lacks the role', async () => {
    const rooms = await drafted();
    rooms.organisation.now = now;
    expect(await rooms.do({ type: 'approve', draft: 1, hash: 'x' }, li)).toMatchObject({
      refusal: { code: 'forbidden', params: { people: [id], asked: 'yes' } },
    });
    const { people, askedFor } = await rooms.state();
    expect(askedFor['approve']?.people).toEqual([id]);
    expect(Object.values(people).some((known) => known.person === id) || id === 'mei').toBe(true);
  });
});

it('no refusal names somebody who left, and with nobody else it names the way out', async () => {
  const rooms = await drafted();
  rooms.organisation.now = of(...base);
  const mei = person('mei', OPS);
  const acts: readonly (readonly [Command, Caller])[] = [
    [{ type: 'approve', draft: 1, hash: 'x' }, li],
    [{ type: 'send_back', draft: 1, comments: [{ text: 'x' }] }, li],
    [{ type: 'hold', reason: 'x' }, mei],
    [{ type: 'erase', reason: 'x' }, li],
    [{ type: 'decide_level', level: 'major', reason: 'x' }, mei],
  ];
  for (const [act, who] of acts) {
    const done = await rooms.do(act, who);
    if (done.kind !== 'refused') throw new Error(`${act.type} is not refused`);
    const people = done.refusal.params?.['people'];
    expect(people, act.type).toEqual(act.type === 'hold' || act.type === 'decide_level' ? ['li'] : []);
    if (Array.isArray(people) && people.length > 0) continue;
    const state = await rooms.state();
    const text = localise(refusalText(done.refusal, rooms.house.engine.situation(state)), 'en');
    expect(text).toMatch(/administrator.*organisation profile/);
  }
});
