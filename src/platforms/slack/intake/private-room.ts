import { translate } from '../../../i18n/translate.ts';
import type { Room } from '../../../incident/identity.ts';
import type { IncidentState } from '../../../incident/state.ts';
import { Hopeless, type Job } from '../jobs.ts';
import { consoleUrl } from '../messenger.ts';
import { slackError } from '../outcome.ts';
import { channelAnswer, PLATFORM } from '../wire.ts';
import { delivery, type Intake, languageOfRoom } from './context.ts';
import { line, respond } from './reply.ts';

/** Errors after which asking again changes nothing: the app may not, or the workspace forbids it. */
const HOPELESS = new Set(['missing_scope', 'restricted_action', 'no_permission', 'not_allowed_token_type']);

/**
 * Whether an incident needs a private channel: every one does, or it was declared in an open channel and may not stay there.
 */
export function wantsPrivateRoom(state: IncidentState): boolean {
  const { organisation } = state;
  const rooms = roomsHere(state);
  if (rooms.length === 0 || hasOwnRoom(state)) return false;
  if (organisation?.channelPerIncident) return true;
  return organisation?.openChannels === 'private' && rooms.every((room) => room.open);
}

function roomsHere(state: IncidentState): readonly Room[] {
  return Object.values(state.rooms).filter((room) => room.platform === PLATFORM);
}
function hasOwnRoom(state: IncidentState): boolean {
  return roomsHere(state).some((room) => room.insteadOf !== undefined);
}

/**
 * A private channel for one incident: made, its people invited, topic and bookmark set, then added as a room. Every step
 * may be done again: the name of the channel is the incident's id.
 */
export async function openPrivateRoom(intake: Intake, job: Extract<Job, { kind: 'private' }>): Promise<void> {
  const state = await intake.app.state(job.incident, 'api');
  if (!state || hasOwnRoom(state)) return;
  const before = `${PLATFORM}/${intake.directory.team}/${job.channel}`;
  const language = languageOfRoom(intake, job.channel, 'zh-CN');
  const channel = await channelNamed(intake, job.incident.toLowerCase());
  await invite(intake, channel, state);
  await furnish(intake, channel, job.incident, language);
  const room: Room = {
    platform: PLATFORM,
    tenant: intake.directory.team,
    address: channel,
    location: state.rooms[before]?.location ?? 'home',
    language,
    open: false,
    insteadOf: before,
  };
  await intake.directory.refreshChannel(channel);
  const result = await intake.app.submit({
    incident: job.incident,
    intent: { type: 'add_room', room },
    revision: state.version,
    caller: 'api',
    delivery: delivery(`private:${job.incident}`, channel),
  });
  if (result.kind === 'refused') throw new Hopeless(result.refusal.code);
  if (!job.asked) return;
  const { user, thread } = job.asked;
  const handle = { channel: job.channel, thread: thread ?? undefined, user };
  await respond(intake, handle, line('slack.moved', language, { id: job.incident }));
}

async function channelNamed(intake: Intake, name: string): Promise<string> {
  const kept = await intake.kept.get(`private:${name}`);
  if (kept !== null) return kept;
  // A crash after creating leaves a channel of this name behind; it is ours, since the name is the incident's.
  for (const attempt of [name, `${name}-b`, `${name}-c`]) {
    try {
      const answer = await intake.api.call('lookup', 'conversations.create', { name: attempt, is_private: true });
      const { channel } = channelAnswer.parse(answer);
      await intake.kept.put(`private:${name}`, channel.id);
      return channel.id;
    } catch (error) {
      const code = slackError(error);
      if (code !== null && HOPELESS.has(code)) throw new Hopeless(code);
      if (code !== 'name_taken') throw error;
      await intake.directory.loadChannels();
      const own = intake.directory.named(attempt);
      if (own?.is_private && own.is_member) {
        await intake.kept.put(`private:${name}`, own.id);
        return own.id;
      }
    }
  }
  throw new Hopeless('name_taken');
}

const MOST_INVITED = 100;

/** One by one, so that a person who is there already, or may not be invited, does not keep out the others. */
async function invite(intake: Intake, channel: string, state: IncidentState): Promise<void> {
  const users = Object.values(state.people).flatMap(({ account }) =>
    account?.platform === PLATFORM && account.tenant === intake.directory.team ? [account.id] : [],
  );
  for (const user of users.slice(0, MOST_INVITED)) {
    try {
      await intake.api.call('lookup', 'conversations.invite', { channel, users: user });
      intake.directory.seenIn(user, channel);
    } catch (error) {
      const code = slackError(error);
      if (code === null) throw error;
      if (code !== 'already_in_channel') intake.log.warn({ code }, 'somebody could not be invited');
    }
  }
}

/** Topic and bookmark are a help, not a condition. */
async function furnish(intake: Intake, channel: string, incident: string, language: 'en' | 'zh-CN'): Promise<void> {
  if ((await intake.kept.get(`furnished:${channel}`)) !== null) return;
  const link = consoleUrl(intake.publicUrl, incident);
  const title = translate(language, 'slack.private_bookmark', { id: incident });
  const steps: readonly (readonly [string, Record<string, unknown>])[] = [
    ['conversations.setTopic', { channel, topic: translate(language, 'slack.private_topic', { id: incident }) }],
    ...(link === null ? [] : [['bookmarks.add', { channel_id: channel, title, type: 'link', link }] as const]),
  ];
  for (const [method, args] of steps) {
    try {
      await intake.api.call('lookup', method, args);
    } catch (error) {
      intake.log.warn({ code: slackError(error), method }, 'the private channel could not be furnished');
    }
  }
  await intake.kept.put(`furnished:${channel}`, 'done');
}
