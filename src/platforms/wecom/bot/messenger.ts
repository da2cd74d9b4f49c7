import { newsOf } from '../../../conversation/cards/visible-changes.ts';
import type { Account } from '../../../incident/identity.ts';
import type { Renewals } from '../../../talk/renewals.ts';
import type { Messenger, Place, SendOutcome } from '../../../use-cases/ports.ts';
import { compose } from '../cards/compose.ts';
import { messageSchema, type WecomMessage, withoutRevision } from '../cards/task.ts';
import { CARD_LIMITS, PLATFORM } from '../limits.ts';
import { cutBytes } from '../text.ts';
import type { Conversations } from './conversations.ts';
import type { RunningStreams } from './running-streams.ts';
import type { Sender } from './sender.ts';

export interface MessengerDependencies {
  readonly botId: string;
  readonly sender: Pick<Sender, 'push' | 'file'>;
  readonly chats: Pick<Conversations, 'isReachable' | 'isWaiting'>;
  readonly renewals: Renewals;
  readonly streams: Pick<RunningStreams, 'isOpen' | 'remove'>;
}

/** Creates the bot's messenger. Posted cards cannot be edited, found or threaded; a changed card is posted anew. */
export function createMessenger({ botId, sender, chats, renewals, streams }: MessengerDependencies): Messenger {
  /** Sends into a conversation of this bot. */
  const sending = async (
    { tenant }: Place,
    body: string,
    send: (message: WecomMessage) => Promise<SendOutcome>,
  ): Promise<SendOutcome> => {
    if (tenant !== botId) return { kind: 'refused', reason: 'forbidden', detail: 'a room of another bot' };
    const message = messageSchema.parse(JSON.parse(body));
    const outcome = await send(message);
    // A second attempt without an answer counts as sent, because a third could post a third copy.
    return outcome.kind === 'unknown' && message.repeated ? { kind: 'sent', ref: 'unconfirmed' } : outcome;
  };
  const reaches = ({ platform, tenant, id }: Account): boolean =>
    platform === PLATFORM && tenant === botId && chats.isReachable(id);
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(compose(message, { flavour: 'bot' })),
    fingerprint: withoutRevision,
    news: newsOf,
    postsOnce: true,
    renewed: ({ address: chat }, { incident, key: surface }, hash) =>
      renewals.takeMark({ incident, chat, surface }, hash),
    post: (place, body, key) => {
      // Cards that a person waits for may use the quota of answers.
      const isAwaited = key.startsWith('surface:') && chats.isWaiting(place.address);
      const quota = isAwaited ? 'answer' : 'push';
      return sending(place, body, (message) => sender.push(place.address, message, key, quota));
    },
    canSendFile: {
      sendFile: (place, file, body, key) =>
        sending(place, body, (message) => {
          // The text that accompanies a file names it.
          const text = `${message.markdown ?? message.heading}（${file.name}）`;
          const about = { ...message, markdown: cutBytes(text, CARD_LIMITS.bot.markdown) };
          return sender.file(place.address, file, about, key);
        }),
    },
    // Posted cards stay; a running reply can be emptied until it ends.
    canRemove: { reaches: (ref) => streams.isOpen(ref), remove: (_, ref) => streams.remove(ref) },
    canMessagePeople: {
      direct: async (account) => (reaches(account) ? { tenant: botId, address: account.id, thread: null } : null),
      reaches,
    },
  };
}
