import type { Command } from '../../incident/commands.ts';
import { definitionOf } from '../../law/pack.ts';
import type { Iso } from '../../law/types.ts';
import { factName as factLabel } from '../../report/values.ts';
import { nextQuestion } from '../asking/next-question.ts';
import type { Question } from '../asking/question.ts';
import { intentOfChoice } from '../asking/question.ts';
import { factOf, isDuration, readAnswer, readInstant } from '../asking/read-answer.ts';
import { readNumber, readPast } from '../asking/value-readings.ts';
import type { Action } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { intent, plain, primary, type Situation, t, view } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { yesOrNoIn } from '../text/commands/command-words.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { meansUnknown } from '../text/commands/known-words.ts';
import { type Clause, marksIn, readLine } from '../text/line-reading.ts';
import { figuresIn } from '../text/numbers/figures-in.ts';
import { interpretNumber } from '../text/numbers/numbers.ts';
import { interpretTime, type TimeReading, zonedTimesIn } from '../text/times/times.ts';
import { namesSpan } from './awareness-findings.ts';
import { countsMoney, countsOwnStaff, isLimit, isRough } from './figure-findings.ts';
import { answers, type Finding, has } from './finding.ts';
import { findingsIn, statedText } from './findings.ts';
import { commands, ifMeant, type Meaning, meaningOf, noteAction, say } from './meaning.ts';
import { fieldAnswers, valueOfNamed } from './named-values.ts';
import { awarenessOf, meansDiscovery, startMeant } from './times.ts';

type Answer =
  | { readonly type: 'answer'; readonly text: string; readonly choices?: readonly number[] }
  | { readonly type: 'yes' | 'no'; readonly word: string; readonly unsure?: boolean }
  | { readonly type: 'dont_know' };

type Say = Extract<Meaning, { kind: 'say' }>;

/** Question with a card of its own (CII involved); words answer it only while no other question is open. */
const ASKED_BESIDE = 'operator';

/** Returns the command as an answer; null if it is no answer. */
export function commandAsAnswer(command: TextCommand): Answer | null {
  if (command.type === 'dont_know') return { type: 'dont_know' };
  return command.type === 'answer' || command.type === 'yes' || command.type === 'no' ? command : null;
}

/** Returns the question that an answer belongs to; for words it is the question on the question card. */
export function questionFor(situation: Situation, answer: Answer | null): Question | null {
  const isWords = answer === null || (answer.type === 'answer' && !answer.choices && answer.text !== '');
  return (isWords ? nextQuestion(situation, ASKED_BESIDE) : null) ?? nextQuestion(situation);
}

/** Returns the meaning of "影响：…" as an answer to the open question; null if it fills a field of the report. */
export function fieldMeantAsAnswer(
  command: { readonly field: string; readonly text: string },
  situation: Situation,
): Meaning | null {
  const question = questionFor(situation, null);
  if (question?.id === 'first_notice' && meansDiscovery(fold(command.field))) {
    return startMeant(command.text, situation);
  }
  return question && fieldAnswers(command, situation, question);
}

/**
 * Returns the meaning of a line that is no command: an answer to the open question if the whole line is one, otherwise
 * the facts it states. Null if it states none.
 */
export function wordsMeant(
  line: string,
  situation: Situation,
  question = questionFor(situation, null),
): Meaning | null {
  return wholeMeant(line, situation, question) ?? sentenceMeant(line, situation, question);
}

/** Returns the meaning of a line that is an answer as a whole; null for a sentence. */
export function wholeMeant(
  line: string,
  situation: Situation,
  question = questionFor(situation, null),
): Meaning | null {
  const value = question && valueOfNamed(line, situation, question);
  return question && directly(value ?? line, situation, question);
}

