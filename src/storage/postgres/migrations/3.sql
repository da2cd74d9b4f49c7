-- Work is divided by workspace (platform/tenant), whoever wrote the row. A notice may turn out to go to another one.
CREATE FUNCTION workspace_of(recipient TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE r ->> 'kind'
    WHEN 'room' THEN split_part(r ->> 'room', '/', 1) || '/' || split_part(r ->> 'room', '/', 2)
    WHEN 'person' THEN (r #>> '{account,platform}') || '/' || (r #>> '{account,tenant}')
    ELSE (r ->> 'platform') || '/' || (r ->> 'tenant') END
  FROM (SELECT recipient::json AS r) AS one $$;
ALTER TABLE outbox ADD COLUMN workspace TEXT;
UPDATE outbox SET workspace = workspace_of(recipient);
CREATE FUNCTION outbox_workspace() RETURNS TRIGGER LANGUAGE plpgsql AS $$
  BEGIN NEW.workspace := workspace_of(NEW.recipient); RETURN NEW; END $$;
CREATE TRIGGER outbox_workspace BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_workspace();
CREATE INDEX outbox_share_lanes ON outbox (workspace, lane, due_at, not_before) WHERE state IN ('ready', 'unknown');
CREATE INDEX outbox_share_waiting ON outbox (workspace, not_before) WHERE state IN ('ready', 'unknown');
CREATE INDEX outbox_share_leases ON outbox (workspace, lease_until) WHERE state = 'sending';
ALTER TABLE surfaces ADD COLUMN workspace TEXT
  GENERATED ALWAYS AS (split_part(room, '/', 1) || '/' || split_part(room, '/', 2)) STORED;
CREATE INDEX surfaces_share_dirty ON surfaces (workspace, shown_at NULLS FIRST) WHERE dirty = 1;
CREATE INDEX surfaces_share_stale ON surfaces (workspace, refresh_at) WHERE dirty = 0 AND refresh_at IS NOT NULL;

-- Which instance delivers what, the pointer it came by, and what is left of the budget of edits unless it died.
CREATE TABLE shares (key TEXT PRIMARY KEY, holder INT, pointer UUID, tokens FLOAT8 DEFAULT 'Infinity',
  at BIGINT NOT NULL DEFAULT 0);
