import { start } from '../main.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/**
 * `jishi start`: runs until SIGTERM or SIGINT. Exit 1 with a sentence when it cannot start, 78 if a setting or a file it
 * names is wrong.
 */
export async function startCommand(_args: readonly string[], terminal: Terminal): Promise<number> {
  return start(readConfig(terminal, 78), terminal);
}
