import { readEnvFile } from '../config/dotenv.ts';
import { type ConfigError, type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { PLATFORM_SETTINGS } from '../platforms/registry.ts';
import { sentenceIn } from './sentence-translations.ts';
import { CommandError, type ExitCode, type Terminal } from './terminal.ts';
import { languageOf } from './usage.ts';

/** The configuration from the environment and `.env`, with the settings every platform brings. */
export function loadSettings({ env }: Pick<Terminal, 'env'>): LoadedConfig {
  return loadConfig(env, PLATFORM_SETTINGS, readEnvFile());
}

/** Configuration as `start` reads it; prints unread entries of `.env`. A wrong one ends the command with all its errors. */
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

/** List of everything that is wrong with the settings, readable, in one text. */
export function describeErrors(errors: readonly ConfigError[], language: MessageLanguage = 'en'): string {
  const stop = translate(language, 'cli.full_stop');
  return [
    translate(language, 'cli.cannot_start', { n: errors.length }),
    ...errors.map(({ variable, problem }) => `  ${variable} ${sentenceIn(language, problem)}${stop}`),
    translate(language, 'cli.settings_from'),
  ].join('\n');
}