/** Returns the meaning of a line that is nothing but an answer. */
function directly(words: string, situation: Situation, question: Question): Meaning | null {
  if (question.forWhom === 'legal' && /^\d+$/.test(words.trim())) return byForm(question);
  if (
    question.kind === 'number' &&
    (countsOwnStaff(words) || (!/[人名位]|people|users/.test(words) && countsMoney(words)))
  )
    return null;
  if (question.id === 'first_notice' && namesSpan(words)) return null;
  // A time of another zone is confirmed in a sentence that names both.
  if (zonedTimesIn(words).length > 0) return null;
  if (question.kind === 'time') return timeAlone(words, situation, question);
  const read = readAnswer(question, words, situation);
  if (read?.kind !== 'commands') return null;
  const [only] = read.commands;
  if (only && isDoubted(words)) return isMeant(answers(situation, words, false, only), words, situation);
  if (only && isDuration(question, situation)) {
    if (/^\d{1,2}$/.test(words.trim())) return byForm(question);
    // 九点恢复的 names one time among other words, so the sentence decides if it is the start or the end of a duration.
    if (isTimeInWords(words, situation.ia.now)) return null;
    if (isRough(words)) return isMeant(answers(situation, words, false, only), words, situation);
  }
  if (only?.type === 'answer' && isLimit(only.value, words))
    return isMeant(answers(situation, words, false, only), words, situation);
  return isBareFigure(words, read.commands, question) ? eitherFigure(words, read.commands, question, situation) : read;
}

/** Returns true for an answer in doubt: 可能120万人吧, "1.2 million people?", "a few thousand, still counting". */
function isDoubted(words: string): boolean {
  const marks = marksIn(words);
  return /[?？]\s*$/.test(words) || marks.has('hedged') || (marks.has('not_known') && !meansUnknown(fold(words)));
}

/** Returns true if other words stand beside the only time of a line. */
function isTimeInWords(words: string, now: Iso): boolean {
  const reading = interpretTime(words, { now });
  return 'assumed' in reading && reading.assumed.includes('other_words');
}

/** Returns the meaning of a line that is nothing but a time, for a question about a time. */
function timeAlone(words: string, situation: Situation, question: Question): Meaning | null {
  const reading = interpretTime(words, { now: situation.ia.now });
  const isAlone = reading.kind !== 'unclear' && !isTimeInWords(words, situation.ia.now);
  const fact = question.id === 'first_notice' ? null : factOf(question);
  if (NAMES_NO_MINUTE.test(fold(words))) {
    const past = readPast(words, situation.ia.now);
    const command = past.ok && past.value !== 'unknown' ? awarenessOf(past.value, '') : null;
    const label = command && statedText(command, situation);
    return label && fact === null
      ? isMeant({ sure: false, words, label, command }, words, situation)
      : byForm(question);
  }
  if (fact === 'ongoing') {
    // A length such as 中断了半小时 gives no start, so the form asks for it.
    const isLength = interpretNumber(words, { unit: 'minutes' }).kind !== 'unclear' && !meansUnknown(fold(words));
    if (isLength) return byForm(question);
    const read = readAnswer(question, words, situation);
    return read?.kind === 'commands' && (isAlone || yesOrNoIn(fold(words)) !== null)
      ? read
      : isAlone
        ? meaningOf(read)
        : null;
  }
  // 刚才 names no minute.
  if (!isAlone) return offeredTime(reading, words, situation, question);
  const read = readInstant(words, situation.ia.now, (at) => stating(fact, at));
  if (fact === null && meansUnknown(fold(words)))
    return commands({ type: 'answer', fact: 'first_notice', value: 'unknown' });
  return meaningOf(read, otherFigure(words, fact ?? '', situation));
}

/** Pattern of words that name no minute: 刚才, 9ish, "seven fifty-something", "about an hour ago". */
const NAMES_NO_MINUTE =
  /^(?:就?在?刚[刚才]?|just now)[.!]?$|(?:\d-?ish|something)[.!]?$|^(?:大[概约]|差不多|about|around|roughly) ?(?!.*\d[:点]).*(?:前|ago)[吧.!]?$/;
const stating = (fact: string | null, at: string): Command =>
  fact === null ? awarenessOf(at, '') : { type: 'answer', fact, value: at };

