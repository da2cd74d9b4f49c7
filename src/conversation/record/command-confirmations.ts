import type { Command, CommandOf } from '../../incident/commands.ts';
import { decidesSame, isSameCommand, openProposals } from '../../incident/proposals.ts';
import type { IncidentState } from '../../incident/state.ts';
import { statedLine } from '../asking/answer-confirmations.ts';
import type { Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { at, joined, personText, type Situation, t } from '../cards/situation.ts';
import { toldText } from '../collecting/paper-words.ts';
import { waitingLine } from '../commands/decisions.ts';
import { sayers } from '../commands.ts';
import { callBlocks } from '../drills/call-card.ts';
import { fieldsLine, isChanged, replacedBlocks, wordingBlocks } from './recap.ts';

/** Confirmation after commands: one line per change; null if the surfaces show all of them. */
export function saidAfter(of: {
  readonly commands: readonly Command[];
  readonly before: IncidentState | null;
  readonly after: Situation;
}): Card | null {
  const { commands, before, after } = of;
  const changed = before === null || before.version !== after.state.version;
  const given = before ? commands.map((command) => asAgreement(command, before, after)) : commands;
  const made = before ? given.filter((command) => isChanged(command, before, after)) : given;
  const line = changed ? linesOf(after, made) : (repeatedFiling(after, commands) ?? t('said.nothing'));
  if (!line) return null;
  const replaced = before ? replacedBlocks(after, before, made) : [];
  const call =
    after.state.calls.length > 0 && made.some(({ type }) => type === 'call_officer') ? callBlocks(after) : [];
  return cardOf(after, line, line, [...replaced, ...wordingBlocks(after, made), ...call]);
}

/** The agreement that a command gave by repeating an open proposal; otherwise the command. */
function asAgreement(command: Command, before: IncidentState, { state }: Situation): Command {
  const repeated = openProposals(before).find((one) => decidesSame(one.command, command));
  const now = state.proposals.find(({ id }) => id === repeated?.id);
  return now?.settled?.agreed ? { type: 'second', proposal: now.id, agree: true } : command;
}

/** Earlier entry of the same filing, with its author: after a second press, or by another person. */
function repeatedFiling(situation: Situation, commands: readonly Command[]): Text | null {
  const command = commands.find((one) => one.type === 'record_filing');
  const known = situation.state.filings.find(
    ({ obligation, filedAt, channel }) =>
      obligation === command?.obligation && filedAt === command.at && channel === command.channel,
  );
  const line = command ? saidLine(situation, command) : null;
  if (!known || !line) return null;
  return t('said.filed_already', { by: personText(situation.state, known.by), at: at(situation, known.at), line });
}

/** Lines for fields and answers that changed together; the effect is that of the last answer. */
function linesOf(situation: Situation, made: readonly Command[]): Text | null {
  // A person added only to be assigned an item is not mentioned: the confirmation is about the item.
  const told = made.length > 1 ? made.filter(({ type }) => type !== 'add_person') : made;
  const fills = told.filter((command) => command.type === 'fill_field');
  const answers = told.filter((command) => command.type === 'answer');
  const wordings = told.filter((command) => command.type === 'confirm_wording');
  const lines = told.map((command) => {
    if (command.type === 'confirm_wording' && wordings.length > 1)
      return command === wordings[0]
        ? t(toldText(situation, command.field) ? 'said.told_words' : 'said.wordings', { n: wordings.length })
        : null;
    if (command.type === 'fill_field' && fills.length > 1)
      return command === fills[0] ? fieldsLine(situation, fills) : null;
    if (command.type === 'answer' && answers.length > 1 && command !== answers.at(-1))
      return statedLine(situation, command.fact);
    return saidLine(situation, command);
  });
  const said = lines.filter((line) => line !== null);
  return said.length > 1 ? joined(said, 'sentence') : (said[0] ?? null);
}

/** Line on the change a command made; null if there is none to show. */
export function saidLine(situation: Situation, command: Command): Text | null {
  const waits = openProposals(situation.state).find((one) => isSameCommand(one.command, command));
  if (waits) return waitingLine(situation, waits);
  return say(command.type, situation, command);
}

function say<T extends Command['type']>(type: T, situation: Situation, command: CommandOf<T>): Text | null {
  return sayers[type](situation, command);
}
