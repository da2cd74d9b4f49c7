import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/use-cases/ports.ts';
import { CHANNEL, Driven, HOUR, iso, MINUTE, type Posted } from '../case/harness.ts';

const DOWN: SendOutcome = { kind: 'refused', reason: 'unreachable', detail: 'not connected' };
const notices = ({ chat }: Driven): readonly Posted[] => chat.posts.filter(({ key }) => !key.startsWith('surface:'));
const wordsOf = ({ card }: Posted): string => JSON.stringify([card.title, card.summary, card.blocks]);
const ALARM = '~5:alarm';

/** The chat cannot be reached for a while of a four-hour clock; what it then hears. */
async function outage(driven: Driven, from: number, until: number): Promise<readonly Posted[]> {
  const declared = Date.parse((await driven.state()).declared.at);
  await driven.follow(declared + from - driven.clock.now());
  const before = notices(driven).length;
  driven.chat.answer = () => DOWN;
  await driven.follow(declared + until - driven.clock.now());
  driven.chat.answer = () => null;
  driven.returned();
  await driven.pass(10_000);
  return notices(driven).slice(before);
}

async function fourHours(): Promise<Driven> {
  const driven = await Driven.start();
  await driven.fourHours();
  return driven;
}

/** What became of every reminder, as the record says it; each has exactly one end. */
async function endsOf(driven: Driven): Promise<ReadonlyMap<string, string>> {
  const ends = new Map<string, string>();
  for (const { event } of await driven.store.events(driven.incident)) {
    if (event.type !== 'notice_delivered' || event.payload.outcome === 'delayed') continue;
    expect(ends.has(event.payload.notice), event.payload.notice).toBe(false);
    ends.set(event.payload.notice, event.payload.outcome);
  }
  return ends;
}

describe('reminders that waited for their chat', () => {
  it('are one message in each place, which says how it stands now', async () => {
    const driven = await fourHours();
    const heard = await outage(driven, 100 * MINUTE, 232 * MINUTE);
    expect(heard.map(({ place }) => place.address).sort()).toEqual(['dm:li', 'ops']);
    for (const one of heard) {
      expect(wordsOf(one)).toContain('8 min left');
      expect(wordsOf(one)).not.toMatch(/(30|15) min left|2 h left/);
    }
    // m15 was the last to the lead; the thread was due to hear of the half hour.
    expect(heard.map(({ lateSeconds }) => Math.round(lateSeconds / 60)).sort()).toEqual([22, 7]);
  });

  it('ring if one of them would have, and name what is over', async () => {
    const driven = await fourHours();
    const heard = await outage(driven, 205 * MINUTE, 260 * MINUTE);
    expect(heard.map(({ place, ring }) => [place.address, ring]).sort()).toEqual([
      ['dm:li', false],
      ['ops', true],
    ]);
    for (const one of heard) expect(wordsOf(one)).toMatch(/20 min/);
  });

  it('have an end on the record each, as what it was', async () => {
    const driven = await fourHours();
    const heard = await outage(driven, 205 * MINUTE, 260 * MINUTE);
    const ends = await endsOf(driven);
    const arrived = new Set(notices(driven).map(({ key }) => key));
    for (const [key, end] of ends)
      if (!key.includes(ALARM)) expect(end, key).toBe(arrived.has(key) ? 'sent' : 'superseded');
    expect([...ends.values()].filter((end) => end === 'superseded').length).toBeGreaterThan(heard.length);
    // Nothing of it is a message that could not be delivered.
    expect(await driven.store.outbox.counts()).toMatchObject({ ready: 0, unknown: 0, dead: 0 });
    expect((await driven.state()).undeliverable.map(({ outcome }) => outcome)).not.toContain('superseded');
  });

  it('are not sent any more once the report is filed', async () => {
    const driven = await fourHours();
    const declared = Date.parse((await driven.state()).declared.at);
    await driven.follow(declared + 230 * MINUTE - driven.clock.now());
    const before = notices(driven).length;
    driven.chat.answer = () => DOWN;
    await driven.pass(15 * MINUTE);
    const at = iso(driven.clock.now());
    await driven.say({ type: 'record_filing', obligation: 'cac.art4.other', channel: CHANNEL, at });
    driven.chat.answer = () => null;
    driven.returned();
    await driven.pass(10_000);
    const heard = notices(driven).slice(before);
    expect(heard.filter((one) => /Due now|not filed|min left/.test(wordsOf(one)))).toEqual([]);
    expect([...(await endsOf(driven)).values()]).toContain('settled');
    expect((await driven.store.outbox.counts()).ready).toBe(0);
  });

  it('go all the same if the newer one is not taken', async () => {
    const driven = await fourHours();
    const declared = Date.parse((await driven.state()).declared.at);
    await driven.follow(declared + 205 * MINUTE - driven.clock.now());
    driven.chat.answer = () => DOWN;
    await driven.pass(25 * MINUTE);
    const newest = (await driven.state()).reminders.at(-1)?.version;
    driven.chat.answer = (_place, key) =>
      key.split(':')[1] === String(newest) ? { kind: 'refused', reason: 'invalid', detail: 'no' } : null;
    driven.returned();
    await driven.pass(10_000);
    const [toLead] = notices(driven)
      .filter(({ place }) => place.address === 'dm:li')
      .slice(-1);
    expect(toLead && wordsOf(toLead)).toContain('10 min left');
    expect([...(await endsOf(driven)).values()]).toContain('undeliverable');
  });

  it('list what the ones they stand for were about', async () => {
    const driven = await fourHours();
    await driven.say({ type: 'answer', fact: 'suspected_crime', value: true });
    // The last about the report is said after sixteen hours, the last about the police after twenty-three.
    const heard = await outage(driven, 15.5 * HOUR, 23 * HOUR + 5 * MINUTE);
    const toLead = heard.filter(({ place }) => place.address === 'dm:li');
    expect(toLead.length).toBe(1);
    const [one] = toLead;
    expect(one && wordsOf(one)).toMatch(/public security|police/i);
    expect(one && wordsOf(one)).toMatch(/cyberspace/i);
  });
});
