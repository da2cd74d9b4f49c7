import { z } from 'zod';
import type { Action } from '../../../conversation/cards/card.ts';
import { InOrder } from '../../../talk/in-order.ts';
import { keptIfFailed } from '../../../talk/keep-failed.ts';
import type { OwnName } from '../../../talk/own-name.ts';
import { NotCommitted } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../limits.ts';
import { type EventFrame, eventFrame, type MessageFrame, messageFrame } from './hear/frames.ts';
import { messageWritten } from './hear/lines.ts';
import { cardPressed } from './hear/presses.ts';
import { chatOf, composed, IN_PLACE, line, sentence, spotOf, type WecomBot } from './hear/spots.ts';

export type Receive = (kind: 'message' | 'event', frame: unknown) => void;

const anybody = z.object({
  body: messageFrame.shape.body.pick({ msgid: true, chatid: true, chattype: true, from: true }),
});
/** Properties never written to disk: keys, and addresses that still work. */
const secrets: ReadonlySet<string> = new Set(['aeskey', 'url', 'response_url', 'req_id']);

/** Returns a frame handler that never rejects: a failed frame is kept for operators, and the person gets a message. */
export function createReceive(bot: WecomBot, name: OwnName) {
  const chats = new InOrder();
  const isAgain = ({ body }: EventFrame | MessageFrame): boolean =>
    bot.intake.answered.isKnownHere(`frame:${body.msgid}`);
  const handle = async (kind: 'message' | 'event', frame: unknown): Promise<void> => {
    if (kind === 'event') {
      const event = eventFrame.parse(frame);
      return isAgain(event) ? undefined : happened(bot, event);
    }
    const message = messageFrame.parse(frame);
    if (isAgain(message)) return;
    // Lines of a conversation run in order, as later ones correct earlier ones; a pressed card cannot wait.
    await chats.run(chatOf(message.body).id, () => messageWritten(bot, name, message));
  };
  return async (...[kind, frame]: Parameters<Receive>): Promise<void> => {
    const apologise = async (): Promise<void> => {
      const who = anybody.safeParse(frame);
      if (who.success) await line(bot, spotOf(bot, who.data.body), 'chat.failed').catch(() => {});
    };
    const payload = {
      ...{ platform: PLATFORM, body: frame, secrets, apologise },
      handle: () =>
        handle(kind, frame).catch((error: unknown) => {
          // WeCom never delivers again, so a payload that cannot be committed is kept as well.
          throw error instanceof NotCommitted ? error.cause : error;
        }),
    };
    await keptIfFailed(bot, payload).catch(apologise);
  };
}

async function happened(bot: WecomBot, frame: EventFrame): Promise<void> {
  const { eventtype } = frame.body.event;
  if (eventtype === 'enter_chat') return entered(bot, frame);
  if (eventtype !== 'template_card_event') return;
  const spot = spotOf(bot, frame.body);
  // The actor is known at once and stored in parallel, because the card has only five seconds.
  await Promise.all([bot.chats.noteActing(spot.at.chat, spot.caller.account.id), cardPressed(bot, frame)]);
}

const WAYS_IN: readonly Action[] = [
  {
    id: 'new',
    label: { key: 'wecom.new' },
    style: 'primary',
    does: { kind: 'form', form: { form: 'new_incident', args: {} } },
  },
  { id: 'list', label: { key: 'wecom.list' }, does: { kind: 'view', view: { view: 'list', args: {} } } },
  { id: 'help', label: { key: 'wecom.help' }, does: { kind: 'view', view: { view: 'help', args: {} } } },
];

/** Greets a person who opens the conversation, with the first steps. WeCom accepts the answer for five seconds. */
async function entered(bot: WecomBot, { headers, body }: EventFrame): Promise<void> {
  const card = sentence({ key: 'wecom.welcome_title' }, WAYS_IN, [{ key: 'wecom.welcome' }]);
  await bot.sender.welcome(headers.req_id, composed(spotOf(bot, body), card, { incident: null }, IN_PLACE));
}
