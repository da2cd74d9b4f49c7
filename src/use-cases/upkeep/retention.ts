import { filesNamedIn } from '../../incident/record/named-files.ts';
import type { Engine } from '../engine.ts';
import { erasingSent } from '../notices/sent-messages.ts';
import type { Store } from '../ports.ts';

const DAY = 86_400_000;
/** Retention of idempotency keys in days: no platform redelivers after this. */
const KEEP_KEYS = 7;
/** Retention in days, unless the profile sets it, of settled messages and of payloads that could not be handled. */
const KEEP_MESSAGES = 90;
const PAGE = 100;

/**
 * Erases the content of an incident whose record ends with `erased`, also from messages that platforms can change or
 * remove: their handles, without content, go into notices that belong to no incident. Idempotent.
 */
export async function eraseContent(store: Store, incident: string): Promise<void> {
  await store.outbox.add(await erasingSent({ store }, incident));
  const files = (await store.events(incident)).flatMap(({ event }) => filesNamedIn(event.payload));
  await store.erasure.erase(incident, [...new Set(files.map(({ file }) => file))]);
}

/** Nightly clean-up: removes data past its retention and finishes erasures interrupted by a stop. */
export async function applyRetention(engine: Engine): Promise<void> {
  const { store, clock, profile } = engine.deps;
  const retention = profile()?.retention;
  const ago = (days: number): number => clock.now() - days * DAY;
  const messages = ago(retention?.messages ?? KEEP_MESSAGES);
  await store.inbox.prune(ago(KEEP_KEYS), messages);
  await store.outbox.prune(messages);
  for (const incident of await store.erasure.unfinished()) await eraseContent(store, incident);
  if (retention?.incidents !== undefined) await expireBefore(engine, ago(retention.incidents));
}

/** Erases closed incidents whose retention is over; the command `expire` decides (hold, closing time). */
async function expireBefore(engine: Engine, before: number): Promise<void> {
  const { store } = engine.deps;
  let last: string | undefined;
  for (;;) {
    const rows = await store.incidents({ open: false, limit: PAGE, ...(last === undefined ? {} : { before: last }) });
    for (const { id, declaredAt } of rows) {
      if (Date.parse(declaredAt) >= before) continue;
      const state = await store.incident(id);
      if (!state?.closed || state.erased || state.hold) continue;
      await engine.run({
        target: { incident: id },
        commands: [{ type: 'expire' }],
        who: 'clock',
        revision: null,
        delivery: { platform: 'retention', key: `${id}:${state.version}`, body: '' },
        room: null,
      });
    }
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.id;
  }
}
