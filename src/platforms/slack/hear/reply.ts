import type { KnownBlock, View } from '@slack/types';
import type { Card, ViewRef } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Language } from '../../../incident/identity.ts';
import type { About as AnswerAbout } from '../../../talk/answering.ts';
import { sendAnswer } from '../../../talk/send-answer.ts';
import type { SentAnswer } from '../../../use-cases/notices/sent-messages.ts';
import type { SendOutcome } from '../../../use-cases/ports.ts';
import { outcomeOf } from '../../shared/api-client.ts';
import { drawn } from '../../shared/card-view.ts';
import { LIMITS, PLATFORM } from '../limits.ts';
import { drawing, plain, readBody, viewDrawing } from '../render/draw.ts';
import { plainTwin } from '../render/text.ts';
import { keepValues } from '../render/values.ts';
import { failedOutcome, slackError } from '../send/api.ts';
import { consoleUrl } from '../send/messenger.ts';
import { posted } from '../shapes.ts';
import type { Handle, SlackBot } from './spots.ts';

/** Card for one person: in the acknowledgement, at a response address, or as an ephemeral message. */
export interface Reply {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}
export interface About extends AnswerAbout {
  /** Channel in which a modal was opened; the modal itself belongs to none. */
  readonly channel?: string | undefined;
}

export async function replyOf(bot: SlackBot, card: Card, about: About): Promise<Reply> {
  const { incident, language } = about;
  const [title, summary] = [localise(card.title, language), localise(card.summary, language)];
  // The title begins with the incident, e.g. `INC-2026-0001 · Noted in the record.`
  const named = !incident || title.includes(incident) ? title : `${incident} · ${title}`;
  // The id is already in the title.
  const rest = incident ? summary.replace(`${incident} · `, '') : summary;
  const { text, blocks } = await drawnOf(bot, { ...card, title: { raw: named }, summary: { raw: rest } }, about);
  // Cards of one sentence need no heading.
  const isSentence = card.blocks.every((block) => block.kind === 'actions') && title === summary;
  const actions = blocks.filter((block) => block.type === 'actions');
  return isSentence ? sentence(named, actions) : { text, blocks };
}

/** Draws a card for one person; its button values are on disk before it is shown. `as`: modals have more room. */
export async function drawnOf(
  bot: Pick<SlackBot, 'publicUrl' | 'kept' | 'clock'>,
  card: Card,
  { incident, revision, language }: AnswerAbout,
  as = drawing,
): Promise<Reply> {
  const message = { incident: incident ?? '', card, language, revision, surface: null, ring: false };
  const { text, blocks, kept } = readBody(drawn(message, PLATFORM, as, consoleUrl(bot.publicUrl, incident ?? '')));
  await keepValues(bot, kept);
  return { text, blocks };
}

/** Puts an answer with its buttons before a card. */
export function withSaid(card: Card, said: Card | null): Card {
  return said ? { ...card, blocks: [{ kind: 'note', text: said.summary }, ...said.blocks, ...card.blocks] } : card;
}

export function together(replies: readonly Reply[]): Reply {
  return { text: replies.map(({ text }) => text).join(' '), blocks: replies.flatMap(({ blocks }) => blocks) };
}

/** Returns a reply with one of the bot's own sentences. */
export function line(key: MessageKey, language: Language, params: Readonly<Record<string, string>> = {}): Reply {
  return sentence(translate(language, key, params));
}

export function sentence(text: string, more: readonly KnownBlock[] = []): Reply {
  return { text: plainTwin([text]), blocks: [{ type: 'section', text: plain(text, LIMITS.section.text) }, ...more] };
}

/** Returns an acknowledgement body with a reply only the asking person sees. */
export function ephemeralAck(reply: Reply): Readonly<Record<string, unknown>> {
  return { response_type: 'ephemeral', ...reply };
}

