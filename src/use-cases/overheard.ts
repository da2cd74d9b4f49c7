import type { Action, Card, Text } from '../conversation/cards/card.ts';
import { valueText } from '../conversation/cards/fact-text.ts';
import { buttons, sentenceCard } from '../conversation/cards/sentence.ts';
import { form, intent, ofPart, primary, type Situation, t } from '../conversation/cards/situation.ts';
import { answerMeant, commandAsAnswer, questionFor, wordsMeant } from '../conversation/meaning/answers.ts';
import { meant } from '../conversation/meaning/command-meaning.ts';
import { newValue } from '../conversation/meaning/corrections.ts';
import type { Meaning } from '../conversation/meaning/meaning.ts';
import { startMeant } from '../conversation/meaning/times.ts';
import type { TextCommand } from '../conversation/text/commands/commands.ts';
import { timesIn } from '../conversation/text/times/times.ts';
import type { ActorId } from '../incident/identity.ts';
import type { IncidentState } from '../incident/state.ts';
import { type ItemStatus, itemsNow } from '../report/items.ts';
import type { App, Caller, Stated } from './app.ts';
import { actorIn } from './directory/accounts.ts';
import { authorship } from './platform-support.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Use cases on words that do not address the bot: answers in a thread, and edited messages. */
export function createOverheard(context: UseCaseContext): Pick<App, 'overheard' | 'edited' | 'ownOpenItems'> {
  const { clock } = context.engine.deps;

  const situationOf = async (incident: string, caller: Caller): Promise<Situation | null> => {
    const state = await context.visible(incident, caller);
    if (!state || state.stopped || state.closed) return null;
    return context.engine.situation(state, clock.now());
  };

  const ownItems = (situation: Situation, { account }: Caller): readonly ItemStatus[] => {
    const me = actorIn(situation.state, account, context.links);
    const isOpen = ({ fields }: ItemStatus): boolean => fields.some(({ state }) => state === 'missing');
    return me === null ? [] : itemsNow(situation).filter((item) => item.owner === me && isOpen(item));
  };

  return {
    ownOpenItems: async (incident, caller) => {
      const situation = await situationOf(incident, caller);
      return situation ? ownItems(situation, caller).map(({ n }) => n) : [];
    },
    overheard: async ({ line, command, incident, caller, link }) => {
      const situation = await situationOf(incident, caller);
      if (!situation) return null;
      const question = questionFor(situation, commandAsAnswer(command));
      const meaning = answerTo(command, situation, actorIn(situation.state, caller.account, context.links));
      const possible = meaning?.kind === 'say' ? meaning.actions?.find(isAnswering) : undefined;
      if (question && possible) {
        const take = { ...possible, id: 'take', label: t('text.take_answer') };
        return {
          about: 'answer',
          card: sentenceCard(t('text.is_answer', { question: question.text }), buttons([take])),
        };
      }
      if (!question || meaning?.kind !== 'commands') {
        const [item] = ownItems(situation, caller);
        if (!item) return null;
        return { about: 'item', card: itemOffer(incident, item, { text: line, link, ...authorship(caller) }) };
      }
      if (isPlain(command, line)) return 'taken';
      const take = { id: 'take', label: t('text.take_answer'), does: { kind: 'line', text: line } } as const;
      const asks = t('text.is_answer', { question: question.text });
      return { about: 'answer', card: sentenceCard(asks, buttons([primary(take)])) };
    },
    edited: async ({ command, stated, caller }) => {
      const situation = await situationOf(stated.incident, caller);
      if (!situation) return null;
      const me = actorIn(situation.state, caller.account, context.links);
      const text = 'text' in command ? command.text : '';
      // An edited message is read as the answer to its original question, not to the current one.
      const again =
        stated.kind === 'start'
          ? startMeant(text, situation)
          : stated.kind === 'fact' && text
            ? newValue([stated.id], text, situation)
            : null;
      const meaning = again ?? meant(command, { situation, room: null, me, quoted: null });
      return takeInstead(meaning, stated, situation);
    },
  };
}

/** Card that offers a person's text for one of the person's open items: as a note, or as the item's content. */
function itemOffer(incident: string, { id, n }: ItemStatus, words: Readonly<Record<string, string>>): Card {
  const note = form('note', t('text.quiet_add'), 'note', { incident, ...words });
  const fill = form('fill', t('text.quiet_fill', { n: { raw: String(n) } }), 'item', { incident, item: id });
  return sentenceCard(t('text.quiet_offer', { n: { raw: String(n) } }), buttons([note, fill]));
}

function isAnswering({ does }: Action): boolean {
  return does.kind === 'intent' && (does.intent.type === 'answer' || does.intent.type === 'add_awareness');
}

/** Meaning of a line as an answer, or as a correction of one; null if it is neither. */
function answerTo(command: TextCommand, situation: Situation, me: ActorId | null): Meaning | null {
  const answer = commandAsAnswer(command);
  if (answer) return answerMeant(answer, situation, questionFor(situation, answer));
  if (command.type === 'amend' || command.type === 'correct')
    return meant(command, { situation, room: null, me, quoted: null });
  return command.type === 'unknown' && !command.lacks ? wordsMeant(command.text, situation) : null;
}

/**
 * Returns true for words that only make sense to the bot: a number, a figure, a leading time, the label of an option.
 * Yes, no and a time within a sentence may address other people, so the bot asks.
 */
function isPlain(command: TextCommand, line: string): boolean {
  if (command.type === 'answer') return true;
  return command.type === 'unknown' && timesIn(line).length === 0;
}

/** Card that asks if the edited words replace the statement; null if they state the same. */
function takeInstead(meaning: Meaning, { kind, id }: Stated, situation: Situation): Card | null {
  const [command, other] = meaning.kind === 'commands' ? meaning.commands : [];
  if (!command || other) return null;
  const { state } = situation;
  if (kind !== 'fact') {
    if (command.type !== 'fill_field' && command.type !== 'add_awareness') return null;
    if (command.type === 'fill_field' && isSame(state, command.field, command.value)) return null;
    if (command.type === 'add_awareness' && state.candidates.find((one) => one.id === id)?.instant === command.at)
      return null;
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
