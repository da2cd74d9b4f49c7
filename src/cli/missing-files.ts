import type { Verified } from '../storage/verify.ts';
import type { Terminal } from './terminal.ts';

/** `--anyway` taken out of the arguments of a tool: it accepts files that records name and the store does not have. */
export function withoutAnyway(args: readonly string[]): { readonly anyway: boolean; readonly args: readonly string[] } {
  return { anyway: args.includes('--anyway'), args: args.filter((arg) => arg !== '--anyway') };
}

/** Names each missing file. */
export function nameMissing({ missing }: Pick<Verified, 'missing'>, terminal: Terminal): void {
  for (const sha256 of missing)
    terminal.error(`missing: file ${sha256}: a record names it, the store does not have it`);
}
