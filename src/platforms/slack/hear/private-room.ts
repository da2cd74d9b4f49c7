import type { Text } from '../../../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../../../conversation/cards/sentence.ts';
import { nameText } from '../../../conversation/cards/situation.ts';
import { answerAction } from '../../../conversation/cards/status-card.ts';
import { formatInstant } from '../../../i18n/format.ts';
import { translate } from '../../../i18n/translate.ts';
import { type Account, type Language, type Room, roomId } from '../../../incident/identity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import { showsAll, visibility } from '../../../incident/visibility.ts';
import type { KeyedText } from '../../../talk/answering.ts';
import { Hopeless } from '../../../talk/jobs.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import type { KeptKey } from '../../../use-cases/ports.ts';
import { cut } from '../../shared/card-text.ts';
import { channelAnswer, PLATFORM } from '../api-shapes.ts';
import { slackError } from '../send/api.ts';
import { consoleUrl } from '../send/messenger.ts';
import { line, respond, show } from './reply.ts';
import {
  callerOf,
  type Handled,
  type Job,
  languageOfRoom,
  NOTHING,
  roomOf,
  type SlackBot,
  type Spot,
} from './spots.ts';

type Bot = Pick<SlackBot, 'api' | 'app' | 'clock' | 'kept' | 'log' | 'surfaces'>;
/** Longest topic that Slack accepts, in characters. */
const TOPIC = 250;
/** Errors that last until the app or channel changes: no retry with the same content. */
const FINAL = new Set([
  'missing_scope',
  'restricted_action',
  'no_permission',
  'not_allowed_token_type',
  'already_pinned',
]);

/**
 * Updates the head of an incident's own channel: its topic has the next deadline, and the status card is pinned. Slack
 * posts a line per topic change, so the topic has no countdown. Failures are only logged.
 */
async function headChannel(bot: Bot, state: IncidentState, room: Room): Promise<void> {
  await setOnce(bot, `topic:${room.address}`, await topicOf(bot, state, room.language), (topic) => [
    'conversations.setTopic',
    { channel: room.address, topic },
  ]);
  const card = await bot.surfaces.get(state.id, roomId(room), 'status');
  if (!card?.ref) return;
  await setOnce(bot, `pinned:${room.address}`, card.ref, (timestamp) => [
    'pins.add',
    { channel: room.address, timestamp },
  ]);
}

async function topicOf(
  { app, clock }: Bot,
  { id, closed, stopped }: IncidentState,
  language: Language,
): Promise<string> {
  const say = (key: Parameters<typeof translate>[1], due = ''): string =>
    cut(translate(language, key, { id, due }), TOPIC);
  if (closed) return say('slack.topic_closed');
  const [row] = stopped ? [] : await app.incidents('api', { open: true, search: id, limit: 1 });
  const due = row?.id === id ? row.nextDue : null;
  if (due === null) return say('slack.private_topic');
  const isLate = Date.parse(due) <= clock.now();
  return say(isLate ? 'slack.topic_overdue' : 'slack.topic_due', formatInstant(due, language, 'short'));
}

/** Makes the call for `content`, unless it was made with the same content last time. */
async function setOnce(
  { api, kept, log }: Bot,
  mark: KeptKey,
  content: string,
  call: (content: string) => readonly [string, Record<string, unknown>],
): Promise<void> {
  if ((await kept.get(mark)) === content) return;
  const [method, args] = call(content);
  try {
    await api.call(method, args);
  } catch (error) {
    const code = slackError(error);
    if (code !== 'already_pinned') log.warn({ code, method }, 'the head of a channel could not be set');
    if (code === null || !FINAL.has(code)) return;
  }
  await kept.put(mark, content);
}

/** Errors after which a retry is useless: the app lacks a scope, or the workspace forbids the call. */
const HOPELESS = new Set(['missing_scope', 'restricted_action', 'no_permission', 'not_allowed_token_type']);

/**
 * Returns true if an incident needs a private channel: if every incident gets one, or if it was declared in an open
 * channel that may not show the content and its lead has no room here that may (rooms abroad do not count).
 */
export function wantsPrivateRoom({ directory }: Pick<SlackBot, 'directory'>, state: IncidentState): boolean {
  // Without a profile no channel withholds content.
  if (!state.organisation || state.stopped) return false;
  const rooms = roomsHere(directory, state);
  if (rooms.length === 0 || ownRoom(directory, state)) return false;
  if (state.organisation.channelPerIncident) return true;
  const lead = leadHere(directory, state);
  const isTheirs = (room: Room): boolean =>
    room.location === 'home' && showsAll(state, room) && (lead === undefined || directory.reads(lead, room.address));
  return openRoom(directory, state) !== undefined && !rooms.some(isTheirs);
}

/** Returns the first open channel of an incident here that withholds its content. */
export function openRoom(directory: Here, state: IncidentState): Room | undefined {
  return roomsHere(directory, state).find((room) => {
    const shown = visibility(state, { kind: 'room', room });
    return shown.show === 'head' && shown.why === 'open';
  });
}

