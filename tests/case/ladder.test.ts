import { describe, expect, it } from 'vitest';
import { DAY, Driven, type Heard, HOUR, MINUTE, START } from './harness.ts';

const iso = (instant: number): string => new Date(instant).toISOString();
const said = (heard: readonly Heard[]): string[] => heard.map((h) => `${h.minute} ${h.step} ${h.where}`);
const CHANNEL = 'hotline_12387';

/** The ladder of a four-hour clock up to an hour overdue; everybody who owes something hears every step. */
const LADDER = [
  '120 half dm:li',
  '180 m60 dm:li',
  '210 m30 dm:li',
  '210 m30 thread',
  '225 m15 dm:li',
  '235 m5 dm:li',
  '235 m5 thread',
  '240 due dm:li',
  '240 due room',
  '255 late15 dm:li',
  '255 late15 thread',
];

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
    await driven.pass(2 * HOUR + 50 * MINUTE);
    await driven.say({ type: 'snooze', minutes: 240 });
    await driven.pass(90 * MINUTE);
    const expected = LADDER.filter((line) => line !== '180 m60 dm:li' && line !== '210 m30 dm:li');
    expect(said(await driven.heard())).toEqual([...expected, '260 late15 dm:li'].slice(0, expected.length));
    expect((await driven.state()).reminders.map((r) => r.step)).toContain('m60');
  });

  it('reminds the new owner of an item and no longer the old one', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.say({ type: 'take_item', item: 'art7.2' }, 'wang');
    await driven.pass(130 * MINUTE);
    await driven.say({ type: 'take_item', item: 'art7.2' }, 'zhao');
    await driven.pass(60 * MINUTE);
    const people = (await driven.heard()).map((h) => `${h.step} ${h.where}`);
    expect(people).toEqual(['half dm:wang', 'half dm:li', 'm60 dm:zhao', 'm60 dm:li']);
    const handed = driven.chat.posts.filter((post) => post.place.address === 'dm:wang').at(-1);
    expect(handed?.card.summary).toMatch(/zhao/);
  });

  it('stops when the report is filed', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.pass(3 * HOUR + 10 * MINUTE);
    await driven.say({ type: 'decide_level', level: 'major' });
    await driven.say({
      type: 'record_filing',
      obligation: 'cac.art4.other',
      channel: CHANNEL,
      at: iso(driven.clock.now()),
    });
    await driven.follow(3 * DAY);
    expect(said(await driven.heard())).toEqual(LADDER.slice(0, 2));
  });

  it('rings the room when two clocks speak at once and one of them is due', async () => {
    const driven = await Driven.start();
    await driven.declare();
    await driven.say({ type: 'answer', fact: 'operator', value: ['cii_involved', 'other'] });
    await driven.say({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
    await driven.pass(HOUR + MINUTE);
    expect(said(await driven.heard()).at(-1)).toBe('60 due room');
  });
});

describe('the wall clock is not to be trusted', () => {
  it('sends one late, collapsed reminder after three days of sleep, to everybody it concerns, and says how late', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.pass(2 * HOUR + MINUTE);
    await driven.sleep(3 * DAY);
    const late = (await driven.heard()).slice(1);
    // The last step that has passed is two days after the due time.
    const lateSeconds = 22 * 3600 + 60;
    expect(late.map((h) => [h.step, h.where, h.lateSeconds])).toEqual([
      ['late2880', 'dm:li', lateSeconds],
      ['late2880', 'room', lateSeconds],
    ]);
    const collapsed = (await driven.state()).reminders.at(-1)?.collapsed;
    expect(collapsed).toEqual(expect.arrayContaining(['m60', 'm30', 'm15', 'm5', 'due', 'late15', 'late1440']));
    expect(driven.chat.posts.at(-1)?.card.title).toMatch(/2 d 22 h overdue/);
    await driven.pass(HOUR);
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
    await driven.pass(2 * HOUR + MINUTE);
    for (let jump = 0; jump < 5; jump += 1) {
      await driven.sleep(-HOUR);
      await driven.pass(MINUTE);
      await driven.sleep(HOUR - MINUTE);
    }
    expect(said(await driven.heard())).toEqual(LADDER.slice(0, 1));
    await driven.pass(HOUR);
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
    await driven.pass(4 * HOUR);
    expect(said(await driven.heard()).slice(0, 2)).toEqual(['80 half dm:li', '140 m60 dm:li']);
    const overdue = (await driven.store.timers.of(driven.incident)).filter((t) => t.dueAt <= driven.clock.now());
    expect(new Set(overdue.map((timer) => timer.state))).toEqual(new Set(['done', 'cancelled']));
  });

  it('that let a clock have run out long ago are said at once, and once', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.pass(2 * HOUR + MINUTE);
    await driven.say({ type: 'add_awareness', at: iso(START - 3 * DAY), source: 'alert', reachedUs: true });
    expect(said(await driven.heard()).slice(1)).toEqual(['121 late2880 dm:li', '121 late2880 thread']);
    await driven.pass(HOUR);
    expect(await driven.heard()).toHaveLength(3);
  });

  it('there and back again bring the cancelled steps back', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.say({ type: 'add_awareness', at: iso(START - 40 * MINUTE), source: 'alert', reachedUs: true });
    await driven.say({ type: 'confirm_awareness', candidate: 'a1', reason: 'the alert was about something else' });
    await driven.pass(4 * HOUR + 20 * MINUTE);
    expect(said(await driven.heard())).toEqual(LADDER);
  });
});

