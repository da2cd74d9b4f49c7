import { describe, expect, it } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { formatStep } from '../../src/incident/steps.ts';
import { secretive } from '../conversation/secrets.ts';
import { GROUP, MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
const profile = organisationSchema.parse({
  ...secretive,
  people: [
    { id: 'li', name: 'Li Wei', roles: ['lead', 'approver'], accounts: [account('li', 'one'), account('li', 'own')] },
    { id: 'adm', name: 'Adm Min', roles: ['administrator'], accounts: [account('adm', 'one')] },
  ],
  rooms: [{ ...GROUP, entities: ['shanghai'] }],
});

describe('the deputy of the lead', () => {
  const deputised = (roster: object[]) =>
    organisationSchema.parse({
      ...profile,
      people: [
        { ...profile.people[0], deputy: 'wu' },
        { id: 'wu', name: 'Wu', accounts: [account('wu', 'two')] },
      ],
      roster,
    });
  const heard = async (roster: object[]) => {
    const rooms = await RoomsHouse.start(deputised(roster));
    await rooms.declare('x');
    await rooms.must({ type: 'answer', fact: 'operator', value: 'other' });
    await rooms.must({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await rooms.follow(241 * MINUTE);
    const steps = (await rooms.state()).reminders.map(({ step }) => formatStep(step));
    return { steps, direct: rooms.two.in('dm:wu').length };
  };

  it('hears every step from the middle of the clock on', async () => {
    const { steps, direct } = await heard([]);
    // Nobody else is left to call when neither answers the reminder of the last half hour.
    expect(steps).toEqual(['half', 'm60', 'm30', 'call:1:*', 'm15', 'm5', 'due']);
    expect(direct).toBe(6);
  });
  it('is asked to lead from the declaration on when the lead is off duty', async () => {
    const roster = [{ person: 'li', from: '2026-04-01T00:00:00+08:00', until: '2026-04-02T00:00:00+08:00' }];
    expect((await heard(roster)).direct).toBe(7);
  });
});

describe('linking an account', () => {
  const code = async (rooms: RoomsHouse): Promise<string> => {
    const reply = await rooms.say('link account', person('li', OWN), null);
    return /Code: (\w{8})/.exec(reply.kind === 'card' ? localiseCard(reply.card, 'en').title : '')?.[1] ?? '';
  };
  const line = (reply: Awaited<ReturnType<RoomsHouse['say']>>) =>
    reply.kind === 'card' ? localiseCard(reply.card, 'en').title : '';
  const OPAQUE = person('wo8x', GROUP);

  it('takes a code from where somebody is known to where they are not, once', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('x');
    const word = await code(rooms);
    expect(line(await rooms.say(`关联账号 ${word.toLowerCase()}`, OPAQUE))).toBe(
      'Linked: you are Li Wei from now on. Earlier entries in the record stay unchanged.',
    );
    expect(line(await rooms.say(`link account ${word}`, person('eve', GROUP)))).toContain('invalid');
    await rooms.must({ type: 'decide_level', level: 'major', reason: 'x' }, OPAQUE);
    expect((await rooms.state()).levelDecision?.by).toBeDefined();
  });

  it('refuses codes that are too old, accounts of others, and codes in an open chat', async () => {
    const rooms = await RoomsHouse.start(profile);
    await rooms.declare('x');
    const word = await code(rooms);
    expect(line(await rooms.say(`link account ${word}`, person('adm', OPS)))).toContain('linked to someone');
    await rooms.pass(16 * MINUTE);
    expect(line(await rooms.say(`link account ${word}`, OPAQUE))).toContain('invalid');
    expect(line(await rooms.say('link account', person('li', OPS)))).toContain('only for you');
    expect(line(await rooms.say('link account', OPAQUE))).toContain('does not contain this account');
  });
});
