import { z } from 'zod';
import { plainWords } from '../../conversation/cards/localise.ts';
import { waysOn, withDelivery } from '../../conversation/reminding/delivery-notes.ts';
import { accountSchema, roomId } from '../../incident/identity.ts';
import type { Organisation } from '../../incident/people/profile.ts';
import { parseJson } from '../../ops/json.ts';
import type { Mention, Messenger, Ringer, SendOutcome } from '../../use-cases/ports.ts';
import type { PlatformNeeds } from '../description.ts';
import { type ApiClient, outcomeOf } from '../shared/api-client.ts';
import { Limiter } from '../shared/limiter.ts';
import { failedOutcome } from '../wecom/api/wecom-api.ts';
import { cutBytes } from '../wecom/text.ts';

/** Limit of one robot: twenty messages a minute, each text at most 2,048 bytes (document 99110). */
const PER_MINUTE = 20;
const MAX_BYTES = 2_048;

export interface RobotDependencies extends Pick<PlatformNeeds, 'profile' | 'clock'> {
  readonly api: ApiClient;
  readonly robots: readonly { readonly name: string; readonly key: string }[];
}
export interface Robots {
  /** Mentions people in profile rooms that name a robot, because a smart bot cannot mention. */
  readonly ringer: Ringer;
  /** Messenger for reminders that the chat itself does not accept; an address is the name of a robot. */
  readonly messenger: Messenger;
}

const bodySchema = z.object({ words: z.string(), mention: z.union([z.literal('everybody'), z.array(accountSchema)]) });

/** Creates group robots (群机器人), which write and mention but receive nothing. */
export function createRobots(deps: RobotDependencies): Robots {
  const limiter = new Limiter([{ count: PER_MINUTE, span: 60_000 }]);
  const keys = new Map(deps.robots.map(({ name, key }) => [name, key]));
  const nameOf = (room: string): string => namesByRoom(deps.profile()).get(room) ?? '';
  const send = async (name: string | undefined, text: string, mention: Mention): Promise<SendOutcome> => {
    const key = name === undefined ? undefined : keys.get(name);
    if (key === undefined) return { kind: 'refused', reason: 'gone', detail: `no group robot ${name ?? ''}` };
    const now = deps.clock.now();
    const retryAt = limiter.take([key], now);
    if (retryAt !== null) return { kind: 'refused', reason: 'rate_limited', retryAt, detail: 'twenty a minute' };
    const mentioned_list = mention === 'everybody' ? ['@all'] : mention.map(({ id }) => id);
    const body = { msgtype: 'text', text: { content: cutBytes(text, MAX_BYTES), mentioned_list } };
    const sent = deps.api.call('webhook/send', { query: { key }, body: { json: JSON.stringify(body) } });
    return outcomeOf(
      sent.then(() => `robot:${now}`),
      (error) => failedOutcome(error, now),
    );
  };
  return {
    ringer: {
      rings: (room) => keys.has(nameOf(room)),
      ring: (room, text, mention) => send(nameOf(room), text, mention),
    },
    messenger: {
      platform: 'wecom-webhook',
      render: (message) => {
        const { card, language } = message;
        const lines = [plainWords(withDelivery(message), language), waysOn(card, language)];
        const words = lines.filter((line) => line !== null).join('\n');
        return JSON.stringify({ words, mention: message.mention ?? [] });
      },
      post: (place, body) => {
        const { words, mention } = bodySchema.parse(parseJson(body));
        return send(place.address, words, mention);
      },
    },
  };
}

function namesByRoom(organisation: Organisation | null): ReadonlyMap<string, string> {
  const rooms = organisation?.rooms ?? [];
  return new Map(rooms.flatMap((room) => (room.webhook === undefined ? [] : [[roomId(room), room.webhook] as const])));
}
