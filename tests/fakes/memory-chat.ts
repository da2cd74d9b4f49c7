import { localiseCard } from '../../src/conversation/localise.ts';
import type { Messenger, Place, SendOutcome } from '../../src/use-cases/ports.ts';

/** What a platform does with the next sends: take them, refuse, swallow without an answer, or take and lose the answer. */
export type Weather = 'fine' | 'refuses' | 'swallows' | 'loses';

export interface Kept {
  readonly ref: string;
  readonly address: string;
  readonly thread: string | null;
  readonly key: string;
  body: string;
}

/** A platform in memory: what stands in its rooms, and everything that ever went over the wire to it. */
export class MemoryChat {
  readonly messages: Kept[] = [];
  readonly wire: { readonly address: string; readonly body: string }[] = [];
  weather: Weather = 'fine';
  readonly messenger: Messenger;

  constructor(platform: string) {
    this.messenger = {
      platform,
      render: ({ card, language, possiblyRepeated }) =>
        JSON.stringify({ card: localiseCard(card, language), ...(possiblyRepeated ? { possiblyRepeated } : {}) }),
      post: async (place, body, key) => {
        const ref = `${platform}-${this.messages.length + 1}`;
        const { address, thread } = place;
        return this.#send(place, body, ref, () => this.messages.push({ ref, address, thread, key, body }));
      },
      canEdit: {
        perMinute: 1_000_000,
        edit: async (place, ref, body) => {
          const message = this.messages.find((one) => one.ref === ref);
          if (!message) return { kind: 'refused', reason: 'gone', detail: 'no such message' };
          return this.#send(place, body, ref, () => {
            message.body = body;
          });
        },
      },
      canFind: {
        find: async (place, key) => {
          if (this.weather !== 'fine') return { kind: 'unknown' };
          const found = this.messages.find((one) => one.address === place.address && one.key === key);
          return found ? { kind: 'found', ref: found.ref } : { kind: 'absent' };
        },
      },
      canMessagePeople: {
        direct: async (account) => ({ tenant: account.tenant, address: `dm:${account.id}`, thread: null }),
      },
    };
  }

  /** What stands in a room, roots and threads. */
  in(address: string): readonly Kept[] {
    return this.messages.filter((one) => one.address === address);
  }

  #send(place: Place, body: string, ref: string, take: () => void): SendOutcome {
    if (this.weather === 'refuses') return { kind: 'refused', reason: 'unreachable', detail: 'down' };
    if (this.weather !== 'swallows') {
      this.wire.push({ address: place.address, body });
      take();
    }
    return this.weather === 'fine' ? { kind: 'sent', ref } : { kind: 'unknown', detail: 'no answer' };
  }
}
