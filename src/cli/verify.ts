import type { Config } from '../config/schema.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Regime } from '../law/regime.ts';
import { loadRegimes } from '../regimes/load.ts';
import { brokenLine, summarised } from '../storage/verify.ts';
import { overlookedTimers } from '../use-cases/timer-check.ts';
import { openForReading } from '../wiring/reading.ts';
import { readConfig } from './config.ts';
import { nameMissing, withoutAnyway } from './missing-files.ts';
import { checkedStore } from './stores.ts';
import { CommandError, type Terminal } from './terminal.ts';

/**
 * `jishi verify [ID] [--anyway]`: walks every chain and file, or those of one incident. Exit 1 and the first broken one, or
 * the files that are missing; with `--anyway` missing files are named only.
 */
export async function verifyCommand(given: readonly string[], terminal: Terminal): Promise<number> {
  const { anyway, args } = withoutAnyway(given);
  const config = readConfig(terminal);
  const [incident] = args;
  const checks = await checkedStore(config, incident === undefined ? {} : { incident });
  if (!checks) throw new CommandError(`jishi verify: there is no record in ${config.dataDir} yet`);
  const verified = await summarised(checks);
  nameMissing(verified, terminal);
  if (verified.broken) throw new CommandError(brokenLine(verified.broken), 1);
  const silenced = await silencedIn(config, incident, terminal);
  const { incidents, files, missing } = verified;
  if (silenced) return 1;
  if (missing.length === 0) {
    terminal.out(`ok: ${incidents} incidents and ${files} files verified`);
    return 0;
  }
  terminal.out(
    `every chain is unchanged: ${incidents} incidents and ${files} files verified; ${missing.length} files are missing` +
      (anyway ? '' : ' (put them back from a backup, or accept this with --anyway)'),
  );
  return anyway ? 0 : 1;
}

/** True if reminders that a record wants were removed or moved; each incident is named. */
async function silencedIn(config: Config, only: string | undefined, terminal: Terminal): Promise<boolean> {
  const store = await openForReading(config);
  if (!store) return false;
  try {
    const regimes = await loadRegimes(config.regimesDir ?? undefined);
    const ids =
      only === undefined ? (await store.incidents({ limit: Number.MAX_SAFE_INTEGER })).map(({ id }) => id) : [only];
    let silenced = false;
    for (const id of ids) {
      const regime = regimes.get((await store.incident(id))?.regimes[0] ?? '');
      if (!regime) continue;
      const timers = await overlookedTimers(store, id, { assess: assessing(regime), now: Date.now() });
      if (timers.length === 0) continue;
      silenced = true;
      terminal.error(
        `broken: reminders of ${id}: ${timers.length} removed or moved, or planned by another version; a running bot plans them again`,
      );
    }
    return silenced;
  } finally {
    await store.close();
  }
}

function assessing(regime: Regime) {
  return (state: IncidentState, at: number) => assessIncident(state, regime, isoOf(toIncidentTime(state.segments, at)));
}
