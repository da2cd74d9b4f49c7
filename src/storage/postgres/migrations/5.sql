-- One instance delivers, the one that holds the lock; its number is the fence of its writes. The others stand by.
ALTER TABLE instances RENAME TO deliverers;
DELETE FROM deliverers;
DROP TABLE shares;
DROP TRIGGER outbox_workspace ON outbox;
DROP FUNCTION outbox_workspace();
ALTER TABLE outbox DROP COLUMN workspace;
ALTER TABLE surfaces DROP COLUMN workspace;
DROP FUNCTION workspace_of(TEXT);
-- Pointers of pg-boss; the schema stays if another program has queues there.
DO $$ BEGIN
  IF to_regclass('pgboss.queue') IS NOT NULL THEN
    IF NOT EXISTS (SELECT 1 FROM pgboss.queue WHERE name !~ '^(jishi|__pgboss)') THEN
      DROP SCHEMA pgboss CASCADE;
    END IF;
  END IF;
END $$;
