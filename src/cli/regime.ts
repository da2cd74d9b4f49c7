import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';
import { BASE_REGIME } from '../regimes/base.ts';
import { faultAt, RegimeError, type RegimeFault } from '../regimes/faults.ts';
import { loadRegimes } from '../regimes/load.ts';
import { type LoadedPack, loadPacks, type PackCase } from '../regimes/load-packs.ts';
import { classify } from '../use-cases/classify/classify.ts';
import { CommandError, say, type Terminal, UsageError } from './terminal.ts';

const EXAMPLE = fileURLToPath(new URL('../regimes/example-pack.yaml', import.meta.url));

/**
 * `jishi regime check [DIR|FILE]` loads the built-in regimes and packs and those of a folder, or one pack, and runs the
 * worked cases of the packs; errors name file, line, place and reason.
 */
export async function regimeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, path, ...more] = args;
  const [other, ...beyond] = more;
  if (verb === 'show') return (await import('./regime-show.ts')).showCommand(args.slice(1), terminal);
  if (verb === 'form') return (await import('./regime-form.ts')).formCommand(args.slice(1), terminal);
  if (verb === 'diff' && path !== undefined && other !== undefined && beyond.length === 0)
    return diff(path, other, terminal);
  if (verb === 'new' && path !== undefined && more.length === 0) return writeExample(path, terminal);
  if (verb !== 'check' || more.length > 0) throw new UsageError('regime');
  try {
    await check(path === undefined ? undefined : fileNamed(path, terminal), terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    throw new CommandError(error.message, 1);
  }
}

/** Returns the file at the path, or else the file of that name in REGIMES_DIR, where `regime new` writes. */
function fileNamed(path: string, { env }: Pick<Terminal, 'env'>): string {
  const inFolder = join(env['REGIMES_DIR'] ?? '.', path);
  return existsSync(path) || !existsSync(inFolder) ? path : inFolder;
}

/**
 * `jishi regime new NAME` writes a commented example of a clock pack as `NAME.yaml`, here or in REGIMES_DIR; it passes
 * `regime check`.
 */
function writeExample(name: string, terminal: Terminal): number {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) {
    throw new CommandError(`jishi regime new: ${name} is no name; use small letters, digits and -, e.g. acme-sector`);
  }
  const path = join(terminal.env['REGIMES_DIR'] ?? '.', `${name}.yaml`);
  if (existsSync(path)) throw new CommandError(`jishi regime new: ${path} exists already`, 1);
  writeFileSync(path, readFileSync(EXAMPLE, 'utf8').replaceAll('NAME', name));
  say(terminal, `ok: ${path}; change what is between < >, then: npx jishi regime check ${path}`);
  return 0;
}

async function diff(old: string, now: string, terminal: Terminal): Promise<number> {
  const folder = terminal.env['REGIMES_DIR'];
  const base = (await loadRegimes(null)).get(BASE_REGIME);
  if (!base) throw new Error(`the regime ${BASE_REGIME} is missing`);
  const { loadPackFile } = await import('../regimes/check-pack.ts');
  try {
    const [before, after] = [old, now].map((file) => loadPackFile(base, fileNamed(file, terminal), folder).pack);
    if (!before || !after || before.id !== after.id) {
      throw new CommandError(`jishi regime diff: ${old} and ${now} are two packs, not two texts of one`, 1);
    }
    const { regimeDiff } = await import('./regime-diff.ts');
    await regimeDiff({ base, before, after }, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    throw new CommandError(error.message, 1);
  }
}

async function check(path: string | undefined, terminal: Terminal): Promise<void> {
  const single = path !== undefined && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const folder = single ? terminal.env['REGIMES_DIR'] : (path ?? terminal.env['REGIMES_DIR']);
  const { checkRegime } = await import('../regimes/check.ts');
  const checks = await import('../regimes/check-pack.ts');
  const regimes = await loadRegimes(single ? null : folder, checkRegime);
  const base = regimes.get(BASE_REGIME);
  if (!base) throw new Error(`the regime ${BASE_REGIME} is missing`);
  const packs = single ? [checks.loadPackFile(base, path, folder)] : [...loadPacks(base, folder, checks).values()];
  const faults = packs.flatMap((loaded) => faultsOf(loaded, base));
  if (faults.length > 0) throw new RegimeError(faults);
  if (!single) for (const id of regimes.keys()) say(terminal, `ok ${id}`);
  for (const { pack, cases } of packs) {
    say(terminal, `ok ${pack.id} (${cases.length} worked cases)${pack.status === 'draft' ? ', draft' : ''}`);
  }
}

function faultsOf(loaded: LoadedPack, base: Regime): readonly RegimeFault[] {
  return loaded.cases.flatMap((one, index) => {
    const reason = caseFault(base, loaded.pack, one);
    return reason === null ? [] : [faultAt(loaded.file, ['cases', index], `${one.name}: ${reason}`)];
  });
}

/** Runs a worked case of a pack beside the base regime; returns the first difference, or null. */
export function caseFault(
  base: Regime,
  pack: Pack,
  { input, expect }: Pick<PackCase, 'input' | 'expect'>,
): string | null {
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
    const found = listed.get(id);
    return found === undefined ? [`${id} is not owed`] : differences(id, { ...found }, expected);
  });
  return faults[0] ?? null;
}

function differences(
  id: string,
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(expected).flatMap(([key, value]) => {
    // Duties that are certain have no field `provisional`; the case may still expect `false`.
    const actual = found[key] ?? (key === 'provisional' ? false : found[key]);
    if (JSON.stringify(actual) === JSON.stringify(value)) return [];
    return [
      `${id}.${key} is ${actual === undefined ? 'absent' : JSON.stringify(actual)}, expected ${JSON.stringify(value)}`,
    ];
  });
}
