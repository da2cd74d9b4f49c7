import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { fileError } from './file-error.ts';
import type { ConfigError, Environment } from './load.ts';
import { nearestName } from './nearest-name.ts';
import { docOf, namesOf, type SettingsGroup } from './settings.ts';

/** Returns the text of a `.env` file; null if there is none. Throws if it is unreadable or not UTF-8. */
export function readEnvFile(file = '.env'): string | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code, message } = fileError(error);
    if (code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read by this user (${message})`, { cause: error });
  }
  // Windows editors save "Unicode" as UTF-16: every other byte is a NUL, and no line can be parsed.
  if (bytes.includes(0) || !isUtf8(bytes)) throw new Error(`${file} is not UTF-8 text; save it as UTF-8`);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/** Returns the environment with the variables that a `.env` file adds: those not set, or set to an empty value. */
export function withDotEnv(env: Environment, text: string | null): Environment {
  const set = Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, unquoted(value)] as const] : []));
  return { ...(text === null ? {} : parseEnv(text)), ...Object.fromEntries(set) };
}

/** Returns a value without quotes around it: `docker run --env-file` passes on the quotes of a `.env` file. */
function unquoted(value: string): string {
  return /^\s*(["'`])(.*)\1\s*$/s.exec(value)?.[2] ?? value;
}

/** Returns the environment with the variables that the `.env` file adds; a missing file adds none. */
export function readDotEnv(env: Environment, file = '.env'): Environment {
  return withDotEnv(env, readEnvFile(file));
}

/** Variables in a `.env` file that only Docker Compose and the database container read. */
const FOR_OTHERS = /^(?:COMPOSE|DOCKER|POSTGRES)_/;

/** Reports names in a `.env` file that no setting reads, and lines that set nothing, each with the likely remedy. */
export function unknownIn(text: string, names: readonly string[]): readonly ConfigError[] {
  const unknown = Object.keys(parseEnv(text)).filter((name) => !names.includes(name) && !FOR_OTHERS.test(name));
  return [
    ...unknown.map((name) => {
      const near = nearestName(name, names);
      return {
        variable: name,
        problem: `is not a setting and is ignored${near === null ? '' : `; did you mean ${near}?`}`,
      };
    }),
    ...linesOf(text).flatMap(({ line, number }) =>
      isAssignment(line) || isQuoted(line, text)
        ? []
        : [{ variable: `.env:${number}`, problem: 'is ignored: a line must be NAME=value' }],
    ),
  ];
}

/** Reports unquoted values with a `#`: parsers of `.env` files silently drop the rest of the value from there. */
export function cutShortIn(text: string, names: readonly string[]): readonly ConfigError[] {
  return linesOf(text).flatMap(({ line }) => {
    const [, name = '', value = ''] = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    const isCut = names.includes(name) && /^[^\s'"`#][^\s#]*#/.test(value);
    return isCut
      ? [{ variable: name, problem: 'has a # in its value, which begins a comment: put the value between "…"' }]
      : [];
  });
}

function linesOf(text: string): { readonly line: string; readonly number: number }[] {
  return text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
}

function isAssignment(line: string): boolean {
  return /^\s*(?:#.*)?$/.test(line) || /^\s*(?:export\s+)?[\w.-]+\s*=/.test(line);
}

/** True if the line continues a value between quotation marks, such as a certificate. */
function isQuoted(line: string, text: string): boolean {
  return Object.values(parseEnv(text)).some(
    (value) => value?.includes('\n') && value.includes(line.trim().replace(/["'`]$/, '')),
  );
}

/** Ending of a variable that names a file with the secret, as container platforms and systemd provide secrets. */
export const FILE_ENDING = '_FILE';

/** Names of the variables whose values are secrets. */
export function secretsOf(groups: readonly SettingsGroup[]): readonly string[] {
  return [...new Set(groups.flatMap((group) => namesOf(group).filter((name) => docOf(group, name).secret)))];
}

/** Reads the file that each `NAME_FILE` names into NAME, without line breaks around the content. */
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
