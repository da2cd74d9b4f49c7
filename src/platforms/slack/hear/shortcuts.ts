import type { z } from 'zod';
import type { FormRef } from '../../../conversation/cards/card.ts';
import { t } from '../../../conversation/cards/situation.ts';
import { translate } from '../../../i18n/translate.ts';
import { Hopeless } from '../../../talk/jobs.ts';
import { rememberSource } from '../../../talk/sources.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { withTimeout } from '../../shared/with-timeout.ts';
import { SHORTCUTS } from '../setup/manifest.ts';
import { globalShortcut, history, type MessageShortcut, messageShortcut, reactionEvent } from '../shapes.ts';
import { openModal } from './answers.ts';
import { authorOf, filesAsArgument, fileWords, givenFiles, instantOf, permalink, whichIncident } from './material.ts';
import { cardView, handleOf, line, respond, show } from './reply.ts';
import { ACQUAINTED_WITHIN, type Handled, type Job, NOTHING, type SlackBot, type Spot, whoOf } from './spots.ts';
import { wordsOf } from './words.ts';

const TITLE_LENGTH = 120;
const NOTE_LENGTH = 20_000;
/** Maximum number of characters of the message from which an incident is declared. */
const MESSAGE_LENGTH = 1_500;

export function globalShortcutUsed(bot: SlackBot, body: unknown): Handled {
  const p = globalShortcut.parse(body);
  if (p.callback_id !== SHORTCUTS.create) return NOTHING;
  return { after: () => openForm(bot, { form: 'new_incident', args: {} }, spotOf(bot, p)) };
}

/** Handles "New incident from this message" and "Add to incident": the message's text is material, not yet recorded. */
export function messageShortcutUsed(bot: SlackBot, body: unknown): Handled {
  const p = messageShortcut.parse(body);
  const at = spotOf(bot, p);
  if (p.callback_id === SHORTCUTS.createFrom) return { after: () => createFrom(bot, p, at) };
  if (p.callback_id === SHORTCUTS.add) return { after: () => addToIncident(bot, p, at) };
  return NOTHING;
}

function spotOf(bot: SlackBot, p: z.infer<typeof globalShortcut> & Partial<Pick<MessageShortcut, 'channel'>>): Spot {
  const caller = bot.places.caller({ id: p.user.id, ...whoOf(p) });
  return bot.places.in(caller, { ...handleOf(p), trigger: p.trigger_id }, undefined, p.channel?.name);
}

/** Opens a form in a modal; if the message has nothing readable, a line above it says why the field is empty. */
function openForm(bot: SlackBot, form: FormRef, { at, ...spot }: Spot, isReadable = true): Promise<void> {
  const intro = isReadable ? [] : [t('slack.nothing_readable')];
  return bot.intake.look({ ...spot, at: { ...at, intro } }, { kind: 'form', form });
}

/** Returns a message as material for a form. */
async function source(bot: SlackBot, { channel, message }: MessageShortcut) {
  return {
    text: wordsOf(message, bot.directory),
    author: (await withTimeout(bot.clock, ACQUAINTED_WITHIN, authorOf(bot, message))) ?? '',
    link: permalink(bot, channel.id, message.ts),
    ...filesAsArgument(message.files ?? []),
  };
}

async function createFrom(bot: SlackBot, p: MessageShortcut, at: Spot): Promise<void> {
  const { text, ...found } = await source(bot, p);
  const title = [...(text.split('\n')[0] ?? '')].slice(0, TITLE_LENGTH).join('');
  const args = { ...found, title, text: text.slice(0, MESSAGE_LENGTH), at: instantOf(p.message.ts) };
  await openForm(bot, { form: 'new_incident', args }, at, text !== '' || 'files' in found);
}

