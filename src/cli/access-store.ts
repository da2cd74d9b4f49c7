import type { Config } from '../config/schema.ts';
import { ACCESS, type KeptRowsNeeds } from '../http/kept-rows.ts';
import { noFailpoints } from '../ops/failpoints.ts';
import { randomIds } from '../ops/system-clock.ts';
import { withPrefix } from '../use-cases/directory/kept-map.ts';
import { openStore } from '../wiring/open-store.ts';

/** Runs `work` on rows about access (sessions, tokens, members) while no bot uses the store. */
export async function withAccess<T>(config: Config, work: (needs: KeptRowsNeeds) => Promise<T>): Promise<T> {
  const store = await openStore(config, noFailpoints);
  try {
    return await work({ kept: withPrefix(store.kept, ACCESS), ids: randomIds, clock: store.clock });
  } finally {
    await store.close();
  }
}
