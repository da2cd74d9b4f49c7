import { nextQuestion, type Question } from '../asking/next-question.ts';
import { intentOfChoice } from '../asking/question.ts';
import { readNumber, readPast, readSpan } from '../asking/value-readings.ts';
import { definitionOf } from '../cards/fact-text.ts';
import { joined, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { meansDiscovery } from '../text/commands/field-words.ts';
import { splitLeadingTime } from '../text/times/times.ts';
import { commands, type Meaning } from './meaning.ts';
import { factOf, fieldAnswers, optionsNamed, valueOfNamed } from './named-values.ts';

type Answer =
  | { readonly type: 'answer'; readonly text: string; readonly choices?: readonly number[] }
  | { readonly type: 'yes' | 'no' | 'dont_know' };

/** Fact asked beside the others (CII involved), never answered in words of their kind. */
const ASKED_BESIDE = 'operator';

/** The question an answer is about: words are about the one that is asked on its own card. */
export function questionFor(situation: Situation, answer: Answer | null): Question | null {
  const { state, ia, regime } = situation;
  const isWords = answer === null || (answer.type === 'answer' && !answer.choices && answer.text !== '');
  return (isWords ? nextQuestion(state, ia, regime, ASKED_BESIDE) : null) ?? nextQuestion(state, ia, regime);
}

/** "影响：…": the answer to the question that is open if it can be one; null if it is a field of the report. */
export function fieldMeantAsAnswer(
  command: { readonly field: string; readonly text: string },
  situation: Situation,
): Meaning | null {
  const question = questionFor(situation, null);
  if (question?.id === 'first_notice' && meansDiscovery(fold(command.field))) {
    const reading = readPast(splitLeadingTime(command.text)?.time ?? command.text, situation.ia.now);
    return reading.ok ? timed(command.text, situation, question) : null;
  }
  return question && fieldAnswers(command, situation, question);
}

/** Meaning of a line that is no command: an answer to the open question if its words fit one; else null. */
export function wordsMeant(line: string, situation: Situation): Meaning | null {
  const question = questionFor(situation, null);
  if (!question) return null;
  const named = optionsNamed(line, question);
  if (named) return named;
  const value = valueOfNamed(line, situation, question);
  if (value === null) return null;
  return question.choice ? optionsNamed(value, question) : worded(value, situation, question);
}

/** Meaning of an answer in words for the open question; when unsure it asks back. */
export function answerMeant(answer: Answer, situation: Situation, question: Question | null): Meaning {
  if (!question) return { kind: 'say', text: t('text.no_question') };
  if (answer.type === 'dont_know') return unknownAnswer(question);
  if (answer.type !== 'answer') return yesOrNo(question, answer.type === 'yes');
  // 回答 alone asks for the way to answer.
  if (answer.text === '') return byForm(question);
  if (answer.choices) return chosen(question, answer.choices);
  return worded(answer.text, situation, question);
}

function unknownAnswer(question: Question): Meaning {
  const fact = question.choice?.fact ?? factOf(question);
  if (!fact) return byForm(question);
  return commands({ type: 'answer', fact, value: 'unknown' });
}

function yesOrNo(question: Question, yes: boolean): Meaning {
  const option = question.options.find(({ intent }) => intent.type === 'answer' && intent.value === yes);
  if (option) return commands(option.intent);
  const position = question.id === 'operator' ? (yes ? 1 : 0) : -1;
  const byPlace = question.options[position];
  return byPlace ? commands(byPlace.intent) : noOption(question);
}

/** Numbers of options as they are shown, from 1. */
function chosen(question: Question, choices: readonly number[]): Meaning {
  if (question.choice) {
    const values = choices.map((n) => question.choice?.options[n - 1]?.value);
    if (values.some((value) => value === undefined)) return noOption(question);
    return commands(
      intentOfChoice(
        question.choice.fact,
        values.filter((value) => value !== undefined),
      ),
    );
  }
  const [n] = choices;
  const option = n === undefined || choices.length > 1 ? undefined : question.options[n - 1];
  if (option) return commands(option.intent);
  return n !== undefined && question.kind === 'number'
    ? { kind: 'say', text: t('text.no_option', { n: question.options.length }) }
    : noOption(question);
}

function worded(text: string, situation: Situation, question: Question): Meaning {
  if (question.id === 'first_notice' || question.kind === 'time') return timed(text, situation, question);
  const named = optionsNamed(text, question);
  if (named || question.choice) return named ?? noOption(question);
  const fact = factOf(question);
  const definition = fact === null ? null : definitionOf(situation.regime, fact);
  if (fact && definition?.kind === 'duration') return lasted(text, situation, fact);
  if (!fact || definition?.kind !== 'number') return noOption(question);
  const reading = readNumber(text, definition.unit);
  return reading.ok ? commands({ type: 'answer', fact, value: reading.value }) : { kind: 'say', text: reading.error };
}

/** Meaning of a duration, either a length or a start and an end. */
function lasted(text: string, { ia }: Situation, fact: string): Meaning {
  const length = readNumber(text, 'minutes');
  if (length.ok) return commands({ type: 'answer', fact, value: length.value });
  if (!splitLeadingTime(text)) return { kind: 'say', text: length.error };
  const span = readSpan(text, '', ia.now);
  return span.ok ? commands({ type: 'answer', fact, value: span.value }) : { kind: 'say', text: span.error };
}

/** A time: for awareness the words behind it are kept as the description of the candidate. */
function timed(text: string, situation: Situation, question: Question): Meaning {
  const split = splitLeadingTime(text);
  const reading = readPast(split?.time ?? text, situation.ia.now);
  if (!reading.ok) return { kind: 'say', text: reading.error };
  const fact = question.id === 'first_notice' ? null : factOf(question);
  if (fact) return commands({ type: 'answer', fact, value: reading.value });
  if (reading.value === 'unknown') return byForm(question);
  const description = split?.rest ? { description: split.rest } : {};
  return commands({ type: 'add_awareness', at: reading.value, source: 'other', reachedUs: true, ...description });
}

function byForm(question: Question): Meaning {
  return question.form
    ? { kind: 'form', ref: question.form.ref, label: question.form.label }
    : { kind: 'say', text: t('text.no_option', { n: question.options.length }) };
}

/** More than these are read faster on the card. */
const MOST_NAMED = 8;

function noOption(question: Question): Meaning {
  const labels = (question.choice?.options ?? question.options).map(({ label }) => label);
  if (labels.length === 0) return byForm(question);
  if (labels.length > MOST_NAMED) return { kind: 'say', text: t('text.no_option', { n: labels.length }) };
  const options = labels.map((label, index) => t('text.numbered', { n: index + 1, label }));
  return { kind: 'say', text: t('text.no_option_named', { options: joined(options, 'semicolon') }) };
}
