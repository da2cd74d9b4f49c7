import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { commits, declaring, note, noting } from '../contract/fixtures.ts';
import { command } from '../fakes/postgres.ts';
import { newDatabase, openOn } from './postgres-harness.ts';

const SECRET = 'the name of a customer';
const INCIDENT = 'INC-2026-0001';
/** Statement of the pages for the data protection officer. */
const REWRITE = 'VACUUM FULL';

/** Returns the files of a database that contain the words, below its folder of the server. */
async function filesWith(url: string): Promise<readonly string[]> {
  await command(url, 'CHECKPOINT');
  const [where] = await command(
    url,
    `SELECT current_setting('data_directory') || '/base/' || oid AS folder FROM pg_database WHERE datname = current_database()`,
  );
  const folder = String(where?.['folder']);
  return globSync('*', { cwd: folder }).filter((name) => {
    const file = join(folder, name);
    return statSync(file).isFile() && readFileSync(file).includes(SECRET);
  });
}

it('erased words are gone from the tables at once, and from their files once they are rewritten as the pages say', async () => {
  const url = await newDatabase();
  const store = await openOn(url);
  onTestFinished(() => store.close());
  await store.change(declaring('k1', { title: SECRET }));
  for (let n = 0; n < 20; n += 1)
    await store.change(noting(INCIDENT, `n${n}`, { decide: (current) => commits(current, [note(`${SECRET} ${n}`)]) }));
  expect(await filesWith(url)).not.toEqual([]);
  const payload = { reason: null, drill: false, regimes: ['cn-cac-2025'], by: null };
  await store.change(
    noting(INCIDENT, 'erase', {
      decide: (current) => commits(current, [{ type: 'erased', payload }], { row: { title: '—', phase: 'closed' } }),
    }),
  );
  await store.erasure.erase(INCIDENT, []);
  const tables = await command(
    url,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  for (const { name } of tables)
    expect([name, await command(url, `SELECT 1 FROM ${name} AS one WHERE one::text LIKE '%${SECRET}%'`)]).toEqual([
      name,
      [],
    ]);
  await command(url, REWRITE);
  expect(await filesWith(url)).toEqual([]);
  for (const page of ['docs/data-protection.md', 'docs/data-protection.zh-CN.md'])
    expect(readFileSync(page, 'utf8')).toContain(`\`${REWRITE}\``);
});
