import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { type Gateway, LIMITS, telephoneMessenger } from '../../src/platforms/shared/telephone.ts';
import { secretive } from '../conversation/secrets.ts';
import { Random } from '../simulation/random.ts';
import { GROUP, MINUTE, OWN, RoomsHouse } from './rooms-house.ts';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);
const account = (id: string) => ({ platform: 'two', tenant: 't', id });

/** A night in which chat is down: who is on duty is silent, anybody else answers their telephone after a while. */
async function night(seed: number) {
  const random = new Random(seed);
  const roles = [['lead'], ['lead', 'approver'], ['filer'], ['approver', 'filer']];
  const people = [
    { id: 'watch', roles: ['responder'] },
    ...Array.from({ length: random.int(2, 4) }, (_, n) => ({
      id: `p${n}`,
      roles: n === 0 ? ['lead'] : (random.pick(roles) ?? []),
      phone: `1380000000${n}`,
    })),
  ].map((one) => ({ ...one, name: one.id, accounts: [account(one.id)] }));
  const roster = random.chance(0.5)
    ? []
    : [{ person: 'p0', from: '2026-03-31T00:00:00+08:00', until: '2026-04-01T00:00:00+08:00' }];
  const organisation = organisationSchema.parse({ ...secretive, people, roster, rooms: [GROUP] });
  const rung: { readonly person: string; readonly at: number }[] = [];
  const rooms = await RoomsHouse.start(organisation, (needs) => {
    const answers = (person: string): void => {
      if (person === 'p0') return;
      needs.clock.at(needs.clock.now() + (5 + random.int(0, 54)) * 1_000, () => {
        void rooms.do({ type: 'take_charge' }, { account: account(person), name: person, language: 'en', room: null });
      });
    };
    const gateway: Gateway = {
      platform: 'calls',
      limits: LIMITS,
      call: async ({ number }) => {
        const person = `p${number.slice(-1)}`;
        rung.push({ person, at: needs.clock.now() });
        answers(person);
        return 'call';
      },
    };
    return [telephoneMessenger(gateway, needs)];
  });
  rooms.one.weather = 'refuses';
  rooms.two.weather = 'refuses';
  await rooms.pass(random.int(0, 599) * 1_000);
  await rooms.declare('x', OWN, { account: account('watch'), name: 'watch', language: 'en', room: OWN });
  return { rooms, rung };
}

describe.each(SEEDS)('chat is down and who is on duty is silent, night %i', (seed) => {
  it('somebody who may lead or file has answered within ten minutes', async () => {
    const { rooms, rung } = await night(seed);
    const began = rooms.clock.now();
    while ((await rooms.state()).charge === null && rooms.clock.now() - began < 10 * MINUTE) await rooms.pass(5_000);
    const { charge, people } = await rooms.state();
    expect(charge && people[charge.by]?.person, JSON.stringify(rung)).toMatch(/^p[1-9]$/);
    // Who was asked first was rung as well, and nobody twice within a minute.
    expect(rung.map(({ person }) => person)).toContain('p0');
    for (const { person, at } of rung)
      expect(rung.filter((other) => other.person === person && Math.abs(other.at - at) < MINUTE).length).toBe(1);
  });
});
