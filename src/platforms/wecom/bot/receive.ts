import { z } from 'zod';
import type { Action } from '../../../conversation/cards/card.ts';
import { InOrder } from '../../../talk/in-order.ts';
import { keptIfFailed } from '../../../talk/keep-failed.ts';
import { NotCommitted } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../limits.ts';
import { cardPressed } from './intake/clicks.ts';
import { composed, IN_PLACE, type Intake, line, sentence, spotOf } from './intake/context.ts';
import { type EventFrame, eventFrame, messageFrame } from './intake/frames.ts';
import type { Mentions } from './intake/mention.ts';
import { messageWritten } from './intake/messages.ts';

export type Receive = (kind: 'message' | 'event', frame: unknown) => void;

const MOST_SEEN = 5_000;
const anybody = z.object({
  body: messageFrame.shape.body.pick({ msgid: true, chatid: true, chattype: true, from: true }),
});
/** Keys and live addresses do not belong on disk. */
const secrets: ReadonlySet<string> = new Set(['aeskey', 'url', 'response_url', 'req_id']);

/** Handles frames safely, never rejecting: one that cannot be handled is kept for the operator, and the person gets a message. */
export function createReceive(intake: Intake, mentions: Mentions) {
  const seen = new Set<string>();
  const chats = new InOrder();
  const handle = async (kind: 'message' | 'event', frame: unknown): Promise<void> => {
    if (kind === 'event') {
      const event = eventFrame.parse(frame);
      return isAgain(seen, event.body.msgid) ? undefined : happened(intake, event);
    }
    const message = messageFrame.parse(frame);
    if (isAgain(seen, message.body.msgid)) return;
    // Later lines of a conversation correct earlier ones, so they run in order; a pressed card cannot wait.
    await chats.run(spotOf(intake, message.body).chat.id, () => messageWritten(intake, mentions, message));
  };
  return async (...[kind, frame]: Parameters<Receive>): Promise<void> => {
    const apologise = async (): Promise<void> => {
      const who = anybody.safeParse(frame);
      if (who.success) await line(intake, spotOf(intake, who.data.body), 'wecom.failed').catch(() => {});
    };
    const payload = {
      ...{ platform: PLATFORM, body: frame, secrets, apologise },
      handle: () =>
        handle(kind, frame).catch((error: unknown) => {
          // WeCom delivers nothing again, so what cannot be committed is kept as well.
          throw error instanceof NotCommitted ? error.cause : error;
        }),
    };
    await keptIfFailed(intake, payload).catch(apologise);
  };
}

async function happened(intake: Intake, frame: EventFrame): Promise<void> {
  const { eventtype } = frame.body.event;
  if (eventtype === 'enter_chat') return entered(intake, frame);
  if (eventtype !== 'template_card_event') return;
  const spot = spotOf(intake, frame.body);
  // The presser is known at once and stored beside; the card has five seconds.
  await Promise.all([intake.chats.seen(spot.chat, spot.caller.account.id), cardPressed(intake, frame)]);
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

/** Somebody opens the conversation: what this is and where to begin. WeCom takes the answer for five seconds. */
async function entered(intake: Intake, { headers, body }: EventFrame): Promise<void> {
  const card = sentence({ key: 'wecom.welcome_title' }, WAYS_IN, [{ key: 'wecom.welcome' }]);
  await intake.sender.welcome(headers.req_id, composed(spotOf(intake, body), card, { incident: null }, IN_PLACE));
}

/** Returns true for a repeated delivery: its changes are keyed on disk, its replies by this. */
function isAgain(seen: Set<string>, id: string): boolean {
  if (seen.has(id)) return true;
  seen.add(id);
  const [oldest] = seen;
  if (seen.size > MOST_SEEN && oldest !== undefined) seen.delete(oldest);
  return false;
}
