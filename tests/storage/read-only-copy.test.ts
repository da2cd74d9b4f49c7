import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { declaring, noting } from '../contract/fixtures.ts';
import { sqliteHarness } from './sqlite-harness.ts';

const READ = fileURLToPath(new URL('./children/read.ts', import.meta.url));
const NOBODY = 65_534;

it.each([
  ['stopped', ['']],
  ['killed', ['', '-wal']],
] as const)('a store whose bot was %s is read where nobody may write', async (_how, parts) => {
  const h = await sqliteHarness();
  onTestFinished(() => h.destroy());
  await h.store.change(declaring('k1'));
  await h.store.change(noting('INC-2026-0001', 'a'));
  const folder = `${h.folder}/evidence`;
  await mkdir(folder);
  if (parts.length === 1) await h.whileClosed(async () => copyFile(h.file, `${folder}/jishi.sqlite`));
  else for (const part of parts) await copyFile(h.file + part, `${folder}/jishi.sqlite${part}`);
  await chmod(h.folder, 0o755);
  for (const part of parts) await chmod(`${folder}/jishi.sqlite${part}`, 0o444);
  await chmod(folder, 0o555);
  onTestFinished(() => chmod(folder, 0o755));
  // Root may write everywhere.
  const as = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const { stdout } = await promisify(execFile)(process.execPath, [READ, `${folder}/jishi.sqlite`], as);
  expect(JSON.parse(stdout)).toEqual({ broken: null, version: 2 });
  expect(await readdir(folder)).toHaveLength(parts.length);
});
