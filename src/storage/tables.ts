/** Names of the tables that both stores have with the same columns, in an order in which they can be filled. */
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

export type TableRow = Readonly<Record<string, string | number | null | Uint8Array>>;
