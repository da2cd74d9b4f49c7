import { z } from 'zod';
import { localise } from '../conversation/cards/localise.ts';
import { deliveryNotes, waysOn } from '../conversation/reminding/delivery-notes.ts';
import { accountSchema, roomId } from '../incident/identity.ts';
import { parseJson } from '../ops/json.ts';
import type { Messenger, OutgoingMessage, Ringer } from '../use-cases/ports.ts';

const MARK = 'ring ';
/** Number of remembered messages whose mention was sent although the card was not accepted yet. */
const KEPT = 200;

const callSchema = z.object({
  words: z.string(),
  mention: z.union([z.literal('everybody'), z.array(accountSchema)]),
  body: z.string(),
});

/**
 * Returns a messenger whose mentions go through `ringer` in rooms that have one, because the platform cannot mention
 * anybody there: first a line with the mention, then the card with its buttons. A retried card does not mention again.
 * If the ringer refuses, the card is sent anyway.
 */
export function withRinger(messenger: Messenger, ringer: Ringer): Messenger {
  const called = new Set<string>();
  return {
    ...messenger,
    render: (message) => {
      const body = messenger.render(message);
      if (!message.mention || message.mention.length === 0) return body;
      return `${MARK}${JSON.stringify({ words: wordsOf(message), mention: message.mention, body })}`;
    },
    post: async (place, given, key, first) => {
      if (!given.startsWith(MARK)) return messenger.post(place, given, key, first);
      const { words, mention, body } = callSchema.parse(parseJson(given.slice(MARK.length)));
      const room = roomId({ platform: messenger.platform, ...place });
      if (ringer.rings(room) && !called.has(key)) {
        const outcome = await ringer.ring(room, words, mention, key);
        // The robot's rate limit ends within a minute, so the card waits for the mention.
        if (outcome.kind === 'refused' && outcome.reason === 'rate_limited') return outcome;
        called.add(key);
        const [oldest] = called.size > KEPT ? called : [];
        if (oldest !== undefined) called.delete(oldest);
      }
      return messenger.post(place, body, key);
    },
  };
}

/** Text with due duties by incident and their commands; the card that follows has the rest. */
function wordsOf(message: OutgoingMessage): string {
  const { card, language } = message;
  const said = [card.title, ...deliveryNotes(message), card.summary].map((text) => localise(text, language));
  const lines = [...said, waysOn(card, language)].filter((line) => line !== null && line !== '');
  return [...new Set(lines)].join('\n');
}
