import type { Card, Text } from '../conversation/cards/card.ts';
import { valueText } from '../conversation/cards/fact-text.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { intent, ofPart, primary, type Situation, t } from '../conversation/cards/situation.ts';
import { answerMeant, commandAsAnswer, questionFor, wordsMeant } from '../conversation/meaning/answers.ts';
import { meant } from '../conversation/meaning/command-meaning.ts';
import { newValue } from '../conversation/meaning/corrections.ts';
import type { Meaning } from '../conversation/meaning/meaning.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import { timesIn } from '../conversation/text/times/times.ts';
import type { IncidentState } from '../incident/state.ts';
import type { App, Caller, Stated } from './app.ts';
import { actorIn } from './directory/accounts.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Words that were not addressed to the bot: answers to its question in a thread, and messages that were edited. */
export function createOverheard(context: UseCaseContext): Pick<App, 'overheard' | 'edited'> {
  const { clock } = context.engine.deps;

  const situationOf = async (incident: string, caller: Caller): Promise<Situation | null> => {
    const state = await context.visible(incident, caller);
    if (!state || state.stopped || state.closed) return null;
    return context.engine.situation(state, clock.now());
  };

  return {
    overheard: async ({ line, command, incident, caller }) => {
      const situation = await situationOf(incident, caller);
      if (command.type === 'dont_know') return null;
      const question = situation && questionFor(situation, commandAsAnswer(command));
      if (!question || answerTo(command, situation)?.kind !== 'commands') return null;
      if (isPlain(command, line)) return 'taken';
      const take = { id: 'take', label: t('text.take_answer'), does: { kind: 'line', text: line } } as const;
      return sentenceCard(t('text.is_answer', { question: question.text }), buttons([primary(take)]));
    },
    edited: async ({ command, stated, caller }) => {
      const situation = await situationOf(stated.incident, caller);
      if (!situation) return null;
      const me = actorIn(situation.state, caller.account, context.links);
      const meaning =
        stated.kind === 'fact' && 'text' in command && command.text
          ? newValue([stated.id], command.text, situation)
          : meant(command, { situation, room: null, me, quoted: null });
      return takeInstead(meaning, stated, situation);
    },
  };
}

function answerTo(command: TextCommand, situation: Situation): Meaning | null {
  const answer = commandAsAnswer(command);
  if (answer) return answerMeant(answer, situation, questionFor(situation, answer));
  return command.type === 'unknown' && !command.lacks ? wordsMeant(command.text, situation) : null;
}

/**
 * Returns true for words that are said to nobody but the bot: a number, a figure, a time in front, the label of an
 * option. Yes, no and a time inside of a sentence may be said to somebody else, and are asked about.
 */
function isPlain(command: TextCommand, line: string): boolean {
  if (command.type === 'answer') return true;
  return command.type === 'unknown' && timesIn(line).length === 0;
}

/** Asks whether the edited words count; null if they say nothing else. */
function takeInstead(meaning: Meaning, { kind, id }: Stated, situation: Situation): Card | null {
  const [command, other] = meaning.kind === 'commands' ? meaning.commands : [];
  if (!command || other) return null;
  const { state } = situation;
  if (kind !== 'fact') {
    if (command.type !== 'fill_field' && command.type !== 'add_awareness') return null;
    if (command.type === 'fill_field' && isSame(state, command.field, command.value)) return null;
    return asked(t('text.edited'), command);
  }
  const entry = state.facts[id];
  if (command.type !== 'answer' || !entry || JSON.stringify(entry.value) === JSON.stringify(command.value)) return null;
  const words = (value: typeof entry.value): Text => ofPart('answers', valueText(situation, id, value));
  return asked(t('text.edited_answer', { value: words(command.value), before: words(entry.value) }), command);
}

function isSame(
  { fields }: IncidentState,
  field: string,
  value: { readonly state: string; readonly text?: string },
): boolean {
  const current = fields[field]?.current;
  return current !== null && current !== undefined && current.text === (value.text ?? null);
}

function asked(text: Text, command: Parameters<typeof intent>[2]): Card {
  return sentenceCard(text, buttons([primary(intent('take_edit', t('text.take_edit'), command))]));
}
