import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({ dependencies: names, devDependencies: names, peerDependencies: names, scripts: names })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

it('every dependency has its reason in docs/dependencies.md, and nothing else is listed', () => {
  const [, shipped = '', development = ''] = readFileSync('docs/dependencies.md', 'utf8').split('\n## ');
  const listed = (part: string): readonly string[] =>
    part.split('\n').flatMap((line) => {
      const [first = ''] = line.slice(1).split('|');
      return line.startsWith('| ') ? [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '') : [];
    });
  const peers = Object.keys(manifest.peerDependencies);
  expect(listed(shipped).toSorted()).toEqual([...Object.keys(manifest.dependencies), ...peers].toSorted());
  const others = Object.keys(manifest.devDependencies).filter((name) => !peers.includes(name));
  expect(listed(development).toSorted()).toEqual(others.toSorted());
});

it('no script begins with words that only a POSIX shell knows, and npm start asks for the system before `exec`', () => {
  const first = Object.values(manifest.scripts).map((line) => line.split(' ')[0] ?? '');
  expect(first.filter((word) => /=|^(?:exec|\.|set|sh|bash)$/.test(word))).toEqual([]);
  // A shell that stays between npm and the bot would die of a SIGTERM to npm and leave the bot running.
  const [asked = '', ...rest] = (manifest.scripts['start'] ?? '').split(/ && | \|\| /);
  expect(asked).toMatch(/^node -e "process\.exitCode = process\.platform === 'win32' \? 1 : 0"$/);
  expect(rest[0]).toBe(`exec env MALLOC_ARENA_MAX=1 ${rest[1]}`);
  expect(Object.entries(manifest.scripts).flatMap(([name, line]) => (/\bexec\b/.test(line) ? [name] : []))).toEqual([
    'start',
  ]);
});
