-- The register as judged: made from the record, of one version of it and up to an instant (`holds`), by program, law and profile (`judge`).
CREATE TABLE register_entries (
  incident TEXT NOT NULL PRIMARY KEY, day TEXT NOT NULL, month TEXT, drill INTEGER NOT NULL, imported INTEGER NOT NULL,
  level TEXT, rank INTEGER NOT NULL, phase TEXT, stage INTEGER NOT NULL, next INTEGER, declared INTEGER NOT NULL,
  due INTEGER NOT NULL, timely INTEGER NOT NULL, verdict INTEGER, draft INTEGER, filing INTEGER, version INTEGER NOT NULL,
  judge TEXT NOT NULL, judged INTEGER NOT NULL, holds INTEGER NOT NULL, plain INTEGER NOT NULL, organisation TEXT NOT NULL, latest INTEGER NOT NULL,
  lead TEXT NOT NULL, words TEXT NOT NULL) STRICT;
