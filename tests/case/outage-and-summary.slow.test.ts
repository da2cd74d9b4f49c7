import { describe, expect, it } from 'vitest';
import { CHANNEL, DAY, Driven, HOUR, iso, MINUTE, START, said } from './harness.ts';

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
    await driven.follow(81 * MINUTE);
    expect(await warnings(driven)).toEqual(['80 crossing:site_outage_minutes:major dm:li']);
    expect((await driven.state()).crossings).toEqual([]);
    await driven.follow(HOUR);
    const [crossing] = (await driven.state()).crossings;
    expect(crossing).toMatchObject({ criterion: 'major.i1', crossedAt: iso(START + 110 * MINUTE) });
    expect(driven.house.engine.assess(await driven.state()).level).toBe('major');
    const told = driven.chat.posts.filter((post) => /reached 2 h at/.test(post.card.title));
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
    await driven.follow(2 * HOUR + MINUTE);
    await driven.say({ type: 'answer', fact: 'site_kind', value: ['gov_provincial'] });
    await driven.say({ type: 'answer', fact: 'site_outage_minutes', value: { since: iso(START - 225 * MINUTE) } });
    await driven.pass(MINUTE);
    expect(await warnings(driven)).toEqual(['121 crossing:site_outage_minutes:significant dm:li']);
  });

  it('that is told when it is over a threshold already makes no message of its own: the answer says it', async () => {
    const driven = await outage(START - 3 * HOUR);
    await driven.pass(MINUTE);
    expect((await driven.state()).crossings).toHaveLength(1);
    expect(driven.chat.posts.filter((post) => /reached 2 h at/.test(post.card.title))).toEqual([]);
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
    await file('cac.art8.other');
    await driven.answerRest();
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
