import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

// @module-tag soak: the whole program twice, in a network of its own.

/** A network of one's own with its loopback only; needs Linux and user namespaces. */
const inside = (...command: readonly string[]) =>
  spawnSync('unshare', ['-rn', 'sh', '-c', `ip link set lo up && exec "$@"`, 'sh', ...command], { encoding: 'utf8' });
const isPossible = inside('true').status === 0;

const SKIPPED = isPossible ? '' : ' (skipped: this machine makes no network namespace with `unshare -rn` and `ip`)';

it.skipIf(!isPossible).each<readonly [string, string, readonly string[]]>([
  ['with a heartbeat its address alone', 'http://192.0.2.7/ping', ['connect 192.0.2.7']],
  ['with nothing set up nothing', '', []],
])(`without a network the whole program works; it tries to reach %s${SKIPPED}`, (_, heartbeat, reached) => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-network-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const log = join(folder, 'log');
  const driver = join(import.meta.dirname, 'inside.ts');
  const run = inside(process.execPath, driver, join(folder, 'data'), log, heartbeat);
  expect(run.stderr).toBe('');
  const { sizes, out, exit } = JSON.parse(run.stdout);
  expect(out).toBe('no way out');
  expect(exit).toBe(0);
  for (const [what, size] of Object.entries(sizes)) expect([what, Number(size) > 1_000]).toEqual([what, true]);
  const tried = new Set(readFileSync(log, 'utf8').split('\n').filter(Boolean));
  // The address it listens on is looked up as well.
  expect(tried).toEqual(new Set(['lookup 127.0.0.1', ...reached]));
});
