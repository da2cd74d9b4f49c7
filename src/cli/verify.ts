import type { Config } from '../config/schema.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import { brokenLine, summarised } from '../storage/verify.ts';
import { overlookedTimers } from '../use-cases/timer-check.ts';
import { regimesOf } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { nameMissing } from './missing-files.ts';
import { checkedStore, onRecord } from './stores.ts';
import { CommandError, complain, parsedArgs, say, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi verify [ID] [--anyway] [--json]` checks all chains and files, or those of one incident. Exit 1 with the first
 * broken one or the missing files; with `--anyway` missing files are only listed.
 */
export async function verifyCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { anyway: { type: 'boolean', default: false }, json: { type: 'boolean' } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'verify');
  const { anyway } = values;
  const [incident, ...more] = positionals;
  if (more.length > 0) throw new UsageError('verify');
  const config = readConfig(terminal);
  const checks = await checkedStore(config, incident === undefined ? {} : { incident });
  if (!checks) throw new CommandError(`jishi verify: there is no record in ${config.dataDir} yet`);
  const verified = await summarised(checks);
  if (values.json) {
    const silenced = verified.broken ? [] : await silencedIn(config, incident);
    terminal.out(JSON.stringify({ ...verified, silenced }, null, 2));
    return verified.broken || silenced.length > 0 || (verified.missing.length > 0 && !anyway) ? 1 : 0;
  }
  nameMissing(verified, terminal);
  if (verified.broken) throw new CommandError(brokenLine(verified.broken), 1);
  const silenced = await silencedIn(config, incident);
  const { incidents, files, missing } = verified;
  for (const { id, reminders } of silenced)
    complain(
      terminal,
      `broken: reminders of ${id}: ${reminders} removed or moved, or planned by another version; a running bot plans them again`,
    );
  if (silenced.length > 0) return 1;
  if (missing.length === 0) {
    say(terminal, `ok: ${incidents} incidents and ${files} files verified`);
    return 0;
  }
  say(
    terminal,
    `every chain is unchanged: ${incidents} incidents and ${files} files verified; ${missing.length} files are missing` +
      (anyway ? '' : ' (put them back from a backup, or accept this with --anyway)'),
  );
  return anyway ? 0 : 1;
}

/** Returns incidents with the number of reminders that their record requires, but that somebody removed or moved. */
async function silencedIn(config: Config, only: string | undefined) {
  const found = await onRecord(config, async (store) => {
    const regimeOf = await regimesOf(store, config);
    const ids =
      only === undefined ? (await store.incidents({ limit: Number.MAX_SAFE_INTEGER })).map(({ id }) => id) : [only];
    const silenced: { readonly id: string; readonly reminders: number }[] = [];
    for (const id of ids) {
      const regime = regimeOf(await store.incident(id));
      if (!regime) continue;
      const timers = await overlookedTimers(store, id, { assess: assessing(regime), now: Date.now() });
      if (timers.length > 0) silenced.push({ id, reminders: timers.length });
    }
    return silenced;
  });
  return found ?? [];
}

function assessing(regime: Regime) {
  return (state: IncidentState, at: number) => assessIncident(state, regime, isoOf(toIncidentTime(state.segments, at)));
}
