import type { Action, Card, Text } from '../../../../conversation/cards/card.ts';
import { buttons, noteBlock, sentenceCard } from '../../../../conversation/cards/sentence.ts';
import type { MessageKey } from '../../../../i18n/keys.ts';
import type { Language, Room } from '../../../../incident/identity.ts';
import type { Core } from '../../../../talk/acts.ts';
import type { InOrder } from '../../../../talk/in-order.ts';
import type { Intake, Spot as SpotOf } from '../../../../talk/intake-options.ts';
import type { Renewals } from '../../../../talk/renewals.ts';
import { sendAnswer } from '../../../../talk/send-answer.ts';
import type { SentAnswer } from '../../../../use-cases/notices/sent-messages.ts';
import type { SendOutcome } from '../../../../use-cases/ports.ts';
import type { PlatformNeeds } from '../../../description.ts';
import type { People } from '../../../shared/people.ts';
import { directRoom, groupRoom } from '../../../shared/rooms.ts';
import { type ComposeOptions, compose } from '../../cards/compose.ts';
import type { Tasks, WecomMessage } from '../../cards/task.ts';
import { PLATFORM } from '../../limits.ts';
import type { Chat, Conversations } from '../conversations.ts';
import type { RunningStreams } from '../running-streams.ts';
import type { Sender } from '../sender.ts';
import type { GivenFile } from './evidence.ts';
import type { MessageFrame } from './frames.ts';
import type { Pressed } from './presses.ts';

type Needed = 'profile' | 'links' | 'clock' | 'ids' | 'log' | 'kept' | 'inbox' | 'tell' | 'alarm' | 'returned';
/** Parts that the program gives the bot. */
export interface BotNeeds extends Pick<PlatformNeeds, Needed | 'formSecret'> {
  readonly config: Pick<PlatformNeeds['config'], 'proxy' | 'publicUrl'>;
}

/** Dependencies available to every handler. */
export interface WecomBot extends Core, Pick<BotNeeds, Needed> {
  readonly intake: Intake<GivenFile, BotAt>;
  readonly botId: string;
  readonly chats: Conversations;
  readonly people: People;
  readonly sender: Sender;
  readonly tasks: Tasks;
  readonly renewals: Renewals;
  readonly streams: RunningStreams;
  /** Address and secret of links to forms, sent in direct messages. Null without a public address. */
  readonly pages: { readonly publicUrl: string; readonly secret: string } | null;
  /** Queue of presses, in order within each card. */
  readonly presses: InOrder;
}

/** Conversation of the act and of its answers. */
export interface BotAt {
  /** Id of the message or press. */
  readonly act: string;
  readonly chat: Chat;
  readonly room: Room;
  /** Language of the answer: in a group that of the room, readable by all, otherwise the person's. */
  readonly language: Language;
  /** Handle of the frame, valid for one reply or stream. */
  readonly request?: string;
  /** Pressed card, which can be changed for five seconds. */
  readonly pressed?: Pressed;
}
/** Person and chat of a message. */
export type Spot = SpotOf<BotAt>;

/** Author and conversation of a frame. */
type From = Pick<MessageFrame['body'], 'msgid' | 'chatid' | 'chattype' | 'from'>;

export function chatOf({ chatid, chattype, from: { userid } }: Omit<From, 'msgid'>): Chat {
  const group = chattype === 'group' ? chatid : undefined;
  return group === undefined ? { id: userid, kind: 'single' } : { id: group, kind: 'group' };
}

export function spotOf(bot: WecomBot, from: From): Spot {
  const chat = chatOf(from);
  const isGroup = chat.kind === 'group';
  // Only the frame identifies the person. WeCom gives no names, so the name is that of the profile, or the id.
  const caller = bot.people.caller(from.from.userid);
  // Only members read a conversation, so a room is open only if the profile says so.
  const group = { platform: PLATFORM, tenant: bot.botId, address: chat.id, open: false };
  const room = isGroup ? groupRoom(bot.profile(), group) : directRoom(caller, bot);
  // The rights of a group's members count in a group, the person's own in a direct conversation.
  return {
    place: { kind: isGroup ? 'room' : 'direct', room },
    at: { act: from.msgid, chat, room, language: isGroup ? room.language : caller.language },
    caller: isGroup ? { ...caller, room, aloud: true } : { ...caller, room: null },
  };
}

