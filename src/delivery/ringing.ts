import { z } from 'zod';
import { localise } from '../conversation/cards/localise.ts';
import { deliveryNotes, waysOn } from '../conversation/reminding/delivery-notes.ts';
import { accountSchema, roomId } from '../incident/identity.ts';
import { parseJson } from '../ops/json.ts';
import type { Messenger, OutgoingMessage, Ringer } from '../use-cases/ports.ts';

const MARK = 'ring ';
/** Maximum number of remembered messages whose call was made before the card was accepted. */
const KEPT = 200;

const callSchema = z.object({
  words: z.string(),
  mention: z.union([z.literal('everybody'), z.array(accountSchema)]),
  body: z.string(),
});

/**
 * A messenger whose calls by name go through `ringer` in the rooms that have one, because the platform itself can mention
 * nobody there: first one line that mentions them, then the card with its buttons. A card that is tried again does not
 * call again. If the ringer refuses, the card is sent all the same.
 */
export function withRinger(messenger: Messenger, ringer: Ringer): Messenger {
  const called = new Set<string>();
  return {
    ...messenger,
    render: (message) => {
      const body = messenger.render(message);
      if (!message.mention) return body;
      return `${MARK}${JSON.stringify({ words: wordsOf(message), mention: message.mention, body })}`;
    },
    post: async (place, given, key) => {
      if (!given.startsWith(MARK)) return messenger.post(place, given, key);
      const { words, mention, body } = callSchema.parse(parseJson(given.slice(MARK.length)));
      const room = roomId({ platform: messenger.platform, ...place });
      if (ringer.rings(room) && !called.has(key)) {
        const outcome = await ringer.ring(room, words, mention, key);
        // The robot is busy for less than a minute, so the call waits.
        if (outcome.kind === 'refused' && outcome.reason === 'rate_limited') return outcome;
        called.add(key);
        const [oldest] = called.size > KEPT ? called : [];
        if (oldest !== undefined) called.delete(oldest);
      }
      return messenger.post(place, body, key);
    },
  };
}

/** Text with the due duties by incident, and the commands for them; everything else is on the card that follows. */
function wordsOf(message: OutgoingMessage): string {
  const { card, language } = message;
  const said = [card.title, ...deliveryNotes(message), card.summary].map((text) => localise(text, language));
  const lines = [...said, waysOn(card, language)].filter((line) => line !== null && line !== '');
  return [...new Set(lines)].join('\n');
}
