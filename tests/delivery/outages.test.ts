import { expect, it } from 'vitest';
import { Outages } from '../../src/delivery/outages.ts';
import type { Messenger, SendOutcome } from '../../src/use-cases/ports.ts';

const ROOM = 'chat/t/ops';
const refused = (reason: Extract<SendOutcome, { kind: 'refused' }>['reason']): SendOutcome => ({
  kind: 'refused',
  reason,
  detail: 'x',
});
const SENT: SendOutcome = { kind: 'sent', ref: 'm1' };

/** What one room answered to cards, in this order: how often somebody was told, and how many rooms refuse at the end. */
async function heard(edits: boolean, outcomes: readonly SendOutcome[]) {
  const told: string[] = [];
  const outages = new Outages({
    hurry: async () => {},
    lost: async (room) => told.push(room),
    failed: (error) => {
      throw error;
    },
  });
  const canEdit: Messenger['canEdit'] = { perMinute: 1, edit: async () => SENT };
  for (const outcome of outcomes) outages.heard({ platform: 'chat', ...(edits ? { canEdit } : {}) }, outcome, ROOM);
  await outages.idle();
  return { told: told.length, lost: outages.lost };
}

it.each<[string, boolean, readonly SendOutcome[], number, number]>([
  ['refuses again and again', true, Array.from({ length: 5 }, () => refused('forbidden')), 1, 1],
  ['accepts again', true, [refused('forbidden'), SENT], 1, 0],
  ['refuses, accepts and refuses', true, [refused('forbidden'), SENT, refused('forbidden')], 2, 1],
  ['cannot be reached', true, [refused('unreachable'), refused('unreachable')], 0, 0],
  ['does not say what became of a card', true, [{ kind: 'unknown', detail: 'x' }], 0, 0],
  ['has lost a message that could be edited', true, [refused('gone')], 0, 0],
  ['is gone, where messages are not edited', false, [refused('gone'), refused('gone')], 1, 1],
])('a room that %s', async (_, edits, outcomes, told, lost) => {
  expect(await heard(edits, outcomes)).toEqual({ told, lost });
});
