import { expect, it } from 'vitest';
import { KeptSocket, type LinkEvents } from '../../../src/platforms/shared/kept-socket.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { silent } from '../slack/kept.ts';

function kept() {
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  const dialled: LinkEvents[] = [];
  const ups: (number | null)[] = [];
  const socket = new KeptSocket({
    ...{ name: 'test', clock, log: silent, silentFor: 75_000, jitter: () => 1, connected: (at) => void ups.push(at) },
    dial: (events) => {
      dialled.push(events);
      return { close: () => {} };
    },
  });
  return { clock, dialled, ups, socket };
}

it('pauses between failures grow to half a minute and no further', () => {
  const { clock, dialled, socket } = kept();
  void socket.start();
  const pauses: number[] = [];
  for (let n = 1; n <= 9; n += 1) {
    dialled.at(-1)?.lost('down');
    let waited = 0;
    for (; dialled.length === n; waited += 500) clock.advance(500);
    pauses.push(waited / 1_000);
  }
  expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30]);
  socket.stop();
});

it('waits as long as the other side asks for', () => {
  const { clock, dialled, socket } = kept();
  void socket.start();
  dialled[0]?.lost('kicked', 120_000);
  clock.advance(119_000);
  expect(dialled).toHaveLength(1);
  clock.advance(1_000);
  expect(dialled).toHaveLength(2);
  socket.stop();
});

it('a silent connection is replaced, and says since when nothing could arrive', () => {
  const { clock, dialled, ups, socket } = kept();
  void socket.start();
  dialled[0]?.ready();
  clock.advance(90_000);
  expect(socket.health).toEqual({ ok: false, detail: 'silent' });
  clock.advance(500);
  dialled.at(-1)?.ready();
  expect(socket.health.ok).toBe(true);
  expect(ups).toHaveLength(2);
  expect(ups[1]).not.toBeNull();
  socket.stop();
});
