import { loadRegimes, RegimeError } from '../regimes/load.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** `jishi regime check [DIR]`: loads the built-in regimes and those of a folder; errors name file, path and reason. */
export async function regimeCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [verb, directory] = args;
  if (verb !== 'check') throw new CommandError('usage: jishi regime check [DIR]');
  try {
    const regimes = await loadRegimes(directory ?? terminal.env['REGIMES_DIR']);
    for (const id of regimes.keys()) terminal.out(`ok ${id}`);
    return 0;
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    throw new CommandError(error.message, 1);
  }
}
