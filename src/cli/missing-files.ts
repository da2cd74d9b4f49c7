import type { Verified } from '../storage/verify.ts';
import { complain, type Terminal } from './terminal.ts';

export function nameMissing({ missing }: Pick<Verified, 'missing'>, terminal: Terminal): void {
  for (const sha256 of missing)
    complain(terminal, `missing: file ${sha256}: a record names it, the store does not have it`);
}
