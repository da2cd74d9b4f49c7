import { expect, it } from 'vitest';
import { missingRights } from '../../src/storage/postgres/rights.ts';
import { command } from '../fakes/postgres.ts';
import { newDatabase } from './postgres-harness.ts';

it('names the rights that a start needs and the role has not got', async () => {
  const url = await newDatabase();
  const sql = (text: string) => command(url, text);
  expect(await missingRights(url)).toEqual([]);
  const name = new URL(url).pathname.slice(1);
  const role = `weak_${name}`;
  await sql(`CREATE ROLE ${role} LOGIN PASSWORD 'weak'`);
  const weak = Object.assign(new URL(url), { username: role, password: 'weak' }).href;
  expect(await missingRights(weak)).toEqual([
    expect.stringContaining(`the role ${role} may not make tables`),
    expect.stringContaining(`the role ${role} may not make the schema jishi_mark`),
  ]);
  await sql(`GRANT CREATE ON SCHEMA public TO ${role}`);
  await sql(`GRANT CREATE ON DATABASE "${name}" TO ${role}`);
  expect(await missingRights(weak)).toEqual([]);
  await sql(`ALTER ROLE ${role} SET default_transaction_read_only = on`);
  expect(await missingRights(weak)).toEqual(['the database accepts no writes: it is a standby, or read-only']);
  await sql(`DROP OWNED BY ${role}`);
  await sql(`DROP ROLE ${role}`);
});
