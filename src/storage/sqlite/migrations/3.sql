-- How often a card is worth renewing, and when a first post was tried: one that was lost is looked for, others are not.
ALTER TABLE surfaces ADD COLUMN refresh_every INTEGER;
ALTER TABLE surfaces ADD COLUMN attempted_at INTEGER;
DROP INDEX surfaces_stale;
CREATE INDEX surfaces_stale ON surfaces (refresh_at, shown_at, refresh_every) WHERE dirty = 0 AND refresh_at IS NOT NULL;
