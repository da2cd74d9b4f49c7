import type { Card, Text } from '../../../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../../../conversation/cards/sentence.ts';
import { moveAction } from '../../../conversation/cards/status-card.ts';
import type { TextCommand } from '../../../conversation/text/commands/commands.ts';
import { translate } from '../../../i18n/translate.ts';
import type { IncidentState } from '../../../incident/state.ts';
import { showsAll } from '../../../incident/visibility.ts';
import type { Answer, Line, Outcome } from '../../../talk/acts.ts';
import { conclude, type Sight } from '../../../talk/conclusion.ts';
import type { Caller, Submitted } from '../../../use-cases/app.ts';
import { newIncidentForm } from '../../../use-cases/lines.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { acquainted, callerOf, delivery, type Handled, type Intake, type Spot, spotIn } from './context.ts';
import { openForm } from './open.ts';
import type { SlashCommand } from './payloads.ts';
import { wantsPrivateRoom } from './private-room.ts';
import { ephemeralAck, line, type Reply, replyOf, sentence } from './reply.ts';
import { plainText, unnamed } from './words.ts';

/** `/incident …`: the answer is in the acknowledgement itself, so it works while the Web API does not. */
export async function slashCommandGiven(intake: Intake, p: SlashCommand): Promise<Handled> {
  const caller = callerOf(intake, { id: p.user_id, team: p.team_id, handle: p.user_name, typed: p.text });
  const handle = { responseUrl: p.response_url, channel: p.channel_id, user: p.user_id };
  const spot = spotIn(intake, caller, handle, { name: p.channel_name });
  const text = plainText(p.text, intake.directory);
  const command = intake.talk.read(text === '' ? 'new' : text);
  const args = command.type === 'new' || command.type === 'drill' ? newIncidentForm(command) : null;
  if (args) {
    const ref = { form: 'new_incident', args };
    return { after: () => openForm(intake, ref, { ...spot, trigger: p.trigger_id }) };
  }
  const body = [p.user_id, p.channel_id, plainText(p.text, unnamed(intake.directory))];
  const by = delivery(`command:${p.trigger_id}`, body);
  const { reply } = await lineTaken(intake, spot, { text, command, about: null, delivery: by });
  const answer = await reply();
  return answer === null ? {} : { ack: ephemeralAck(answer) };
}

/** Commits a line; `reply` answers it. */
export async function lineTaken(intake: Intake, spot: Spot, said: Omit<Line, 'caller' | 'place'>) {
  const { command, about } = said;
  // A line in the thread of an incident is accepted at once: being there proves who reads it.
  const isPersonal = reads(command) && (about === null || command.type === 'list');
  const caller = isPersonal ? await acquainted(intake, spot.caller) : spot.caller;
  const outcome = await intake.talk.line({ ...said, caller, place: spot.place });
  const onCard = (change: Done): boolean => about !== null && isOnNewCard(change, spot);
  return {
    caller,
    outcome,
    reply: () => replyTo(intake, outcome, { ...spot, caller }, { command, isPersonal, onCard }),
  };
}

/**
 * Returns true if a line asks for content that depends on the asking person; a declaration never waits for Slack's
 * answer.
 */
function reads({ type }: TextCommand): boolean {
  return !['new', 'drill', 'help', 'hello', 'chat_id', 'unknown'].includes(type);
}

type Done = Extract<Submitted, { kind: 'done' }>;

/** Returns true if a card with the same content has just been posted in that thread; an edited card is further up. */
export function isOnNewCard({ onCard, state }: Done, { place }: Pick<Spot, 'place'>): boolean {
  return onCard?.new === true && place.kind === 'room' && showsAll(state, place.room);
}

interface Asked {
  readonly command?: TextCommand;
  /** True if the answer depends on the asking person. */
  readonly isPersonal?: boolean;
  /** Returns true if they see the change on a card. */
  readonly onCard: (change: Done) => ReturnType<Sight['onCard']>;
}

/** Answer to a line or a press; null where the cards in the room are the answer. */
export async function replyTo(intake: Intake, outcome: Outcome, spot: Spot, asked: Asked): Promise<Reply | null> {
  const { change, incident, declared } = outcome;
  const { language } = spot.caller;
  if (asked.command?.type === 'upload') return line('slack.upload', language, { bot: intake.directory.botName });
  if (change?.kind === 'done' && declared) {
    const note = await settleIn(intake, change.state, spot);
    return note === null ? null : sentence(note);
  }
  const { answers } = await conclude(outcome, { isAnswer: false }, (done) => ({
    ...{ newIncident: true, questions: true },
    onCard: () => asked.onCard(done),
  }));
  const [answer] = answers;
  if (!answer || answer.kind === 'file') return null;
  const card = offerToMove(answer, incident) ?? answer.card;
  return replyOf(intake, change === null ? withNotes(intake, card, spot.caller, asked) : card, outcome);
}

/** Slack can make a private channel: what other platforms explain is a button here. */
function offerToMove(answer: Answer, id: string | null): Card | null {
  if (id === null || answer.kind !== 'card' || answer.view?.view !== 'private') return null;
  const { confirm, ...move } = moveAction({ state: { id } });
  return confirm ? sentenceCard(confirm, buttons([move])) : null;
}

/**
 * Adds notes: in Slack the bot is addressed by its name or by the command; a person whom Slack has not described yet
 * may see too little.
 */
function withNotes({ config, directory }: Intake, card: Card, caller: Caller, { command, isPersonal }: Asked): Card {
  const params = { command: { raw: config.command }, bot: { raw: directory.botName } };
  const notes: readonly Text[] = [
    ...(isPersonal && directory.person(caller.account.id) === null ? [{ key: 'slack.not_known_yet' as const }] : []),
    ...(command?.type === 'help' ? [{ key: 'slack.how' as const, params }] : []),
  ];
  return { ...card, blocks: [...notes.map((text) => ({ kind: 'note' as const, text })), ...card.blocks] };
}

/**
 * After a declaration: the content gets a channel of its own if it was declared in an open channel of an organisation that
 * wants privacy. Returns the note to the declaring person, why no card appears; null where the card appears by itself.
 */
export async function settleIn(intake: Intake, state: IncidentState, { place, caller }: Spot): Promise<string | null> {
  if (place.kind === 'room' && wantsPrivateRoom(intake, state)) {
    const job = { kind: 'private', incident: state.id, channel: place.room.address } as const;
    await committed(intake.jobs.add(`private:${state.id}`, job));
  }
  const key = noteOn(intake, place);
  const params = { id: state.id, bot: intake.directory.botName, command: intake.config.command };
  return key === null ? null : translate(caller.language, key, params);
}

function noteOn({ api, directory }: Intake, place: Spot['place']) {
  if (place.kind === 'shared') return 'slack.shared_channel';
  if (place.kind === 'direct') return 'slack.no_room';
  const isIn = directory.isIn(place.room.address);
  if (isIn === false) return 'slack.invite';
  return isIn === null || api.isTroubled() ? 'slack.recorded' : null;
}
