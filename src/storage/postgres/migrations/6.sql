-- The register as judged: made from the record, of one version of it and up to an instant (`holds`), by program, law and profile (`judge`).
CREATE TABLE register_entries (
  incident TEXT COLLATE "C" PRIMARY KEY, day TEXT COLLATE "C" NOT NULL, month TEXT COLLATE "C", drill INT NOT NULL, imported INT NOT NULL,
  level TEXT, rank INT NOT NULL, phase TEXT, stage INT NOT NULL, next BIGINT, declared BIGINT NOT NULL,
  due INT NOT NULL, timely INT NOT NULL, verdict INT, draft INT, filing INT, version INT NOT NULL,
  judge TEXT NOT NULL, judged BIGINT NOT NULL, holds BIGINT NOT NULL, plain INT NOT NULL, organisation TEXT NOT NULL, latest BIGINT NOT NULL,
  lead TEXT NOT NULL, words TEXT NOT NULL);
