import { describe, expect, it } from 'vitest';
import { organisationSchema } from '../../../src/incident/people/profile.ts';
import { Chats, type ChatsDependencies, type Readers } from '../../../src/platforms/shared/chats.ts';
import { People } from '../../../src/platforms/shared/people.ts';
import { groupRoom } from '../../../src/platforms/shared/rooms.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { memoryKept, silent } from '../slack/kept.ts';

const DAY = 86_400_000;
const MEMBERS: Readers = { direct: false, external: false, open: false, members: ['li', 'chen'] };

function rig(readers: Readers) {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const kept = memoryKept();
  const account = { platform: 'feishu', tenant: 't' };
  const organisation = organisationSchema.parse({
    organisation: '某公司',
    entities: [{ id: 'sh', name: '某公司', province: '31' }],
    rooms: [{ ...account, address: 'oc_1', location: 'home', language: 'zh-CN', readers: 'acting' }],
  });
  const known = { ...account, profile: () => organisation, kept, clock, log: silent };
  const people = new People({ ...known, lookUp: async (name) => ({ name }) });
  const deps: ChatsDependencies = {
    ...known,
    ...{ within: 100, people, lookUp: async () => readers },
  };
  return { clock, deps, chats: new Chats(deps) };
}

describe('a chat whose members the platform names', () => {
  it('is read by them, and no more by who left it, also after a restart', async () => {
    const { deps, chats } = rig(MEMBERS);
    await chats.chat('oc_1');
    const reads = (one: Chats) => ['li', 'chen', 'wang'].map((user) => one.reads(user, 'oc_1'));
    expect(reads(chats)).toEqual([true, true, false]);
    await chats.member('oc_1', 'chen', false);
    expect(reads(chats)).toEqual([true, false, false]);
    const again = new Chats(deps);
    await again.recall();
    expect(reads(again)).toEqual([true, false, false]);
    await chats.member('oc_1', 'wang', true);
    expect(reads(chats)).toEqual([true, false, true]);
  });
});

describe('a chat whose members the platform does not name', () => {
  it('is read for thirty days by who acted in it, and not by who left it', async () => {
    const { clock, chats } = rig({ ...MEMBERS, members: [], hidden: true });
    await chats.chat('oc_1');
    expect(chats.reads('li', 'oc_1')).toBe(false);
    await chats.member('oc_1', 'li', true);
    await chats.member('oc_1', 'chen', true);
    await chats.member('oc_1', 'chen', false);
    expect([chats.reads('li', 'oc_1'), chats.reads('chen', 'oc_1')]).toEqual([true, false]);
    clock.advance(31 * DAY);
    expect(chats.reads('li', 'oc_1')).toBe(false);
  });
});

it('a group of another tenant is not the room of the profile at the same address', () => {
  const { deps } = rig(MEMBERS);
  const organisation = deps.profile();
  const room = (tenant: string) => groupRoom(organisation, { platform: 'feishu', tenant, address: 'oc_1', open: true });
  const [listed] = organisation?.rooms ?? [];
  expect([room('t').open, room('u').open]).toEqual([listed?.open ?? true, true]);
  expect(room('u')).toMatchObject({ tenant: 'u', location: 'home' });
});