/** Returns the meaning of a time with several readings, e.g. 12点 or "midnight": each reading gets a button. */
function offeredTime(reading: TimeReading, words: string, situation: Situation, question: Question): Meaning | null {
  if (reading.kind !== 'unclear' || reading.candidates.length === 0 || reading.reason === 'unread_text') return null;
  const fact = question.id === 'first_notice' ? null : factOf(question);
  return meaningOf(readInstant(words, situation.ia.now, (at) => stating(fact, at)));
}

/** Returns true for a figure without a unit that may also be the number of an option. */
function isBareFigure(words: string, [command]: readonly Command[], { kind }: Question): boolean {
  const value = command?.type === 'answer' ? command.value : null;
  return kind === 'number' && typeof value === 'number' && value > 0 && value < LEAST && figuresIn(words).length === 0;
}
const LEAST = 100;

function eitherFigure(words: string, [command]: readonly Command[], question: Question, situation: Situation): Meaning {
  const n = Number(/\d+/.exec(fold(words))?.[0]);
  const option = question.options[n - 1];
  const figure = command?.type === 'answer' ? valueText(situation, command.fact, command.value) : null;
  return say(t('text.figure_or_option', { n: plain(String(n)) }), [
    ...(command && figure ? [intent('figure', figure, command)] : []),
    ...(option ? [intent('option', option.label, option.intent)] : []),
  ]);
}

/** Returns the meaning of a sentence: sure facts are recorded and can be undone, possible ones get a button each. */
export function sentenceMeant(line: string, situation: Situation, question: Question | null): Meaning | null {
  const reading = readLine(line);
  if (reading.asks || reading.isRows) return null;
  const found = findingsIn({ reading, situation, question });
  const sure = found.filter((one) => one.sure);
  const possible = found.filter((one) => !one.sure);
  if (sure.length > 0) {
    const asks = possible.map((one, index) => ({ text: one.label, actions: [yes(one, index)] }));
    // The question card confirms an answer to its question; other answers get a reply with an undo button.
    const isAsked = sure.every(({ command }) => question !== null && isAbout(command, question));
    const wrong = isAsked ? [] : [{ text: t('text.wrong'), actions: [undoAction(situation, sure)] }];
    return { kind: 'commands', commands: sure.map(({ command }) => command), asks: [...asks, ...wrong] };
  }
  const [only, other] = possible;
  if (!only) {
    const isUnclear = reading.clauses.some((clause) => namesUnclearZone(clause, situation.ia.now));
    return isUnclear ? say(t('read.time.ambiguous_zone'), [noNote(line)]) : null;
  }
  if (!other) return isMeant(only, line, situation);
  const isTold = ({ words }: Finding): boolean => possible.filter((one) => one.words === words).length === 1;
  const isOneFact = possible.every(({ command }) => command.type === 'add_awareness');
  const actions = possible.map((one, index) =>
    intent(`meant_${index}`, isOneFact && isTold(one) ? { raw: one.words } : one.label, one.command),
  );
  return say(t(isOneFact ? 'text.which_time' : 'text.which_meant'), isOneFact ? actions : [...actions, noNote(line)]);
}

/** Returns true for a clause that tells a time whose zone has several meanings: "mail came at 6:55 IST". */
const namesUnclearZone = (clause: Clause, now: Iso): boolean =>
  !has(clause, 'denied', 'outgoing', 'planned', 'history', 'earlier') &&
  clause.times.some(({ own, isOfOtherZone }) => {
    const read = isOfOtherZone ? interpretTime(own, { now }) : null;
    return read?.kind === 'unclear' && read.reason === 'ambiguous_zone';
  });

const isMeant = ({ label, command }: Finding, line: string, situation: Situation): Say =>
  ifMeant(label, intent('meant_0', label, command), situation, [noNote(line)]);

const noNote = (line: string): Action => ({ ...noteAction(line.trim()), label: t('text.no_note') });

