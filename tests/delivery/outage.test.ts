import { describe, expect, it } from 'vitest';
import { roomId } from '../../src/incident/identity.ts';
import type { Place, SendOutcome } from '../../src/use-cases/ports.ts';
import { Driven, HOUR, MINUTE, ROOM } from '../case/harness.ts';

const DOWN: SendOutcome = { kind: 'refused', reason: 'unreachable', detail: 'not connected' };
const notices = (driven: Driven) => driven.chat.posts.filter(({ key }) => !key.startsWith('surface:'));

/** Reminders that fell due while the chat could not be reached, long enough for them to be tried rarely. */
async function afterAnOutage(): Promise<Driven> {
  const driven = await Driven.start();
  await driven.fourHours();
  driven.chat.answer = () => DOWN;
  await driven.stride(3 * HOUR, 5 * MINUTE);
  expect(notices(driven)).toEqual([]);
  expect((await driven.store.outbox.counts()).ready).toBeGreaterThan(1);
  return driven;
}

describe('after an outage of a chat', () => {
  it('everything that waited goes out with the first sign of life, however rarely it was tried', async () => {
    const driven = await afterAnOutage();
    driven.chat.answer = () => null;
    await driven.pass(10_000);
    expect((await driven.store.outbox.counts()).ready).toBe(0);
    expect(notices(driven).length).toBeGreaterThan(0);
  });

  it('everything goes out when the platform says that it is connected', async () => {
    const driven = await afterAnOutage();
    // Nothing but a notice would show that it is back, and none is due for minutes.
    const isCard = (key: string) => key.startsWith('surface:');
    driven.chat.answer = (_place, key) => (isCard(key) ? DOWN : null);
    driven.returned();
    await driven.pass(1_000);
    // Those it speaks for look a moment later.
    await driven.pass(1_000);
    expect((await driven.store.outbox.counts()).ready).toBe(0);
  });

  it('one that lasts is asked as rarely as before', async () => {
    const driven = await afterAnOutage();
    const asked = new Map<string, number>();
    driven.chat.answer = (_place, key) => {
      if (!key.startsWith('surface:')) asked.set(key, (asked.get(key) ?? 0) + 1);
      return DOWN;
    };
    await driven.stride(9 * MINUTE);
    asked.clear();
    await driven.stride(20 * MINUTE);
    // Only the newest, which speaks for those before it, and that one about once in five minutes.
    expect([...asked.values()].map((times) => times <= 5)).toEqual([true]);
  });
});

describe('a clock that is set back by hours', () => {
  it.each([false, true])('lets no card show the time of the clock before, started anew: %s', async (isRestarted) => {
    const driven = await Driven.start();
    await driven.fourHours();
    const right = driven.clock.now();
    driven.clock.jumpTo(right + 3 * HOUR);
    await driven.pass(2 * MINUTE);
    const last = (): number => driven.chat.edits.at(-1)?.at ?? 0;
    expect(last()).toBeGreaterThan(right + 2 * HOUR);
    if (isRestarted) await driven.close();
    driven.clock.jumpTo(right);
    if (isRestarted) await driven.open();
    else driven.returned();
    await driven.pass(MINUTE);
    expect(last()).toBeLessThanOrEqual(right + MINUTE);
  });

  /** What a pass finds of a message to the lead: its state and how its attempt ended before the clock was set back. */
  const found: readonly {
    readonly what: string;
    readonly answer: SendOutcome;
    /** Time (ms) after the start at which the message arrives after all. */
    readonly arrives?: number;
  }[] = [
    { what: 'refused', answer: { kind: 'refused', reason: 'rate_limited', detail: 'slow down' } },
    { what: 'without an answer, not there', answer: { kind: 'unknown', detail: 'timeout' } },
    { what: 'without an answer, arrives later', answer: { kind: 'unknown', detail: 'timeout' }, arrives: 5_000 },
  ];
  it('a start keeps a pause that a platform asked for', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    const tried: number[] = [];
    driven.chat.answer = (_, key) => {
      if (key.startsWith('surface:')) return null;
      tried.push(driven.clock.now());
      const retryAt = driven.clock.now() + 10 * MINUTE;
      return { kind: 'refused', reason: 'rate_limited', detail: 'slow down', retryAt };
    };
    while (tried.length === 0) await driven.pass(MINUTE);
    const [first = 0] = tried;
    const before = tried.length;
    for (const _ of [1, 2, 3]) {
      await driven.close();
      await driven.open();
      await driven.pass(MINUTE);
    }
    expect(driven.clock.now()).toBeLessThan(first + 10 * MINUTE);
    expect(tried).toHaveLength(before);
    await driven.pass(15 * MINUTE);
    expect(tried.length).toBeGreaterThan(before);
  });

  it.each(
    found.flatMap((one) => [60_000, 8 * HOUR].flatMap((back) => [false, true].map((is) => ({ ...one, back, is })))),
  )('lets a message go out within minutes and once: $what, back $back ms, started anew: $is', async (one) => {
    const driven = await Driven.start();
    await driven.fourHours();
    const asked = new Map<string, Place>();
    driven.chat.answer = (place, key) => {
      if (!key.startsWith('surface:')) asked.set(key, place);
      return key.startsWith('surface:') ? null : one.answer;
    };
    while (asked.size === 0) await driven.pass(MINUTE);
    driven.chat.answer = () => null;
    if (one.is) await driven.close();
    driven.clock.jumpTo(driven.clock.now() - one.back);
    if (one.is) await driven.open();
    else driven.returned();
    if (one.arrives !== undefined && one.is) {
      await driven.pass(one.arrives);
      for (const [key, place] of asked) driven.arrives(place, key);
    }
    await driven.pass(2 * MINUTE);
    const counts = await driven.store.outbox.counts();
    expect(counts).toMatchObject({ ready: 0, unknown: 0, sending: 0 });
    const keys = notices(driven).map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)]);
    expect(keys.length).toBeGreaterThan(0);
  });
});

it('of the digests that waited for days only the last is posted', async () => {
  const driven = await Driven.start();
  const DAY = 24 * HOUR;
  const card = { tone: 'calm', drill: false, title: { raw: 'due' }, summary: { raw: 'due' }, blocks: [] } as const;
  driven.chat.answer = () => DOWN;
  for (const day of [1, 2, 3]) {
    const about = {
      key: `digest:${roomId(ROOM)}:${day}`,
      incident: null,
      lane: 'status',
      dueAt: driven.clock.now(),
    } as const;
    const to = { kind: 'room', room: roomId(ROOM), ring: false, language: 'en' } as const;
    await driven.store.outbox.add([{ ...about, to, content: { kind: 'card', card } }]);
    await driven.stride(day === 3 ? HOUR : DAY, 10 * MINUTE);
  }
  driven.chat.answer = () => null;
  driven.returned();
  await driven.pass(10 * MINUTE);
  expect(driven.chat.posts.map(({ key }) => key).filter((key) => key.startsWith('digest:'))).toEqual([
    `digest:${roomId(ROOM)}:3`,
  ]);
});
