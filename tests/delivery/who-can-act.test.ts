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

/** Direct messages to each person, by the reminder they came with (`declared` before the first). */
async function told(declarer: ReturnType<typeof one>, roster: readonly object[] = []) {
  const people = [declarer, ...PEOPLE].map((who) => ({ ...who, accounts: [account(who.id)] }));
  const rooms = await RoomsHouse.start(
    organisationSchema.parse({ ...secretive, people, roster, rooms: [{ ...GROUP }] }),
  );
  await rooms.declare('x', GROUP);
  const ids = people.map(({ id }) => id);
  const count = () => new Map(ids.map((id) => [id, rooms.two.in(`dm:${id}`).length]));
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
