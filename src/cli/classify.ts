import { readFile } from 'node:fs/promises';
import { messageOf } from '../ops/errors.ts';
import { loadLaws } from '../regimes/laws.ts';
import { classify } from '../use-cases/classify/classify.ts';
import { readConfig } from './config.ts';
import { CommandError, complain, type Terminal, UsageError } from './terminal.ts';

/** `jishi classify FILE|-` reads one case or an array of cases and prints the verdict as JSON. Exit 2 on bad input. */
export async function classifyCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [file] = args;
  if (!file || args.length > 1) throw new UsageError('classify');
  const json = await readJson(file, terminal);
  const config = readConfig(terminal);
  const { regimes, packs } = await loadLaws(config.regimesDir);
  const result = classify(regimes, json, packs);
  if (!result.ok) {
    for (const error of result.errors) complain(terminal, `jishi classify: ${error.field}: ${error.detail}`);
    return 2;
  }
  terminal.out(JSON.stringify(result.output, null, 2));
  return 0;
}

async function readJson(file: string, terminal: Terminal): Promise<unknown> {
  let text: string;
  try {
    text = file === '-' ? await terminal.stdin() : await readFile(file, 'utf8');
  } catch {
    throw new CommandError(`jishi classify: the file ${file} cannot be read`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const what = file === '-' ? 'standard input' : file;
    throw new CommandError(`jishi classify: ${what} is not JSON: ${messageOf(error)}`);
  }
}
