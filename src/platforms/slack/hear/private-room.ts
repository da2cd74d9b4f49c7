import { buttons, sentenceCard } from '../../../conversation/cards/sentence.ts';
import { nameText, t } from '../../../conversation/cards/situation.ts';
import { answerAction } from '../../../conversation/cards/status-card.ts';
import { formatInstant } from '../../../i18n/format.ts';
import type { MessageKey } from '../../../i18n/keys.ts';
import { translate } from '../../../i18n/translate.ts';
import { type Language, type Room, roomId } from '../../../incident/identity.ts';
import { invitedTo, roomsHere } from '../../../incident/own-room.ts';
import { roomFromId } from '../../../incident/rooms.ts';
import type { IncidentState } from '../../../incident/state.ts';
import type { KeyedText } from '../../../talk/answering.ts';
import { Hopeless } from '../../../talk/jobs.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import type { KeptKey } from '../../../use-cases/ports.ts';
import { cut } from '../../shared/card-text.ts';
import { PLATFORM } from '../limits.ts';
import { slackError } from '../send/api.ts';
import { consoleUrl } from '../send/messenger.ts';
import { channelAnswer } from '../shapes.ts';
import { line, respond, show } from './reply.ts';
import { type Handled, type Job, NOTHING, type SlackBot, type Spot } from './spots.ts';

/** Longest topic that Slack accepts, in characters. */
const TOPIC = 250;
/** Errors after which a retry is useless: the app lacks a scope, or the workspace forbids the call. */
const HOPELESS = new Set(['missing_scope', 'restricted_action', 'no_permission', 'not_allowed_token_type']);

/**
 * Queues a private channel for an incident declared in an open channel, if its organisation requires privacy. Returns
 * the note to the declarer on the missing card; null if the card is posted automatically.
 */
export async function settleIn(bot: SlackBot, state: IncidentState, { place }: Spot): Promise<KeyedText | null> {
  if (place.kind === 'room' && state.organisation && roomsHere(bot.directory, state).isWanted) {
    const job = { kind: 'private', incident: state.id, channel: place.room.address } as const;
    await committed(bot.jobs.add(`private:${state.id}`, job));
  }
  const { api, directory, config } = bot;
  const noted = (key: KeyedText['key']): KeyedText => ({
    ...{ key, params: { id: { raw: state.id }, bot: { raw: directory.botName }, command: { raw: config.command } } },
  });
  if (place.kind === 'shared') return noted('slack.shared_channel');
  if (place.kind === 'direct') return noted('slack.no_room');
  const isIn = directory.isIn(place.room.address);
  if (isIn === false) return noted('slack.invite');
  return isIn === null || api.isTroubled() ? noted('slack.recorded') : null;
}

/** Maximum number of open incidents whose channels are compared in one round. */
const LOOKED_AT = 200;

/** Queues private channels that incidents still lack, and invites people who joined elsewhere than in Slack. */
export async function renewPrivateRooms(bot: SlackBot): Promise<void> {
  for (const { incident, room } of await bot.threads.open(bot.directory.place, LOOKED_AT)) {
    const state = await bot.app.state(incident, 'api');
    if (!state) continue;
    await welcome(bot, state);
    const { open, isWanted } = roomsHere(bot.directory, state);
    if (!isWanted) continue;
    const channel = open?.address ?? roomFromId(room).address;
    await bot.jobs.add(`private:${incident}`, { kind: 'private', incident, channel });
  }
}

/** Handles [Move to a private channel] as a job, because Slack must create the channel. */
export async function moveAsked(bot: SlackBot, { caller, at }: Spot, incident: string): Promise<Handled> {
  const state = await bot.app.state(incident, caller);
  if (!state || at.channel === undefined) return NOTHING;
  const asked = { user: caller.account.id, thread: at.thread ?? null };
  await committed(bot.jobs.add(`private:${incident}`, { kind: 'private', incident, channel: at.channel, asked }));
  return NOTHING;
}

type PrivateJob = Extract<Job, { kind: 'private' }>;

/**
 * Opens a private channel for one incident: creates it, invites people, sets a bookmark, then adds it as a room with a
 * topic. Every step can be repeated, because the incident's id is the channel's name.
 */
