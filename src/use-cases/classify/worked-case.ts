import type { Pack } from '../../law/pack.ts';
import type { Regime } from '../../law/regime.ts';
import { classify } from './classify.ts';

/** Worked case of a clock pack: input of `classify` without regime and packs, and what the result must hold. */
export interface PackCase {
  readonly input: Readonly<Record<string, unknown>>;
  readonly expect: {
    readonly obligations?: readonly Readonly<Record<string, unknown>>[];
    readonly absent?: readonly string[];
    readonly error?: string;
  };
}

/** Runs a worked case of a pack beside the base regime; returns the first difference, or null. */
export function caseFault(base: Regime, pack: Pack, { input, expect }: PackCase): string | null {
  const given = { regime: base.id, packs: [pack.id], operator: 'other', ...input };
  const result = classify(new Map([[base.id, base]]), given, new Map([[pack.id, pack]]));
  if (!result.ok) {
    const said = result.errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ');
    return expect.error !== undefined && said.includes(expect.error) ? null : `the input is refused: ${said}`;
  }
  if (expect.error !== undefined) return `expected the error "${expect.error}"`;
  const listed = new Map(
    [result.output].flat().flatMap(({ obligations }) => obligations.map((one) => [one.id, one] as const)),
  );
  const duties = new Set([...base.obligations, ...pack.duties].map(({ id }) => id));
  const unknown = expect.absent?.find((id) => !duties.has(id));
  if (unknown !== undefined) return `absent: no duty is called ${unknown}, so the case proves nothing`;
  const there = expect.absent?.find((id) => listed.has(id));
  if (there !== undefined) return `${there} is owed, expected not to be`;
  const faults = (expect.obligations ?? []).flatMap(({ id, ...expected }) => {
    const found = listed.get(String(id));
    return found === undefined ? [`${String(id)} is not owed`] : differences(String(id), { ...found }, expected);
  });
  return faults[0] ?? null;
}

function differences(
  id: string,
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    // A duty that is certain has no word for it.
    const actual = found[key] ?? (key === 'provisional' ? false : found[key]);
    if (JSON.stringify(actual) === JSON.stringify(value)) return [];
    return [
      `${id}.${key} is ${actual === undefined ? 'absent' : JSON.stringify(actual)}, expected ${JSON.stringify(value)}`,
    ];
  });
}
