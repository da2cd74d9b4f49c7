import { readDotEnv } from '../config/dotenv.ts';
import { describeErrors, type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { PLATFORM_SETTINGS } from '../platforms/registry.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** The configuration from the environment and `.env`, with the settings every platform brings. */
export function loadSettings({ env }: Pick<Terminal, 'env'>): LoadedConfig {
  return loadConfig(readDotEnv(env), PLATFORM_SETTINGS);
}

/** The configuration as `start` would read it; a wrong one ends the command with everything that is wrong with it. */
export function readConfig(terminal: Pick<Terminal, 'env'>, exit: 1 | 2 = 2): Config {
  const loaded = loadSettings(terminal);
  if (loaded.ok) return loaded.config;
  throw new CommandError(describeErrors(loaded.errors), exit);
}