export async function openPrivateRoom(bot: SlackBot, job: PrivateJob): Promise<void> {
  const state = await bot.app.state(job.incident, 'api');
  if (!state) return;
  const { lead, rooms, own } = roomsHere(bot.directory, state);
  const isNearLead = rooms.some(({ location }) => location === 'home');
  // Slack is asked which channels the lead reads; without an answer the channel is created anyway.
  if (!job.asked && lead !== undefined && isNearLead)
    await bot.directory.loadMembership(lead).catch((error: unknown) => {
      bot.log.warn({ code: slackError(error) }, 'the channels of the lead are not known');
    });
  if (!job.asked && !roomsHere(bot.directory, state).isWanted) return;
  if (!own)
    await makeRoom(bot, job, state).catch(async (error: unknown) => {
      if (error instanceof Hopeless) await tell(bot, job, state, error.message);
      throw error;
    });
  if (job.asked) await tell(bot, job, state, null);
}

/** Writes to the person who requested the channel, or to the lead if nobody requested it. */
async function tell(
  bot: SlackBot,
  { channel, asked }: PrivateJob,
  state: IncidentState,
  failure: string | null,
): Promise<void> {
  const user = asked?.user ?? roomsHere(bot.directory, state).lead;
  if (user === undefined) return;
  const key = failure === null ? 'slack.moved' : 'slack.move_failed';
  const said = line(key, bot.places.caller({ id: user }).language, { id: state.id, reason: failure ?? '' });
  await respond(bot, { channel, thread: asked?.thread ?? undefined, user }, said);
}

async function makeRoom(bot: SlackBot, { incident, channel: from }: PrivateJob, state: IncidentState): Promise<void> {
  const before = bot.directory.room(from);
  const { name: _, ...known }: Partial<Room> = state.rooms[before] ?? {};
  const language = known.language ?? bot.places.languageOf(from) ?? 'zh-CN';
  const address = await channelNamed(bot, incident.toLowerCase(), bot.directory.channel(from)?.context_team_id);
  const room: Room = {
    ...{ location: 'home', ...known, language, address },
    ...{ platform: PLATFORM, tenant: bot.directory.team, open: false, insteadOf: before },
  };
  await invite(bot, room, state);
  const link = consoleUrl(bot.publicUrl, incident);
  const title = translate(language, 'slack.private_bookmark', { id: incident });
  const bookmark = { channel_id: address, title, type: 'link', link };
  if (link !== null) await setOnce(bot, `furnished:${address}`, 'done', 'bookmarks.add', bookmark);
  await bot.directory.refreshChannel(address);
  const name = bot.directory.channel(address)?.name;
  const delivery = bot.intake.delivery(`private:${incident}`, address);
  const result = await bot.app.roomMade({ incident, room: { ...room, ...(name ? { name } : {}) }, delivery });
  if (result.kind === 'refused') throw new Hopeless(result.refusal.code);
  await welcome(bot, result.state);
}

/** Returns the incident's channel, created once; `team_id`: workspace of the organisation in which it is created. */
async function channelNamed(bot: SlackBot, wanted: string, team_id: string | undefined): Promise<string> {
  const { api, directory, kept } = bot;
  const before = await kept.get(`private:${wanted}`);
  if (before !== null) return before;
  for (const name of [wanted, `${wanted}-b`, `${wanted}-c`]) {
    const answer = await api
      .call('conversations.create', { name, is_private: true, team_id })
      .catch(async (error: unknown) => {
        const code = slackError(error);
        if (code !== null && HOPELESS.has(code)) throw new Hopeless(code);
        if (code !== 'name_taken') throw error;
        // A crash may have left our channel of this name.
        await directory.loadChannels();
        const own = directory.named(name);
        return own?.is_private && own.is_member ? { channel: own } : null;
      });
    if (answer === null) continue;
    const { id } = channelAnswer.parse(answer).channel;
    await kept.put(`private:${wanted}`, id);
    return id;
  }
  throw new Hopeless('name_taken');
}

/** Invites the current participants to the incident's own channel, nobody twice, and updates its head. */
export async function welcome(bot: SlackBot, state: IncidentState): Promise<void> {
  const room = roomsHere(bot.directory, state).own;
  if (!room) return;
  if (!state.closed) await invite(bot, room, state);
  await headChannel(bot, state, room);
}

/** Errors about a person who can never be invited. */
const NEVER_INVITED = new Set(['cant_invite', 'cant_invite_self', 'user_disabled', 'user_not_found', 'user_is_bot']);
const INVITED_AGAIN_AFTER = 10 * 60_000;

