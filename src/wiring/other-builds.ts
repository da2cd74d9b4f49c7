import type { Logger } from '../ops/logger.ts';
import { fullVersion } from '../ops/version.ts';
import type { KeptValues } from '../use-cases/ports.ts';

const KEY = 'store:build';

/**
 * Warns if another build worked on this store before, and on a shared database whenever another build starts. `own`:
 * e.g. `0.1.0 (9b8c989a, 2026-11-28)`.
 */
export async function tellOtherBuilds(
  kept: Pick<KeptValues, 'get' | 'put' | 'watch'>,
  log: Pick<Logger, 'warn'>,
  own = fullVersion(),
): Promise<void> {
  const before = await kept.get(KEY);
  if (before !== null && before !== own)
    log.warn({ build: own, before }, 'another build of Jishi was the last to start on this store');
  await kept.put(KEY, own);
  await kept.watch(KEY, 1, (_, other) => {
    if (other !== null && other !== own)
      log.warn({ build: own, other }, 'an instance of another build of Jishi has started on this store');
  });
}
