import { describe, expect, it } from 'vitest';
import type { WantedTimer } from '../../src/use-cases/ports.ts';
import { AT, commits, declaring, note, noting, refusing } from './fixtures.ts';
import type { Harness } from './harness.ts';

const timer = (key: string, dueAt: number): WantedTimer => ({ key, kind: 'reminder', dueAt });

export function timerContract(harness: () => Harness): void {
  describe('timers', () => {
    /** Declares an incident that wants `timers`; answers its id. */
    const declareWith = async (key: string, timers: readonly WantedTimer[]): Promise<string> =>
      (await harness().store.change(declaring(key, { extras: { timers } }))).id ?? '';
    const replan = (id: string, key: string, timers: readonly WantedTimer[], consumes?: string) =>
      harness().store.change(noting(id, key, { extras: { timers }, ...(consumes ? { timer: consumes } : {}) }));
    const states = async (id: string) =>
      (await harness().store.timers.of(id)).map((t) => [t.key, t.state, t.dueAt - AT]);

    it('are due at their instant and not before, earliest first, up to a limit', async () => {
      const { store } = harness();
      await declareWith('k1', [timer('b', AT + 20), timer('a', AT + 10), timer('c', AT + 30)]);
      const due = async (now: number, limit = 10) => (await store.timers.due(now, limit)).map((t) => t.key);
      expect(await store.timers.nextDueAt()).toBe(AT + 10);
      expect(await due(AT + 9)).toEqual([]);
      expect(await due(AT + 10)).toEqual(['a']);
      expect(await due(AT + 99)).toEqual(['a', 'b', 'c']);
      expect(await due(AT + 99, 2)).toEqual(['a', 'b']);
    });

    it('follow the wanted set by key: added, moved, cancelled, wanted again', async () => {
      const id = await declareWith('k1', [timer('stay', AT + 1), timer('move', AT + 2), timer('go', AT + 3)]);
      await replan(id, 'k2', [timer('stay', AT + 1), timer('move', AT + 20), timer('new', AT + 4)]);
      expect(await states(id)).toEqual([
        ['stay', 'pending', 1],
        ['go', 'cancelled', 3],
        ['new', 'pending', 4],
        ['move', 'pending', 20],
      ]);
      await replan(id, 'k3', [timer('go', AT + 5)]);
      expect((await harness().store.timers.due(AT + 99, 10)).map((t) => [t.key, t.dueAt - AT])).toEqual([['go', 5]]);
    });

    it('raise their fence with everything that happens to them, and only then', async () => {
      const { store } = harness();
      const id = await declareWith('k1', [timer('a', AT + 1)]);
      const fence = async () => (await store.timers.of(id))[0]?.fence ?? Number.NaN;
      const seen = [await fence()];
      await replan(id, 'k2', [timer('a', AT + 1)]);
      expect(await fence()).toBe(seen[0]);
      for (const [key, wanted] of [
        ['k3', [timer('a', AT + 2)]],
        ['k4', []],
        ['k5', [timer('a', AT + 2)]],
      ] as const) {
        await replan(id, key, wanted);
        seen.push(await fence());
      }
      expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      expect(new Set(seen).size).toBe(4);
    });

    it('are consumed in the commit of the change they cause, and never armed again', async () => {
      const { store } = harness();
      const id = await declareWith('k1', [timer('a', AT + 1), timer('b', AT + 2)]);
      await replan(id, 'tick:a', [timer('a', AT + 50), timer('b', AT + 2)], 'a');
      expect(await states(id)).toEqual([
        ['a', 'done', 1],
        ['b', 'pending', 2],
      ]);
      const late = await replan(id, 'tick:a:again', [], 'a');
      expect(late).toMatchObject({ kind: 'refused', id, refusal: { code: 'timer_gone' } });
      expect((await store.incident(id))?.version).toBe(2);
      // The refused change did not plan anything either.
      expect(await store.timers.nextDueAt()).toBe(AT + 2);
    });

    it('are consumed by a change without events and by a refusal: both are the answer to that timer', async () => {
      const { store } = harness();
      const id = await declareWith('k1', [timer('a', AT + 1), timer('b', AT + 2)]);
      const both = [timer('a', AT + 1), timer('b', AT + 2)];
      await store.change(noting(id, 'ta', { timer: 'a', decide: (c) => commits(c, [], { timers: both }) }));
      await store.change(noting(id, 'tb', { timer: 'b', decide: refusing('stopped') }));
      expect((await store.timers.of(id)).map((t) => t.state)).toEqual(['done', 'done']);
      expect(await store.timers.due(AT + 99, 10)).toEqual([]);
    });

    it('stay pending when the change that would consume them throws', async () => {
      const { store } = harness();
      const id = await declareWith('k1', [timer('a', AT + 1)]);
      const decide = (): never => {
        throw new Error('boom');
      };
      await expect(store.change(noting(id, 'ta', { timer: 'a', decide }))).rejects.toThrow('boom');
      expect((await store.timers.due(AT + 1, 10)).map((t) => t.key)).toEqual(['a']);
    });

    it('fire once however often the same one is run in one turn', async () => {
      const { store } = harness();
      const id = await declareWith('k1', [timer('a', AT + 1)]);
      const kinds = await Promise.all(['x', 'y', 'z'].map((key) => replan(id, key, [], 'a').then((o) => o.kind)));
      expect(kinds).toEqual(['committed', 'refused', 'refused']);
      expect((await store.incident(id))?.notes).toHaveLength(1);
    });

    it('belong to their incident: no other can consume, move or cancel them', async () => {
      const { store } = harness();
      const first = await declareWith('k1', [timer('a', AT + 1)]);
      const second = await declareWith('k2', [timer('a', AT + 70)]);
      const stolen = await store.change(noting(second, 'k3', { timer: 'a', decide: (c) => commits(c, [note('x')]) }));
      expect(stolen).toMatchObject({ kind: 'refused', refusal: { code: 'timer_gone' } });
      await replan(second, 'k4', []);
      expect(await states(first)).toEqual([['a', 'pending', 1]]);
      expect(await states(second)).toEqual([]);
    });
  });
}
