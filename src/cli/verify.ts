import { brokenLine, summarised } from '../storage/verify.ts';
import { readConfig } from './config.ts';
import { nameMissing, withoutAnyway } from './missing-files.ts';
import { checkedStore } from './stores.ts';
import type { Terminal } from './terminal.ts';

/**
 * `jishi verify [ID] [--anyway]`: walks every chain and file, or those of one incident. Exit 1 and the first broken one, or
 * the files that are missing; with `--anyway` missing files are named only.
 */
export async function verifyCommand(given: readonly string[], terminal: Terminal): Promise<number> {
  const { anyway, args } = withoutAnyway(given);
  const config = readConfig(terminal);
  if (!config) return 2;
  const [incident] = args;
  const checks = await checkedStore(config, incident === undefined ? {} : { incident });
  if (!checks) {
    terminal.error(`jishi verify: there is no record in ${config.dataDir} yet`);
    return 2;
  }
  const verified = await summarised(checks);
  nameMissing(verified, terminal);
  if (verified.broken) {
    terminal.error(brokenLine(verified.broken));
    return 1;
  }
  const { incidents, files, missing } = verified;
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