/** Invites people one by one, so that a member, or a person who may not be invited, does not block the others. */
async function invite(bot: SlackBot, room: Room, state: IncidentState): Promise<void> {
  const { address } = room;
  for (const { id } of invitedTo(bot.directory, room, state))
    await bot.conversations.run(`invite:${address}/${id}`, () => inviteOne(bot, address, state, id));
}

async function inviteOne(bot: SlackBot, address: string, state: IncidentState, user: string): Promise<void> {
  const { kept, clock, directory, api } = bot;
  const mark = `invited:${address}/${user}` as const;
  const failed = `uninvited:${address}/${user}` as const;
  // People who left are not invited again.
  if ((await kept.get(mark)) !== null) return;
  const last = await kept.get(failed);
  if (last !== null && Number(last) + INVITED_AGAIN_AFTER > clock.now()) return;
  try {
    await api.call('conversations.invite', { channel: address, users: user });
    directory.seenIn(user, address);
  } catch (error) {
    const code = slackError(error);
    if (code === null) throw error;
    if (code !== 'already_in_channel') {
      bot.log.warn({ code }, 'somebody could not be invited');
      await kept.put(failed, String(clock.now()));
      if (last === null) await tellUninvited(bot, state, user, code);
      if (!NEVER_INVITED.has(code)) return;
    }
  }
  await kept.put(mark, String(clock.now()));
}

/** Informs the person and the lead, once, that the invitation failed, and how to reach the channel's content. */
async function tellUninvited(bot: SlackBot, state: IncidentState, user: string, reason: string): Promise<void> {
  const { id, people, version: revision } = state;
  const person = Object.values(people).find(({ account }) => account?.id === user && bot.directory.knows(account));
  const params = { id: { raw: id }, reason: { raw: reason }, name: person ? nameText(person) : { raw: user } };
  for (const told of new Set([user, roomsHere(bot.directory, state).lead ?? user])) {
    const { language } = bot.places.caller({ id: told });
    const isOther = told !== user;
    const text = t(isOther ? 'slack.not_invited_other' : 'slack.not_invited', params);
    const card = sentenceCard(text, isOther ? [] : buttons([answerAction(state)]));
    await show(bot, { user: told }, card, { incident: id, revision, language });
  }
}

/**
 * Updates the head of an incident's own channel: its topic has the next deadline, and the status card is pinned. Slack
 * posts a line per topic change, so the topic has no countdown. Failures are only logged.
 */
async function headChannel(bot: SlackBot, state: IncidentState, { address, ...room }: Room): Promise<void> {
  const topic = await topicOf(bot, state, room.language);
  await setOnce(bot, `topic:${address}`, topic, 'conversations.setTopic', { channel: address, topic });
  const card = await bot.surfaces.get(state.id, roomId({ ...room, address }), 'status');
  if (!card?.ref) return;
  await setOnce(bot, `pinned:${address}`, card.ref, 'pins.add', { channel: address, timestamp: card.ref });
}

async function topicOf(
  { app, clock }: SlackBot,
  { id, closed, stopped }: IncidentState,
  language: Language,
): Promise<string> {
  const say = (key: MessageKey, due = ''): string => cut(translate(language, key, { id, due }), TOPIC);
  if (closed) return say('slack.topic_closed');
  const [row] = stopped ? [] : await app.incidents('api', { open: true, search: id, limit: 1 });
  const due = row?.id === id ? row.nextDue : null;
  if (due === null) return say('slack.private_topic');
  const isLate = Date.parse(due) <= clock.now();
  return say(isLate ? 'slack.topic_overdue' : 'slack.topic_due', formatInstant(due, language, 'short'));
}

/** Makes the call that sets `content`, unless it was made with the same content last time; a failure is only logged. */
async function setOnce(
  { api, kept, log }: SlackBot,
  mark: KeptKey,
  content: string,
  ...[method, args]: Parameters<SlackBot['api']['call']>
): Promise<void> {
  if ((await kept.get(mark)) === content) return;
  try {
    await api.call(method, args);
  } catch (error) {
    const code = slackError(error);
    const isPinned = code === 'already_pinned';
    if (!isPinned) log.warn({ code, method }, 'the head of a channel could not be set');
    if (!isPinned && (code === null || !HOPELESS.has(code))) return;
  }
  await kept.put(mark, content);
}
