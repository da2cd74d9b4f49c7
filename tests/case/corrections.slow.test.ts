import { describe, expect, it } from 'vitest';
import { formatStep } from '../../src/incident/steps.ts';
import { DAY, Driven, HOUR, iso, LADDER, MINUTE, START, said } from './harness.ts';

describe('the wall clock is not to be trusted', () => {
  it('sends one late, collapsed reminder after three days of sleep, to everybody it concerns, and says how late', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.follow(2 * HOUR + MINUTE);
    await driven.sleep(3 * DAY);
    const late = (await driven.heard()).slice(1);
    // The last step that has passed is two days after the due time.
    const lateSeconds = 22 * 3600 + 60;
    expect(late.map((h) => [h.step, h.where, h.lateSeconds])).toEqual([
      ['late2880', 'dm:li', lateSeconds],
      ['late2880', 'room', lateSeconds],
    ]);
    const collapsed = (await driven.state()).reminders.at(-1)?.collapsed.map(formatStep);
    expect(collapsed).toEqual(expect.arrayContaining(['m60', 'm30', 'm15', 'm5', 'due', 'late15', 'late1440']));
    expect(driven.chat.posts.at(-1)?.card.title).toMatch(/2 d 22 h overdue/);
    await driven.follow(HOUR);
    expect(await driven.heard()).toHaveLength(3);
  });

  it('names every clock that ran out in the sleep', async () => {
    const driven = await Driven.start();
    await driven.declare();
    await driven.say({ type: 'answer', fact: 'operator', value: ['cii_involved', 'other'] });
    await driven.say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await driven.sleep(3 * DAY);
    const { reminders } = await driven.state();
    expect(reminders).toHaveLength(1);
    const owed = driven.house.engine.assess(await driven.state()).clocks.map((clock) => clock.id);
    expect([...(reminders[0]?.obligations ?? [])].sort()).toEqual([...owed].sort());
  });

  it('does not say a step again when the clock is set back an hour, nor through ten jumps to and fro', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.follow(2 * HOUR + MINUTE);
    for (let jump = 0; jump < 5; jump += 1) {
      await driven.sleep(-HOUR);
      await driven.pass(MINUTE);
      await driven.sleep(HOUR - MINUTE);
    }
    expect(said(await driven.heard())).toEqual(LADDER.slice(0, 1));
    await driven.follow(HOUR);
    expect(said(await driven.heard())).toEqual(LADDER.slice(0, 2));
  });
});

describe('corrections', () => {
  const reminders = async (driven: Driven): Promise<number[]> =>
    (await driven.store.timers.of(driven.incident))
      .filter((timer) => timer.state === 'pending' && timer.kind === 'reminder')
      .map((timer) => (timer.dueAt - START) / MINUTE)
      .filter((minute) => minute <= 255);

  it('of the awareness time cancel the old timers and add the new ones exactly', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    expect(await reminders(driven)).toEqual([120, 180, 210, 225, 235, 240, 255]);
    await driven.say({ type: 'add_awareness', at: iso(START - 40 * MINUTE), source: 'alert', reachedUs: true });
    expect(await reminders(driven)).toEqual([80, 140, 170, 185, 195, 200, 215, 230, 245]);
    const all = await driven.store.timers.of(driven.incident);
    const cancelled = all.filter((timer) => timer.state === 'cancelled').map((timer) => (timer.dueAt - START) / MINUTE);
    expect(cancelled).toEqual(expect.arrayContaining([120, 180, 210, 225, 235, 240, 255]));
    await driven.follow(4 * HOUR);
    expect(said(await driven.heard()).slice(0, 2)).toEqual(['80 half dm:li', '140 m60 dm:li']);
    const overdue = (await driven.store.timers.of(driven.incident)).filter((t) => t.dueAt <= driven.clock.now());
    expect(new Set(overdue.map((timer) => timer.state))).toEqual(new Set(['done', 'cancelled']));
  });

  it('that let a clock have run out long ago are said at once, and once', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.follow(2 * HOUR + MINUTE);
    await driven.say({ type: 'add_awareness', at: iso(START - 3 * DAY), source: 'alert', reachedUs: true });
    expect(said(await driven.heard()).slice(1)).toEqual(['121 late2880 dm:li', '121 late2880 thread']);
    await driven.follow(HOUR);
    expect(await driven.heard()).toHaveLength(3);
  });

  it('there and back again bring the cancelled steps back', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.say({ type: 'add_awareness', at: iso(START - 40 * MINUTE), source: 'alert', reachedUs: true });
    await driven.say({ type: 'confirm_awareness', candidate: 'a1', reason: 'the alert was about something else' });
    await driven.say({ type: 'second', proposal: 'p1', agree: true }, 'wang');
    await driven.follow(4 * HOUR + 20 * MINUTE);
    expect(said(await driven.heard())).toEqual(LADDER);
  });
});
