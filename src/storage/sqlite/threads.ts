import type { Database } from 'better-sqlite3';
import type { OpenThread, ThreadIndex } from '../../use-cases/ports.ts';

/** Which incident hangs below a message, and where the open incidents of a platform are shown. */
export function threadIndex(reader: Database): ThreadIndex {
  const byRef = reader.prepare<[string, string], { incident: string }>(
    `SELECT incident FROM surfaces WHERE room = ? AND ref = ? AND key = 'status'`,
  );
  const open = reader.prepare<[string, string, number], OpenThread>(
    `SELECT i.id AS incident, s.room AS room, s.ref AS ref
     FROM incidents i JOIN surfaces s ON s.incident = i.id AND s.key = 'status'
     WHERE i.phase <> 'closed' AND s.ref IS NOT NULL AND s.room >= ? AND s.room < ? LIMIT ?`,
  );
  return {
    incidentOf: async (room, ref) => byRef.get(room, ref)?.incident ?? null,
    open: async (platform, limit) => open.all(`${platform}/`, `${platform}0`, limit),
  };
}
