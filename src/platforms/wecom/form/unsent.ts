import { z } from 'zod';
import type { Account } from '../../../incident/identity.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';
import type { Values } from './page.ts';
import { digest } from './sent.ts';
import { canonical, LATE_FOR, type Ref } from './session.ts';

const schema = z.strictObject({
  at: z.number(),
  revision: z.number(),
  values: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
/** Unsent values with the revision they were entered for: changes by others meanwhile are not overwritten unseen. */
export interface Unsent {
  readonly revision: number;
  readonly values: Values;
}

interface Keeping {
  readonly kept: KeptValues;
  readonly clock: Clock;
}
const PREFIX = 'form-unsent:';
const PRUNED_AT_ONCE = 100;

/** Sent too late to know from whom: it waits for a day until the same person opens the same form again. */
export async function keepUnsent({ kept, clock }: Keeping, account: Account, ref: Ref, unsent: Unsent): Promise<void> {
  const now = clock.now();
  for (const { key, value } of await kept.list(PREFIX, PRUNED_AT_ONCE)) if (!read(value, now)) await kept.remove(key);
  await kept.put(keyOf(account, ref), JSON.stringify({ at: now, ...unsent }));
}

export async function unsentOf({ kept, clock }: Keeping, account: Account, ref: Ref): Promise<Unsent | null> {
  const value = await kept.get(keyOf(account, ref));
  return value === null ? null : read(value, clock.now());
}

export async function forgetUnsent({ kept }: Keeping, account: Account, ref: Ref): Promise<void> {
  await kept.remove(keyOf(account, ref));
}

function read(value: string, now: number): Unsent | null {
  const parsed = schema.safeParse(parseJson(value));
  return parsed.success && parsed.data.at + LATE_FOR > now ? parsed.data : null;
}

function keyOf({ platform, tenant, id }: Account, ref: Ref): string {
  return `${PREFIX}${digest(JSON.stringify([platform, tenant, id, canonical(ref)]))}`;
}
