import { describeErrors, loadConfig } from '../config/load.ts';
import { readDotEnv } from '../config/dotenv.ts';
import { start } from '../main.ts';
import type { Terminal } from './terminal.ts';

/** `jishi start`: runs until SIGTERM or SIGINT. Exit 1 when the configuration is wrong or the store cannot be opened. */
export async function startCommand(_args: readonly string[], terminal: Terminal): Promise<number> {
  const env = readDotEnv(terminal.env);
  const config = loadConfig(env);
  if (!config.ok) {
    terminal.error(describeErrors(config.errors));
    return 1;
  }
  return start(config.config, env, terminal);
}
