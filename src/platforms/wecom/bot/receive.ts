import { z } from 'zod';
import { unhandled } from '../../../use-cases/platform-support.ts';
import { InOrder } from '../../shared/in-order.ts';
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
const anybody = z.object({ body: messageFrame.shape.body.pick({ chatid: true, chattype: true, from: true }) });

/** Handles frames safely: one that cannot be handled is kept for the operator, and the person gets a message. */
export function createReceive(intake: Intake, mentions: Mentions): Receive {
  const seen = new Set<string>();
  const chats = new InOrder();
  return async (kind, frame) => {
    try {
      if (kind === 'event') {
        await happened(intake, seen, eventFrame.parse(frame));
        return;
      }
      const message = messageFrame.parse(frame);
      if (isAgain(seen, message.body.msgid)) return;
      // Later lines of a conversation correct earlier ones, so they run in order; a pressed card cannot wait.
      await chats.run(spotOf(intake, message.body).chat.id, () => messageWritten(intake, mentions, message));
    } catch (error) {
      await apologise(intake, frame, error);
    }
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

async function apologise(intake: Intake, frame: unknown, error: unknown): Promise<void> {
  intake.log.error({ err: error }, 'a frame could not be handled; it is kept');
  const body = JSON.stringify(frame, (key, value: unknown) => (SECRET.has(key) ? undefined : value));
  await intake.inbox
    .failed(unhandled(PLATFORM, { body, error, at: intake.clock.now() }))
    .catch((cause: unknown) => intake.log.error({ err: cause }, 'it could not be kept either'));
  const who = anybody.safeParse(frame);
  if (who.success) await line(intake, spotOf(intake, who.data.body), 'wecom.failed').catch(() => {});
}

/** Keys and live addresses do not belong on disk. */
const SECRET: ReadonlySet<string> = new Set(['aeskey', 'url', 'response_url', 'req_id']);
