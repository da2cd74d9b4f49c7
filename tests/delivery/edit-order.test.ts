import { describe, expect, it, vi } from 'vitest';
import { Budgets } from '../../src/delivery/budgets.ts';
import type { Messenger } from '../../src/use-cases/ports.ts';
import { Driven, HOUR, MINUTE, type Posted, ROOM } from '../case/harness.ts';
import { ManualClock } from '../fakes/clock.ts';

const SECOND = 1_000;

/** A case on a chat that takes as many edits as Slack. */
async function underBudget(): Promise<Driven> {
  const driven = await Driven.start();
  Object.assign(driven.chat.messenger.canEdit ?? {}, { perMinute: 30 });
  return driven;
}

const rootOf = (driven: Driven, incident: string): Posted | undefined =>
  driven.chat.posts.find(({ key }) => key.startsWith(`surface:${incident}:`) && key.endsWith(':status'));

describe('edits, when there are more than the platform takes', () => {
  it.each([0, 1])('a press on a real card goes before four drills at 60× (press %i s later)', async (s) => {
    const driven = await underBudget();
    await driven.declare({ title: 'Real' });
    const real = driven.incident;
    for (let n = 0; n < 4; n += 1) await driven.declare({ title: `Drill ${n}`, drill: true, speed: 60, by: `p${n}` });
    await driven.pass(MINUTE + s * SECOND);
    driven.incident = real;
    const pressedAt = driven.clock.now();
    await driven.say({ type: 'answer', fact: 'operator', value: 'other' });
    await driven.pass(SECOND);
    const ref = rootOf(driven, real)?.ref;
    expect(driven.chat.edits.filter((edit) => edit.ref === ref && edit.at >= pressedAt)).not.toHaveLength(0);
  });

  it('drills get a third of the minute, and a real countdown beside them its due', async () => {
    const driven = await underBudget();
    await driven.fourHours();
    const real = driven.incident;
    for (let n = 0; n < 6; n += 1) await driven.declare({ title: `Drill ${n}`, drill: true, speed: 60, by: `p${n}` });
    await driven.pass(6 * MINUTE);
    const from = driven.clock.now();
    await driven.pass(10 * MINUTE);
    const own = rootOf(driven, real)?.ref;
    const edits = driven.chat.edits.filter(({ at }) => at > from);
    const ofDrills = edits.filter(({ ref }) =>
      driven.chat.posts.find((post) => post.ref === ref)?.key.includes('DRILL-'),
    );
    expect(ofDrills.length).toBeGreaterThan(60);
    expect(ofDrills.length).toBeLessThanOrEqual(102);
    // Between four hours and one hour left it is renewed every five minutes.
    expect(edits.filter(({ ref }) => ref === own).length).toBeGreaterThanOrEqual(2);
  });

  it('a reminder ahead of a deadline gives its countdown no turn before an older one', async () => {
    const driven = await Driven.start();
    Object.assign(driven.chat.messenger.canEdit ?? {}, { perMinute: 1 });
    const incidents: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      await driven.fourHours({ title: `Case ${n}`, by: `p${n}` });
      incidents.push(driven.incident);
      await driven.pass(3 * MINUTE);
    }
    // In the last hour each wants an edit a minute, and there is one a minute for all of them.
    await driven.follow(3 * HOUR - 20 * MINUTE);
    await driven.pass(20 * MINUTE);
    const from = driven.clock.now();
    await driven.pass(40 * MINUTE);
    const roots = new Map(incidents.map((one) => [rootOf(driven, one)?.ref ?? '', 0]));
    let turns = 0;
    for (const { ref, at } of driven.chat.edits.filter((one) => roots.has(one.ref))) {
      const oldest = Math.min(...roots.values());
      if (at >= from) expect([ref, roots.get(ref)]).toEqual([ref, oldest]);
      if (at >= from) turns += 1;
      roots.set(ref, at);
    }
    const reminders = (await Promise.all(incidents.map((one) => driven.store.incident(one)))).flatMap(
      (state) => state?.reminders ?? [],
    );
    expect(reminders.filter(({ at }) => Date.parse(at) >= from).length).toBeGreaterThan(4);
    expect(turns).toBeGreaterThan(30);
  });

  it('a deadline that passes is shown before any countdown is renewed', async () => {
    const driven = await Driven.start();
    Object.assign(driven.chat.messenger.canEdit ?? {}, { perMinute: 1 });
    for (let n = 0; n < 4; n += 1) await driven.fourHours({ title: `Case ${n}`, by: `p${n}` });
    await driven.declare({ title: 'Later', by: 'p9' });
    await driven.follow(3 * HOUR + 30 * MINUTE);
    await driven.pass(29 * MINUTE);
    const { surfaces } = driven.store;
    const dirty = async () =>
      (await surfaces.wanting(0, 99)).filter(({ key, ref }) => key === 'status' && ref !== null);
    expect(await dirty()).toEqual([]);
    await driven.pass(MINUTE + SECOND);
    expect((await dirty()).length).toBeGreaterThanOrEqual(3);
  });

  it('a card that falls due while the others are looked at does not wait for the next wake-up', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.follow(3 * HOUR + 10 * MINUTE);
    const { surfaces } = driven.store;
    const dueAt = (await surfaces.nextStaleAt(driven.clock.now())) ?? 0;
    driven.clock.advance(dueAt - 1 - driven.clock.now());
    await driven.house.settle();
    const { wanting } = surfaces;
    vi.spyOn(surfaces, 'wanting').mockImplementationOnce(async (...asked) => {
      const rows = await wanting(...asked);
      driven.clock.advance(3);
      return rows;
    });
    const before = driven.chat.edits.length;
    driven.house.wake();
    await driven.house.settle();
    await driven.pass(SECOND);
    expect(driven.chat.edits.length).toBeGreaterThan(before);
  });
});

