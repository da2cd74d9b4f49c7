import { expect, it } from 'vitest';
import type { Command } from '../../src/incident/commands.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const profile = organisationSchema.parse({
  organisation: 'Example',
  entities: [{ id: 'e', name: 'Example', province: '31', operator: 'other' }],
  people: [
    { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], deputy: 'wu', accounts: [account('li', 'own')] },
    { id: 'wu', name: 'Wu', roles: ['lead'], email: 'wu@example.com', accounts: [account('wu', 'two')] },
    { id: 'zhao', name: 'Zhao Min', roles: ['legal'], accounts: [account('zhao', 'own')] },
  ],
  roster: [{ person: 'wu', from: '2026-03-30T00:00:00+08:00', until: '2026-04-30T00:00:00+08:00' }],
});
const withoutWu = { ...profile, people: profile.people.filter(({ id }) => id !== 'wu') };
/** The profile after a wrong address was corrected, or taken out. */
const withEmail = (email: string | undefined) => ({
  ...profile,
  people: profile.people.map(({ email: _, ...one }) =>
    one.id === 'wu' && email !== undefined ? { ...one, email } : one,
  ),
});
const remove: Command = { type: 'remove_person', person: 'wu', reason: 'not on call' };
const readmit: Command = { type: 'add_person', person: 'wu' };

/**
 * Messages and letters to Wu after twenty minutes in which neither chats nor mail accepted anything: a reminder and an
 * alert wait for them, when the profile becomes `now`, Li does `acts`, and one of the two works again.
 */
async function toWu(now: typeof profile, works: 'chat' | 'mail', acts: readonly Command[] = []) {
  const letters: string[] = [];
  let isOn = false;
  const mail = {
    platform: 'mail',
    render: (message: object) => JSON.stringify(message),
    post: async ({ address }: { address: string }) => {
      if (!isOn) return { kind: 'refused', reason: 'unreachable', detail: 'no mail today' } as const;
      letters.push(address);
      return { kind: 'sent', ref: `mail-${letters.length}` } as const;
    },
  };
  const rooms = await RoomsHouse.start(profile, () => [mail]);
  const li = person('li', OWN);
  await rooms.declare('x', OPS, li);
  await rooms.must({ type: 'answer', fact: 'operator', value: 'other' }, li);
  await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 }, li);
  await rooms.follow(119 * MINUTE);
  const before = rooms.two.in('dm:wu').length;
  for (const chat of [rooms.one, rooms.two, rooms.own]) chat.weather = 'refuses';
  await rooms.house.app.receive({ kind: 'alert', source: 'siem', key: '1', title: 'Zebra exfiltration' });
  await rooms.stride(20 * MINUTE);
  rooms.organisation.now = now;
  for (const act of acts) {
    await (act.type === 'remove_person' ? rooms.byTwo(act, li, person('zhao', OWN)) : rooms.must(act, li));
  }
  isOn = works === 'mail';
  if (works === 'chat') rooms.two.weather = 'fine';
  await rooms.stride(10 * MINUTE);
  return { messages: rooms.two.in('dm:wu').length - before, letters: letters.length, addresses: new Set(letters) };
}

it('people of the profile get what waited for them, in their chat or by mail', async () => {
  expect((await toWu(profile, 'chat')).messages).toBeGreaterThan(1);
  expect((await toWu(profile, 'mail')).letters).toBeGreaterThan(0);
});

it('somebody who left the profile gets nothing of what waited for them', async () => {
  expect(await toWu(withoutWu, 'chat')).toMatchObject({ messages: 0, letters: 0 });
  expect(await toWu(withoutWu, 'mail')).toMatchObject({ messages: 0, letters: 0 });
});

it('whoever was removed from the incident gets no letter on it, and gets it once added again', async () => {
  expect((await toWu(profile, 'mail', [remove])).letters).toBe(0);
  expect((await toWu(profile, 'mail', [remove, readmit])).letters).toBeGreaterThan(0);
});

it('a letter goes to the address that the profile has now, and to none once it has none', async () => {
  const { addresses } = await toWu(withEmail('wu.corrected@example.com'), 'mail');
  expect([...addresses]).toEqual(['wu.corrected@example.com']);
  expect((await toWu(withEmail(undefined), 'mail')).letters).toBe(0);
});
