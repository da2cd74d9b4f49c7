import { z } from 'zod';
import { parseJson } from '../../ops/json.ts';
import type { Clock, KeptValues } from '../../use-cases/ports.ts';
import { channelInfo } from './api-shapes.ts';

export type Channel = z.infer<typeof channelInfo>;
const newsSchema = z.object({ at: z.number(), channel: channelInfo.nullable() });

const NEWS = 'news:';
const CHANNEL = 'channel:';
const GONE = 'gone:';
/** Everybody has asked Slack itself by then. */
const KEPT_FOR = 60 * 60_000;
const AT_ONCE = 5_000;

/** Handlers for news that another instance received. */
export interface Hears {
  readonly channel: (channel: Channel, at: number) => void;
  /** `reader` is a user and a channel they left. */
  readonly gone: (reader: string) => void;
}

/**
 * News from Slack, which sends each event to one instance. Changes not yet visible to the others by asking Slack are
 * passed on through the store, for as long as that takes.
 */
export class News {
  readonly #kept: KeptValues;
  readonly #clock: Clock;

  constructor({ kept, clock }: { readonly kept: KeptValues; readonly clock: Clock }) {
    this.#kept = kept;
    this.#clock = clock;
  }

  hear({ channel, gone }: Hears): Promise<void> {
    const since = this.#clock.now();
    return this.#kept.watch(NEWS, AT_ONCE, (key, value) => {
      const news = newsSchema.safeParse(parseJson(value));
      // News from before the start is read from Slack itself at the start.
      if (!news.success || news.data.at < since) return;
      const about = key.slice(NEWS.length);
      if (news.data.channel) channel(news.data.channel, news.data.at);
      else if (about.startsWith(GONE)) gone(about.slice(GONE.length));
    });
  }

  changed(channel: Channel): Promise<void> {
    return this.#say(CHANNEL + channel.id, channel);
  }

  gone(reader: string): Promise<void> {
    return this.#say(GONE + reader, null);
  }

  async forget(): Promise<void> {
    for (const { key, value } of await this.#kept.list(NEWS, AT_ONCE)) {
      const news = newsSchema.safeParse(parseJson(value));
      if (!news.success || news.data.at + KEPT_FOR < this.#clock.now()) await this.#kept.remove(key);
    }
  }

  #say(about: string, channel: Channel | null): Promise<void> {
    return this.#kept.put(NEWS + about, JSON.stringify({ at: this.#clock.now(), channel }));
  }
}
