import { readDotEnv } from '../config/dotenv.ts';
import { describeErrors, type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { PLATFORM_SETTINGS } from '../platforms/registry.ts';
import type { Terminal } from './terminal.ts';

/** The configuration from the environment and `.env`, with the settings every platform brings. */
export function loadSettings({ env }: Pick<Terminal, 'env'>): LoadedConfig {
  return loadConfig(readDotEnv(env), PLATFORM_SETTINGS);
}

/** The configuration as `start` would read it; null after saying everything that is wrong with it. */
export function readConfig(terminal: Terminal): Config | null {
  const loaded = loadSettings(terminal);
  if (loaded.ok) return loaded.config;
  terminal.error(describeErrors(loaded.errors));
  return null;
}