describe('a state-secret stop', () => {
  it('takes back what was sent within the budget: its own cards at once, then its messages, before all other cards', async () => {
    const driven = await underBudget();
    await driven.fourHours();
    const secret = driven.incident;
    await driven.follow(9 * HOUR);
    await driven.declare({ title: 'Other', by: 'p9' });
    const other = driven.incident;
    await driven.pass(5 * MINUTE);
    driven.incident = secret;
    const from = driven.clock.now();
    await driven.say({ type: 'stop_state_secret' });
    const editsOf = (ref: string | undefined) => driven.chat.edits.filter((one) => one.ref === ref && one.at >= from);
    const sent = driven.chat.posts.filter(({ key }) => key.includes(secret));
    expect(sent.length).toBeGreaterThan(20);
    // Four cards, and a permit every two seconds after the burst, which the messages share.
    await driven.pass(4 * SECOND);
    expect(editsOf(rootOf(driven, secret)?.ref)).not.toHaveLength(0);
    driven.incident = other;
    await driven.say({ type: 'answer', fact: 'operator', value: 'other' });
    await driven.pass(2 * MINUTE);
    const edits = driven.chat.edits.filter(({ at }) => at >= from);
    for (const { at } of edits) {
      const minute = edits.filter((one) => one.at >= at && one.at < at + MINUTE);
      expect(minute.length).toBeLessThanOrEqual(33);
    }
    for (const { ref, key } of sent) expect(editsOf(ref), key).not.toHaveLength(0);
    const messages = sent.filter(({ key }) => !key.startsWith('surface:'));
    const last = Math.max(...messages.flatMap(({ ref }) => editsOf(ref).map(({ at }) => at)));
    const others = editsOf(rootOf(driven, other)?.ref).filter(({ at }) => at > from);
    expect(others.length).toBeGreaterThan(0);
    expect(Math.min(...others.map(({ at }) => at))).toBeGreaterThanOrEqual(last);
  });
});

describe('the permits of a pass', () => {
  const edit = (incident: string, dirty: boolean) => ({ incident, room: ROOM_ID, dirty });
  const ROOM_ID = `chat/t/${ROOM.address}`;
  const budgets = (clock: ManualClock): Budgets => {
    const canEdit = { perMinute: 30, edit: async () => ({ kind: 'sent', ref: '1' }) as const };
    const messenger: Messenger = {
      platform: 'chat',
      render: () => '',
      post: async () => ({ kind: 'sent', ref: '1' }),
      canEdit,
    };
    return new Budgets(new Map([['chat', messenger]]), clock);
  };

  it('leave half of the burst to what changed, and say when there is one for the rest', () => {
    const clock = new ManualClock('2026-03-31T10:00:00+08:00');
    const permits = budgets(clock).permits(clock.now());
    const granted = (incident: string, dirty: boolean, tries: number): number =>
      Array.from({ length: tries }, () => permits.grant(edit(incident, dirty))).filter(Boolean).length;
    expect(granted('DRILL-2026-0001', true, 9)).toBe(2);
    expect(granted('INC-2026-0001', false, 9)).toBe(1);
    expect(granted('INC-2026-0001', true, 9)).toBe(3);
    expect(permits.next.stale).toBe(clock.now() + 1);
    expect(permits.next.changed).not.toBeNull();
  });

  it('taken, the next one comes with the minute', () => {
    const clock = new ManualClock('2026-03-31T10:00:00+08:00');
    const of = budgets(clock);
    const taken = (dirty: boolean): number => {
      let count = 0;
      while (of.take(edit('INC-2026-0001', dirty), clock.now())) count += 1;
      return count;
    };
    expect(taken(false)).toBe(3);
    expect(taken(true)).toBe(3);
    const permits = of.permits(clock.now());
    expect(permits.grant(edit('INC-2026-0001', true))).toBe(false);
    expect(permits.grant(edit('INC-2026-0001', false))).toBe(false);
    expect(permits.next).toEqual({ changed: clock.now() + 2 * SECOND, stale: clock.now() + 8 * SECOND });
  });
});
