import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sources = globSync('src/**/*.{ts,js}').map((file) => ({
  file: file.replaceAll('\\', '/'),
  text: readFileSync(file, 'utf8'),
}));

/** `file:line: text` for every line that matches. */
function hits(files: RegExp, except: RegExp | null, pattern: RegExp): readonly string[] {
  return sources
    .filter(({ file }) => files.test(file) && !except?.test(file))
    .flatMap(({ file, text }) =>
      text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
    );
}

it('finds the sources', () => {
  expect(sources.length).toBeGreaterThan(50);
});

it('no chat platform is named outside its folder and the places that put platforms together', () => {
  const allowed = /^src\/(platforms|config|i18n|cli|wiring)\/|^src\/(wiring|cli|main)\.ts$/;
  expect(hits(/./, allowed, /slack|wecom|企业微信/i)).toEqual([]);
});

describe('the pure core', () => {
  const core = /^src\/(law|incident|conversation|report)\//;

  it('reads no clock and throws no dice: time and ids come in', () => {
    expect(
      hits(
        core,
        null,
        /\bDate\.now\(|new Date\(\)|\bMath\.random\(|\bDateTime\.(now|local|utc)\(\)|\brandom(UUID|Bytes)\(|\bperformance\./,
      ),
    ).toEqual([]);
  });

  it('does nothing later and nothing elsewhere', () => {
    expect(
      hits(
        core,
        null,
        /\bsetTimeout\(|\bsetInterval\(|\bsetImmediate\(|\bprocess\.|\bfetch\(|\bawait\b|\basync\b|\bconsole\./,
      ),
    ).toEqual([]);
  });
});

describe('comments', () => {
  // The beginning of a doc comment, or of a line comment that continues no other one.
  const opening = /(?:\/\*\*[\s*]*|(?<!\/\/[^\n]*\n)(?<=\n)[ \t]*\/\/ *)(\p{L}+)[^\n]*/gu;
  const firstWords = sources.flatMap(({ file, text }) =>
    [...text.matchAll(opening)].map(([line, word]) => ({ word: word ?? '', at: `${file}: ${line.trim()}` })),
  );

  it('are found, of both kinds', () => {
    expect(firstWords.filter(({ at }) => at.includes('/**')).length).toBeGreaterThan(1_000);
    expect(firstWords.filter(({ at }) => at.includes(': //')).length).toBeGreaterThan(300);
  });

  it('name their subject first: "Returns true if …", "Names of …", not "Whether …", "What …"', () => {
    const riddle = /^(What|Whatever|Whether|Who|Whoever|Whom|Whose|Where|Wherever|How|When|Whenever|Why|That)$/;
    expect(firstWords.filter(({ word }) => riddle.test(word)).map(({ at }) => at)).toEqual([]);
  });

  it('use terms a reader can search for: no house, no doors, and no tool that hears or minds', () => {
    expect(
      hits(
        /./,
        null,
        /^\s*(\/\*\*|\*|\/\/).*\b(house|doors?|hears|minds|(is|are) told|last words|sign of life|corner)\b/,
      ),
    ).toEqual([]);
  });
});

it('types and checks are not silenced', () => {
  expect(
    hits(
      /./,
      null,
      /@ts-ignore|@ts-expect-error|@ts-nocheck|(?:es|ox)lint-disable|biome-ignore|\bas any\b|\bas unknown as\b/,
    ),
  ).toEqual([]);
});

it('nothing is left open', () => {
  expect(hits(/./, null, /\b(TODO|FIXME|XXX)\b|not implemented/)).toEqual([]);
});

it('no test is skipped or singled out without a reason', () => {
  const tests = globSync('tests/**/*.ts').filter((file) => !file.includes('architecture'));
  const found = tests.filter((file) => /\b(it|test|describe)\.(only|todo|skip)\(/.test(readFileSync(file, 'utf8')));
  expect(found).toEqual([]);
});
