import { describe, expect, it } from 'vitest';
import type { SurfaceRow } from '../../src/use-cases/ports.ts';
import { AT, declaring, noting, ROOM } from './fixtures.ts';
import type { Harness } from './harness.ts';

const OTHER = 'chat/acme/other';

export function surfaceContract(harness: () => Harness): void {
  describe('surfaces', () => {
    let n = 0;
    const declareWith = async (surfaces: readonly { room: string; key: string }[]): Promise<string> =>
      (await harness().store.change(declaring(`s${n++}`, { extras: { surfaces } }))).id ?? '';
    const want = (id: string, surfaces: readonly { room: string; key: string; every?: number; renewed?: boolean }[]) =>
      harness().store.change(noting(id, `s${n++}`, { extras: { surfaces } }));
    const get = async (incident: string, room = ROOM, key = 'status'): Promise<SurfaceRow> => {
      const row = await harness().store.surfaces.get(incident, room, key);
      if (!row) throw new Error('no such surface');
      return row;
    };
    const show = (row: SurfaceRow, at: number, refreshAt: number | null, ref = 'm1') =>
      harness().store.surfaces.shown(row, { ref, hash: `h${at}`, at, refreshAt });
    const status = [{ room: ROOM, key: 'status' }];

    it('are dirty when wanted, clean once shown, and dirty again with the next change', async () => {
      const { store } = harness();
      const id = await declareWith(status);
      expect(await get(id)).toMatchObject({ ref: null, shownHash: null, dirty: true, refreshAt: null, shownAt: null });
      expect(await show(await get(id), AT + 1, AT + 60)).toBe(true);
      expect(await get(id)).toMatchObject({
        ref: 'm1',
        shownHash: `h${AT + 1}`,
        dirty: false,
        refreshAt: AT + 60,
        shownAt: AT + 1,
      });
      expect(await store.surfaces.wanting(AT + 59, 9)).toEqual([]);
      await want(id, status);
      expect(await store.surfaces.wanting(AT + 59, 9)).toMatchObject([{ incident: id, ref: 'm1', dirty: true }]);
    });

    it('stay dirty when something changed while they were being shown, and still keep where they are', async () => {
      const id = await declareWith(status);
      const read = await get(id);
      await want(id, status);
      expect(await show(read, AT + 1, null, 'posted')).toBe(false);
      expect(await get(id)).toMatchObject({ dirty: true, ref: 'posted' });
      expect(await show(await get(id), AT + 2, null, 'posted')).toBe(true);
    });

    it('rest without a message where none need be posted, and are wanted again with the next change', async () => {
      const { store } = harness();
      const id = await declareWith(status);
      const nothing = { ref: null, hash: '', at: AT + 1, refreshAt: null };
      expect(await store.surfaces.shown(await get(id), nothing)).toBe(true);
      expect(await get(id)).toMatchObject({ ref: null, dirty: false });
      expect(await store.surfaces.wanting(AT + 9, 9)).toEqual([]);
      await want(id, status);
      expect(await store.surfaces.wanting(AT + 9, 9)).toMatchObject([{ incident: id, ref: null, dirty: true }]);
    });

    it('are not cleaned by somebody who read a row that was dropped and wanted again', async () => {
      const id = await declareWith(status);
      const read = await get(id);
      await want(id, []);
      await want(id, status);
      expect(await show(read, AT + 1, null)).toBe(false);
      expect((await get(id)).dirty).toBe(true);
    });

    it('show an incident in a room from the moment its card may be there', async () => {
      const { store } = harness();
      const room = `chat/acme/shown-${n}`;
      const id = await declareWith([{ room, key: 'status' }]);
      expect(await store.threads.shownIn(room)).toEqual([]);
      await store.surfaces.attempting(await get(id, room), AT);
      expect(await store.threads.shownIn(room)).toEqual([id]);
      await show(await get(id, room), AT, null, `ref-${room}`);
      expect(await store.threads.shownIn(room)).toEqual([id]);
      await store.surfaces.lost(await get(id, room));
      expect(await store.threads.shownIn(room)).toEqual([]);
    });

    it('count as tried when they are wanted anew, for they may have been there before', async () => {
      const id = await declareWith(status);
      expect((await get(id)).attemptedAt).toBeNull();
      await want(id, []);
      await want(id, status);
      expect((await get(id)).attemptedAt).toBe(0);
    });

    it('go when no longer wanted; showing one that went changes nothing', async () => {
      const { store } = harness();
      const id = await declareWith([...status, { room: OTHER, key: 'status' }, { room: ROOM, key: 'draft' }]);
      const gone = await get(id, OTHER);
      await want(id, status);
      expect(await show(gone, AT, null)).toBe(false);
      expect(await store.surfaces.get(id, OTHER, 'status')).toBeNull();
      expect(await store.surfaces.get(id, ROOM, 'draft')).toBeNull();
      expect(await store.surfaces.wanting(AT, 9)).toHaveLength(1);
    });

    it('forget the handle of a lost message, and do not take it back from a late answer as clean', async () => {
      const id = await declareWith(status);
      await show(await get(id), AT, AT + 60);
      const read = await get(id);
      await harness().store.surfaces.lost(read);
      expect(await get(id)).toMatchObject({ ref: null, shownHash: null, dirty: true });
      expect(await show(read, AT + 1, null)).toBe(false);
    });

    it('go with the status card they hung below, in that room alone', async () => {
      const all = [ROOM, OTHER].flatMap((room) => ['status', 'question'].map((key) => ({ room, key })));
      const id = await declareWith(all);
      for (const { room, key } of all) await show(await get(id, room, key), AT, null);
      await harness().store.surfaces.lost(await get(id, ROOM, 'question'));
      expect(await get(id)).toMatchObject({ ref: 'm1' });
      await show(await get(id, ROOM, 'question'), AT, null);
      await harness().store.surfaces.lost(await get(id));
      expect(await get(id, ROOM, 'question')).toMatchObject({ ref: null, shownHash: null, dirty: true });
      expect(await get(id, OTHER, 'question')).toMatchObject({ ref: 'm1', dirty: false });
    });

    it('are wanted when stale, the stalest by their own interval first', async () => {
      const { store } = harness();
      const [hour, minute, fresh] = [await declareWith(status), await declareWith(status), await declareWith(status)];
      await show(await get(hour), AT, AT + 3_600_000);
      await show(await get(minute), AT + 3_000_000, AT + 3_060_000);
      await show(await get(fresh), AT, AT + 9_999_999);
      const now = AT + 3_700_000;
      expect((await store.surfaces.wanting(now, 9)).map((r) => r.incident)).toEqual([minute, hour]);
      expect((await store.surfaces.wanting(now, 1)).map((r) => r.incident)).toEqual([minute]);
    });

    it('are measured by how often they are worth renewing, however soon they went stale', async () => {
      const { store } = harness();
      const [hourly, fifteen] = [await declareWith(status), await declareWith(status)];
      const shown = (refreshAt: number, refreshEvery: number) => ({
        ref: 'm',
        hash: 'h',
        at: AT,
        refreshAt,
        refreshEvery,
      });
      await store.surfaces.shown(await get(hourly), shown(AT + 1_000, 3_600_000));
      await store.surfaces.shown(await get(fifteen), shown(AT + 800_000, 900_000));
      expect(await store.surfaces.wanting(AT + 900_000, 9)).toMatchObject([
        { incident: fifteen, refreshEvery: 900_000 },
        { incident: hourly, refreshEvery: 3_600_000 },
      ]);
    });

    it('that changed are measured by how often they are worth renewing since that change', async () => {
      const { store, clock } = harness();
      const [slow, quick, unposted] = [await declareWith(status), await declareWith(status), await declareWith(status)];
      await show(await get(slow), clock.now() - 900_000, null);
      await show(await get(quick), clock.now() - 600_000, null);
      await want(slow, [{ room: ROOM, key: 'status', every: 900_000 }]);
      await want(quick, [{ room: ROOM, key: 'status', every: 60_000 }]);
      const changed = (await store.surfaces.wanting(0, 9)).map((r) => r.incident);
      expect(changed).toEqual([unposted, quick, slow]);
      expect((await store.surfaces.wanting(0, 2)).map((r) => r.incident)).toEqual([unposted, quick]);
    });

    it('that are only renewed wait as stale ones do, unless they changed or were never posted', async () => {
      const only = [{ room: ROOM, key: 'status', every: 60_000, effect: 'time' }] as const;
      const [posted, changed, unposted, gone] = [
        await declareWith(status),
        await declareWith(status),
        await declareWith(status),
        await declareWith(status),
      ];
      const later = AT + 900_000;
      await show(await get(posted), AT, later);
      await show(await get(changed), AT, later);
      await want(changed, status);
      await show(await get(gone), AT - 60, AT - 5);
      for (const id of [posted, changed, unposted]) await want(id, only);
      expect(await get(posted)).toMatchObject({ dirty: false, refreshAt: AT, refreshEvery: 60_000 });
      expect(await get(changed)).toMatchObject({ dirty: true });
      expect(await get(unposted)).toMatchObject({ dirty: true, ref: null });
      // One that is stale already stays as stale as it is; the next change makes it dirty.
      await want(gone, only);
      expect(await get(gone)).toMatchObject({ dirty: false, refreshAt: AT - 5 });
      await want(posted, status);
      expect(await get(posted)).toMatchObject({ dirty: true });
    });

    it('whose card does not change stay as they are, except one that is new', async () => {
      const unchanged = [...status, { room: ROOM, key: 'question' }].map((one) => ({
        ...one,
        effect: 'none' as const,
      }));
      const [posted, changed] = [await declareWith(status), await declareWith(status)];
      await show(await get(posted), AT, AT + 900_000);
      const before = await get(posted);
      for (const id of [posted, changed]) await want(id, unchanged);
      expect(await get(posted)).toMatchObject({ dirty: false, ref: 'm1', refreshAt: before.refreshAt });
      expect(await get(changed)).toMatchObject({ dirty: true, ref: null });
      expect(await harness().store.surfaces.get(posted, ROOM, 'question')).toMatchObject({ dirty: true, ref: null });
    });

    it('keep their age in units of their interval when that changes', async () => {
      const { store } = harness();
      const id = await declareWith(status);
      const shown = { ref: 'm', hash: 'h', at: AT - 600_000, refreshAt: null, refreshEvery: 60_000 };
      await store.surfaces.shown(await get(id), shown);
      await want(id, [{ room: ROOM, key: 'status', every: 300_000 }]);
      expect(await get(id)).toMatchObject({ refreshEvery: 300_000, shownAt: AT - 10 * 300_000 });
      await want(id, status);
      expect(await get(id)).toMatchObject({ refreshEvery: null, shownAt: AT - 10 * 300_000 });
    });

    it('remember that a first post was tried until it is known what became of it', async () => {
      const { store } = harness();
      const id = await declareWith(status);
      expect(await get(id)).toMatchObject({ attemptedAt: null });
      await store.surfaces.attempting(await get(id), AT + 5);
      expect(await get(id)).toMatchObject({ attemptedAt: AT + 5, ref: null, dirty: true });
      await store.surfaces.attempting(await get(id), null);
      expect(await get(id)).toMatchObject({ attemptedAt: null, ref: null, dirty: true });
      await store.surfaces.attempting(await get(id), AT + 5);
      await show(await get(id), AT + 6, null);
      expect(await get(id)).toMatchObject({ attemptedAt: null, ref: 'm1' });
    });

    it('let neither the changed nor the stale crowd out the other', async () => {
      const { store } = harness();
      for (let i = 0; i < 4; i += 1) await show(await get(await declareWith(status)), AT, AT + 10);
      for (let i = 0; i < 4; i += 1) await declareWith(status);
      const kinds = async (limit: number) => (await store.surfaces.wanting(AT + 20, limit)).map((r) => r.dirty);
      expect((await kinds(4)).toSorted()).toEqual([false, false, true, true]);
      expect(await kinds(8)).toHaveLength(8);
      expect((await kinds(6)).filter((dirty) => dirty)).toHaveLength(3);
      expect((await store.surfaces.wanting(AT, 3)).every((r) => r.dirty)).toBe(true);
    });

    it('shown by a clock that was ahead are stale once it is set back', async () => {
      const { store } = harness();
      const [ahead, right, still] = [await declareWith(status), await declareWith(status), await declareWith(status)];
      const HOURS = 8 * 3_600_000;
      await show(await get(ahead), AT + HOURS, AT + HOURS + 60_000);
      await show(await get(right), AT - 1, AT + 60_000);
      await show(await get(still), AT + HOURS, null);
      expect(await store.surfaces.wanting(AT, 9)).toEqual([]);
      await store.surfaces.rewind(AT);
      expect(await store.surfaces.wanting(AT, 9)).toMatchObject([{ incident: ahead, shownAt: AT, dirty: false }]);
      expect(await get(still)).toMatchObject({ refreshAt: null });
      expect(await store.surfaces.nextStaleAt(AT)).toBe(AT + 60_000);
    });

    it('say when the next one goes stale, also beside those that are stale already', async () => {
      const { store } = harness();
      expect(await store.surfaces.nextStaleAt(0)).toBeNull();
      const id = await declareWith(status);
      expect(await store.surfaces.nextStaleAt(0)).toBeNull();
      await show(await get(id), AT, AT + 60_000);
      expect(await store.surfaces.nextStaleAt(AT)).toBe(AT + 60_000);
      expect(await store.surfaces.nextStaleAt(AT + 60_000)).toBeNull();
      await show(await get(await declareWith(status)), AT, AT + 90_000);
      expect(await store.surfaces.nextStaleAt(AT + 60_000)).toBe(AT + 90_000);
      await show(await get(id), AT, null);
      expect(await store.surfaces.nextStaleAt(AT)).toBe(AT + 90_000);
    });
  });
}
