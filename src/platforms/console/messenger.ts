import { messageOf } from '../../ops/errors.ts';
import type { Clock, Messenger, Place, RoomLog, SendOutcome } from '../../use-cases/ports.ts';
import { cardBody, readBody } from './body.ts';
import type { Push } from './push.ts';

export const PLATFORM = 'console';
export const TENANT = 'local';
/** Returns the address of a person's own console conversation, e.g. `dm:wang`. */
export function directAddress(name: string): string {
  return `${DIRECT}${name}`;
}
const DIRECT = 'dm:';

export interface ConsoleMessengerDependencies {
  readonly log: RoomLog;
  readonly clock: Clock;
  /** Devices to notify while the page is closed. */
  readonly push?: Push | null;
}

/**
 * Creates the console's messenger. Its rooms are in our own store, so the outcome of a send is certain, and a message
 * is found exactly by its key. A message in a thread that notifies people is also posted at the root of the room.
 */
export function createConsoleMessenger({ log, clock, push = null }: ConsoleMessengerDependencies): Messenger {
  const post = async (place: Place, body: string, key: string): Promise<SendOutcome> => {
    const { tenant, address, thread } = place;
    if (tenant !== TENANT) return { kind: 'refused', reason: 'forbidden', detail: 'a room of another console' };
    const read = readBody(body);
    const rings = read.kind === 'card' && read.ring;
    // The notification precedes the commit: a crash in between notifies twice rather than never.
    const pushed =
      rings && push && address.startsWith(DIRECT) && (await push.notify(address.slice(DIRECT.length), read));
    const message = { address, author: null, body, at: clock.now(), incident: read.incident || null };
    if (thread !== null && rings) await log.append({ ...message, thread: null, key: `${key}:ring` });
    const posted = await log.append({ ...message, thread, key });
    // The console shows the message anyway; a person who needs a notification gets it by another channel.
    return pushed === 'failed'
      ? { kind: 'refused', reason: 'invalid', detail: 'no device took the notification', partly: true }
      : { kind: 'sent', ref: posted.ref };
  };
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(cardBody(message)),
    fingerprint: withoutRevision,
    post: (place, body, key) => safely(() => post(place, body, key)),
    canEdit: {
      // The store is our own, so this limit only stops a runaway loop.
      perMinute: 6_000,
      edit: (_place, ref, body) =>
        safely(async () => {
          const edited = await log.edit(ref, body, clock.now());
          return edited ? { kind: 'sent', ref } : { kind: 'refused', reason: 'gone', detail: 'no such message' };
        }),
    },
    canFind: {
      find: async (place, key) => {
        const found = await log.find(place.address, key).catch(() => undefined);
        if (found === undefined) return { kind: 'unknown' };
        return found === null ? { kind: 'absent', isFinal: true } : { kind: 'found', ref: found.ref };
      },
    },
    canMessagePeople: {
      quiet: ({ id }) => push?.rings(id) !== true,
      direct: async ({ platform, tenant, id }) =>
        platform === PLATFORM && tenant === TENANT ? { tenant, address: directAddress(id), thread: null } : null,
    },
  };
}

/** Returns a body without the button revision, which is invisible: a new revision alone needs no edit. */
function withoutRevision(body: string): string {
  const message = readBody(body);
  return JSON.stringify(message.kind === 'card' ? { ...message, revision: 0 } : message);
}

async function safely(send: () => Promise<SendOutcome>): Promise<SendOutcome> {
  try {
    return await send();
  } catch (error) {
    return { kind: 'unknown', detail: messageOf(error) };
  }
}
