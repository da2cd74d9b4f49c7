import { expect, it } from 'vitest';
import { incidentBelow, rootRemoved } from '../../../src/platforms/shared/roots.ts';

const ROOM = 'feishu/t/oc_1';

/** A store in which one incident hangs below a message of the room until that is noted as lost. */
function rig() {
  const kept = new Map<string, string>();
  const roots = new Map([[`${ROOM} om_1`, 'INC-2026-0001']]);
  const lost: string[] = [];
  return {
    lost,
    threads: { incidentOf: async (room: string, ref: string) => roots.get(`${room} ${ref}`) ?? null },
    surfaces: {
      lost: async ({ incident, room }: { incident: string; room: string }) => {
        lost.push(incident);
        roots.delete(`${room} om_1`);
      },
    },
    kept: {
      get: async (key: string) => kept.get(key) ?? null,
      put: async (key: string, value: string) => void kept.set(key, value),
    },
  };
}

it('a thread belongs to its incident also when somebody removed its first message, which is posted again', async () => {
  const needs = rig();
  expect(await incidentBelow(needs, ROOM, 'om_1')).toBe('INC-2026-0001');
  expect(await rootRemoved(needs, ROOM, 'om_1')).toBe(true);
  expect(needs.lost).toEqual(['INC-2026-0001']);
  expect(await incidentBelow(needs, ROOM, 'om_1')).toBe('INC-2026-0001');
});

it('any other message is of no incident, and its removal changes nothing', async () => {
  const needs = rig();
  expect(await rootRemoved(needs, ROOM, 'om_2')).toBe(false);
  expect(needs.lost).toEqual([]);
  expect(await incidentBelow(needs, ROOM, 'om_2')).toBeNull();
  expect(await incidentBelow(needs, 'feishu/t/oc_2', 'om_1')).toBeNull();
});
