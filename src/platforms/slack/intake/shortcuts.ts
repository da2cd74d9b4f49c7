import type { Text } from '../../../conversation/cards/card.ts';
import { translate } from '../../../i18n/translate.ts';
import { Hopeless } from '../../../talk/jobs.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { soon } from '../../shared/soon.ts';
import { history } from '../api-shapes.ts';
import { SHORTCUTS } from '../setup/manifest.ts';
import {
  ACQUAINTED_WITHIN,
  actorOf,
  callerOf,
  delivery,
  type Handled,
  type Intake,
  incidentIn,
  type Job,
  NOTHING,
  spotIn,
} from './context.ts';
import {
  authorOf,
  filesAsArgument,
  fileWords,
  instantOf,
  keepFiles,
  permalink,
  remembered,
  whichIncident,
} from './material.ts';
import { openForm, openModal, type Trigger } from './open.ts';
import type { GlobalShortcut, MessageShortcut, ReactionEvent } from './payloads.ts';
import { cardView, handleOf, line, respond, show } from './reply.ts';
import { wordsOf } from './words.ts';

const TITLE_LENGTH = 120;
const NOTE_LENGTH = 20_000;

export function globalShortcutUsed(intake: Intake, p: GlobalShortcut): Handled {
  if (p.callback_id !== SHORTCUTS.create) return NOTHING;
  const at = { ...spotIn(intake, actorOf(intake, p), handleOf(p)), trigger: p.trigger_id };
  return { after: () => openForm(intake, { form: 'new_incident', args: {} }, at) };
}

/** "New incident from this message" and "Add to incident": the words of the message are material, not yet the record. */
export function messageShortcutUsed(intake: Intake, p: MessageShortcut): Handled {
  const spot = spotIn(intake, actorOf(intake, p), handleOf(p), { name: p.channel.name });
  const at = { ...spot, trigger: p.trigger_id };
  if (p.callback_id === SHORTCUTS.createFrom) return { after: () => createFrom(intake, p, at) };
  if (p.callback_id === SHORTCUTS.add) return { after: () => addToIncident(intake, p, at) };
  return NOTHING;
}

/** A message as material. */
async function source(intake: Intake, { channel, message }: MessageShortcut) {
  return {
    text: wordsOf(message, intake.directory),
    author: (await soon(intake.clock, ACQUAINTED_WITHIN, authorOf(intake, message))) ?? '',
    link: permalink(intake, channel.id, message.ts),
    ...filesAsArgument(message.files ?? []),
  };
}

async function createFrom(intake: Intake, p: MessageShortcut, at: Trigger): Promise<void> {
  const origin = { ...(await source(intake, p)), at: instantOf(p.message.ts) };
  const title = [...(origin.text.split('\n')[0] ?? '')].slice(0, TITLE_LENGTH).join('');
  const ref = { form: 'new_incident', args: { title } };
  await openForm(intake, ref, at, {
    origin: { ...origin, text: origin.text.slice(0, 1_500) },
    intro: unreadable(p, origin),
  });
}

async function addToIncident(intake: Intake, p: MessageShortcut, at: Trigger): Promise<void> {
  const { author, text, ...found } = await source(intake, p);
  const { language } = at.caller;
  const words = {
    ...found,
    text: text || fileWords(p.message.files ?? [], language),
    author: author === '' ? 'Slack' : translate(language, 'slack.from_message', { author }),
  };
  const incident = await incidentIn(intake, p.channel.id, p.message.thread_ts ?? p.message.ts);
  if (incident !== null) {
    const ref = { form: 'note', args: { incident, ...words } };
    return openForm(intake, ref, at, { intro: unreadable(p, words) });
  }
  const card = await whichIncident(intake, at.caller, words);
  const about = { incident: null, revision: 0, language, channel: p.channel.id };
  await openModal(intake, at, await cardView(intake, card, about, null));
}

/** Note on why the field for the text is empty. */
function unreadable({ message }: MessageShortcut, { text }: { readonly text: string }): readonly Text[] {
  return text === '' && (message.files ?? []).length === 0 ? [{ key: 'slack.nothing_readable' }] : [];
}

/** A reaction names a message without its words, so it is a job: on disk before it is acknowledged. */
export async function reactionAdded(intake: Intake, event: ReactionEvent, team: string): Promise<Handled> {
  const { channel, ts, type } = event.item;
  if (!intake.config.reactions.includes(event.reaction) || type !== 'message') return NOTHING;
  if (channel === undefined || ts === undefined || event.user === intake.directory.botUser) return NOTHING;
  intake.directory.seenIn(event.user, channel);
  await committed(intake.jobs.add(`pin:${channel}:${ts}`, { kind: 'pin', channel, ts, user: event.user, team }));
  return NOTHING;
}

/** Fetches the message and puts it on the record of the incident whose thread it stands in. */
export async function pinMessage(intake: Intake, job: Extract<Job, { kind: 'pin' }>): Promise<void> {
  const { channel, ts, user } = job;
  const answer = await intake.api.call('conversations.replies', { channel, ts, limit: 1, inclusive: true });
  const message = history.parse(answer).messages.find((one) => one.ts === ts);
  if (!message) throw new Hopeless('the message is not there any more');
  // The event names the pinning user without their workspace.
  const pinner = intake.directory.person(user) ?? (await intake.directory.learnPerson(user));
  const caller = callerOf(intake, { id: user, team: pinner?.team ?? job.team });
  intake.directory.seenIn(user, channel);
  const author = await authorOf(intake, message);
  const text = wordsOf(message, intake.directory).slice(0, NOTE_LENGTH);
  const { files = [], thread_ts: thread } = message;
  const link = permalink(intake, channel, ts);
  const handle = { channel, thread, user };
  const say = (key: Parameters<typeof line>[0], id = ''): Promise<void> =>
    respond(intake, handle, line(key, caller.language, { id }));
  const incident = await incidentIn(intake, channel, thread ?? ts);
  if (incident === null && !pinner) return say('slack.not_known_yet');
  if (incident === null && (text !== '' || files.length > 0)) {
    const words = { text: text || fileWords(files, caller.language), author, link, ...filesAsArgument(files) };
    const card = await whichIncident(intake, caller, words);
    return show(intake, handle, card, { incident: null, revision: 0, language: caller.language });
  }
  if (incident === null) return say('slack.nothing_readable');
  await keepFiles(intake, incident, files, caller, handle);
  if (text === '') {
    await remembered(intake, link, incident);
    return files.length > 0 ? undefined : say('slack.nothing_readable');
  }
  const written = author === '' ? {} : { author: author.slice(0, 200) };
  const state = await intake.app.state(incident, caller);
  const result = await intake.app.submit({
    incident,
    intent: { type: 'add_note', text, happenedAt: instantOf(ts), link, ...written },
    revision: state?.version ?? 0,
    caller,
    // One note, however many people pin it.
    delivery: delivery(`pin:${channel}:${ts}`, ts),
  });
  if (result.kind === 'refused') throw new Hopeless(result.refusal.code);
  await remembered(intake, link, incident);
  if (!result.replayed) await say('slack.pinned', incident);
}
