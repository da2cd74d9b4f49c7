import { translate } from '../../../i18n/translate.ts';
import { roomId } from '../../../incident/identity.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-doors.ts';
import { PLATFORM } from '../api-shapes.ts';
import { answerTo, reads } from './commands.ts';
import {
  acquainted,
  authorship,
  callerOf,
  delivery,
  type Handled,
  type Intake,
  incidentIn,
  languageOfRoom,
  NOTHING,
  placeOf,
  rootKey,
  spokenIn,
  teamOf,
  whereabouts,
} from './context.ts';
import { fileNames, filesAsArgument, fileWords, keepFiles } from './files.ts';
import { quietOffer } from './offer.ts';
import type { ChangedEvent, DeletedEvent, MessageEvent } from './payloads.ts';
import { mentions, plainText, unnamed } from './plain.ts';
import { type Reply, replyOf, respond } from './reply.ts';
import { whichIncident } from './shortcuts.ts';
import { permalink, remembered, sourceOf } from './sources.ts';

/** What people add to a message that is still theirs; every other subtype is Slack's own talk. */
const SPOKEN = new Set(['file_share', 'thread_broadcast', 'me_message']);

/**
 * Something was written. Spoken to, the bot takes it as a line of its grammar; in a thread of an incident it may quietly
 * offer to take it; anywhere else it is none of its business.
 */
export async function messageWritten(intake: Intake, team: string, event: MessageEvent): Promise<Handled> {
  if (event.bot_id !== undefined || event.user === undefined || event.user === intake.directory.botUser) return NOTHING;
  if (event.subtype !== undefined && !SPOKEN.has(event.subtype)) return NOTHING;
  const incident = await incidentIn(intake, event.channel, event.thread_ts);
  const caller = callerOf(intake, {
    id: event.user,
    team: event.user_team ?? event.team ?? teamOf(intake, event.user, team),
    typed: event.text,
    spoken: await spokenIn(intake, incident, event.channel),
  });
  const where = whereabouts(intake, event.channel, caller);
  if (where.kind !== 'direct') intake.directory.seenIn(event.user, event.channel);
  const isDirect = event.channel_type === 'im' || where.kind === 'direct';
  if (!isDirect && !mentions(event.text, intake.directory.botUser)) {
    return incident ? { after: () => quietOffer(intake, { event, incident, caller }) } : NOTHING;
  }
  return spokenTo(intake, event, { caller, where, incident });
}

async function spokenTo(
  intake: Intake,
  event: MessageEvent,
  asked: {
    readonly caller: ReturnType<typeof callerOf>;
    readonly where: ReturnType<typeof whereabouts>;
    readonly incident: string | null;
  },
): Promise<Handled> {
  const { where, incident } = asked;
  const text = plainText(event.text, intake.directory);
  const files = event.files ?? [];
  const { channel, thread_ts: thread, user = '' } = event;
  const { id, tenant: team } = asked.caller.account;
  const given = { user: id, team, channel, thread };
  const handle = { channel, thread, user: id };
  if (incident !== null) await keepFiles(intake, incident, files, given);
  if (text === '' && files.length > 0) {
    if (incident !== null || intake.answered.seen(`${channel}:${event.ts}`)) return NOTHING;
    return { after: async () => respond(intake, handle, await unplaced(intake, event, asked.caller)) };
  }
  const command = intake.talk.read(text);
  // What is said in the thread of an incident is taken at once: that it was said there proves who reads it.
  const isShown = reads(command) && (incident === null || command.type === 'list');
  const caller = isShown ? await acquainted(intake, asked.caller) : asked.caller;
  const outcome = await intake.talk.line({
    text,
    command,
    about: incident,
    caller,
    place: placeOf(where),
    // One message may arrive as two events with ids of their own, so its place is its key.
    delivery: delivery(`message:${channel}:${event.ts}`, [user, plainText(event.text, unnamed(intake.directory))]),
  });
  const done = outcome.change?.kind === 'done' ? outcome.change : null;
  if (done) {
    await remembered(intake, permalink(intake, channel, event.ts), done.incident);
    if (incident === null) await keepFiles(intake, done.incident, files, given);
    if (done.replayed) return NOTHING;
  }
  if (intake.answered.seen(`${channel}:${event.ts}`)) return NOTHING;
  const inThread = incident !== null;
  const answer = await answerTo(intake, outcome, { caller, where, isShown, command, inThread });
  const isLeft = files.length > 0 && incident === null && done === null;
  if (answer === null && !isLeft) return NOTHING;
  return {
    after: async () => respond(intake, handle, together(answer, isLeft ? await unplaced(intake, event, caller) : null)),
  };
}

