import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Environment } from './load.ts';

/**
 * The environment with what a `.env` file adds. The real environment wins; an empty value there means unset, so the
 * file's counts. A missing file adds nothing; one that cannot be read throws.
 */
export function readDotEnv(env: Environment, file = '.env'): Environment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return env;
    throw error;
  }
  const set = Object.entries(env).filter(([, value]) => value?.trim());
  return { ...parseEnv(text.replace(/^\uFEFF/, '')), ...Object.fromEntries(set) };
}
