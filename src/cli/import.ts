import { readFile } from 'node:fs/promises';
import type { Config } from '../config/schema.ts';
import { importAnswer } from '../http/integration-answers.ts';
import { translate } from '../i18n/translate.ts';
import { noFailpoints } from '../ops/failpoints.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { App } from '../use-cases/app.ts';
import { textOfFile } from '../use-cases/earlier/earlier-list.ts';
import { importEarlier } from '../use-cases/earlier/import-earlier.ts';
import { loadLaws } from '../wiring/laws.ts';
import { openStore } from '../wiring/open-store.ts';
import { readConfig } from './config.ts';
import { reasonOf } from './reason.ts';
import { runningBot } from './running-bot.ts';
import { profileOf } from './stores.ts';
import { CommandError, parsedArgs, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

type Outcome = Awaited<ReturnType<App['importEarlier']>>;

/**
 * `jishi import` records earlier incidents from a CSV file, marked as recorded afterwards, in the running bot or its
 * store. If a row is bad, it records nothing and prints every problem with line and column; exit 1.
 */
export async function importCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { entity: string, by: string, check: flag, json: flag };
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'import');
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('import');
  const language = languageOf(terminal.env);
  const content = await readFile(file).catch((error: unknown) => {
    throw new CommandError(`jishi import: ${file}: ${reasonOf(error)}`);
  });
  const csv = textOfFile(content);
  if (csv === null)
    throw new CommandError(
      translate(language, 'import.at_line', { line: 1, what: translate(language, 'import.bad.encoding') }),
      1,
    );
  const { check, entity, by } = values;
  const outcome = await imported(readConfig(terminal), { csv, entity, by, check, language });
  if (values.json) terminal.out(JSON.stringify(outcome, null, 2));
  else report(outcome, check, terminal);
  return outcome.problems.length > 0 ? 1 : 0;
}

async function imported(config: Config, input: Parameters<App['importEarlier']>[0]): Promise<Outcome> {
  const bot = await runningBot(config);
  if (bot) return importAnswer.parse(await bot('POST', '/access/import', input));
  const organisation = await profileOf(config);
  const { regime, packs } = await loadLaws(config.regimesDir, organisation);
  const store = await openStore(config, noFailpoints);
  try {
    const laws = { regime, packs: [...packs.values()] };
    return await importEarlier({ store, clock: systemClock, ...laws, profile: () => organisation }, input);
  } finally {
    await store.close();
  }
}

function report({ problems, incidents, known }: Outcome, check: boolean, terminal: Terminal): void {
  const say = (key: Parameters<typeof translate>[1], n: number): string =>
    translate(languageOf(terminal.env), key, { n });
  if (problems.length > 0) {
    for (const problem of problems) terminal.error(problem);
    terminal.error(say('import.nothing', problems.length));
    return;
  }
  for (const { id, line, reference, title } of incidents) terminal.out([id ?? line, reference, title].join('  '));
  terminal.out(say(check ? 'import.would' : 'import.done', incidents.length));
  if (known.length > 0) terminal.out(say('import.known', known.length));
}
