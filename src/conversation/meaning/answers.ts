import { nextQuestion, type Question } from '../asking/next-question.ts';
import { intentOfChoice } from '../asking/question.ts';
import { factOf, readAnswer, readInstant } from '../asking/read-answer.ts';
import { readNumber, readPast, readSpan } from '../asking/value-readings.ts';
import type { Action } from '../cards/card.ts';
import { definitionOf, factLabel, valueText } from '../cards/fact-text.ts';
import { intent, joined, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { meansUnknown } from '../text/commands/known-words.ts';
import { splitLeadingTime, timesIn } from '../text/times/times.ts';
import { commands, type Meaning, meaningOf, say } from './meaning.ts';
import { fieldAnswers, valueOfNamed } from './named-values.ts';
import { awarenessOf, meansDiscovery } from './times.ts';

type Answer =
  | { readonly type: 'answer'; readonly text: string; readonly choices?: readonly number[] }
  | { readonly type: 'yes' | 'no'; readonly word: string }
  | { readonly type: 'dont_know' };

/** Fact asked beside the others (CII involved), never answered in words of their kind. */
const ASKED_BESIDE = 'operator';

/** The command as an answer; null if it is none. */
export function commandAsAnswer(command: TextCommand): Answer | null {
  if (command.type === 'dont_know') return { type: 'dont_know' };
  return command.type === 'answer' || command.type === 'yes' || command.type === 'no' ? command : null;
}

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
export function wordsMeant(
  line: string,
  situation: Situation,
  question = questionFor(situation, null),
): Meaning | null {
  if (!question) return null;
  const value = valueOfNamed(line, situation, question);
  if (value !== null) return worded(value, situation, question);
  const read = question.kind === 'time' ? null : readAnswer(question, line, situation);
  return read?.kind === 'commands' ? read : sentenceMeant(line, situation, question);
}

/**
 * Meaning of a sentence that names a past time anywhere, for a question about a time: "our SIEM alerted at 09:20 today".
 * Null for a question in return, and where no time or one to come is named; with several times one is chosen.
 */
function sentenceMeant(line: string, situation: Situation, question: Question): Meaning | null {
  // Rows are entries of a form: a time among them answers nothing else.
  if (question.kind !== 'time' || line.length > LONGEST_SENTENCE || ASKS.test(line) || line.includes('\n')) return null;
  const over = overMeant(line, situation, question);
  if (over) return over;
  const meanings = timesIn(line).flatMap((time) => {
    const answer = timedBy(time, line.trim(), situation, question);
    return answer.kind === 'commands' ? [{ time, answer }] : [];
  });
  const [only, other] = meanings;
  if (!only || !other) return only?.answer ?? null;
  const actions = meanings.flatMap(({ time, answer }, index) => {
    const [command] = answer.commands;
    return command ? [intent(`time_${index}`, { raw: time }, command)] : [];
  });
  return say(t('text.which_time'), actions);
}
const LONGEST_SENTENCE = 300;
/** Ending of a question in return. */
const ASKS = /[?？吗呢]\s*$/;

/** Meaning of an answer in words for the open question; when unsure it asks back. */
export function answerMeant(answer: Answer, situation: Situation, question: Question | null): Meaning {
  if (!question) return say(t('text.no_question'));
  if (answer.type === 'dont_know') return unknownAnswer(question);
  if (answer.type !== 'answer') return meaningOf(readAnswer(question, answer.word, situation)) ?? byForm(question);
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
    ? say(t('text.no_option', { n: question.options.length }))
    : noOption(question);
}

export function worded(text: string, situation: Situation, question: Question): Meaning {
  if (question.id === 'first_notice' || question.kind === 'time') return timed(text, situation, question);
  const reading = readAnswer(question, text, situation);
  return meaningOf(reading, otherFigure(text, factOf(question) ?? '', situation)) ?? noOption(question);
}

/** The earlier answer that a figure without a place here may correct: 120万人 after "how long was it down?". */
function otherFigure(text: string, fact: string, situation: Situation): readonly Action[] {
  const { regime, state } = situation;
  for (const other of Object.keys(state.facts)) {
    const definition = other === fact ? null : definitionOf(regime, other);
    const reading = definition?.kind === 'number' ? readNumber(text, definition.unit) : null;
    if (!reading?.ok || reading.value === 'unknown') continue;
    const params = { label: factLabel(regime, other), value: valueText(situation, other, reading.value) };
    const answer = { type: 'answer', fact: other, value: reading.value } as const;
    return [intent(`correct_${other}`, t('text.correct_fact_to', params), answer)];
  }
  return [];
}

/** A time: for awareness the words behind it are kept as the description of the candidate. */
function timed(text: string, situation: Situation, question: Question): Meaning {
  const split = splitLeadingTime(text);
  if (split?.rest && ASKS.test(text)) return say(t('text.unknown'));
  const over = overMeant(text, situation, question);
  if (over) return over;
  const leading = timedBy(split?.time ?? text, split?.rest ?? '', situation, question);
  if (leading.kind !== 'say') return leading;
  return sentenceMeant(text, situation, question) ?? leading;
}

/** "Began at 8, over at 9": a start and an end. With one time only it is asked which of the two it is. */
function overMeant(line: string, { ia }: Situation, question: Question): Meaning | null {
  if (factOf(question) !== 'ongoing' || !OVER.test(fold(line))) return null;
  const [since, until] = timesIn(line);
  const span = since === undefined ? null : readSpan(since, until ?? '', ia.now);
  if (!span?.ok || span.value === 'unknown' || span.value.until === undefined) return byForm(question);
  return commands({ type: 'answer', fact: 'ongoing', value: span.value });
}
const OVER = /结束|恢复|停止|解除|ended|is over|was over|stopped|restored|resolved/;

function timedBy(time: string, description: string, situation: Situation, question: Question): Meaning {
  const fact = question.id === 'first_notice' ? null : factOf(question);
  const others = otherFigure(time, fact ?? '', situation);
  if (fact === 'ongoing') return meaningOf(readAnswer(question, time, situation), others) ?? byForm(question);
  const reading = readInstant(time, situation.ia.now, (at) =>
    fact !== null ? { type: 'answer', fact, value: at } : awarenessOf(at, description),
  );
  const isUnknown = fact === null && reading.kind === 'commands' && meansUnknown(fold(time));
  return isUnknown ? byForm(question) : (meaningOf(reading, others) ?? byForm(question));
}

function byForm(question: Question): Meaning {
  return question.form
    ? { kind: 'form', ref: question.form.ref, label: question.form.label }
    : say(t('text.no_option', { n: question.options.length }));
}

/** More than these are read faster on the card. */
const MOST_NAMED = 8;

function noOption(question: Question): Meaning {
  const labels = (question.choice?.options ?? question.options).map(({ label }) => label);
  if (labels.length === 0) return byForm(question);
  if (labels.length > MOST_NAMED) return say(t('text.no_option', { n: labels.length }));
  const options = labels.map((label, index) => t('text.numbered', { n: index + 1, label }));
  return say(t('text.no_option_named', { options: joined(options, 'semicolon') }));
}
