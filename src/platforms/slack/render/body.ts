import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { localise, localiseCard } from '../../../conversation/cards/localise.ts';
import { deliveryNotes } from '../../../conversation/reminding/delivery-notes.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Mention, OutgoingMessage } from '../../../use-cases/ports.ts';
import { LIMITS } from '../limits.ts';
import { newBinding } from './bind.ts';
import { type CardContext, cardBlocks, titleOf } from './card.ts';
import { cut, escapeMrkdwn } from './text.ts';

/** More would push the text itself off a phone. */
const MOST_CALLED = 20;

/** A rendered message as delivery keeps it: what goes on the wire, and what its buttons refer to. */
const bodySchema = z.object({
  text: z.string(),
  blocks: z.array(z.custom<KnownBlock>((value) => typeof value === 'object' && value !== null && 'type' in value)),
  /** True if the room is notified, not only the thread. */
  ring: z.boolean(),
  /** Values too long for a button, by their hash. */
  kept: z.record(z.string(), z.string()),
});
export type MessageBody = z.infer<typeof bodySchema>;

export function readBody(body: string): MessageBody {
  return bodySchema.parse(parseJson(body));
}

/** A card as a Slack message. Pure: equal input gives equal bytes. */
export function messageBody(message: OutgoingMessage, consoleUrl: string | null): MessageBody {
  const { language } = message;
  const card = localiseCard(message.card, language);
  const binding = newBinding(message.incident, message.revision, message.surface);
  const before = deliveryNotes(message).map((note) => localise(note, language));
  const context: CardContext = { binding, language, consoleUrl, before };
  const call = callText(message.mention ?? []);
  const called: readonly KnownBlock[] = call === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text: call } }];
  const blocks = [...cardBlocks(card, context, LIMITS.message.blocks - called.length), ...called];
  const text = plainTwin([titleOf(card), ...before, card.summary]);
  return { text: call === '' ? text : `${call} ${text}`, blocks, ring: message.ring, kept: binding.kept };
}

/** Mentions, which Slack notifies for, e.g. `<@U1> <@U2>`; everybody who is active is `<!here>`. */
export function callText(mention: Mention): string {
  if (mention === 'everybody') return '<!here>';
  const ids = new Set(mention.filter(({ id }) => /^[A-Z\d]+$/.test(id)).map(({ id }) => id));
  return [...ids]
    .slice(0, MOST_CALLED)
    .map((id) => `<@${id}>`)
    .join(' ');
}

/** Text for a phone's notification and a screen reader. Slack reads it as mrkdwn, so it is escaped. */
export function plainTwin(lines: readonly string[]): string {
  // A sentence that the title ends with is not said again.
  const isNew = (line: string, index: number): boolean =>
    !lines.slice(0, index).some((before) => before.endsWith(line));
  const whole = lines.filter((line, index) => line !== '' && isNew(line, index)).join('\n');
  let room = LIMITS.message.text;
  for (;;) {
    const text = escapeMrkdwn(cut(whole, room));
    if (text.length <= LIMITS.message.text) return text;
    room -= text.length - LIMITS.message.text;
  }
}
