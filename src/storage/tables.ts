/** Every table both stores have under the same names and columns, in an order in which they can be filled. */
export const TABLES = [
  'counters',
  'actors',
  'incidents',
  'incident_members',
  'events',
  'timers',
  'outbox',
  'surfaces',
  'inbox',
  'failed_payloads',
  'blobs',
  'blob_parts',
  'room_messages',
  'kept',
] as const;
export type Table = (typeof TABLES)[number];

/** One row, by the names of its columns. */
export type TableRow = Readonly<Record<string, string | number | null | Uint8Array>>;
