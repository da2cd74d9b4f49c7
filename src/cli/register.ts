import { visibility } from '../incident/visibility.ts';
import { register, registerTable } from '../use-cases/register.ts';
import { readConfig } from './config.ts';
import { onOwnRecord, situationsIn } from './stores.ts';
import { isDay, parsedArgs, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/** `jishi register` prints the register of incidents with their duties, as CSV or JSON. */
export async function registerCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { json: flag, open: flag, drills: flag, from: string, until: string };
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'register');
  const { from, until, drills } = values;
  const given = [from, until].filter((day) => day !== undefined);
  if (positionals.length > 0 || !given.every(isDay)) throw new UsageError('register');
  const language = languageOf(terminal.env);
  const config = readConfig(terminal);
  return onOwnRecord('register', config, async (store) => {
    const situationOf = await situationsIn(store, config);
    const rows = await register({ from, until, drills, ...(values.open ? { open: true } : {}) }, language, {
      rows: async function* (filter) {
        for (const row of await store.incidents({ ...filter, limit: Number.MAX_SAFE_INTEGER })) {
          const state = await store.incident(row.id);
          if (state) yield { row, read: async () => ({ state, shown: visibility(state, { kind: 'api' }) }) };
        }
      },
      situation: situationOf,
    });
    terminal.out(values.json ? JSON.stringify(rows, null, 2) : registerTable(rows, language).trimEnd());
    return 0;
  });
}
