import { plainWords } from '../conversation/cards/plain-words.ts';
import { withDelivery } from '../conversation/reminding/delivery-notes.ts';
import { roomId } from '../incident/identity.ts';
import type { Messenger, Ringer } from '../use-cases/ports.ts';

const MARK = 'ring ';

/**
 * A messenger whose ringing notices go through `ringer` in the rooms that have one, because the platform itself can mention
 * nobody there. What the ringer refuses is posted as usual: a reminder that does not ring is better than none.
 */
export function withRinger(messenger: Messenger, ringer: Ringer): Messenger {
  return {
    ...messenger,
    render: (message) => {
      const body = messenger.render(message);
      if (!message.ring) return body;
      const words = plainWords(withDelivery(message), message.language);
      return `${MARK}${JSON.stringify([words, body])}`;
    },
    post: async (place, body, key) => {
      if (!body.startsWith(MARK)) return messenger.post(place, body, key);
      const [words, inner] = parts(body);
      const room = roomId({ platform: messenger.platform, ...place });
      if (!ringer.rings(room)) return messenger.post(place, inner, key);
      const outcome = await ringer.ring(room, words, 'everybody', key);
      // Its robot is busy for less than a minute; that is worth waiting for.
      const isFinal = outcome.kind !== 'refused' || outcome.reason === 'rate_limited';
      return isFinal ? outcome : messenger.post(place, inner, key);
    },
  };
}

function parts(body: string): readonly [string, string] {
  const parsed: unknown = JSON.parse(body.slice(MARK.length));
  const [words, inner] = Array.isArray(parsed) ? parsed.map(String) : [];
  return [words ?? '', inner ?? ''];
}