/** A file of which nobody said where it belongs: it is not kept, and which incident it can go to. */
async function unplaced(intake: Intake, event: MessageEvent, by: Caller): Promise<Reply> {
  const caller = await acquainted(intake, by);
  const files = event.files ?? [];
  const text = plainText(event.text, intake.directory);
  const names = { raw: fileNames(files) };
  const words = {
    text: text || fileWords(files, caller.language),
    ...authorship(caller),
    link: permalink(intake, event.channel, event.ts),
    ...filesAsArgument(files),
  };
  const card = await whichIncident(intake, caller, words, {
    some: { key: 'slack.which_file', params: { names } },
    none: { key: 'slack.no_incident_file', params: { names } },
  });
  return replyOf(intake, card, { incident: null, revision: 0, language: caller.language });
}

function together(first: Reply | null, second: Reply | null): Reply {
  const parts = [first, second].filter((reply) => reply !== null);
  return { text: parts.map(({ text }) => text).join(' '), blocks: parts.flatMap(({ blocks }) => blocks) };
}

/** A message on the record was edited: the record says so, the original stays. */
export async function messageChanged(intake: Intake, team: string, event: ChangedEvent): Promise<Handled> {
  const { message, previous_message: before } = event;
  if (message.bot_id !== undefined || message.user === undefined || message.edited === undefined) return NOTHING;
  if (before && before.text === message.text) return NOTHING;
  const text = plainText(message.text, intake.directory);
  intake.directory.seenIn(message.user, event.channel);
  return sourceNote(intake, {
    channel: event.channel,
    ts: message.ts,
    by: callerOf(intake, {
      id: message.user,
      team: message.user_team ?? message.team ?? teamOf(intake, message.user, team),
    }),
    key: `message:${event.channel}:${message.ts}:${message.edited.ts}`,
    say: (language) => translate(language, 'slack.edited', { text }),
  });
}

/** Slack does not say who deleted a message, so nobody is named. */
export async function messageDeleted(intake: Intake, event: DeletedEvent): Promise<Handled> {
  const before = event.previous_message;
  const room = roomId({ platform: PLATFORM, tenant: intake.directory.team, address: event.channel });
  const incident = await intake.threads.incidentOf(room, event.deleted_ts);
  if (incident !== null) {
    // Slack leaves the thread below it: what is said there still belongs to the incident.
    await committed(intake.kept.put(rootKey(event.channel, event.deleted_ts), incident));
    await committed(intake.threads.gone(incident, room));
    intake.wake();
  }
  if (before?.user === undefined || before.bot_id !== undefined) return NOTHING;
  return sourceNote(intake, {
    channel: event.channel,
    ts: event.deleted_ts,
    by: 'api',
    key: `message:${event.channel}:${event.deleted_ts}:deleted`,
    say: (language) => translate(language, 'slack.deleted'),
  });
}

async function sourceNote(
  intake: Intake,
  change: {
    readonly channel: string;
    readonly ts: string;
    readonly by: Caller | 'api';
    readonly key: string;
    say(language: 'en' | 'zh-CN'): string;
  },
): Promise<Handled> {
  const incident = await sourceOf(intake, change.channel, change.ts);
  if (incident === null) return NOTHING;
  const { by } = change;
  const state = await intake.app.state(incident, by);
  if (!state) return NOTHING;
  const room = roomId({ platform: PLATFORM, tenant: intake.directory.team, address: change.channel });
  const text = change.say(languageOfRoom(intake, change.channel, state.rooms[room]?.language ?? 'en'));
  const author = by === 'api' ? {} : authorship(by);
  await committed(
    intake.app.submit({
      incident,
      intent: { type: 'add_note', text, link: permalink(intake, change.channel, change.ts), ...author },
      revision: state.version,
      caller: by,
      delivery: delivery(change.key, change.key),
    }),
  );
  return NOTHING;
}
