import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { filesDescribed, wronglyDescribed } from '../../scripts/paths/described.ts';
import { figuresOf, filesOf, isShorter, listOf, longer } from '../../scripts/paths/figures.ts';
import { ENTERED, instrument, type NamedFunction } from '../../scripts/paths/instrument.ts';

const SOURCE = `function outer(n: number): number { return inner(n) + twice(n); }
const inner = (n: number) => n + 1;
const twice = function (n: number) { return made(n).double; };
const made = (n: number) => ({ get double() { return n * 2; }, half: () => n / 2 });
class Box { held = 4; open(): number { return this.add(1); } add = (n: number) => this.held + n; }
const nested = (n: number) => (m: number) => [n, m].map((x) => x);
`;

function ran(expression: string): { readonly value: unknown; readonly entered: readonly string[] } {
  const known: NamedFunction[] = [];
  const text = instrument('talk/a.ts', SOURCE, (one) => known.push(one) - 1);
  const entered: string[] = [];
  const note = (number: number) => entered.push(`${known[number]?.name}:${known[number]?.line}`);
  const value: unknown = runInNewContext(`${stripTypeScriptTypes(text)}\n${expression}`, { [ENTERED]: note });
  return { value, entered };
}

it('every named function says that it is entered, and does what it did before', () => {
  expect(ran('outer(5)')).toEqual({ value: 16, entered: ['outer:1', 'inner:2', 'twice:3', 'made:4', 'double:4'] });
  expect(ran('made(4).half()')).toEqual({ value: 2, entered: ['made:4', 'half:4'] });
  expect(ran('new Box().open()')).toEqual({ value: 5, entered: ['open:5', 'add:5'] });
  // A function without a name of its own is part of the one around it.
  expect(ran('nested(1)(2).join()')).toEqual({ value: '1,2', entered: ['nested:6'] });
});

const at = (file: string, name: string): NamedFunction => ({ file, name, line: 1 });
const WALK = [at('talk/a.ts', 'a'), at('talk/b.ts', 'b'), at('law/c.ts', 'c'), at('talk/a.ts', 'a')];

it('functions and files count once, calls each time, layers at each change', () => {
  expect(figuresOf(WALK)).toEqual({ functions: 3, files: 3, calls: 4, layerChanges: 3 });
  expect(listOf(WALK)).toBe('talk/a.ts:1 a ×2\ntalk/b.ts:1 b ×1\nlaw/c.ts:1 c ×1\n');
});

it('one function more, one file more or noticeably more calls is an error; fewer can be kept', () => {
  const kept = { functions: 100, files: 50, calls: 1_000, layerChanges: 100 };
  const compared = (more: Partial<typeof kept>) => longer({ walk: { ...kept, ...more } }, { walk: kept });
  expect(compared({})).toEqual([]);
  expect(compared({ calls: 1_020, layerChanges: 110 })).toEqual([]);
  expect(compared({ functions: 101 })).toEqual(['walk: 101 functions, 1 more than are kept']);
  expect(compared({ files: 51 })).toEqual(['walk: 51 files, 1 more than are kept']);
  expect(compared({ calls: 1_021 })).toEqual(['walk: 1021 calls, 21 more than are kept']);
  expect(compared({ layerChanges: 111 })).toEqual(['walk: 111 layer changes, 11 more than are kept']);
  expect(longer({ other: kept }, { walk: kept })).toEqual(['other: no figures are kept of it']);
  expect(isShorter({ walk: { ...kept, files: 49 } }, { walk: kept })).toBe(true);
  expect(isShorter({ walk: { ...kept, files: 49, functions: 101 } }, { walk: kept })).toBe(false);
  expect(isShorter({ walk: kept }, { walk: kept })).toBe(false);
});

it('a page of walks is wrong about a file that is not entered, or entered earlier', () => {
  const page = '# Walks\n\n## walk\n\n| file | does |\n|---|---|\n| `talk/a.ts` | asks |\n| `law/c.ts` | grades |\n';
  const walks = (...entered: readonly string[]) => new Map([['walk', entered]]);
  expect(filesDescribed(page)).toEqual(walks('talk/a.ts', 'law/c.ts'));
  expect(wronglyDescribed(page, walks(...filesOf(WALK)))).toEqual([]);
  expect(wronglyDescribed(page, walks('talk/a.ts'))).toEqual(['docs/walks.md: walk does not enter law/c.ts']);
  expect(wronglyDescribed(page, walks('law/c.ts', 'talk/a.ts'))).toEqual([
    'docs/walks.md: walk enters law/c.ts earlier than the table says',
  ]);
  expect(wronglyDescribed(page, new Map([['other', []]]))).toEqual(['docs/walks.md does not describe other']);
});

it('docs/walks.md names files that exist, for each walk that is kept', () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const described = filesDescribed(read('docs/walks.md'));
  const kept: unknown = JSON.parse(read('scripts/paths/kept.json'));
  expect([...described.keys()].toSorted()).toEqual(Object.keys(kept ?? {}).toSorted());
  const gone = [...described.values()]
    .flat()
    .filter((file) => !existsSync(new URL(`../../src/${file}`, import.meta.url)));
  expect(gone).toEqual([]);
});
