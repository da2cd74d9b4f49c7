import { newsOf } from '../../../conversation/cards/visible-changes.ts';
import type { Account } from '../../../incident/identity.ts';
import type { Renewals } from '../../../talk/renewals.ts';
import type { Messenger, Place, SendOutcome } from '../../../use-cases/ports.ts';
import { compose } from '../cards/compose.ts';
import { messageSchema, type WecomMessage, withoutRevision } from '../cards/task.ts';
import { CARD_LIMITS, PLATFORM } from '../limits.ts';
import { cutBytes } from '../text/cut.ts';
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
export function createMessenger(deps: MessengerDependencies): Messenger {
  return {
    platform: PLATFORM,
    render: (message) => JSON.stringify(compose(message, { flavour: 'bot' })),
    fingerprint: withoutRevision,
    news: newsOf,
    postsOnce: true,
    renewed: ({ address: chat }, { incident, key: surface }, hash) =>
      deps.renewals.takeMark({ incident, chat, surface }, hash),
    post: (place, body, key) => post(deps, place, body, key),
    canSendFile: {
      sendFile: async (place, file, body, key) => {
        if (place.tenant !== deps.botId) return elsewhere;
        const message = messageSchema.parse(JSON.parse(body));
        // The text that accompanies a file names it.
        const text = `${message.markdown ?? message.heading}（${file.name}）`;
        const about = { ...message, markdown: cutBytes(text, CARD_LIMITS.bot.markdown) };
        return settled(message, await deps.sender.file(place.address, file, about, key));
      },
    },
    // Posted cards stay; a running reply can be emptied until it ends.
    canRemove: {
      reaches: (ref) => deps.streams.isOpen(ref),
      remove: (_, ref) => deps.streams.remove(ref),
    },
    canMessagePeople: {
      direct: async (account) => directPlace(deps, account),
      reaches: (account) => directPlace(deps, account) !== null,
    },
  };
}

const elsewhere: SendOutcome = { kind: 'refused', reason: 'forbidden', detail: 'a room of another bot' };

async function post(deps: MessengerDependencies, place: Place, body: string, key: string): Promise<SendOutcome> {
  if (place.tenant !== deps.botId) return elsewhere;
  const message = messageSchema.parse(JSON.parse(body));
  // Cards that a person waits for may use the quota of answers.
  const isAwaited = key.startsWith('surface:') && deps.chats.isWaiting(place.address);
  const outcome = await deps.sender.push(place.address, message, key, isAwaited ? 'answer' : 'push');
  return settled(message, outcome);
}

/** Counts a second attempt without an answer as sent, with the ref `unconfirmed`: a third could post a third copy. */
function settled(message: WecomMessage, outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'unknown' && message.repeated ? { kind: 'sent', ref: 'unconfirmed' } : outcome;
}

function directPlace({ botId, chats }: MessengerDependencies, account: Account): Place | null {
  if (account.platform !== PLATFORM || account.tenant !== botId || !chats.isReachable(account.id)) return null;
  return { tenant: botId, address: account.id, thread: null };
}
