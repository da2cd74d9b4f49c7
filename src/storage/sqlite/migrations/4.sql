-- What changed is sorted by its age in units of its interval, within the index.
DROP INDEX surfaces_dirty;
CREATE INDEX surfaces_dirty ON surfaces (shown_at, refresh_at, refresh_every) WHERE dirty = 1;