function isAbout(command: Command, question: Question): boolean {
  if (command.type === 'add_awareness') return question.id === 'first_notice';
  return command.type === 'answer' && command.fact === factOf(question);
}

const yes = ({ command }: Finding, index: number): Action =>
  primary(intent(`meant_${index}`, t('common.yes'), command));
/** Returns the button that undoes what a sentence recorded; any participant may press it, also after later entries. */
function undoAction({ state }: Situation, sure: readonly Finding[]): Action {
  const about = sure.flatMap(({ command }) =>
    command.type === 'answer' ? [command.fact] : command.type === 'fill_field' ? [command.field] : [],
  );
  const args = { incident: state.id, after: String(state.version), about: about.join() };
  return view('wrong', t('text.undo_this'), 'undo', args);
}

/** Returns the meaning of an answer to the open question; if it is unclear, the bot asks for a choice. */
export function answerMeant(answer: Answer, situation: Situation, question: Question | null): Meaning {
  if (!question) return say(t('text.no_question'));
  if (answer.type === 'dont_know') return unknownAnswer(question);
  if (answer.type !== 'answer') {
    const read = meaningOf(readAnswer(question, answer.word, situation)) ?? byForm(question);
    const [only] = read.kind === 'commands' && answer.unsure ? read.commands : [];
    return only ? isMeant(answers(situation, answer.word, false, only), answer.word, situation) : read;
  }
  // 回答 without more words asks how to answer.
  if (answer.text === '') return byForm(question);
  if (answer.choices && question.forWhom === 'legal') return byForm(question);
  const isBare = /^\d+$/.test(answer.text.trim());
  if (answer.choices && isBare && question.kind === 'number')
    return directly(answer.text, situation, question) ?? byForm(question);
  if (answer.choices) return chosen(question, answer.choices);
  return worded(answer.text, situation, question);
}

function unknownAnswer(question: Question): Meaning {
  const fact = question.choice?.fact ?? factOf(question);
  if (!fact) return byForm(question);
  return commands({ type: 'answer', fact, value: 'unknown' });
}

/** Returns the meaning of option numbers as shown, from 1. */
function chosen(question: Question, choices: readonly number[]): Meaning {
  if (question.choice) {
    const values = choices.map((n) => question.choice?.options[n - 1]?.value);
    if (values.some((value) => value === undefined)) return outOfRange(question);
    return commands(
      intentOfChoice(
        question.choice.fact,
        values.filter((value) => value !== undefined),
      ),
    );
  }
  const [n] = choices;
  const option = n === undefined || choices.length > 1 ? undefined : question.options[n - 1];
  return option ? commands(option.intent) : outOfRange(question);
}

const outOfRange = ({ options }: Question): Meaning => say(t('text.no_option', { n: options.length }));

export function worded(text: string, situation: Situation, question: Question): Meaning {
  const meant = wordsMeant(text, situation, question);
  if (meant) return meant;
  const others = otherFigure(text, factOf(question) ?? '', situation);
  const isPart = question.kind === 'time' || (isDuration(question, situation) && isTimeInWords(text, situation.ia.now));
  const reading = isPart ? null : readAnswer(question, text, situation);
  return meaningOf(reading, others) ?? unanswered(text, question, others);
}

/** Returns the buttons for the earlier answer that a figure may correct: 120万人 after "how long was it down?". */
export function otherFigure(text: string, fact: string, situation: Situation): readonly Action[] {
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

function byForm(question: Question): Meaning {
  return question.form
    ? { kind: 'form', ref: question.form.ref, label: question.form.label }
    : say(t('text.no_option', { n: question.options.length }));
}

/** Returns the reply to words that answer nothing: they can be kept as a note, and the question is asked again. */
export function unanswered(line: string, question: Question, others: readonly Action[] = []): Say {
  const again: Action = { id: 'question', label: t('text.answer_question'), does: { kind: 'line', text: '当前问题' } };
  return say(t('text.not_recorded', { question: question.text }), [...others, noteAction(line.trim()), again]);
}
