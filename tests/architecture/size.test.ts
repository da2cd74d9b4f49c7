import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { linesOfSrc, tooLong } from '../../scripts/size.ts';

it('TypeScript and JavaScript below src are counted, other files and folders are not', () => {
  const root = mkdtempSync(join(tmpdir(), 'jishi-size-'));
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  writeFileSync(join(root, 'src/a.ts'), 'one\ntwo\n');
  writeFileSync(join(root, 'src/deep/b.js'), 'three\n');
  writeFileSync(join(root, 'src/deep/data.yaml'), 'no\n');
  writeFileSync(join(root, 'c.ts'), 'no\n');
  expect(linesOfSrc(root)).toBe(3);
  rmSync(root, { recursive: true });
});

it('a longer program is an error that says what to do; one of the kept size is none', () => {
  expect(tooLong(100, 100)).toBeNull();
  expect(tooLong(99, 100)).toBeNull();
  expect(tooLong(103, 100)).toMatch(/^src has 103 lines, 3 more than .*size\.json.*same commit.*why\.$/);
});
