import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/use-cases/ports.ts';
import { DAY, Driven, HOUR, MINUTE, ROOM } from '../case/harness.ts';

const reminders = (driven: Driven) => driven.chat.posts.filter((post) => !post.key.startsWith('surface:'));

describe('one slow room', () => {
  it('holds back neither reminders nor cards of another', async () => {
    const driven = await Driven.start();
    const slow: ((outcome: SendOutcome) => void)[] = [];
    await driven.fourHours();
    driven.chat.answer = (place) =>
      place.address === 'dm:li' ? new Promise<SendOutcome>((resolve) => slow.push(resolve)) : null;
    driven.clock.jumpTo(driven.clock.now() + 2 * HOUR);
    await expect.poll(() => slow).toHaveLength(1);
    const before = driven.chat.posts.length;
    // Another incident while that answer is out: its cards are posted.
    const result = await driven.house.app.declare({
      title: 'meanwhile',
      caller: { account: { platform: 'chat', tenant: 't', id: 'wang' }, name: 'wang', language: 'en' },
      room: ROOM,
      delivery: { platform: 'chat', key: 'meanwhile', body: '' },
    });
    expect(result.kind).toBe('done');
    await expect.poll(() => driven.chat.posts.length).toBeGreaterThan(before);
    for (const answer of slow) answer({ kind: 'sent', ref: 'late' });
    await driven.house.settle();
  });
});

describe('an answer that is lost', () => {
  it('is looked up after a grace, and not sent again when it had arrived', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    let lost = 0;
    driven.chat.answer = (place, key) => {
      if (place.address !== 'dm:li' || lost > 0) return null;
      lost += 1;
      driven.arrives(place, key);
      return { kind: 'unknown', detail: 'timeout' };
    };
    await driven.follow(2 * HOUR);
    expect(await driven.store.outbox.counts()).toMatchObject({ unknown: 1, sent: 0 });
    await driven.pass(MINUTE);
    expect(await driven.store.outbox.counts()).toMatchObject({ unknown: 0, sent: 1 });
    expect(reminders(driven)).toHaveLength(1);
  });

  it('is sent again with the same words when it had not', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    let lost = 0;
    driven.chat.answer = (place) =>
      place.address === 'dm:li' && lost++ === 0 ? { kind: 'unknown', detail: 'timeout' } : null;
    await driven.follow(2 * HOUR);
    await driven.pass(MINUTE);
    expect(reminders(driven).map((post) => post.repeated)).toEqual([false]);
  });
});

describe('surfaces', () => {
  it('posts the root first and everything else below it', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    const [root, ...others] = driven.chat.posts;
    expect(root?.place.thread).toBeNull();
    expect(others.length).toBeGreaterThan(1);
    expect(others.every((post) => post.place.thread === root?.ref)).toBe(true);
  });

  it('edits only what a reader would see change: a countdown, not every wake-up', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    const before = driven.chat.edits.length;
    await driven.pass(HOUR);
    const edits = driven.chat.edits.length - before;
    expect(edits).toBeGreaterThan(5);
    expect(edits).toBeLessThanOrEqual(61);
  });

  it('does not spin however fast a drill runs', async () => {
    const driven = await Driven.start();
    await driven.fourHours({ drill: true, speed: 600 });
    const before = driven.chat.edits.length;
    await driven.pass(10_000);
    expect(driven.chat.edits.length - before).toBeLessThanOrEqual(40);
  });

  it('rests after a failure instead of trying again at once', async () => {
    const driven = await Driven.start();
    let tries = 0;
    driven.chat.answer = () => {
      tries += 1;
      return { kind: 'refused', reason: 'unreachable', detail: 'down' };
    };
    await driven.declare();
    await driven.pass(MINUTE);
    expect(tries).toBeLessThanOrEqual(14);
    driven.chat.answer = () => null;
    await driven.pass(10_000);
    expect(driven.chat.posts.length).toBeGreaterThan(1);
  });
});

it('what waits for its root is given time without limit', async () => {
  const driven = await Driven.start();
  driven.chat.answer = () => ({ kind: 'refused', reason: 'unreachable', detail: 'down' });
  driven.chat.reachable = () => false;
  await driven.fourHours();
  await driven.sleep(DAY);
  await driven.pass(5 * MINUTE);
  expect(await driven.store.outbox.counts()).toMatchObject({ dead: 0 });
  driven.chat.answer = () => null;
  await driven.pass(MINUTE);
  const counts = await driven.store.outbox.counts();
  expect(counts).toMatchObject({ ready: 0, dead: 0 });
  // The room says by name what the lead could not be told, in one message; meanwhile whoever watches the machine was told.
  expect(reminders(driven)).toHaveLength(1);
  expect(counts.sent).toBe(3);
});
