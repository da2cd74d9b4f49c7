import { readConfig } from './config.ts';
import { checkedStore } from './stores.ts';
import type { Terminal } from './terminal.ts';

/** `jishi verify [ID]`: walks every chain and file, or those of one incident. Exit 1 and the first broken one. */
export async function verifyCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const config = readConfig(terminal);
  if (!config) return 2;
  const [incident] = args;
  const checks = await checkedStore(config, incident === undefined ? {} : { incident });
  if (!checks) {
    terminal.error(`jishi verify: there is no record in ${config.dataDir} yet`);
    return 2;
  }
  let incidents = 0;
  let files = 0;
  for await (const checked of checks) {
    if (checked.problem) {
      const { flaw, version, detail } = checked.problem;
      const place = version === undefined ? '' : `, event ${version}`;
      terminal.error(`broken: ${checked.what} ${checked.id}${place}: ${flaw}${detail ? ` (${detail})` : ''}`);
      return 1;
    }
    if (checked.what === 'incident') incidents += 1;
    if (checked.what === 'file') files += 1;
  }
  terminal.out(`ok: ${incidents} incidents and ${files} files verified`);
  return 0;
}
