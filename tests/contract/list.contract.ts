import { describe, expect, it } from 'vitest';
import type { IncidentFilter } from '../../src/use-cases/ports.ts';
import { declaring, noting, ROOM } from './fixtures.ts';
import type { Harness } from './harness.ts';

export function listContract(harness: () => Harness): void {
  describe('the list of incidents', () => {
    const ids = async (filter: Partial<IncidentFilter>) =>
      (await harness().store.incidents({ limit: 10, ...filter })).map((row) => row.id.slice(-1));
    /** Declares 1 … 4: 2 is closed, `ann` is in 1 and 3, `ben` in 3 and 4. */
    const four = async (): Promise<void> => {
      const rows = [
        { title: 'Mail server ＤＯＷＮ', participants: ['ann'] },
        { title: '官网首页被篡改', participants: [], phase: 'closed' },
        { title: 'Ransomware', participants: ['ann', 'ben'], nextDue: '2026-03-02T10:00:00+08:00' },
        { title: 'mail again', participants: ['ben'], rooms: [ROOM, 'chat/acme/other'], drill: true },
      ];
      for (const [n, row] of rows.entries()) {
        await harness().store.change(declaring(`k${n}`, { extras: { row } }));
      }
    };

    it('gives whole rows, newest first, with the version of the record', async () => {
      await four();
      const [row, next] = await harness().store.incidents({ limit: 2 });
      expect(row).toEqual({
        id: 'INC-2026-0004',
        title: 'mail again',
        drill: true,
        phase: 'classifying',
        level: 'undetermined',
        lead: expect.any(String),
        declaredAt: '2026-03-02T01:00:00.000Z',
        nextDue: null,
        version: 1,
        participants: ['ben'],
        rooms: [ROOM, 'chat/acme/other'],
      });
      expect(next).toMatchObject({ id: 'INC-2026-0003', nextDue: '2026-03-02T10:00:00+08:00', drill: false });
    });

    it('filters by state, participant and text, alone and together', async () => {
      await four();
      expect(await ids({})).toEqual(['4', '3', '2', '1']);
      expect(await ids({ open: true })).toEqual(['4', '3', '1']);
      expect(await ids({ open: false })).toEqual(['2']);
      expect(await ids({ participant: 'ann' })).toEqual(['3', '1']);
      expect(await ids({ participant: 'nobody' })).toEqual([]);
      expect(await ids({ search: ' MAIL ' })).toEqual(['4', '1']);
      expect(await ids({ search: 'down' })).toEqual(['1']);
      expect(await ids({ search: '首页' })).toEqual(['2']);
      expect(await ids({ search: 'inc-2026-0003' })).toEqual(['3']);
      expect(await ids({ search: '%' })).toEqual([]);
      expect(await ids({ search: '  ' })).toEqual(['4', '3', '2', '1']);
      expect(await ids({ participant: 'ben', search: 'mail', open: true })).toEqual(['4']);
    });

    it('gives the due times of the open ones that are no drills', async () => {
      await four();
      const dues = await harness().store.openDues();
      expect(dues.map(({ id, nextDue }) => [id.slice(-1), nextDue]).toSorted()).toEqual([
        ['1', null],
        ['3', '2026-03-02T10:00:00+08:00'],
      ]);
    });

    it('pages with the last id seen', async () => {
      await four();
      expect(await ids({ limit: 2 })).toEqual(['4', '3']);
      expect(await ids({ limit: 2, before: 'INC-2026-0003' })).toEqual(['2', '1']);
      expect(await ids({ before: 'INC-2026-0003', participant: 'ann' })).toEqual(['1']);
      expect(await ids({ before: 'INC-2026-0001' })).toEqual([]);
    });

    it('follows every change of the row', async () => {
      await four();
      const row = { title: 'Renamed', participants: ['ben', 'cai'], phase: 'closed' };
      await harness().store.change(noting('INC-2026-0001', 'u1', { extras: { row } }));
      expect(await ids({ participant: 'ann' })).toEqual(['3']);
      expect(await ids({ participant: 'cai' })).toEqual(['1']);
      expect(await ids({ open: false })).toEqual(['2', '1']);
      expect(await ids({ search: 'down' })).toEqual([]);
      const [first] = await harness().store.incidents({ limit: 1, search: 'renamed' });
      expect(first).toMatchObject({ version: 2, participants: ['ben', 'cai'] });
    });
  });
}
