import { expect, it } from 'vitest';
import type { Exclusive } from '../../src/use-cases/ports.ts';
import { Delivering, type NamedService } from '../../src/wiring/delivering.ts';
import { ManualClock } from '../fakes/clock.ts';

/** An instance whose lock the test gives and takes; `story` is what its parts were asked to do. */
function instance() {
  const clock = new ManualClock();
  const story: string[] = [];
  let broken = false;
  let parts: Parameters<Exclusive['hold']>[0] | null = null;
  const lock = { isHeld: false };
  const exclusive: Exclusive = {
    get isHeld() {
      return lock.isHeld;
    },
    hold: (wanted) => {
      parts = wanted;
      return wanted.lost;
    },
  };
  const service = (name: string): NamedService => ({
    name,
    routes: {},
    start: async () => {
      if (broken) throw new Error('not now');
      story.push(`${name} connected`);
    },
    stop: async () => void story.push(`${name} closed`),
    health: () => ({ ok: !broken, detail: broken ? 'down' : 'up' }),
  });
  const services = { wecom: service('wecom'), slack: service('slack') };
  const delivering = new Delivering({
    clock,
    exclusive,
    failed: (error, name) => void story.push(`${name}: ${error}`),
  });
  const core = { start: () => void story.push('delivers'), stop: async () => void story.push('delivered') };
  delivering.begin([core], Object.values(services));
  return {
    ...{ clock, story, delivering, services },
    breaks: (is: boolean) => {
      broken = is;
    },
    win: () => {
      lock.isHeld = true;
      parts?.held();
    },
    lose: async () => {
      lock.isHeld = false;
      await parts?.lost();
    },
  };
}

it('one that stands by has no connection of which there is one only, and that is no trouble', async () => {
  const { story, delivering, services, win, lose } = instance();
  const seen = () => ['wecom', 'slack'].map((name) => delivering.isElsewhere(name));
  const standby = { ok: true, detail: 'another instance has the connection' };
  expect([seen(), delivering.health(services.wecom)]).toEqual([[true, false], standby]);
  win();
  expect([seen(), delivering.health(services.wecom)]).toEqual([[false, false], { ok: true, detail: 'up' }]);
  await lose();
  expect([seen(), delivering.health(services.wecom)]).toEqual([[true, false], standby]);
  // What is being sent is answered on the connection, which therefore ends last.
  expect(story).toEqual(['delivers', 'wecom connected', 'delivered', 'wecom closed']);
});

it('a connection that cannot begin holds up nothing, shows in the health and is tried again while this instance delivers', async () => {
  const { clock, story, delivering, services, breaks, win, lose } = instance();
  breaks(true);
  win();
  await expect.poll(() => story).toEqual(['delivers', 'wecom: Error: not now']);
  expect(delivering.health(services.wecom).ok).toBe(false);
  clock.advance(2_000);
  await expect.poll(() => story.length).toBe(3);
  breaks(false);
  clock.advance(2_000);
  await expect.poll(() => story.at(-1)).toBe('wecom connected');
  breaks(true);
  await lose();
  clock.advance(60_000);
  expect(story.slice(4)).toEqual(['delivered', 'wecom closed']);
});
