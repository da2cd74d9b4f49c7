import type { Card, Text } from '../../../conversation/card.ts';
import { parseCommand, type TextCommand } from '../../../conversation/text/commands.ts';
import { showsAll } from '../../../incident/visibility.ts';
import type { Submitted, TextReply } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-doors.ts';
import { newIncidentArgs } from '../../../use-cases/text-door.ts';
import {
  acquainted,
  callerOf,
  delivery,
  type Handled,
  type Intake,
  standingIn,
  type Whereabouts,
  whereabouts,
} from './context.ts';
import { noteText, refusedDeclaration, settleIn } from './declared.ts';
import { openForm, revisionOf } from './open.ts';
import type { SlashCommand } from './payloads.ts';
import { plainText, unnamed } from './plain.ts';
import { type About, ephemeralAck, line, refusalReply, replyOf, sentence } from './reply.ts';

/** `/incident …`: the answer is in the acknowledgement itself, so it works while the Web API does not. */
export async function slashCommandGiven(intake: Intake, p: SlashCommand): Promise<Handled> {
  const caller = callerOf(intake, { id: p.user_id, team: p.team_id, handle: p.user_name, typed: p.text });
  const where = whereabouts(intake, p.channel_id, caller, p.channel_name);
  if (where.kind !== 'direct') intake.directory.seenIn(p.user_id, p.channel_id);
  const text = plainText(p.text, intake.directory);
  const command = parseCommand(text === '' ? 'new' : text);
  if ((command.type === 'new' || command.type === 'drill') && command.title === undefined) {
    const ref = { form: 'new_incident', args: newIncidentArgs(command) };
    const handle = { responseUrl: p.response_url, channel: p.channel_id, user: p.user_id };
    const at = { trigger: p.trigger_id, caller: standingIn(caller, where), handle, push: false };
    return { after: () => openForm(intake, ref, at) };
  }
  const isShown = reads(command);
  const asker = isShown ? await acquainted(intake, caller) : caller;
  const reply = await committed(
    intake.app.text({
      line: text,
      incident: null,
      caller: asker,
      room: where.kind === 'room' ? where.room : null,
      delivery: delivery(`command:${p.trigger_id}`, [
        p.user_id,
        p.channel_id,
        plainText(p.text, unnamed(intake.directory)),
      ]),
    }),
  );
  const title = command.type === 'new' || command.type === 'drill' ? (command.title ?? null) : null;
  const answer = await answerTo(intake, reply, { caller: asker, where, title, isShown, command });
  return answer === null ? {} : { ack: ephemeralAck(answer) };
}

/** Whether a card that says the same has just come into that thread; one that is edited stands further up. */
export function isOnNewCard(
  { onCard, state }: Extract<Submitted, { kind: 'done' }>,
  where: Whereabouts | null,
): boolean {
  return onCard?.new === true && where?.kind === 'room' && showsAll(state, where.room);
}

/** Whether a line asks to be shown something that depends on who asks; a declaration never waits for Slack to tell. */
export function reads({ type }: ReturnType<typeof parseCommand>): boolean {
  return !['new', 'drill', 'help', 'hello', 'chat_id', 'unknown'].includes(type);
}

function withNote(card: Card, text: Text): Card {
  return { ...card, blocks: [{ kind: 'note', text }, ...card.blocks] };
}

/** What is said to a line of text; null where the cards in the room say it. */
export async function answerTo(
  intake: Intake,
  reply: TextReply,
  asked: {
    readonly caller: ReturnType<typeof callerOf>;
    readonly where: ReturnType<typeof whereabouts>;
    readonly title: string | null;
    /** What is answered depends on who asked. */
    readonly isShown: boolean;
    readonly command: TextCommand;
    /** Below the card of the incident, among its other cards. */
    readonly inThread?: boolean;
  },
) {
  const { caller, where, title, command } = asked;
  if (command.type === 'upload') return line('slack.upload', caller.language, { bot: intake.directory.botName });
  if (command.type === 'language' && reply.kind === 'submitted' && reply.result.kind === 'done') {
    await committed(intake.directory.languages.choose(caller.account.id, command.language === 'en' ? 'en' : 'zh-CN'));
  }
  if (reply.kind === 'card') {
    const { incident, revision } = await revisionOf(intake, reply.incident ?? undefined, caller);
    const isKnown = !asked.isShown || intake.directory.person(caller.account.id) !== null;
    // In Slack the bot is spoken to by its name, or by the command.
    const params = { command: { raw: intake.command }, bot: { raw: intake.directory.botName } };
    const help = command.type === 'help' ? withNote(reply.card, { key: 'slack.how', params }) : reply.card;
    const card = isKnown ? help : withNote(help, { key: 'slack.not_known_yet' });
    return replyOf(intake, card, { incident, revision, language: caller.language });
  }
  const { result } = reply;
  const revision = result.kind === 'done' ? result.state.version : 0;
  const about: About = { incident: result.incident, revision, language: caller.language };
  if (result.kind === 'refused') {
    return title === null ? refusalReply(intake, result, about) : refusedDeclaration(intake, result, title, about);
  }
  if (title !== null) {
    await settleIn(intake, result.state, where);
    const note = noteText(intake, where, result.incident, caller.language);
    return note === null ? null : sentence(note);
  }
  if (asked.inThread && isOnNewCard(result, where)) return null;
  return result.said && !result.replayed ? replyOf(intake, result.said, about) : null;
}
