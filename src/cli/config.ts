import { readDotEnv } from '../config/dotenv.ts';
import { describeErrors, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Terminal } from './terminal.ts';

/** The configuration as `start` would read it; null after saying everything that is wrong with it. */
export function readConfig(terminal: Terminal): Config | null {
  const loaded = loadConfig(readDotEnv(terminal.env));
  if (loaded.ok) return loaded.config;
  terminal.error(describeErrors(loaded.errors));
  return null;
}
