CREATE TABLE counters (series TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (series, year)) STRICT, WITHOUT ROWID;
CREATE TABLE probes (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL) STRICT;

CREATE TABLE actors (
  platform TEXT NOT NULL, tenant TEXT NOT NULL, account TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
  PRIMARY KEY (platform, tenant, account)) STRICT, WITHOUT ROWID;

-- The projection for lists, and the head of the record (version, hash).
CREATE TABLE incidents (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, search TEXT NOT NULL,
  drill INTEGER NOT NULL, phase TEXT NOT NULL, level TEXT NOT NULL, lead TEXT NOT NULL,
  declared_at TEXT NOT NULL, next_due TEXT, participants TEXT NOT NULL, rooms TEXT NOT NULL,
  declared_by TEXT NOT NULL, created_at INTEGER NOT NULL, version INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE INDEX incidents_open ON incidents (seq) WHERE phase <> 'closed';
CREATE INDEX incidents_recent ON incidents (declared_by, created_at);
-- Whom and where an incident concerns: 'p' a participant, 'r' a room.
CREATE TABLE incident_members (
  kind TEXT NOT NULL, member TEXT NOT NULL, seq INTEGER NOT NULL REFERENCES incidents (seq),
  PRIMARY KEY (kind, member, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX incident_members_seq ON incident_members (seq, kind);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY, incident TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, v INTEGER NOT NULL,
  at TEXT NOT NULL, actor TEXT NOT NULL, command TEXT NOT NULL, bytes TEXT, salt TEXT,
  payload_hash TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL, UNIQUE (incident, version)) STRICT;

CREATE TABLE timers (
  key TEXT PRIMARY KEY, incident TEXT NOT NULL, kind TEXT NOT NULL, due_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'cancelled')), fence INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due_at) WHERE state = 'pending';
CREATE INDEX timers_incident ON timers (incident, state);

-- lane: 0 answer, 1 reminder, 2 file, 3 status, in the order of claiming.
CREATE TABLE outbox (
  key TEXT PRIMARY KEY, incident TEXT, lane INTEGER NOT NULL, recipient TEXT NOT NULL, content TEXT NOT NULL,
  due_at INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'sent', 'unknown', 'dead')),
  fence INTEGER NOT NULL DEFAULT 0, was_unknown INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
  attempted_at INTEGER, not_before INTEGER NOT NULL, lease_until INTEGER, body TEXT, ref TEXT, reason TEXT) STRICT;
CREATE INDEX outbox_lanes ON outbox (lane, due_at, not_before) WHERE state IN ('ready', 'unknown');
CREATE INDEX outbox_waiting ON outbox (not_before) WHERE state IN ('ready', 'unknown');
CREATE INDEX outbox_leases ON outbox (lease_until) WHERE state = 'sending';
CREATE INDEX outbox_states ON outbox (state);

CREATE TABLE surfaces (
  incident TEXT NOT NULL, room TEXT NOT NULL, key TEXT NOT NULL, ref TEXT, shown_hash TEXT, dirty INTEGER NOT NULL,
  refresh_at INTEGER, shown_at INTEGER, fence INTEGER NOT NULL, PRIMARY KEY (incident, room, key)) STRICT, WITHOUT ROWID;
CREATE INDEX surfaces_dirty ON surfaces (shown_at) WHERE dirty = 1;
CREATE INDEX surfaces_stale ON surfaces (refresh_at, shown_at) WHERE dirty = 0 AND refresh_at IS NOT NULL;

-- Delivery keys with the answer that was given.
CREATE TABLE inbox (
  platform TEXT NOT NULL, key TEXT NOT NULL, body_hash TEXT NOT NULL, incident TEXT, answer TEXT NOT NULL,
  at INTEGER NOT NULL, PRIMARY KEY (platform, key)) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_at ON inbox (at);
CREATE TABLE failed_payloads (
  platform TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, error TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (platform, key)) STRICT;
CREATE INDEX failed_payloads_at ON failed_payloads (at);

-- sha256 is null while the content is still arriving.
CREATE TABLE blobs (id INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, size INTEGER NOT NULL) STRICT;
CREATE INDEX blobs_unfinished ON blobs (id) WHERE sha256 IS NULL;
CREATE TABLE blob_parts (
  blob INTEGER NOT NULL REFERENCES blobs (id) ON DELETE CASCADE, n INTEGER NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (blob, n)) STRICT;

CREATE TABLE room_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT NOT NULL, thread TEXT, key TEXT NOT NULL, author TEXT,
  body TEXT NOT NULL, at INTEGER NOT NULL, edited_at INTEGER, seq INTEGER NOT NULL UNIQUE, UNIQUE (address, key)) STRICT;
CREATE INDEX room_messages_since ON room_messages (address, seq);
CREATE INDEX room_messages_thread ON room_messages (address, thread, id);
