import { statSync } from 'node:fs';
import type { Regime } from '../law/regime.ts';
import { BASE_REGIME } from '../regimes/base.ts';
import { faultAt, RegimeError, type RegimeFault } from '../regimes/faults.ts';
import { loadRegimes } from '../regimes/load.ts';
import { type LoadedPack, loadPackFile, loadPacks } from '../regimes/load-packs.ts';
import { caseFault } from '../use-cases/classify/worked-case.ts';
import { CommandError, type Terminal } from './terminal.ts';

const USAGE = 'usage: jishi regime check [DIR|FILE]';

/**
 * `jishi regime check [DIR|FILE]`: loads the built-in regimes and packs and those of a folder, or one pack, and runs
 * the worked cases of the packs; errors name file, line, place and reason.
 */
export async function regimeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, path, ...more] = args;
  if (verb !== 'check' || more.length > 0) throw new CommandError(USAGE);
  try {
    await check(path, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    throw new CommandError(error.message, 1);
  }
}

async function check(path: string | undefined, terminal: Terminal): Promise<void> {
  const single = path !== undefined && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const folder = single ? terminal.env['REGIMES_DIR'] : (path ?? terminal.env['REGIMES_DIR']);
  const regimes = await loadRegimes(single ? null : folder);
  const base = regimes.get(BASE_REGIME);
  if (!base) throw new Error(`the regime ${BASE_REGIME} is missing`);
  const packs = single ? [loadPackFile(base, path, folder)] : [...loadPacks(base, folder).values()];
  const faults = packs.flatMap((loaded) => faultsOf(loaded, base));
  if (faults.length > 0) throw new RegimeError(faults);
  if (!single) for (const id of regimes.keys()) terminal.out(`ok ${id}`);
  for (const { pack, cases } of packs) terminal.out(`ok ${pack.id} (${cases.length} worked cases)`);
}

function faultsOf(loaded: LoadedPack, base: Regime): readonly RegimeFault[] {
  return loaded.cases.flatMap((one, index) => {
    const reason = caseFault(base, loaded.pack, one);
    return reason === null ? [] : [faultAt(loaded.file, ['cases', index], `${one.name}: ${reason}`)];
  });
}
