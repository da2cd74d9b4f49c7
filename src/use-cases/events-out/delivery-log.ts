import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import { formatKey } from '../notices/notice-key.ts';
import type { Clock, KeptKey, KeptValues, NewNotice } from '../ports.ts';
import { noticeOf } from './events.ts';

/** Prefix of the kept values of webhooks, also the name of their platform. */
export const WEBHOOKS = 'webhooks';
const MESSAGE = 'message:';
/** Maximum number of logged messages, over all endpoints. */
const MOST = 1_000;

export const deliverySchema = z.strictObject({
  /** Webhook id, the same for a repetition and a replay. */
  id: z.string(),
  endpoint: z.string(),
  type: z.string(),
  incident: z.string(),
  revision: z.number(),
  drill: z.boolean(),
  at: z.string(),
  attempts: z.number(),
  lastAttempt: z.string(),
  state: z.enum(['delivered', 'retrying', 'given_up']),
  /** Status of the last response; null if there was none. */
  status: z.number().nullable(),
  /** Key of the notice in the outbox that is sent again. */
  notice: z.string().optional(),
});
export type LoggedDelivery = z.infer<typeof deliverySchema>;

export class DeliveryLog {
  readonly #kept: KeptValues;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  async find(endpoint: string, id: string): Promise<LoggedDelivery | null> {
    return deliverySchema.safeParse(parseJson(await this.#kept.get(keyOf(endpoint, id)))).data ?? null;
  }

  /** Logged messages, newest first. */
  async list(): Promise<readonly LoggedDelivery[]> {
    const rows = await this.#kept.list(MESSAGE, 2 * MOST);
    const known = rows.flatMap(({ value }) => deliverySchema.safeParse(parseJson(value)).data ?? []);
    return known.toSorted((a, b) => Date.parse(b.lastAttempt) - Date.parse(a.lastAttempt));
  }

  async note(delivery: LoggedDelivery): Promise<void> {
    const isNew = (await this.find(delivery.endpoint, delivery.id)) === null;
    await this.#kept.put(keyOf(delivery.endpoint, delivery.id), JSON.stringify(delivery));
    if (isNew) await this.#prune();
  }

  async #prune(): Promise<void> {
    const all = await this.list();
    // Removed a tenth at a time, because sorting all for each message would be slow.
    if (all.length < MOST * 1.1) return;
    for (const { endpoint, id } of all.slice(MOST)) await this.#kept.remove(keyOf(endpoint, id));
  }
}

function keyOf(endpoint: string, id: string): KeptKey {
  return `${MESSAGE}${endpoint}:${id}`;
}

/** Notices that send logged messages again to their endpoints, under the same ids. */
export function replayOf(deliveries: readonly LoggedDelivery[], clock: Pick<Clock, 'now'>): readonly NewNotice[] {
  return deliveries.map(({ id, endpoint, type, incident, revision, drill, at }) => {
    const to = `${WEBHOOKS}/${endpoint}/${endpoint}#${clock.now()}`;
    const key = formatKey({ kind: 'event', incident, version: revision, to });
    const event = { id, type, at, revision, drill };
    return noticeOf(key, incident, { platform: WEBHOOKS, address: endpoint }, event, clock.now());
  });
}
