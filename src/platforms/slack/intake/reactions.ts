import { Hopeless } from '../../../talk/jobs.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { history } from '../api-shapes.ts';
import type { Job } from '../job.ts';
import { callerOf, delivery, type Handled, type Intake, incidentIn, NOTHING } from './context.ts';
import { filesAsArgument, fileWords, keepFiles } from './files.ts';
import type { ReactionEvent } from './payloads.ts';
import { line, respond, show } from './reply.ts';
import { whichIncident } from './shortcuts.ts';
import { authorOf, instantOf, permalink, remembered } from './sources.ts';
import { wordsOf } from './words.ts';

const NOTE_LENGTH = 20_000;

/** A reaction names a message without its words, so it is a job: on disk before it is acknowledged. */
export async function reactionAdded(intake: Intake, team: string, event: ReactionEvent): Promise<Handled> {
  const { channel, ts } = event.item;
  if (!intake.reactions.has(event.reaction) || event.item.type !== 'message') return NOTHING;
  if (channel === undefined || ts === undefined || event.user === intake.directory.botUser) return NOTHING;
  intake.directory.seenIn(event.user, channel);
  await committed(intake.jobs.add(`pin:${channel}:${ts}`, { kind: 'pin', channel, ts, user: event.user, team }));
  return NOTHING;
}

/** Fetches the message and puts it on the record of the incident whose thread it stands in. */
export async function pinMessage(intake: Intake, job: Extract<Job, { kind: 'pin' }>): Promise<void> {
  const { channel, ts } = job;
  const answer = await intake.api.call('conversations.replies', { channel, ts, limit: 1, inclusive: true });
  const message = history.parse(answer).messages.find((one) => one.ts === ts);
  if (!message) throw new Hopeless('the message is not there any more');
  // The event names the pinning user without their workspace.
  const pinner = intake.directory.person(job.user) ?? (await intake.directory.learnPerson(job.user));
  const caller = callerOf(intake, { id: job.user, team: pinner?.team ?? job.team });
  intake.directory.seenIn(job.user, channel);
  const author = await authorOf(intake, message);
  const text = wordsOf(message, intake.directory).slice(0, NOTE_LENGTH);
  const files = message.files ?? [];
  const link = permalink(intake, channel, ts);
  const handle = { channel, thread: message.thread_ts, user: job.user };
  const incident = await incidentIn(intake, channel, message.thread_ts ?? ts);
  if (incident === null) {
    if (!pinner) return respond(intake, handle, line('slack.not_known_yet', caller.language));
    if (text === '' && files.length === 0)
      return respond(intake, handle, line('slack.nothing_readable', caller.language));
    const words = { text: text || fileWords(files, caller.language), author, link, ...filesAsArgument(files) };
    const card = await whichIncident(intake, caller, words);
    return show(intake, handle, card, { incident: null, revision: 0, language: caller.language });
  }
  const { id: user, tenant: team } = caller.account;
  await keepFiles(intake, incident, files, { user, team, channel, thread: message.thread_ts });
  if (text === '') {
    await remembered(intake, link, incident);
    return files.length > 0 ? undefined : respond(intake, handle, line('slack.nothing_readable', caller.language));
  }
  const state = await intake.app.state(incident, caller);
  const result = await intake.app.submit({
    incident,
    intent: {
      type: 'add_note',
      text,
      happenedAt: instantOf(ts),
      link,
      ...(author === '' ? {} : { author: author.slice(0, 200) }),
    },
    revision: state?.version ?? 0,
    caller,
    // One note, however many people pin it.
    delivery: delivery(`pin:${channel}:${ts}`, ts),
  });
  if (result.kind === 'refused') throw new Hopeless(result.refusal.code);
  await remembered(intake, link, incident);
  if (!result.replayed) await respond(intake, handle, line('slack.pinned', caller.language, { id: incident }));
}
