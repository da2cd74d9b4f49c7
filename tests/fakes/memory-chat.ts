import { localiseCard } from '../../src/conversation/cards/localise.ts';
import { createMessenger } from '../../src/platforms/wecom/bot/messenger.ts';
import { Renewals } from '../../src/talk/renewals.ts';
import type { CanMessagePeople, KeptValues, Messenger, Place, SendOutcome } from '../../src/use-cases/ports.ts';

/** What a platform does with the next sends: take them, refuse, swallow without an answer, or take and lose the answer. */
export type Weather = 'fine' | 'refuses' | 'swallows' | 'loses';

export interface Kept {
  readonly ref: string;
  readonly address: string;
  readonly thread: string | null;
  readonly key: string;
  body: string;
}

/** A post as its platform saw it, or should have seen it. */
export interface Tried {
  readonly address: string;
  readonly key: string;
  readonly repeated: boolean;
  readonly fate: 'arrived' | 'lost' | 'refused';
}

/** A platform in memory: what stands in its rooms, and everything that ever went over the wire to it. */
export class MemoryChat {
  readonly messages: Kept[] = [];
  /** Every post, those on the way to which something happened too. */
  readonly tried: Tried[] = [];
  readonly wire: { readonly address: string; readonly body: string }[] = [];
  weather: Weather = 'fine';
  /** Accounts that cannot be written to. */
  readonly unreachable = new Set<string>();
  /** Like the console: nobody is called there. */
  isQuiet = false;
  readonly messenger: Messenger;

  /** With what a smart bot of WeCom keeps it is one: WeCom's own messenger, so nothing can be edited or looked up. */
  constructor(platform: string, kept: KeptValues | null = null) {
    this.messenger = kept ? this.#asWecom(platform, kept) : this.#asSlack(platform);
  }

  #asSlack(platform: string): Messenger {
    return {
      platform,
      render: ({ card, language, possiblyRepeated, mention }) =>
        JSON.stringify({
          card: localiseCard(card, language),
          ...(possiblyRepeated ? { possiblyRepeated } : {}),
          ...(mention ? { mention } : {}),
        }),
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
      canMessagePeople: this.#people(),
    };
  }

  #asWecom(platform: string, kept: KeptValues): Messenger {
    const wecom = createMessenger({
      ...{
        botId: 't',
        renewals: new Renewals(kept),
        streams: { isOpen: () => false, remove: async (ref) => ({ kind: 'sent', ref }) },
        chats: { isReachable: () => true, isWaiting: () => true },
      },
      sender: {
        push: async (address, message, key) => {
          const ref = `${platform}-${this.messages.length + 1}`;
          const body = JSON.stringify(message);
          const { weather } = this;
          const outcome = this.#send({ tenant: 't', address, thread: null }, body, ref, () =>
            this.messages.push({ ref, address, thread: null, key, body }),
          );
          const fate = weather === 'refuses' ? 'refused' : weather === 'swallows' ? 'lost' : 'arrived';
          this.tried.push({ address, key, repeated: message.repeated, fate });
          // A connection that stopped answering is replaced; until then nothing is taken.
          if (fate === 'lost') this.weather = 'refuses';
          return outcome;
        },
        file: () => Promise.reject(new Error('not used')),
      },
    });
    const { canSendFile: _, ...posting } = wecom;
    return { ...posting, platform, canMessagePeople: this.#people() };
  }

  #people(): CanMessagePeople {
    const chat = this;
    return {
      direct: async ({ tenant, id }) =>
        this.unreachable.has(id) ? null : { tenant, address: `dm:${id}`, thread: null },
      reaches: ({ id }) => !this.unreachable.has(id),
      get quiet() {
        return chat.isQuiet ? () => true : undefined;
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
