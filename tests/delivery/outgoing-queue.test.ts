import { describe, expect, it } from 'vitest';
import { OutgoingQueue } from '../../src/delivery/outgoing-queue.ts';
import { ManualClock } from '../fakes/clock.ts';

/** A line whose turns of the event loop are ended by hand. */
function line(clock?: ManualClock) {
  const ended: (() => void)[] = [];
  const turns = new OutgoingQueue({ afterTurn: (run) => void ended.push(run), ...(clock ? { courteous: clock } : {}) });
  const done: string[] = [];
  return {
    turns,
    done,
    ask: (name: string, of: 'notice' | 'card' = 'card') => void turns.next(of).then(() => done.push(name)),
    endTurn: async () => {
      for (const run of ended.splice(0)) run();
      await Promise.resolve();
    },
  };
}

describe('the line of what goes out', () => {
  it('lets one piece of work go in each turn of the event loop, in order', async () => {
    const { ask, done, endTurn } = line();
    ask('a');
    ask('b');
    expect(done).toEqual([]);
    await endTurn();
    expect(done).toEqual(['a']);
    await endTurn();
    expect(done).toEqual(['a', 'b']);
  });

  it('lets a notice go before cards', async () => {
    const { ask, done, endTurn } = line();
    ask('card');
    ask('notice', 'notice');
    await endTurn();
    await endTurn();
    expect(done).toEqual(['notice', 'card']);
  });

  it('waits while somebody is served, and goes when it is quiet', async () => {
    const clock = new ManualClock('2026-03-31T09:00:00+08:00');
    const { turns, ask, done, endTurn } = line(clock);
    turns.served();
    ask('card');
    await endTurn();
    expect(done).toEqual([]);
    clock.advance(10);
    await endTurn();
    expect(done).toEqual(['card']);
  });

  it('lets several pieces share a turn while nobody asks for anything, and one after a request', async () => {
    const clock = new ManualClock('2026-03-31T09:00:00+08:00');
    const { turns, ask, done, endTurn } = line(clock);
    for (let n = 0; n < 20; n += 1) ask(`card ${n}`);
    ask('notice', 'notice');
    await endTurn();
    expect(done).toHaveLength(8);
    expect(done[0]).toBe('notice');
    turns.served();
    clock.advance(10);
    await endTurn();
    expect(done).toHaveLength(9);
    clock.advance(1_000);
    await endTurn();
    expect(done).toHaveLength(17);
  });

  it('waits no longer than 60 ms, a notice 10, however many are served', async () => {
    const clock = new ManualClock('2026-03-31T09:00:00+08:00');
    const { turns, ask, done, endTurn } = line(clock);
    const begun = clock.now();
    const at: Record<string, number> = {};
    ask('card');
    ask('notice', 'notice');
    while (done.length < 2) {
      turns.served();
      await endTurn();
      for (const name of done) at[name] ??= clock.now() - begun;
      clock.advance(1);
    }
    expect(at['notice']).toBeLessThanOrEqual(10);
    expect(at['card']).toBeLessThanOrEqual(62);
    expect(at['card']).toBeGreaterThan(50);
  });
});
