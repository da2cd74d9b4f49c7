import { readFileSync } from 'node:fs';
import { fileError } from './file-error.ts';
import type { ConfigError, Environment } from './load.ts';
import { docOf, namesOf, type SettingsGroup } from './settings.ts';

/** Ending of a variable that names a file with the secret, as container platforms and systemd hand secrets over. */
export const FILE_ENDING = '_FILE';

/** Names of the variables whose values are secrets. */
export function secretsOf(groups: readonly SettingsGroup[]): readonly string[] {
  return [...new Set(groups.flatMap((group) => namesOf(group).filter((name) => docOf(group, name).secret)))];
}

/** Environment with the content of each `NAME_FILE` under NAME; line ends around it are no part of a secret. */
export function withSecretFiles(
  env: Environment,
  secrets: readonly string[],
): { readonly env: Environment; readonly errors: readonly ConfigError[] } {
  const read: Record<string, string> = {};
  const errors: ConfigError[] = [];
  for (const name of secrets) {
    const variable = name + FILE_ENDING;
    const file = env[variable]?.trim();
    if (!file) continue;
    if (env[name]?.trim()) errors.push({ variable, problem: `is set, and so is ${name}: keep one of them` });
    else
      try {
        read[name] = readFileSync(file, 'utf8').trim();
        if (read[name] === '') errors.push({ variable, problem: 'names an empty file' });
      } catch (error) {
        errors.push({ variable, problem: `names a file that cannot be read (${fileError(error).message})` });
      }
  }
  return { env: { ...env, ...read }, errors };
}