async function addToIncident(bot: SlackBot, p: MessageShortcut, at: Spot): Promise<void> {
  const { author, text, ...found } = await source(bot, p);
  const { language } = at.caller;
  const words = {
    ...found,
    text: text || fileWords(p.message.files ?? [], language),
    author: author === '' ? 'Slack' : translate(language, 'slack.from_message', { author }),
  };
  const incident = await bot.places.incidentIn(p.channel.id, p.message.thread_ts ?? p.message.ts);
  const isReadable = text !== '' || 'files' in found;
  if (incident !== null) return openForm(bot, { form: 'note', args: { incident, ...words } }, at, isReadable);
  const card = await whichIncident(bot, at.caller, words);
  const about = { incident: null, revision: 0, language, channel: p.channel.id };
  await openModal(bot, at, await cardView(bot, card, about, null));
}

/** Handles a reaction by a job, stored before the acknowledgement, that fetches the message: the event has no text. */
export async function reactionAdded(bot: SlackBot, payload: unknown, team: string): Promise<Handled> {
  const event = reactionEvent.parse(payload);
  const { channel, ts, type } = event.item;
  if (!bot.config.reactions.includes(event.reaction) || type !== 'message') return NOTHING;
  if (channel === undefined || ts === undefined || event.user === bot.directory.botUser) return NOTHING;
  bot.directory.seenIn(event.user, channel);
  await committed(bot.jobs.add(`pin:${channel}:${ts}`, { kind: 'pin', channel, ts, user: event.user, team }));
  return NOTHING;
}

/** Fetches the message and records it in the incident of its thread. */
export async function pinMessage(bot: SlackBot, job: Extract<Job, { kind: 'pin' }>): Promise<void> {
  const { channel, ts, user } = job;
  const answer = await bot.api.call('conversations.replies', { channel, ts, limit: 1, inclusive: true });
  const message = history.parse(answer).messages.find((one) => one.ts === ts);
  if (!message) throw new Hopeless('the message is not there any more');
  // Reactions name the person without their workspace.
  const pinner = bot.directory.people.person(user) ?? (await bot.directory.people.learn(user));
  const caller = bot.places.caller({ id: user, team: job.team });
  bot.directory.seenIn(user, channel);
  const author = await authorOf(bot, message);
  const text = wordsOf(message, bot.directory).slice(0, NOTE_LENGTH);
  const { files = [], thread_ts: thread } = message;
  const link = permalink(bot, channel, ts);
  const handle = { channel, thread, user };
  const say = (key: Parameters<typeof line>[0], id = ''): Promise<void> =>
    respond(bot, handle, line(key, caller.language, { id }));
  const incident = await bot.places.incidentIn(channel, thread ?? ts);
  if (incident === null && !pinner) return say('slack.not_known_yet');
  if (incident === null && (text !== '' || files.length > 0)) {
    const words = { text: text || fileWords(files, caller.language), author, link, ...filesAsArgument(files) };
    const card = await whichIncident(bot, caller, words);
    return show(bot, handle, card, { incident: null, revision: 0, language: caller.language });
  }
  if (incident === null) return say('slack.nothing_readable');
  const given = givenFiles(files, caller, handle);
  const spot = { caller, place: { kind: 'direct', room: null }, at: handle } as const;
  if (given.length > 0) await bot.intake.give(spot, { key: `pin:${channel}:${ts}`, files: given, about: incident });
  if (text === '') {
    await rememberSource(bot.kept, link, incident);
    return files.length > 0 ? undefined : say('slack.nothing_readable');
  }
  const written = author === '' ? {} : { author: author.slice(0, 200) };
  const state = await bot.app.state(incident, caller);
  const result = await bot.app.submit({
    incident,
    intent: { type: 'add_note', text, happenedAt: instantOf(ts), link, ...written },
    revision: state?.version ?? 0,
    caller,
    // The key gives one note per message, however many people pin it.
    delivery: bot.intake.delivery(`pin:${channel}:${ts}`, ts),
  });
  if (result.kind === 'refused') {
    const about = { incident, revision: state?.version ?? 0, language: caller.language };
    return show(bot, handle, bot.explain(result.refusal, result.state), about);
  }
  await rememberSource(bot.kept, link, incident);
  if (!result.replayed) await say('slack.pinned', incident);
}
