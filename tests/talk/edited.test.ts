import { expect, test } from 'vitest';
import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { workingStart } from '../../src/incident/facts/assessment.ts';
import { roomId } from '../../src/incident/identity.ts';
import { OPS, person } from '../delivery/rooms-house.ts';
import { Conversation } from './conversation.ts';

const LI = person('li', OPS);

/** Says a line that is edited later, after another question is open; resolves with what the bot asks then. */
async function edited(before: string, after: string) {
  const it = await Conversation.start();
  await it.rooms.declare('Leak', OPS);
  const line = { caller: LI, place: { kind: 'room', room: OPS } as const, about: it.rooms.incident, source: 'link' };
  const said = { text: before, command: it.rooms.house.app.read(before), ...it.rooms.delivery() };
  await it.talk.line({ ...line, ...said });
  await it.rooms.house.settle();
  const start = async () => workingStart(await it.rooms.state())?.instant;
  const was = await start();
  const outcome = await it.talk.edited({
    source: 'link',
    room: roomId(OPS),
    text: after,
    caller: LI,
    ...it.rooms.delivery(),
  });
  const [answer] = outcome?.answers ?? [];
  const asks = answer?.kind === 'card' ? localiseCard(answer.card, 'en').title : null;
  const take = async () => {
    await it.press({ text: '', buttons: [], answers: outcome?.answers ?? [] }, 'Use the new text');
    return start();
  };
  return { was, asks, take };
}

test.each([
  ['09:20 own alert', '08:20 own alert', '2026-03-31T08:20'],
  ['09:20 自有告警', '08:20 自有告警', '2026-03-31T08:20'],
  ['09:20 own alert', '08:20', '2026-03-31T08:20'],
  ['09:20 运维告警', '昨晚11点 客服接到投诉', '2026-03-30T23:00'],
])('the answer that starts the clock, "%s" edited to "%s", is offered', async (before, after, start) => {
  const { was, asks, take } = await edited(before, after);
  expect(was).toContain('2026-03-31T09:20');
  expect(asks).not.toBeNull();
  expect(await take()).toContain(start);
});

test('other words at the same time ask nothing', async () => {
  expect((await edited('09:20 own alert', '09:20 our own alert')).asks).toBeNull();
});
