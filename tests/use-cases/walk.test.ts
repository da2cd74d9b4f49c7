import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newDataFolder } from '../fakes/folder.ts';
import { soaked } from '../fakes/soak.ts';
import { act, type Pick } from '../http/guard-acts.ts';
import { Doors, type Played } from '../http/guard-door.ts';
import { faultsOf } from './walk-oracles.ts';

// @module-tag grows

/**
 * Surfaces agree with the record whatever people do in whatever order: cards in both languages, their buttons on every
 * platform, the API, the register, timers, proposals, and a store that was closed and opened again. A failure prints the
 * seed and the path (`WALK_SEED`, `WALK_PATH`); `WALK_RUNS` sets the number of walks.
 */
const RUNS = Number(process.env['WALK_RUNS'] ?? soaked(1, 60));
const STEPS = 12;

const folder = newDataFolder('walk');
let doors: Doors;
beforeAll(async () => {
  doors = await Doors.open(folder);
});
afterAll(async () => {
  await doors.running.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a store keeps of an incident: its state, its timers and its surfaces. */
async function kept({ id }: Played): Promise<unknown> {
  const { store, house } = doors.running;
  const state = await store.incident(id);
  const timers = await store.timers.of(id);
  const surfaces = await store.surfaces.wanting(Number.MAX_SAFE_INTEGER, 1000);
  return JSON.parse(
    JSON.stringify({ state, timers, surfaces, situation: state && house.engine.assess(state, doors.clock.now()) }),
  );
}

it('surfaces, timers and proposals agree with the record after any acts by anybody', {
  timeout: 60_000 + RUNS * 20_000,
}, async () => {
  const play = fc.asyncProperty(fc.gen(), async (gen) => {
    const pick: Pick = (from) => {
      const [chosen] = from.slice(gen(fc.nat, { max: from.length - 1 }), from.length).slice(0, 1);
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    };
    const c = await doors.declared(['shop', 'grid', 'core'][gen(fc.nat, { max: 3 })]);
    await c.inOps();
    const middle = gen(fc.nat, { max: STEPS - 1 });
    const trail: string[] = [];
    for (let step = 0; step < STEPS && !c.current.erased; step += 1) {
      const { version } = c.current;
      const { who, by } = await act(c, pick);
      await c.look();
      trail.push(`${who} ${by}`);
      if (step === middle) {
        await doors.settle();
        const before = await kept(c);
        await doors.restart();
        expect(await kept(c)).toEqual(before);
      }
      if (c.current.version === version) continue;
      await doors.settle();
      await c.look();
      expect(await faultsOf(c, pick), trail.slice(-8).join('\n')).toEqual([]);
    }
  });
  const [seed, path] = [process.env['WALK_SEED'], process.env['WALK_PATH']];
  await fc.assert(play, {
    numRuns: RUNS,
    endOnFailure: true,
    ...(seed ? { seed: Number(seed) } : {}),
    ...(path ? { path } : {}),
  });
});
