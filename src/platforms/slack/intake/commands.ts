import type { Card, Text } from '../../../conversation/cards/card.ts';
import { buttons, sentenceCard } from '../../../conversation/cards/sentence.ts';
import { moveAction } from '../../../conversation/cards/status-card.ts';
import type { TextCommand } from '../../../conversation/text/commands/commands.ts';
import { showsAll } from '../../../incident/visibility.ts';
import type { Answer, Outcome } from '../../../talk/acts.ts';
import type { Caller, Submitted } from '../../../use-cases/app.ts';
import { newIncidentForm } from '../../../use-cases/lines.ts';
import {
  acquainted,
  callerOf,
  delivery,
  type Handled,
  type Intake,
  placeOf,
  standingIn,
  type Whereabouts,
  whereabouts,
} from './context.ts';
import { settleIn } from './declared.ts';
import { openForm } from './open.ts';
import type { SlashCommand } from './payloads.ts';
import { plainText, unnamed } from './plain.ts';
import { type About, ephemeralAck, line, type Reply, replyOf, sentence } from './reply.ts';

/** `/incident …`: the answer is in the acknowledgement itself, so it works while the Web API does not. */
export async function slashCommandGiven(intake: Intake, p: SlashCommand): Promise<Handled> {
  const caller = callerOf(intake, { id: p.user_id, team: p.team_id, handle: p.user_name, typed: p.text });
  const where = whereabouts(intake, p.channel_id, caller, p.channel_name);
  const text = plainText(p.text, intake.directory);
  const command = intake.talk.read(text === '' ? 'new' : text);
  const args = command.type === 'new' || command.type === 'drill' ? newIncidentForm(command) : null;
  if (args) {
    const ref = { form: 'new_incident', args };
    const handle = { responseUrl: p.response_url, channel: p.channel_id, user: p.user_id };
    const at = { trigger: p.trigger_id, caller: standingIn(caller, where), handle, push: false };
    return { after: () => openForm(intake, ref, at) };
  }
  const isShown = reads(command);
  const asker = isShown ? await acquainted(intake, caller) : caller;
  const outcome = await intake.talk.line({
    text,
    command,
    about: null,
    caller: asker,
    place: placeOf(where),
    delivery: delivery(`command:${p.trigger_id}`, [
      p.user_id,
      p.channel_id,
      plainText(p.text, unnamed(intake.directory)),
    ]),
  });
  const answer = await answerTo(intake, outcome, { caller: asker, where, isShown, command });
  return answer === null ? {} : { ack: ephemeralAck(answer) };
}

/** Returns true if a card with the same content has just been posted in that thread; an edited card is further up. */
export function isOnNewCard(
  { onCard, state }: Extract<Submitted, { kind: 'done' }>,
  where: Whereabouts | null,
): boolean {
  return onCard?.new === true && where?.kind === 'room' && showsAll(state, where.room);
}

/**
 * Returns true if a line asks for content that depends on the asking person; a declaration never waits for Slack's
 * answer.
 */
export function reads({ type }: TextCommand): boolean {
  return !['new', 'drill', 'help', 'hello', 'chat_id', 'unknown'].includes(type);
}

/** Slack can make a private channel: what other platforms explain is a button here. */
function offerToMove(answer: Answer, id: string | null): Card | null {
  if (id === null || answer.kind !== 'card' || answer.view?.view !== 'private') return null;
  const { confirm, ...move } = moveAction({ state: { id } });
  return confirm ? sentenceCard(confirm, buttons([move])) : null;
}

function withNote(card: Card, text: Text): Card {
  return { ...card, blocks: [{ kind: 'note', text }, ...card.blocks] };
}

interface Asked {
  readonly caller: Caller;
  readonly where: Whereabouts;
  /** True if the answer depends on the asking person. */
  readonly isShown: boolean;
  readonly command: TextCommand;
  /** Below the card of the incident, among its other cards. */
  readonly inThread?: boolean;
}

/** Answer to a line of text; null where the cards in the room are the answer. */
export async function answerTo(intake: Intake, outcome: Outcome, asked: Asked): Promise<Reply | null> {
  const { caller, where, command } = asked;
  const { change, incident, declared } = outcome;
  const about: About = outcome;
  if (command.type === 'upload') return line('slack.upload', caller.language, { bot: intake.directory.botName });
  const [answer] = outcome.answers;
  const card = answer && answer.kind !== 'file' ? (offerToMove(answer, incident) ?? answer.card) : null;
  if (change === null) return card && replyOf(intake, withNotes(intake, card, asked), about);
  if (change.kind === 'done' && declared) {
    const note = await settleIn(intake, change.state, where, caller.language);
    return note === null ? null : sentence(note);
  }
  if (change.kind === 'done' && asked.inThread && isOnNewCard(change, where)) return null;
  return card && replyOf(intake, card, about);
}

/**
 * Adds notes: in Slack the bot is addressed by its name or by the command; a person whom Slack has not described yet
 * may see too little.
 */
function withNotes(intake: Intake, card: Card, { caller, isShown, command }: Asked): Card {
  const isKnown = !isShown || intake.directory.person(caller.account.id) !== null;
  const params = { command: { raw: intake.command }, bot: { raw: intake.directory.botName } };
  const help = command.type === 'help' ? withNote(card, { key: 'slack.how', params }) : card;
  return isKnown ? help : withNote(help, { key: 'slack.not_known_yet' });
}