interface Addressed {
  readonly response_url?: string | undefined;
  readonly channel?: { readonly id?: string | undefined } | null | undefined;
  readonly message?: { readonly ts?: string | undefined; readonly thread_ts?: string | undefined } | null | undefined;
  readonly user: { readonly id: string };
}
/** Returns the answer address of a button or shortcut. */
export function handleOf({ response_url: responseUrl, channel, message, user }: Addressed): Handle {
  const thread = message?.thread_ts;
  const isReply = thread !== undefined && thread !== message?.ts;
  return { responseUrl, channel: channel?.id, thread, isReply, user: user.id };
}

export async function show(bot: SlackBot, handle: Handle, card: Card, about: About): Promise<void> {
  await respond(bot, handle, await replyOf(bot, card, about));
}

/** Posts an ephemeral message. A failure is logged and harmless. */
export async function respond(bot: SlackBot, handle: Handle, reply: Reply): Promise<void> {
  const failed = (error: unknown): SendOutcome => failedOutcome(error, bot.clock.now());
  await sendAnswer(bot, () => outcomeOf(answered(bot, handle, reply), failed)).catch((error: unknown) => {
    bot.log.warn({ err: error }, 'a reply was not taken');
  });
}

/** Answers at the address of the act, in the channel, or directly; resolves with the handle if the message stays, else ''. */
async function answered(bot: SlackBot, { thread, user, since, ...handle }: Handle, reply: Reply): Promise<string> {
  if (handle.responseUrl) {
    // The thread is named, or Slack would post into the channel.
    const below = handle.isReply && thread !== undefined ? { thread_ts: thread } : {};
    const answer = { response_type: 'ephemeral', replace_original: false, ...reply, ...below };
    if (await bot.api.respond(handle.responseUrl, answer)) return '';
  }
  // Modals and the Home tab have no channel: the person who pressed a button there gets a direct message.
  const { channel = user } = handle;
  const isAlone = channel === user || channel.startsWith('D');
  if (!isAlone) {
    const message = { channel, user, ...reply, thread_ts: thread };
    const taken = await bot.api.call('chat.postEphemeral', message).catch((error: unknown) => {
      if (slackError(error) === null) throw error;
      return null;
    });
    if (taken !== null) return '';
  }
  const address = isAlone ? channel : user;
  const answer = await bot.api.call('chat.postMessage', { channel: address, ...reply, unfurl_links: false });
  const ref = posted.parse(answer).ts;
  await noteSent(bot, user, { address, ref, holds: reply, since });
  return ref;
}

/** Notes a lasting answer, so that a state-secret stop can remove it. */
export function noteSent(
  bot: SlackBot,
  user: string,
  sent: Pick<SentAnswer, 'address' | 'ref' | 'holds' | 'since'> & { readonly isFile?: boolean },
): Promise<void> {
  const { language } = bot.places.caller({ id: user });
  return bot.app.answered({ platform: PLATFORM, tenant: bot.directory.team, language, isFile: false, ...sent });
}

export const VIEW_CALLBACK = 'view';

/** Draws a card as a modal that stores its view, so that it can be updated after a press. */
export async function cardView(
  bot: SlackBot,
  card: Card,
  about: About,
  shown: ViewRef | null,
  before: readonly string[] = [],
): Promise<View> {
  const notes = before.map((text) => ({ kind: 'note', text: { raw: text } }) as const);
  const { blocks } = await drawnOf(bot, { ...card, blocks: [...notes, ...card.blocks] }, about, viewDrawing);
  const memory = JSON.stringify({ view: shown, channel: about.channel });
  return {
    type: 'modal',
    callback_id: VIEW_CALLBACK,
    title: plain(localise(card.title, about.language), LIMITS.view.title),
    close: plain(translate(about.language, 'slack.close'), LIMITS.view.close),
    blocks: [...blocks],
    ...(memory.length <= LIMITS.view.privateMetadata ? { private_metadata: memory } : {}),
  };
}
