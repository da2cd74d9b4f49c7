import { describe, expect, it } from 'vitest';
import { nextLook, replaceSent } from '../../src/delivery/taking-back.ts';
import { ABROAD_PARTS, type Room, roomId } from '../../src/incident/identity.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { Notice, OutgoingMessage } from '../../src/use-cases/ports.ts';
import { secretive } from '../conversation/secrets.ts';
import { BERLIN, MINUTE, OPS, OWN, person, RoomsHouse } from './rooms-house.ts';

const title = { raw: '赵敏 approved the report of the data centre in Pudong' };
const settled = { tone: 'done', drill: false, title, summary: title, blocks: [] } as const;
const LI = person('li', OPS);

/** What is put in place of a message that is settled, before or after a state-secret stop. */
async function put(isStopped: boolean): Promise<OutgoingMessage> {
  const rooms = await RoomsHouse.start(null);
  await rooms.declare('Leak', OPS);
  if (isStopped) await rooms.must({ type: 'stop_state_secret' }, LI);
  const rendered: OutgoingMessage[] = [];
  const messenger = {
    ...rooms.one.messenger,
    render: (message: OutgoingMessage): string => `${rendered.push(message)}`,
    canEdit: { perMinute: 30, edit: async (_place: unknown, ref: string) => ({ kind: 'sent', ref }) as const },
  };
  const take = { kind: 'take_back', card: settled, of: { place: roomId(OPS), ref: 'm1' } } as const;
  const notice: Notice = {
    ...{ key: 'k', incident: rooms.incident, lane: 'answer', dueAt: 0, content: take },
    to: { kind: 'room', room: roomId(OPS), ring: false },
    ...{ state: 'sending', fence: 1, wasUnknown: false, attempts: 1, attemptedAt: null },
    ...{ notBefore: 0, body: null, ref: null },
  };
  const { engine } = rooms.house;
  const outcome = await replaceSent(notice, take, {
    ...{ store: rooms.store, clock: rooms.clock, messengers: new Map([['one', messenger]]) },
    outages: { heard: () => {} },
    budgets: { takeBack: () => null, pauseUntil: () => {} },
    situation: (state) => engine.situation(state),
    profile: () => null,
  });
  expect(outcome).toMatchObject({ kind: 'replaced', outcome: { kind: 'sent' } });
  const [only] = rendered;
  if (!only) throw new Error('nothing was rendered');
  return only;
}

describe('a settled message', () => {
  it('is replaced by what it came to', async () => {
    expect((await put(false)).card).toEqual(settled);
  });

  it('says nothing of the content any more after a state-secret stop', async () => {
    const { card } = await put(true);
    expect(JSON.stringify(card)).not.toContain('Pudong');
    expect(JSON.stringify(card)).toContain('status.stopped');
  });
});

describe('answers and files go with the cards', () => {
  const account = (id: string, on: string) => ({ platform: on, tenant: 't', id });
  const profile = organisationSchema.parse({
    ...secretive,
    people: [
      { id: 'li', name: 'Li Wei', roles: ['lead', 'approver', 'legal'], accounts: [account('li', 'one')] },
      { id: 'wang', name: 'Wang', roles: ['legal', 'approver'], accounts: [account('wang', 'two')] },
    ],
    rooms: [
      { ...OPS, entities: ['shanghai'] },
      { ...BERLIN, entities: ['shanghai'] },
      { ...OWN, entities: ['shanghai'], refuge: true },
    ],
  });
  const WORDS = 'names of customers';

  /** An answer and a file in the room at home, in the one abroad and in a direct conversation; what became of each afterwards. */
  async function after(act: (rooms: RoomsHouse) => Promise<void>) {
    const rooms = await RoomsHouse.start(profile);
    const { one, house } = rooms;
    await rooms.declare('Leak', OPS);
    const released = { room: roomId(BERLIN), what: [...ABROAD_PARTS], reason: 'asked', legalBasis: 'Art. 40' };
    await rooms.must({ type: 'release_abroad', ...released });
    const gone = new Set<string>();
    Object.assign(one.messenger, {
      canRemove: {
        remove: async (_: unknown, ref: string) => {
          gone.add(ref);
          return { kind: 'sent', ref };
        },
      },
    });
    const send = async (address: string, isFile: boolean, n: number) => {
      const sent = await one.messenger.post({ tenant: 't', address, thread: null }, WORDS, `answer-${address}-${n}`);
      if (sent.kind !== 'sent') throw new Error(sent.kind);
      const { ref } = sent;
      const at = { platform: 'one', tenant: 't', address, language: 'en' } as const;
      await house.app.answered({ ...at, ref, isFile, holds: { incident: rooms.incident } });
      return { address, ref };
    };
    const places = [OPS.address, BERLIN.address, 'dm:li'];
    const before = await Promise.all(places.flatMap((at, n) => [send(at, false, n), send(at, true, n + 10)]));
    await act(rooms);
    await rooms.pass(MINUTE);
    const stays = ({ ref }: { readonly ref: string }): boolean =>
      !gone.has(ref) && one.messages.some((message) => message.ref === ref && message.body.includes(WORDS));
    return [...new Set(before.filter(stays).map(({ address }) => address))];
  }
  const shared = (room: Room) => async (rooms: RoomsHouse) => {
    expect(await rooms.house.app.placeChanged({ room: roomId(room), kind: 'shared' })).toBe(1);
  };

  it.each<readonly [string, (rooms: RoomsHouse) => Promise<void>, readonly string[]]>([
    ['a state-secret stop: everywhere', (rooms) => rooms.must({ type: 'stop_state_secret' }), []],
    ['leaving the chat: everywhere on it', (rooms) => rooms.must({ type: 'leave_chat', reason: 'x' }), []],
    [
      'a release withdrawn: in that room',
      (rooms) => rooms.must({ type: 'withdraw_release', room: roomId(BERLIN), reason: 'mistake' }),
      [OPS.address, 'dm:li'],
    ],
    ['a room shared with another company: in that room', shared(OPS), [BERLIN.address, 'dm:li']],
  ])('%s', async (_, act, stays) => {
    expect(await after(act)).toEqual(stays);
  });
});

it('what waits for others to be taken back looks again at whole milliseconds, as the store keeps them, ever more rarely', () => {
  const waits = [0, 5_001, 36_001, 36_002, 36_003, 36_004, 9_000_001].map(
    (age) => nextLook(1_000 + age, 1_000) - 1_000 - age,
  );
  expect(waits).toEqual([5_000, 5_000, 9_001, 9_001, 9_001, 9_001, 600_000]);
});
