-- Small values of platforms, and the way from a message to the incident it shows.
CREATE TABLE kept (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX surfaces_ref ON surfaces (room, ref) WHERE ref IS NOT NULL;