/** Functions that return true for accounts and rooms of our workspace. */
type Here = Pick<SlackBot['directory'], 'knows' | 'isOurs'>;

function leadHere(directory: Here, state: IncidentState): string | undefined {
  const account = state.people[state.lead]?.account;
  return account && directory.knows(account) ? account.id : undefined;
}

function roomsHere(directory: Here, state: IncidentState): readonly Room[] {
  return Object.values(state.rooms).filter((room) => room.platform === PLATFORM && directory.isOurs(room.tenant));
}
/** Returns the channel made for the incident. */
export function ownRoom(directory: Here, state: IncidentState): Room | undefined {
  return roomsHere(directory, state).find((room) => room.insteadOf !== undefined);
}

/**
 * Queues a private channel for an incident declared in an open channel, if its organisation requires privacy. Returns
 * the note to the declarer on the missing card; null if the card is posted automatically.
 */
export async function settleIn(bot: SlackBot, state: IncidentState, { place }: Spot): Promise<KeyedText | null> {
  if (place.kind === 'room' && wantsPrivateRoom(bot, state)) {
    const job = { kind: 'private', incident: state.id, channel: place.room.address } as const;
    await committed(bot.jobs.add(`private:${state.id}`, job));
  }
  const key = noteOn(bot, place);
  if (key === null) return null;
  const { botName } = bot.directory;
  return { key, params: { id: { raw: state.id }, bot: { raw: botName }, command: { raw: bot.config.command } } };
}

function noteOn({ api, directory }: SlackBot, place: Spot['place']) {
  if (place.kind === 'shared') return 'slack.shared_channel';
  if (place.kind === 'direct') return 'slack.no_room';
  const isIn = directory.isIn(place.room.address);
  if (isIn === false) return 'slack.invite';
  return isIn === null || api.isTroubled() ? 'slack.recorded' : null;
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
  if (!state || (!job.asked && !(await stillWanted(bot, state)))) return;
  if (!ownRoom(bot.directory, state))
    await makeRoom(bot, job, state).catch(async (error: unknown) => {
      if (error instanceof Hopeless) await tell(bot, job, state, 'slack.move_failed', { reason: error.message });
      throw error;
    });
  if (job.asked) await tell(bot, job, state, 'slack.moved');
}

/**
 * Returns true if the private channel is still needed. Slack is asked which channels the lead reads; without an answer
 * the channel is created anyway.
 */
async function stillWanted(bot: SlackBot, state: IncidentState): Promise<boolean> {
  const lead = leadHere(bot.directory, state);
  if (lead !== undefined && roomsHere(bot.directory, state).some(({ location }) => location === 'home')) {
    await bot.directory.loadMembership(lead).catch((error: unknown) => {
      bot.log.warn({ code: slackError(error) }, 'the channels of the lead are not known');
    });
  }
  return wantsPrivateRoom(bot, state);
}

/** Writes to the person who requested the channel, or to the lead if nobody requested it. */
async function tell(
  bot: SlackBot,
  { channel, asked }: PrivateJob,
  state: IncidentState,
  key: 'slack.moved' | 'slack.move_failed',
  params: Readonly<Record<string, string>> = {},
): Promise<void> {
  const user = asked?.user ?? leadHere(bot.directory, state);
  if (user === undefined) return;
  const { language } = callerOf(bot, { id: user });
  const said = line(key, language, { id: state.id, ...params });
  await respond(bot, { channel, thread: asked?.thread ?? undefined, user }, said);
}

async function makeRoom(bot: SlackBot, { incident, channel: from }: PrivateJob, state: IncidentState): Promise<void> {
  const before = roomOf(bot, from);
  const { name: _, ...known }: Partial<Room> = state.rooms[before] ?? {};
  const language = known.language ?? languageOfRoom(bot, from) ?? 'zh-CN';
  const address = await channelNamed(bot, incident.toLowerCase(), bot.directory.channel(from)?.context_team_id);
  const room: Room = {
    ...{ location: 'home', ...known, language, address },
    ...{ platform: PLATFORM, tenant: bot.directory.team, open: false, insteadOf: before },
  };
  await invite(bot, room, state);
  await furnish(bot, address, incident, language);
  await bot.directory.refreshChannel(address);
  const name = bot.directory.channel(address)?.name;
  const result = await bot.app.roomMade({
    incident,
    room: { ...room, ...(name ? { name } : {}) },
    delivery: bot.intake.delivery(`private:${incident}`, address),
  });
  if (result.kind === 'refused') throw new Hopeless(result.refusal.code);
  await welcome(bot, result.state);
}

/** `team`: workspace of the organisation in which the channel is created. */
async function channelNamed(bot: SlackBot, name: string, team: string | undefined): Promise<string> {
  const kept = await bot.kept.get(`private:${name}`);
  if (kept !== null) return kept;
  for (const attempt of [name, `${name}-b`, `${name}-c`]) {
    const id = await ownChannel(bot, attempt, team);
    if (id === null) continue;
    await bot.kept.put(`private:${name}`, id);
    return id;
  }
  throw new Hopeless('name_taken');
}

