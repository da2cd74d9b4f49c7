import { z } from 'zod';
import { NotCommitted } from '../../../use-cases/platform-support.ts';
import { InOrder } from '../../shared/in-order.ts';
import { keptIfFailed } from '../../shared/keep-failed.ts';
import { cardPressed } from './intake/clicks.ts';
import { type Intake, line, spotOf } from './intake/context.ts';
import { type EventFrame, eventFrame, messageFrame } from './intake/frames.ts';
import type { Mentions } from './intake/mention.ts';
import { messageWritten } from './intake/messages.ts';
import { entered } from './intake/welcome.ts';
import { PLATFORM } from './ports.ts';

/** Handles one frame; never rejects. */
export type Receive = (kind: 'message' | 'event', frame: unknown) => Promise<void>;

const MOST_SEEN = 5_000;
const anybody = z.object({
  body: messageFrame.shape.body.pick({ msgid: true, chatid: true, chattype: true, from: true }),
});

/** Handles frames safely: one that cannot be handled is kept for the operator, and the person gets a message. */
export function createReceive(intake: Intake, mentions: Mentions): Receive {
  const seen = new Set<string>();
  const chats = new InOrder();
  const handle = async (kind: 'message' | 'event', frame: unknown): Promise<void> => {
    if (kind === 'event') return happened(intake, seen, eventFrame.parse(frame));
    const message = messageFrame.parse(frame);
    if (isAgain(seen, message.body.msgid)) return;
    // Later lines of a conversation correct earlier ones, so they run in order; a pressed card cannot wait.
    await chats.run(spotOf(intake, message.body).chat.id, () => messageWritten(intake, mentions, message));
  };
  return async (kind, frame) => {
    const apologise = async (): Promise<void> => {
      const who = anybody.safeParse(frame);
      if (who.success) await line(intake, spotOf(intake, who.data.body), 'wecom.failed').catch(() => {});
    };
    const payload = {
      ...{ platform: PLATFORM, body: frame, secrets: SECRET, apologise },
      handle: () =>
        handle(kind, frame).catch((error: unknown) => {
          // WeCom delivers nothing again, so what cannot be committed is kept as well.
          throw error instanceof NotCommitted ? error.cause : error;
        }),
    };
    await keptIfFailed(intake, payload).catch(apologise);
  };
}

async function happened(intake: Intake, seen: Set<string>, frame: EventFrame): Promise<void> {
  if (isAgain(seen, frame.body.msgid)) return;
  switch (frame.body.event.eventtype) {
    case 'template_card_event': {
      const spot = spotOf(intake, frame.body);
      // The presser is known at once and stored beside; the card has five seconds.
      await Promise.all([intake.chats.seen(spot.chat, spot.caller.account.id), cardPressed(intake, frame)]);
      return;
    }
    case 'enter_chat':
      return entered(intake, frame);
    default:
      return;
  }
}

/** Returns true for a repeated delivery: its changes are keyed on disk, its replies by this. */
function isAgain(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return true;
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
  return false;
}

/** Keys and live addresses do not belong on disk. */
const SECRET: ReadonlySet<string> = new Set(['aeskey', 'url', 'response_url', 'req_id']);
