import { expect, it } from 'vitest';
import type { Exclusive } from '../../src/use-cases/ports.ts';
import { type NamedService, Singles } from '../../src/wiring/single.ts';
import { ManualClock } from '../fakes/clock.ts';

const service: NamedService = {
  name: 'wecom',
  routes: {},
  start: async () => {},
  stop: async () => {},
  health: () => ({ ok: true, detail: 'up' }),
};

/** Another instance decides who has the connection. */
function standing() {
  const clock = new ManualClock();
  const told: unknown[] = [];
  const singles = new Singles(clock, (error) => told.push(error));
  const wanted: Parameters<Exclusive['hold']>[1][] = [];
  const exclusive: Exclusive = {
    hold: (_, parts) => {
      wanted.push(parts);
      return async () => {};
    },
  };
  singles.hold({ store: { exclusive }, core: { serve: () => async () => {} } }, service);
  const [parts] = wanted;
  if (!parts) throw new Error('nothing was wanted');
  return { clock, told, singles, parts };
}

it('a standby is no trouble; a beginning that fails is, until another instance may have the connection', async () => {
  const { clock, told, singles, parts } = standing();
  expect(singles.health(service)).toEqual({ ok: true, detail: 'another instance has the connection' });
  await parts.held();
  expect(singles.health(service)).toEqual({ ok: true, detail: 'up' });
  await parts.lost();
  parts.failed?.(new Error('not now'));
  expect(told).toHaveLength(1);
  expect(singles.health(service).ok).toBe(false);
  clock.advance(10_000);
  expect(singles.health(service).ok).toBe(true);
});
