import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import { visibility } from '../incident/visibility.ts';
import { register, registerTable } from '../use-cases/register.ts';
import { openForReading, regimesOf } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { CommandError, parsedArgs, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/** `jishi register`: the register of incidents with their duties, as CSV or JSON on standard output. */
export async function registerCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const string = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { json: flag, open: flag, drills: flag, from: string, until: string, language: string };
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'register');
  const { from, until, drills } = values;
  const isDay = (day: string | undefined): boolean => day === undefined || /^\d{4}-\d\d-\d\d$/.test(day);
  if (positionals.length > 0 || !isDay(from) || !isDay(until)) throw new UsageError('register');
  const language = values.language === undefined ? languageOf(terminal.env) : values.language === 'en' ? 'en' : 'zh-CN';
  const config = readConfig(terminal);
  const store = await openForReading(config);
  if (!store) throw new CommandError(`jishi register: there is no record in ${config.dataDir} yet`, 1);
  try {
    const regimeOf = await regimesOf(store, config);
    const rows = await register({ from, until, drills, ...(values.open ? { open: true } : {}) }, language, {
      rows: (filter) => store.incidents(filter),
      ended: new Map(),
      incident: async (id) => {
        const state = await store.incident(id);
        const regime = regimeOf(state);
        if (!state || !regime) return null;
        const ia = assessIncident(state, regime, isoOf(toIncidentTime(state.segments, Date.now())));
        const situation = () => ({ state, ia, regime: ia.regime });
        return { state, situation, shown: visibility(state, { kind: 'api' }) };
      },
    });
    terminal.out(values.json ? JSON.stringify(rows, null, 2) : registerTable(rows, language).trimEnd());
    return 0;
  } finally {
    await store.close();
  }
}
