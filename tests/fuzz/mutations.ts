import fc from 'fast-check';
import { ANY_CHARACTER } from '../fakes/characters.ts';

/** Runs of each property: short in CI, longer by FUZZ_RUNS. */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);

/** Values that break careless readers. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    ' ',
    [],
    {},
    [[]],
    '\u0000',
    '\ud800',
    '\u202e',
    '__proto__',
    '=1+1',
  ),
  fc.constantFrom('a'.repeat(70_000), '𠮷'.repeat(9_000), '<@U1|'.repeat(900), '9'.repeat(400), '['.repeat(3_000)),
  fc.string({ unit: ANY_CHARACTER, maxLength: 60 }),
  fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)),
);

type Step = readonly [place: number, edit: 'set' | 'drop' | 'rename', value: unknown];
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.tuple(fc.nat(10_000), fc.constantFrom('set' as const, 'drop' as const, 'rename' as const), hostile),
  { minLength: 1, maxLength: 4 },
);

/** A recorded value with a few of its parts replaced, dropped or renamed. */
export function mutated(recorded: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...recorded), steps).map(([value, edits]) => {
    const copy: { root: unknown } = structuredClone({ root: value });
    for (const [place, edit, replacement] of edits) {
      const holders = holdersIn(copy);
      const at = holders[place % holders.length];
      if (!at) continue;
      const [holder, key] = at;
      if (edit === 'set') Reflect.set(holder, key, replacement);
      else {
        if (edit === 'rename') Reflect.set(holder, `${key}x`, Reflect.get(holder, key));
        Reflect.deleteProperty(holder, key);
      }
    }
    return copy.root;
  });
}

/** Every object with each of its keys, however deep. */
function holdersIn(value: unknown): readonly (readonly [object, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[value, key] as const, ...holdersIn(inner)]);
}

/** A recorded text with pieces cut out, doubled or replaced. */
export function mutatedText(recorded: readonly string[]): fc.Arbitrary<string> {
  const cut = fc.tuple(
    fc.nat(100_000),
    fc.nat(40),
    fc.oneof(
      fc.string({ unit: ANY_CHARACTER, maxLength: 8 }),
      fc.constantFrom('', '"', '&a', '*a', '{', ': ', '\n', '\t', '#', '<!--', ']]>'),
    ),
  );
  return fc.tuple(fc.constantFrom(...recorded), fc.array(cut, { minLength: 1, maxLength: 4 })).map(([text, cuts]) =>
    cuts.reduce((now, [at, length, piece]) => {
      const from = at % (now.length + 1);
      return now.slice(0, from) + piece + now.slice(from + length);
    }, text),
  );
}
