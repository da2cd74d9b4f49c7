import { describe, expect, it } from 'vitest';
import { replaceSent } from '../../src/delivery/taking-back.ts';
import { roomId } from '../../src/incident/identity.ts';
import type { Notice, OutgoingMessage } from '../../src/use-cases/ports.ts';
import { OPS, person, RoomsHouse } from './rooms-house.ts';

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
