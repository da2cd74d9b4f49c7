import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Large, largeIncident } from '../bench/support/large-incident.ts';
import { python, verified } from './support/verifier.ts';

// @module-tag soak: http/reports and documents have bundles of a usual size.

let large: Large;
let bundle: string;
beforeAll(async () => {
  large = await largeIncident(40, 2, 5 * 2 ** 20);
  bundle = `/api/v1/incidents/${large.incident}/bundle`;
});
afterAll(() => large.stop());

const MB = 2 ** 20;

describe('bundles of the running program', () => {
  test('several at once are whole, one that is read slowly keeps nobody waiting, and all leave event loop and memory of the bot alone and no file behind', async () => {
    // Somebody reads one slowly meanwhile, and gives up.
    const slow = await large.open(bundle);
    const reader = slow.body?.getReader();
    expect((await reader?.read())?.value?.byteLength).toBeGreaterThan(0);
    await large.stall();
    const here = monitorEventLoopDelay();
    here.enable();
    const both = await Promise.all([large.get(bundle), large.get(bundle)]);
    here.disable();
    // A busy machine holds up this process as well; made by the bot itself they took seconds.
    expect(await large.stall()).toBeLessThan(500 + (2 * here.max) / 1e6);
    for (const zip of both) {
      expect(zip?.byteLength).toBeGreaterThan(10 * MB);
      if (python !== null) expect(verified(zip)).toMatchObject({ status: 0 });
    }
    // Asked for together they are one: it was made once.
    const [one, other] = both;
    expect(Buffer.compare(one, other)).toBe(0);
    expect(await large.memory()).toBeLessThan(400);
    await reader?.cancel();
    expect(large.spooled()).toEqual([]);
  });

  test('what a killed bot left is gone after the next start', async () => {
    const asked = large.drain(bundle).catch(() => 'cut off');
    await expect.poll(() => large.spooled()).toHaveLength(1);
    await large.program.end('SIGKILL');
    expect(await asked).toBe('cut off');
    expect(large.spooled()).toHaveLength(1);
    await large.program.start();
    expect(large.spooled()).toEqual([]);
  });
});