describe('a running outage', () => {
  const outage = async (since: number): Promise<Driven> => {
    const driven = await Driven.start();
    await driven.declare();
    await driven.say({ type: 'answer', fact: 'operator', value: 'other' });
    await driven.say({ type: 'answer', fact: 'site_kind', value: ['gov_provincial'] });
    await driven.say({ type: 'answer', fact: 'site_outage_minutes', value: { since: iso(since) } });
    return driven;
  };
  const warnings = async (driven: Driven): Promise<string[]> =>
    said((await driven.heard()).filter((h) => h.step.startsWith('crossing')));

  it('is warned of half an hour before the threshold and recorded when it is crossed', async () => {
    const driven = await outage(START - 10 * MINUTE);
    await driven.pass(81 * MINUTE);
    expect(await warnings(driven)).toEqual(['80 crossing:site_outage_minutes:major dm:li']);
    expect((await driven.state()).crossings).toEqual([]);
    await driven.pass(HOUR);
    const [crossing] = (await driven.state()).crossings;
    expect(crossing).toMatchObject({ criterion: 'major.i1', crossedAt: iso(START + 110 * MINUTE) });
    expect(driven.house.engine.assess(await driven.state()).level).toBe('major');
    const told = driven.chat.posts.filter((post) => /reached 2 h/.test(post.card.summary));
    expect(told.map((post) => (post.at - START) / MINUTE)).toEqual([110]);
  });

  it('is warned of at once when it is told less than half an hour before, and then once', async () => {
    const driven = await outage(START - 105 * MINUTE);
    await driven.pass(MINUTE);
    await driven.say({ type: 'answer', fact: 'site_outage_minutes', value: { since: iso(START - 105 * MINUTE) } });
    await driven.pass(10 * MINUTE);
    expect(await warnings(driven)).toEqual(['0 crossing:site_outage_minutes:major dm:li']);
  });

  it('is warned of although a step of a clock was said after the warning was due', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    await driven.pass(2 * HOUR + MINUTE);
    await driven.say({ type: 'answer', fact: 'site_kind', value: ['gov_provincial'] });
    await driven.say({ type: 'answer', fact: 'site_outage_minutes', value: { since: iso(START - 225 * MINUTE) } });
    await driven.pass(MINUTE);
    expect(await warnings(driven)).toEqual(['121 crossing:site_outage_minutes:significant dm:li']);
  });

  it('keeps the exact instant of a crossing that happened in the sleep, and warns of nothing that is past', async () => {
    const driven = await outage(START - 10 * MINUTE);
    await driven.sleep(3 * HOUR + 17_000);
    const { crossings } = await driven.state();
    expect(crossings.map((c) => [c.crossedAt, c.at])).toEqual([
      [iso(START + 110 * MINUTE), iso(START + 3 * HOUR + 17_000)],
    ]);
    expect(await warnings(driven)).toEqual([]);
  });
});

describe('the summary report', () => {
  it('has a clock of 30 days that survives attempts to close and a restart, and ends with its filing', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    const now = (): string => iso(driven.clock.now());
    const file = (obligation: string) => driven.say({ type: 'record_filing', obligation, channel: CHANNEL, at: now() });
    await driven.say({ type: 'decide_level', level: 'major' });
    await file('cac.art4.other');
    await driven.say({ type: 'end_handling', at: now(), reason: 'restored' });
    await expect(driven.say({ type: 'close', reason: 'done' })).rejects.toThrow('owed');
    await driven.close();
    await driven.sleepClosed(2 * DAY);
    await driven.open();
    await expect(driven.say({ type: 'close', reason: 'done' })).rejects.toThrow('owed');
    await driven.follow(30 * DAY);
    const heard = (await driven.heard()).filter((h) => h.where !== 'thread');
    expect(heard.map((h) => h.step)).toEqual(SUMMARY_STEPS);
    const owed = driven.house.engine.assess(await driven.state()).owed;
    for (const obligation of owed) await file(obligation);
    await driven.say({ type: 'close', reason: 'done' });
    await driven.follow(30 * DAY);
    expect((await driven.heard()).filter((h) => h.where !== 'thread')).toHaveLength(heard.length);
  });
});
const SUMMARY_STEPS = [
  'half',
  ...['d7', 'd5', 'd3', 'd1'],
  ...['m60', 'm30', 'm15', 'm5'],
  // To the owner, and ringing the room.
  ...['due', 'due'],
  ...['late540', 'late1980'],
];

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
    await driven.pass(5 * HOUR);
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
    await driven.pass(2 * HOUR + MINUTE);
    expect(said(await driven.heard())).toEqual(['120 half thread']);
  });

  it('is said in the thread by name when the platform refuses it, and is on the record', async () => {
    const driven = await Driven.start();
    driven.chat.answer = (place) =>
      place.address === 'dm:li' ? { kind: 'refused', reason: 'invalid', detail: 'user_not_found' } : null;
    await driven.fourHours();
    await driven.pass(2 * HOUR + MINUTE);
    expect(driven.chat.posts.at(-1)?.card.summary).toMatch(/reminder to li could not be delivered/);
    expect((await driven.state()).undeliverable).toHaveLength(1);
  });

  it('waits for a platform that is down for hours, and says how late it is', async () => {
    const driven = await Driven.start();
    await driven.fourHours();
    driven.chat.answer = () => ({ kind: 'refused', reason: 'unreachable', detail: 'ECONNREFUSED' });
    await driven.pass(3 * HOUR + 30 * MINUTE);
    driven.chat.answer = () => null;
    await driven.pass(10 * MINUTE);
    const heard = await driven.heard();
    expect(heard.map((h) => `${h.step} ${h.where}`).sort()).toEqual([
      'half dm:li',
      'm30 dm:li',
      'm30 thread',
      'm60 dm:li',
    ]);
    expect(heard.find((h) => h.step === 'half')?.lateSeconds).toBeGreaterThanOrEqual(90 * 60);
  });
});
