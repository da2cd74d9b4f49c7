import { newsOf } from '../../../conversation/cards/visible-changes.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Account } from '../../../incident/identity.ts';
import type { Renewals } from '../../../talk/renewals.ts';
import type { KeptValues, Messenger, Place, SendOutcome } from '../../../use-cases/ports.ts';
import { compose } from '../cards/compose.ts';
import { messageSchema, type WecomMessage, withoutRevision } from '../cards/task.ts';
import { CARD_LIMITS, PLATFORM } from '../limits.ts';
import { cut, cutBytes } from '../text/cut.ts';
import type { Conversations } from './conversations.ts';
import type { RunningStreams } from './running-streams.ts';
import type { Sender } from './sender.ts';

export interface MessengerDependencies {
  readonly botId: string;
  readonly sender: Pick<Sender, 'push' | 'file'>;
  readonly chats: Pick<Conversations, 'isReachable' | 'isWaiting'>;
  readonly kept: KeptValues;
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
    post: (place, body, key) => post(deps, place, body, key),
    canSendFile: {
      sendFile: async (place, file, body, key) => {
        if (place.tenant !== deps.botId) return elsewhere;
        const message = readBody(body);
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

function readBody(body: string): WecomMessage {
  return messageSchema.parse(JSON.parse(body));
}

async function post(deps: MessengerDependencies, place: Place, body: string, key: string): Promise<SendOutcome> {
  if (place.tenant !== deps.botId) return elsewhere;
  const message = readBody(body);
  if (!key.startsWith('surface:')) return settled(message, await deps.sender.push(place.address, message, key));
  return postSurface(deps, place, message, key);
}

/**
 * Posts a surface. A notice has its state in the outbox before it is sent; a surface is stored only once it is posted.
 * Each attempt is therefore recorded first: after a crash in between a surface is posted at most twice, and the second
 * post is marked.
 */
async function postSurface(
  { sender, chats, kept, renewals }: MessengerDependencies,
  place: Place,
  message: WecomMessage,
  key: string,
): Promise<SendOutcome> {
  // The key ends with the hash of the content.
  const end = key.lastIndexOf(':');
  const content = key.slice(end + 1);
  const mark = `sending:${key.slice(0, end)}` as const;
  const about = { incident: message.incident, chat: place.address, surface: message.surface ?? '' };
  const renewal = await renewals.takeMark(about, content);
  if (renewal === 'shown') return { kind: 'sent', ref: 'renewed' };
  const before = await kept.get(mark);
  const again = renewal === 'tried' || before === content;
  if (!again) await kept.put(mark, content);
  const sent = again ? marked(message) : message;
  // Cards that a person waits for may use the quota of answers.
  const quota = chats.isWaiting(place.address) ? 'answer' : 'push';
  const outcome = settled(sent, await sender.push(place.address, sent, key, quota));
  // After a refusal the mark of the earlier attempt is restored: only that attempt's content can be visible.
  if (outcome.kind === 'refused' && !again) await (before === null ? kept.remove(mark) : kept.put(mark, before));
  return outcome;
}

/** Counts a second attempt without an answer as sent, with the ref `unconfirmed`: a third could post a third copy. */
function settled(message: WecomMessage, outcome: SendOutcome): SendOutcome {
  return outcome.kind === 'unknown' && message.repeated ? { kind: 'sent', ref: 'unconfirmed' } : outcome;
}

/** Returns the message marked as a possible repetition. */
function marked(message: WecomMessage): WecomMessage {
  const note = translate(message.language, 'remind.repeated');
  const limits = CARD_LIMITS.bot;
  const again = { ...message, repeated: true };
  const { card, markdown } = message;
  if (markdown !== null) return { ...again, markdown: cutBytes(`${markdown}\n${note}`, limits.markdown) };
  if (card?.card_type === 'button_interaction') {
    const sub_title_text = cut([note, card.sub_title_text ?? ''].join('\n').trim(), limits.subtitle);
    return { ...again, card: { ...card, sub_title_text } };
  }
  if (!card) return again;
  const desc = cut(`${note}${card.main_title.desc ?? ''}`, limits.description);
  return { ...again, card: { ...card, main_title: { ...card.main_title, desc } } };
}

function directPlace({ botId, chats }: MessengerDependencies, account: Account): Place | null {
  if (account.platform !== PLATFORM || account.tenant !== botId || !chats.isReachable(account.id)) return null;
  return { tenant: botId, address: account.id, thread: null };
}
