import { describe, expect, it } from 'vitest';
import { type Organisation, organisationSchema } from '../../src/incident/people/profile.ts';
import { formatKey, parseKey, placeText } from '../../src/use-cases/notices/notice-key.ts';
import { anotherWay } from '../../src/use-cases/notices/recipients.ts';
import { inOrder, type Platforms, routes } from '../../src/use-cases/notices/routes.ts';
import { MAIN_ROOM, Story } from '../conversation/story.ts';

const account = (platform: string) => ({ platform, tenant: 't', id: 'li' });
const organisation: Organisation = organisationSchema.parse({
  organisation: '某公司',
  entities: [{ id: 'a', name: '某公司', province: '31' }],
  people: [
    {
      ...{ id: 'li', name: '李伟', email: 'li@example.com', language: 'en' },
      accounts: [{ platform: 'console', tenant: 'local', id: 'Li Wei' }],
    },
  ],
  rooms: [{ platform: 'chat', tenant: 't', address: 'ops', webhook: 'bell' }],
});
const platforms: Platforms = {
  isOn: () => true,
  edits: () => true,
  isQuiet: (platform) => ['console', 'desk'].includes(platform),
};
const ACCOUNTS = [account('desk'), account('chat'), account('second')];

function told(homeRoom = { ...MAIN_ROOM, platform: 'chat', tenant: 't', address: 'ops' }) {
  const story = new Story('2026-03-31T09:42:00+08:00', organisation);
  story.do({ type: 'declare', title: 'x' }, 'Li Wei', homeRoom).do({ type: 'add_room', room: MAIN_ROOM }, 'Li Wei');
  const person = story.situation.state.people[story.situation.state.lead];
  if (!person) throw new Error('nobody leads');
  return { story, person };
}

describe('the order of ways to somebody', () => {
  it('accounts that call them, rooms that do, then where they have to look, robot, mail, alarm', () => {
    const { story, person } = told();
    const ways = routes(story.situation.state, [person], () => ACCOUNTS, platforms);
    expect(ways.map(placeText)).toEqual([
      'chat/t/li',
      'second/t/li',
      'chat/t/ops',
      'desk/t/li',
      'console/local/main',
      'chat-webhook/t/bell',
      'mail/mail/li@example.com',
      'alarm/alarm/alarm',
    ]);
    // Before a notice is sent the same order decides among the ways it knows.
    expect(inOrder(ways.toReversed(), platforms).map(({ kind }) => kind)).toEqual(ways.map(({ kind }) => kind));
  });
});

describe('a notice that was refused', () => {
  /** Places of the next ways, each refused in its turn, until there is none. */
  function tried(to: (lead: string) => string): readonly (readonly string[])[] {
    const { story, person } = told();
    const taken: (readonly string[])[] = [];
    let refused = [
      { key: formatKey({ kind: 'told', incident: 'INC-2026-0007', version: 99, to: to(person.actor) }), room: '' },
    ];
    refused = refused.map((one) => ({ ...one, room: to('chat/t/li') }));
    for (let n = 0; refused.length > 0 && n < 20; n += 1) {
      let next: readonly { key: string; room: string }[] = [];
      for (const { key, room } of refused) {
        const delivered = { notice: key, outcome: 'undeliverable', room, lateSeconds: 130 } as const;
        story.apply({ type: 'notice_delivered', payload: delivered }, 'clock');
        const situation = { ...story.situation, accountsOf: () => ACCOUNTS };
        const ways = anotherWay(situation, delivered, [person], platforms, story.now);
        next = ways.map((way) => ({ key: way.key, room: placeText(way.to) }));
      }
      if (next.length > 0) taken.push(next.map(({ room }) => room));
      refused = [...next];
    }
    return taken;
  }

  it('to a person: other accounts, rooms, where they have to look, robot, mail, alarm; each failed platform is left out', () => {
    expect(tried((lead) => lead)).toEqual([
      ['second/t/li'],
      ['desk/t/li'],
      ['console/local/main'],
      ['chat-webhook/t/bell'],
      ['mail/mail/li@example.com'],
      ['alarm/alarm/alarm'],
    ]);
  });

  it('to a room: another room of the incident has the same notice, so nothing more is sent', () => {
    expect(tried(() => 'chat/t/ops')).toEqual([]);
  });

  it('the key keeps the number of the way, as rows that wait have it', () => {
    const { story, person } = told();
    const key = formatKey({ kind: 'told', incident: 'INC-2026-0007', version: 99, to: person.actor });
    const delivered = { notice: key, outcome: 'delayed', room: 'chat/t/li', lateSeconds: 130 } as const;
    story.apply({ type: 'notice_delivered', payload: delivered }, 'clock');
    const situation = { ...story.situation, accountsOf: () => ACCOUNTS };
    const [way] = anotherWay(situation, delivered, [person], platforms, story.now);
    expect(way?.key).toBe(`${key}~2:second/t/li`);
    expect(parseKey(way?.key ?? '')).toMatchObject({ to: person.actor, by: { way: 2, place: 'second/t/li' } });
  });
});
