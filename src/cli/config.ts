import { readEnvFile } from '../config/dotenv.ts';
import { type ConfigError, type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { PLATFORM_SETTINGS } from '../platforms/registry.ts';
import { sentenceIn } from './sentence-translations.ts';
import { CommandError, type ExitCode, type Terminal } from './terminal.ts';
import { languageOf } from './usage.ts';

/** Loads the configuration from the environment and `.env`, including the settings of every platform. */
export function loadSettings({ env }: Pick<Terminal, 'env'>): LoadedConfig {
  return loadConfig(env, PLATFORM_SETTINGS, readEnvFile());
}

/** Reads the configuration as `start` does; prints unread entries of `.env`. Errors are listed and end the command. */
export function readConfig(terminal: Pick<Terminal, 'env' | 'error'>, exit: ExitCode = 2): Config {
  const loaded = loadSettings(terminal);
  const language = languageOf(terminal.env);
  const stop = translate(language, 'cli.full_stop');
  if (loaded.ok) {
    for (const { variable, problem } of loaded.ignored)
      terminal.error(`jishi: ${variable} ${sentenceIn(language, problem)}${stop}`);
    return loaded.config;
  }
  throw new CommandError(describeErrors(loaded.errors, language), exit);
}

/** Returns all errors of the settings as one readable text. */
export function describeErrors(errors: readonly ConfigError[], language: MessageLanguage = 'en'): string {
  const stop = translate(language, 'cli.full_stop');
  return [
    translate(language, 'cli.cannot_start', { n: errors.length }),
    ...errors.map(({ variable, problem }) => `  ${variable} ${sentenceIn(language, problem)}${stop}`),
    translate(language, 'cli.settings_from'),
  ].join('\n');
}
