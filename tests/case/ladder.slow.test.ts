import { describe, expect, it } from 'vitest';
import { formatStep } from '../../src/incident/steps.ts';
import { CHANNEL, DAY, Driven, HOUR, iso, LADDER, MINUTE, said } from './harness.ts';

describe('a case of four hours', () => {
  it('says each step once and on time: the owner first, then the thread, the room when it is due', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.pass(4 * HOUR + 20 * MINUTE);
    const heard = await driven.heard();
    expect(said(heard)).toEqual(LADDER);
    expect(heard.every((h) => h.lateSeconds === 0)).toBe(true);
    const { reminders } = await driven.state();
    expect(reminders.every((r) => r.lateSeconds === 0 && r.collapsed.length === 0)).toBe(true);
  });

  it('says the same when the bot is restarted between any two steps', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    for (let n = 0; n < 26; n += 1) {
      await driven.pass(10 * MINUTE);
      await driven.close();
      await driven.open();
    }
    expect(said(await driven.heard())).toEqual(LADDER);
  });

  it('lets a snooze mute the early steps and nothing after them, without shouting into the thread instead', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.follow(2 * HOUR + 50 * MINUTE);
    await driven.say({ type: 'snooze', minutes: 240 });
    expect((await driven.state()).snoozes).toEqual({});
    await driven.agree('zhao');
    await driven.follow(90 * MINUTE);
    const expected = LADDER.filter((line) => line !== '180 m60 dm:li' && line !== '210 m30 dm:li');
    expect(said(await driven.heard())).toEqual([...expected, '260 late15 dm:li'].slice(0, expected.length));
    expect((await driven.state()).reminders.map((r) => formatStep(r.step))).toContain('m60');
  });

  it('reminds the new owner of an item and no longer the old one', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.say({ type: 'take_item', item: 'art7.2' }, 'wang');
    await driven.follow(130 * MINUTE);
    await driven.say({ type: 'take_item', item: 'art7.2' }, 'zhao');
    await driven.follow(60 * MINUTE);
    const people = (await driven.heard()).map((h) => `${h.step} ${h.where}`);
    expect(people).toEqual(['half dm:wang', 'half dm:li', 'm60 dm:zhao', 'm60 dm:li']);
    const handed = driven.chat.posts.filter((post) => post.place.address === 'dm:wang').at(-1);
    expect(handed?.card.title).toMatch(/zhao/);
  });

  it('stops when the report is filed', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.follow(3 * HOUR + 10 * MINUTE);
    await driven.say({ type: 'decide_level', level: 'major' });
    await driven.say({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: CHANNEL,
      at: iso(driven.clock.now()),
    });
    await driven.follow(3 * DAY);
    const heard = (await driven.heard()).filter(({ step }) => !step.startsWith('follow'));
    expect(said(heard)).toEqual(LADDER.slice(0, 2));
  });

  it('rings the room when two clocks speak at once and one of them is due', async () => {
    const driven = await Driven.start();
    await driven.declare();
    await driven.say({ type: 'answer', fact: 'operator', value: ['cii_involved', 'other'] });
    await driven.say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await driven.follow(HOUR + MINUTE);
    expect(said(await driven.heard()).at(-1)).toBe('60 due room');
  });
});

describe('a drill', () => {
  it('plays four hours in four minutes with the same steps', async () => {
    const driven = await Driven.start();
    await driven.fourHours({ drill: true, speed: 60 });
    await driven.pass(4 * MINUTE + 20_000);
    const heard = await driven.heard();
    expect(heard.map((h) => `${Math.round(h.minute * 60)} ${h.step} ${h.where}`)).toEqual(LADDER);
    expect(heard.every((h) => h.lateSeconds === 0)).toBe(true);
    expect(driven.chat.posts.every((post) => post.card.drill)).toBe(true);
  });

  it('is silent while it is paused and goes on where it was', async () => {
    const driven = await Driven.start();
    await driven.fourHours({ drill: true, speed: 60 });
    await driven.pass(100_000);
    await driven.say({ type: 'set_drill_speed', speed: 0 });
    await driven.stride(5 * HOUR, 5 * MINUTE);
    expect(await driven.heard()).toEqual([]);
    expect((await driven.store.timers.of(driven.incident)).filter((t) => t.state === 'pending')).toEqual([]);
    await driven.say({ type: 'set_drill_speed', speed: 60 });
    await driven.pass(150_000);
    expect((await driven.heard()).map((h) => `${h.step} ${h.where}`)).toEqual(
      LADDER.slice(0, 9).map((line) => line.split(' ').slice(1).join(' ')),
    );
  });

  it('falls silent when it is closed', async () => {
    const driven = await Driven.start();
    await driven.fourHours({ drill: true, speed: 60 });
    await driven.pass(130_000);
    await driven.say({ type: 'close', reason: 'enough' });
    await driven.follow(DAY);
    expect(await driven.heard()).toHaveLength(1);
  });
});

describe('a reminder that cannot be delivered', () => {
  it('goes into the thread when the person cannot be written to', async () => {
    const driven = await Driven.start();
    driven.chat.reachable = () => false;
    await driven.fourHours();
    await driven.follow(2 * HOUR + MINUTE);
    expect(said(await driven.heard())).toEqual(['120 half thread']);
  });

  it('is said in the thread by name when the platform refuses it, and is on the record', async () => {
    const driven = await Driven.start();
    driven.chat.answer = (place) =>
      place.address === 'dm:li' ? { kind: 'refused', reason: 'invalid', detail: 'user_not_found' } : null;
    await driven.fourHours();
    await driven.follow(2 * HOUR + MINUTE);
    expect(driven.chat.posts.at(-1)?.card.title).toMatch(/reminder to li could not be delivered/);
    expect((await driven.state()).undeliverable).toHaveLength(1);
  });

  it('waits for a platform that is down for hours, and says how late it is', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    driven.chat.answer = () => ({ kind: 'refused', reason: 'unreachable', detail: 'ECONNREFUSED' });
    await driven.stride(3 * HOUR + 34 * MINUTE);
    driven.chat.answer = () => null;
    await driven.pass(6 * MINUTE);
    const heard = await driven.heard();
    // The last one speaks for those before it.
    expect(heard.map((h) => `${h.step} ${h.where}`).sort()).toEqual(['m30 dm:li', 'm30 thread']);
    for (const { lateSeconds } of heard) expect(lateSeconds).toBeGreaterThanOrEqual(4 * 60);
  });
});
