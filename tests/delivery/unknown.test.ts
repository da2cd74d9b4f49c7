import { describe, expect, it } from 'vitest';
import type { Messenger, SendOutcome } from '../../src/use-cases/ports.ts';
import { Driven, HOUR, MINUTE } from '../case/harness.ts';

/** Posts of reminders to the lead, whatever came of them, as `Driven` hears of them before they are answered. */
async function withAnswers(answers: readonly (SendOutcome | null)[]): Promise<{ driven: Driven; asked: () => number }> {
  const driven = await Driven.start();
  await driven.fourHours();
  let asked = 0;
  driven.chat.answer = (place) => {
    if (place.address !== 'dm:li') return null;
    asked += 1;
    return answers[asked - 1] ?? null;
  };
  return { driven, asked: () => asked };
}

/** The same chat without a history to look into. */
function withoutHistory(chat: { messenger: Messenger }): void {
  const { canFind: _, ...rest } = chat.messenger;
  Object.assign(chat, { messenger: rest });
}

const NO_ANSWER: SendOutcome = { kind: 'unknown', detail: 'timeout' };
const toLead = (driven: Driven) => driven.chat.posts.filter((post) => post.place.address === 'dm:li');

/** What the record says became of every notice, after so many ms. */
async function endsAfter(driven: Driven, ms: number) {
  await driven.pass(ms);
  const delivered = (await driven.store.events(driven.incident)).flatMap(({ event }) =>
    event.type === 'notice_delivered' && event.payload.outcome !== 'delayed' ? [event.payload] : [],
  );
  const ends = Map.groupBy(delivered, ({ notice }) => notice);
  return new Map(
    [...ends].map(([notice, all]) => [
      notice,
      all.map(({ outcome, mayHaveArrived }) => ({ outcome, ...(mayHaveArrived ? { mayHaveArrived } : {}) })),
    ]),
  );
}

describe('an outcome nobody knows', () => {
  it('stays unknown while the thread has lost its root: it is looked up before it is sent again', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    driven.chat.reachable = () => false;
    let asked = 0;
    driven.chat.answer = (place, key) => {
      if (key.startsWith('surface:') || asked > 0) return null;
      asked += 1;
      // It arrives, and nobody hears of it.
      driven.arrives(place, key);
      return NO_ANSWER;
    };
    await driven.follow(2 * HOUR);
    expect(await driven.store.outbox.counts()).toMatchObject({ unknown: 1 });
    // Somebody deletes the status card; it cannot be posted again for a while.
    const [room = ''] = Object.keys((await driven.state()).rooms);
    await driven.store.surfaces.lost({ incident: driven.incident, room, key: 'status' });
    driven.chat.answer = (_place, key) =>
      key.startsWith('surface:') ? { kind: 'refused', reason: 'unreachable', detail: 'down' } : null;
    await driven.pass(2 * MINUTE);
    driven.chat.answer = () => null;
    await driven.pass(5 * MINUTE);
    const keys = driven.chat.posts.filter((post) => !post.key.startsWith('surface:')).map((post) => post.key);
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('without a history it stays marked as possibly repeated, even if the second attempt is refused', async () => {
    const { driven, asked } = await withAnswers([
      NO_ANSWER,
      { kind: 'refused', reason: 'rate_limited', detail: '429' },
    ]);
    await driven.close();
    withoutHistory(driven.chat);
    await driven.open();
    await driven.follow(2 * HOUR);
    await driven.pass(2 * MINUTE);
    expect(asked()).toBe(3);
    expect(toLead(driven).map((post) => post.repeated)).toEqual([true]);
  });

  it('without a history an attempt that may have arrived says so when a newer reminder makes it superfluous', async () => {
    const { driven } = await withAnswers([]);
    await driven.close();
    withoutHistory(driven.chat);
    await driven.open();
    let unanswered = '';
    driven.chat.answer = (place, key) => {
      if (place.address !== 'dm:li') return null;
      unanswered ||= key;
      return key === unanswered ? NO_ANSWER : null;
    };
    const ends = await endsAfter(driven, 4 * HOUR);
    expect(unanswered).not.toBe('');
    expect(ends.get(unanswered)).toEqual([{ outcome: 'superseded', mayHaveArrived: true }]);
    const others = [...ends.values()].flat().filter(({ mayHaveArrived }) => mayHaveArrived);
    expect(others).toHaveLength(1);
  });

  it('where the platform drops what it has, it gets the same bytes until it takes them', async () => {
    const { driven, asked } = await withAnswers([
      NO_ANSWER,
      { kind: 'refused', reason: 'rate_limited', detail: '429' },
    ]);
    await driven.close();
    Object.assign(driven.chat.messenger, { canFind: { find: async () => ({ kind: 'absent', drops: true }) } });
    await driven.open();
    await driven.follow(2 * HOUR);
    await driven.sleep(5 * MINUTE);
    await driven.pass(2 * MINUTE);
    expect(asked()).toBe(3);
    expect(toLead(driven).map((post) => [post.lateSeconds, post.repeated])).toEqual([[0, false]]);
  });

  it('says how late it is when it turns out that it never arrived', async () => {
    const { driven } = await withAnswers([NO_ANSWER]);
    await driven.follow(2 * HOUR);
    await driven.sleep(20 * MINUTE);
    await driven.pass(MINUTE);
    const [first] = toLead(driven);
    expect(first?.lateSeconds).toBeGreaterThan(19 * 60);
    expect(first?.repeated).toBe(false);
  });
});
