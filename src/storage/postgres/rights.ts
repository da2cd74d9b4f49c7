import { StoreError } from '../errors.ts';
import { openClient, rowsOf } from './connect.ts';
import { refuseRunning } from './migrations.ts';

interface Rights {
  readonly role: string;
  readonly tables: boolean;
  readonly schemas: boolean;
  readonly standby: boolean;
  readonly version: number;
}

/** Oldest supported version of the server, as `server_version_num`. */
const OLDEST = 140_000;

/** Reasons why a start on this database would fail, as sentences; empty if none is known. Rejects with `StoreError`. */
export async function missingRights(url: string): Promise<readonly string[]> {
  const client = await openClient(url);
  try {
    const [row] = await rowsOf<Rights>(
      client,
      `SELECT current_user AS role,
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS tables,
        EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'jishi_mark')
          OR has_database_privilege(current_database(), 'CREATE') AS schemas,
        pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS standby,
        current_setting('server_version_num')::int AS version`,
    );
    if (!row) return [];
    return [
      ...(row.version < OLDEST ? ['the server is older than PostgreSQL 14'] : []),
      ...(row.standby ? ['the database accepts no writes: it is a standby, or read-only'] : []),
      ...(row.tables
        ? []
        : [
            `the role ${row.role} may not make tables: make it the owner of the database, or GRANT CREATE ON SCHEMA public`,
          ]),
      ...(row.schemas
        ? []
        : [
            `the role ${row.role} may not make the schema jishi_mark: make it the owner of the database, or GRANT CREATE ON DATABASE`,
          ]),
    ];
  } finally {
    await client.end();
  }
}

/** Returns true while an instance or tool has the database open. Rejects with `StoreError`. */
export async function hasInstance(url: string): Promise<boolean> {
  const client = await openClient(url);
  try {
    await refuseRunning(client);
    return false;
  } catch (error) {
    if (error instanceof StoreError && error.fault === 'locked') return true;
    throw error;
  } finally {
    await client.end();
  }
}
