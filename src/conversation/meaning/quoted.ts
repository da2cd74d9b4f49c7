import type { Command } from '../../incident/commands.ts';
import { CRIME } from '../../incident/facts/circumstances.ts';
import { LANGUAGES } from '../../incident/identity.ts';
import { factName as factLabel } from '../../report/values.ts';
import { questionOf } from '../asking/fact-forms.ts';
import { nextQuestion } from '../asking/next-question.ts';
import { type Question, question } from '../asking/question.ts';
import type { Action, Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import { form, intent, ofPart, personText, plain, primary, type Situation, t } from '../cards/situation.ts';
import { fold, languageIn } from '../text/characters.ts';
import { findIncidentId, type TextCommand } from '../text/commands/commands.ts';
import { answerMeant, commandAsAnswer, wordsMeant } from './answers.ts';
import { statedText } from './findings.ts';
import { commands, type Meaning, type Reader, say } from './meaning.ts';
import { correctClock } from './times.ts';

const CONTEXT = ['affected', 'operator', 'system', CRIME, 'incident_type', 'ongoing'] as const;
const SHORTEST = 4;

/** Reads a line that quotes a question of the bot or a person's message; null if the quotation does not matter. */
export function quotedMeant(command: TextCommand, reader: Reader): Meaning | null {
  const { situation, quoted } = reader;
  const answer = commandAsAnswer(command);
  if (!quoted || !(answer || command.type === 'unknown')) return null;
  const { state } = situation;
  const found = questionIn(quoted, situation);
  if (!found) return command.type === 'unknown' ? relayedMeant(command, quoted, reader) : null;
  const open = nextQuestion(situation, found.id === 'operator' ? null : 'operator');
  const isOpen = found.id === open?.id || (found.fact !== null && state.facts[found.fact] === undefined);
  const meaning = answer
    ? answerMeant(answer, situation, found.question)
    : wordsMeant(command.type === 'unknown' ? command.text : '', situation, found.question);
  return isOpen || meaning === null ? meaning : answeredBefore(found, meaning, command, situation);
}

/**
 * Meaning of 记一下 or 这个也算 below a person's message: the quotation is the content. It becomes a note naming who relayed
 * it, and the bot asks about its facts. Null for words with their own meaning, and below messages of the bot.
 */
function relayedMeant(
  { text, lacks }: Extract<TextCommand, { type: 'unknown' }>,
  quoted: string,
  { situation, me }: Reader,
): Meaning | null {
  if (findIncidentId(quoted) !== undefined || (lacks !== 'text' && wordsMeant(text, situation) !== null)) return null;
  const words = quoted.trim().slice(0, LONGEST_RELAYED);
  const by = me === null ? null : personText(situation.state, me);
  const relayed =
    by === null ? t('text.quoted', { text: plain(words) }) : t('text.relayed', { by, text: plain(words) });
  const note = { type: 'add_note', text: localise(relayed, languageIn(words)) } as const;
  if (lacks === 'text') return commands(note);
  const states = wordsMeant(words, situation);
  const found = states?.kind === 'commands' ? possibly(states.commands, words, situation) : [];
  return say(t('text.quoted_what'), [primary(intent('relay', t('text.add_quoted'), note)), ...found]);
}
const LONGEST_RELAYED = 1_500;

/** Returns the buttons for the facts a quotation states; a person decides, because it may be about another matter. */
function possibly(stated: readonly Command[], words: string, situation: Situation): readonly Action[] {
  return stated.flatMap((command, index) => {
    const label = statedText(command, situation, words);
    return label === null ? [] : [intent(`states_${index}`, label, command)];
  });
}

interface Quoted {
  readonly id: string;
  readonly fact: string | null;
  readonly question: Question;
}

/** Returns the question whose text is in a quotation, in either language; an answered one as if it were asked again. */
function questionIn(quoted: string, situation: Situation): Quoted | null {
  const { regime } = situation;
  const words = fold(quoted);
  const says = (text: Text): boolean =>
    LANGUAGES.some((language) => {
      const [head = ''] = fold(localise(text, language)).split('?');
      return head.length >= SHORTEST && words.includes(head);
    });
  const asks = ({ text, brief }: Question): boolean => says(text) || (brief !== null && says(brief));
  for (const beside of ['operator', null]) {
    const next = nextQuestion(situation, beside);
    if (next && asks(next)) return { id: next.id, fact: null, question: next };
  }
  const start = question(situation, { id: 'first_notice', kind: 'time', text: t('ask.awareness'), options: [] });
  if (asks(start)) return { id: start.id, fact: null, question: start };
  for (const fact of [...CONTEXT, ...regime.factDefinitions.map(({ id }) => id)]) {
    const found = questionOf(situation, fact);
    if (found && asks(found)) return { id: found.id, fact, question: found };
  }
  return null;
}

/** Returns the card for a question that was answered before: its answer, and the button to correct it. */
function answeredBefore(
  { fact, question }: Quoted,
  meaning: Meaning,
  command: TextCommand,
  situation: Situation,
): Meaning {
  const { state, regime } = situation;
  if (fact === null) return correctClock('text' in command ? command.text : undefined, situation);
  const entry = state.facts[fact];
  const [change] = meaning.kind === 'commands' ? meaning.commands : [];
  const args = { incident: state.id, fact };
  const value = ofPart('answers', entry ? valueText(situation, fact, entry.value) : { raw: '' });
  const text = t('text.answered_before', { label: factLabel(regime, fact), value, question: question.text });
  if (change?.type !== 'answer') return say(text, [form('correct', t('act.correct'), 'correct', args)]);
  const changed = ofPart('answers', valueText(situation, fact, change.value));
  return say(text, [primary(intent('correct_to', t('text.correct_to', { value: changed }), change))]);
}