/** Returns the direct conversation with a person who acts in a group; null elsewhere, or if the bot may not write. */
export function aloneOf(bot: WecomBot, spot: Spot): Spot | null {
  const { id } = spot.caller.account;
  return spot.at.chat.kind === 'single' || !bot.chats.isReachable(id) ? null : directSpot(bot, id, spot.at.act);
}

/** Returns the direct conversation with a person; `act`: id of their message or press. */
export function directSpot(bot: WecomBot, userid: string, act = ''): Spot {
  return spotOf(bot, { msgid: act, chattype: 'single', from: { userid } });
}

export function sentence(text: Text, actions: readonly Action[] = [], notes: readonly Text[] = []): Card {
  return sentenceCard(text, [...notes.map(noteBlock), ...buttons(actions)]);
}

export interface About {
  /** Incident id; null or '' for none. */
  readonly incident: string | null;
  readonly revision?: number;
  readonly surface?: string | null;
}
const BOT: ComposeOptions = { flavour: 'bot' };
/** Options for a card that replaces the pressed one: no text can be sent before it. */
export const IN_PLACE: ComposeOptions = { flavour: 'bot', inPlace: true };

/** Options for a text in place of a card, if all its button effects can be typed. */
export const IN_WORDS: ComposeOptions = { flavour: 'bot', full: true, inWords: true };

/** Composes a card in the language of its conversation; by default as a posted card, which may be shortened. */
export function composed(spot: Pick<Spot, 'at'>, card: Card, about: About, options = BOT): WecomMessage {
  const { incident, revision = 0, surface = null } = about;
  return compose({ incident: incident ?? '', card, language: spot.at.language, revision, surface }, options);
}

/**
 * Sends a card to a conversation, once; a loss is harmless. The use cases have already removed content that may not be
 * shown there. Returns false if it was not accepted at once.
 */
export function say(bot: WecomBot, spot: Spot, card: Card, about: About): Promise<boolean> {
  const full = about.surface !== 'status' && about.surface !== 'question';
  return sent(bot, spot, composed(spot, card, about, { ...BOT, full }));
}

/** Sends a composed message once; returns false if it was not accepted at once. */
export async function sent(bot: WecomBot, spot: Spot, message: WecomMessage): Promise<boolean> {
  const key = `say:${bot.ids.next()}`;
  const { request, chat } = spot.at;
  const send = async (): Promise<SendOutcome> => {
    const outcome = await bot.sender.push(chat.id, message, key, 'answer', request);
    if (outcome.kind === 'sent')
      await bot.app.answered(answerAt(bot, spot, { ref: outcome.ref, holds: message, isFile: false }));
    return outcome;
  };
  const taken = sendAnswer({ ...bot, after: bot.intake.after }, send);
  return taken.then(
    (ref) => ref !== null,
    (error: unknown) => {
      bot.log.warn({ err: error }, 'an answer was not taken');
      return false;
    },
  );
}

/** Returns the note of a sent answer, by default in the spot's chat. WeCom removes none, so a stop only counts it. */
export function answerAt(
  { botId }: Pick<WecomBot, 'botId'>,
  { at: { chat, language } }: Pick<Spot, 'at'>,
  sent: Pick<SentAnswer, 'ref' | 'holds' | 'isFile'> & { readonly address?: string },
): SentAnswer {
  return { platform: PLATFORM, tenant: botId, address: chat.id, language, ...sent };
}

/** Sends one of the bot's own sentences. */
export async function line(
  bot: WecomBot,
  spot: Spot,
  key: MessageKey,
  params: Readonly<Record<string, Text | string | number>> = {},
  incident: string | null = null,
): Promise<void> {
  await say(bot, spot, sentence({ key, params }), { incident });
}
