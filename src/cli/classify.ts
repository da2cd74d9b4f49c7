import { readFile } from 'node:fs/promises';
import { messageOf } from '../ops/errors.ts';
import { loadRegimes } from '../regimes/load.ts';
import { classify } from '../use-cases/classify/classify.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/** `jishi classify FILE|-`: one case or an array of cases in, the verdict as JSON out. Exit 2 on bad input. */
export async function classifyCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [file] = args;
  if (!file || args.length > 1) {
    terminal.error('usage: jishi classify FILE   (or - to read standard input)');
    return 2;
  }
  const parsed = await readJson(file, terminal);
  if (!parsed) return 2;
  const config = readConfig(terminal);
  if (!config) return 2;
  const regimes = await loadRegimes(config.regimesDir ?? undefined);
  const result = classify(regimes, parsed.json);
  if (!result.ok) {
    for (const error of result.errors) terminal.error(`jishi classify: ${error.field}: ${error.detail}`);
    return 2;
  }
  terminal.out(JSON.stringify(result.output, null, 2));
  return 0;
}

async function readJson(file: string, terminal: Terminal): Promise<{ json: unknown } | null> {
  let text: string;
  try {
    text = file === '-' ? await terminal.stdin() : await readFile(file, 'utf8');
  } catch {
    terminal.error(`jishi classify: the file ${file} cannot be read`);
    return null;
  }
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    const reason = messageOf(error);
    terminal.error(`jishi classify: ${file === '-' ? 'standard input' : file} is not JSON: ${reason}`);
    return null;
  }
}
