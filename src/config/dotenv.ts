import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Environment } from './load.ts';

/**
 * The environment with what a `.env` file adds. The real environment wins, also when it holds an empty value: that
 * switches a line of the file off. A missing file adds nothing; one that cannot be read throws.
 */
export function readDotEnv(env: Environment, file = '.env'): Environment {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return env;
    throw error;
  }
  return { ...parseEnv(text.replace(/^\uFEFF/, '')), ...env };
}