/** Creates a channel, or returns ours of this name that a crash left; null if somebody else has the name. */
async function ownChannel(
  { api, directory }: SlackBot,
  name: string,
  team_id: string | undefined,
): Promise<string | null> {
  try {
    return channelAnswer.parse(await api.call('conversations.create', { name, is_private: true, team_id })).channel.id;
  } catch (error) {
    const code = slackError(error);
    if (code !== null && HOPELESS.has(code)) throw new Hopeless(code);
    if (code !== 'name_taken') throw error;
  }
  await directory.loadChannels();
  const own = directory.named(name);
  return own?.is_private && own.is_member ? own.id : null;
}

/** Invites the current participants to the incident's own channel, nobody twice, and updates its head. */
export async function welcome(bot: SlackBot, state: IncidentState): Promise<void> {
  const room = ownRoom(bot.directory, state);
  if (!room) return;
  if (!state.closed) await invite(bot, room, state);
  await headChannel(bot, state, room);
}

/** Errors about a person who can never be invited. */
const NEVER_INVITED = new Set(['cant_invite', 'cant_invite_self', 'user_disabled', 'user_not_found', 'user_is_bot']);
const INVITED_AGAIN_AFTER = 10 * 60_000;

/** Invites people one by one, so that a member, or a person who may not be invited, does not block the others. */
async function invite(bot: SlackBot, room: Room, state: IncidentState): Promise<void> {
  for (const user of invited(bot, room, state)) {
    const at = `${room.address}/${user}`;
    if (bot.inviting.has(at)) continue;
    bot.inviting.add(at);
    await inviteOne(bot, room, state, user).finally(() => bot.inviting.delete(at));
  }
}

async function inviteOne(bot: SlackBot, { address }: Room, state: IncidentState, user: string): Promise<void> {
  const mark = `invited:${address}/${user}` as const;
  const failed = `uninvited:${address}/${user}` as const;
  // People who left are not invited again.
  if ((await bot.kept.get(mark)) !== null) return;
  const last = await bot.kept.get(failed);
  if (last !== null && Number(last) + INVITED_AGAIN_AFTER > bot.clock.now()) return;
  try {
    await bot.api.call('conversations.invite', { channel: address, users: user });
    bot.directory.seenIn(user, address);
  } catch (error) {
    const code = slackError(error);
    if (code === null) throw error;
    if (code !== 'already_in_channel') {
      bot.log.warn({ code }, 'somebody could not be invited');
      await bot.kept.put(failed, String(bot.clock.now()));
      if (last === null) await tellUninvited(bot, state, user, code);
      if (!NEVER_INVITED.has(code)) return;
    }
  }
  await bot.kept.put(mark, String(bot.clock.now()));
}

/** Informs the person and the lead, once, that the invitation failed, and how to reach the channel's content. */
async function tellUninvited(bot: SlackBot, state: IncidentState, user: string, reason: string): Promise<void> {
  const lead = leadHere(bot.directory, state);
  const person = Object.values(state.people).find(
    ({ account }) => account?.id === user && bot.directory.knows(account),
  );
  const name = person ? nameText(person) : { raw: user };
  for (const told of new Set([user, ...(lead === undefined ? [] : [lead])])) {
    const { language } = callerOf(bot, { id: told });
    const key = told === user ? 'slack.not_invited' : 'slack.not_invited_other';
    const text: Text = { key, params: { id: { raw: state.id }, reason: { raw: reason }, name } };
    const card = sentenceCard(text, told === user ? buttons([answerAction(state)]) : []);
    await show(bot, { user: told }, card, { incident: state.id, revision: state.version, language });
  }
}

/** Returns users to invite; people abroad are not invited to a domestic room, which shows everything. */
function invited({ directory }: SlackBot, room: Room, state: IncidentState): readonly string[] {
  const mayRead = (account: Account): boolean =>
    room.location === 'abroad' || visibility(state, { kind: 'account', account }).show === 'all';
  return Object.values(state.people).flatMap(({ account }) =>
    account?.platform === PLATFORM && directory.serves(account.tenant) && mayRead(account) ? [account.id] : [],
  );
}

/** Sets the channel's bookmark; a failure is only logged. */
async function furnish(bot: SlackBot, channel: string, incident: string, language: 'en' | 'zh-CN'): Promise<void> {
  if ((await bot.kept.get(`furnished:${channel}`)) !== null) return;
  const link = consoleUrl(bot.publicUrl, incident);
  if (link === null) return;
  const title = translate(language, 'slack.private_bookmark', { id: incident });
  await bot.api.call('bookmarks.add', { channel_id: channel, title, type: 'link', link }).catch((error: unknown) => {
    bot.log.warn({ code: slackError(error) }, 'the private channel could not be furnished');
  });
  await bot.kept.put(`furnished:${channel}`, 'done');
}
