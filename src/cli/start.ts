import { start } from '../main.ts';
import { readConfig } from './config.ts';
import { parsedArgs, type Terminal } from './terminal.ts';

/**
 * `jishi start` runs until SIGTERM or SIGINT. Exit 1 with a sentence if it cannot start, 78 if a setting or a file it
 * names is wrong. Arguments are refused, because a port typed here would have no effect.
 */
export async function startCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  parsedArgs({ args: [...args] }, 'start');
  return start(readConfig(terminal, 78), terminal);
}
