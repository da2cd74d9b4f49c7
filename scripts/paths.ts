import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';
import { wronglyDescribed } from './paths/described.ts';
import { type FiguresOfWalks, figuresSchema, isShorter, longer, tableOf } from './paths/figures.ts';

/**
 * Walks from a payload to its effect through the real store, engine and servers, and counts the functions that are
 * entered: how much a reader has to know. Ends with 1 when a walk is longer than `scripts/paths/kept.json` allows, or goes
 * another way than `docs/walks.md` says.
 * `--keep` keeps the figures found, `--list FOLDER` writes the functions of each walk there, words choose walks by file.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, list: { type: 'string' } },
});
const WALKS = ['slack-command', 'wecom-answer', 'approval'];
const HOOK = './scripts/paths/hook.ts';
const KEPT = join(import.meta.dirname, 'paths/kept.json');
const keptSchema = z.record(z.string(), figuresSchema);
const lineSchema = figuresSchema.extend({ name: z.string(), entered: z.array(z.string()) });
const PAGE = join(import.meta.dirname, '../docs/walks.md');

/** Walks in one file, each with its figures and the files it enters. */
async function walk(file: string): Promise<readonly z.infer<typeof lineSchema>[]> {
  const how = ['--import', HOOK, `scripts/paths/walks/${file}.ts`];
  const env = { ...process.env, ...(values.list === undefined ? {} : { PATHS_LIST: values.list }) };
  const { stdout } = await promisify(execFile)(process.execPath, how, { env, timeout: 120_000 });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => lineSchema.parse(JSON.parse(line)));
}

const chosen = WALKS.filter((file) => positionals.length === 0 || positionals.includes(file));
const walks = (await Promise.all(chosen.map(walk))).flat();
const found: FiguresOfWalks = Object.fromEntries(walks.map(({ name, entered: _, ...figures }) => [name, figures]));
const kept = keptSchema.parse(JSON.parse(readFileSync(KEPT, 'utf8')));
console.log('found (kept)');
console.log(tableOf(found, kept));
if (values.keep) {
  writeFileSync(KEPT, `${JSON.stringify({ ...kept, ...found }, null, 2)}\n`);
} else {
  const described = new Map(walks.map(({ name, entered }) => [name, entered]));
  const wrong = wronglyDescribed(readFileSync(PAGE, 'utf8'), described);
  const errors = longer(found, kept);
  for (const error of [...wrong, ...errors]) console.log(error);
  if (wrong.length > 0) process.exitCode = 1;
  if (errors.length > 0) {
    console.log('Make it shorter, or run `npm run paths -- --keep` and say in the commit why it has to be longer.');
    process.exitCode = 1;
  } else if (isShorter(found, kept)) {
    console.log('Shorter than kept: `npm run paths -- --keep` keeps it so.');
  }
}
