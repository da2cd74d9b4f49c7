import { readEnvFile } from '../config/dotenv.ts';
import { describeErrors, type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { PLATFORM_SETTINGS } from '../platforms/registry.ts';
import { CommandError, type Terminal } from './terminal.ts';

/** The configuration from the environment and `.env`, with the settings every platform brings. */
export function loadSettings({ env }: Pick<Terminal, 'env'>): LoadedConfig {
  return loadConfig(env, PLATFORM_SETTINGS, readEnvFile());
}

/**
 * The configuration as `start` would read it, which is told what `.env` holds that nothing reads. A wrong configuration
 * ends the command with everything that is wrong with it.
 */
export function readConfig(terminal: Pick<Terminal, 'env' | 'error'>, exit: 1 | 2 = 2): Config {
  const loaded = loadSettings(terminal);
  if (loaded.ok) {
    for (const { variable, problem } of loaded.ignored) terminal.error(`jishi: ${variable} ${problem}.`);
    return loaded.config;
  }
  throw new CommandError(describeErrors(loaded.errors), exit);
}
