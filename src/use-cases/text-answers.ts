import { definitionOf } from '../conversation/facts.ts';
import { intentOfChoice } from '../conversation/question.ts';
import type { Question } from '../conversation/questions.ts';
import { readNumber, readPast } from '../conversation/readings.ts';
import { type Scene, t } from '../conversation/scene.ts';
import { splitLeadingTime } from '../conversation/text/times.ts';
import { commands, type Meaning } from './meaning.ts';

type Answer =
  | { readonly type: 'answer'; readonly text: string; readonly choices?: readonly number[] }
  | { readonly type: 'yes' | 'no' | 'dont_know' };

/** What an answer in words means for the question that is open; when unsure it asks back. */
export function answerMeant(answer: Answer, scene: Scene, question: Question | null): Meaning {
  if (!question) return { kind: 'say', text: t('text.no_question') };
  if (answer.type === 'dont_know') return unknownAnswer(question);
  if (answer.type !== 'answer') return yesOrNo(question, answer.type === 'yes');
  // 回答 alone asks for the way to answer.
  if (answer.text === '') return byForm(question);
  if (answer.choices) return chosen(question, answer.choices);
  return worded(answer.text, scene, question);
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

function worded(text: string, scene: Scene, question: Question): Meaning {
  if (question.id === 'first_notice' || question.kind === 'time') return timed(text, scene, question);
  if (question.choice) return noOption(question);
  const fact = factOf(question);
  const definition = fact === null ? null : definitionOf(scene.regime, fact);
  if (!fact || (definition?.kind !== 'number' && definition?.kind !== 'duration')) return noOption(question);
  const reading = readNumber(text, definition.unit);
  return reading.ok ? commands({ type: 'answer', fact, value: reading.value }) : { kind: 'say', text: reading.error };
}

/** A time: for awareness the words behind it are kept as the description of the candidate. */
function timed(text: string, scene: Scene, question: Question): Meaning {
  const split = splitLeadingTime(text);
  const reading = readPast(split?.time ?? text, scene.ia.now);
  if (!reading.ok) return { kind: 'say', text: reading.error };
  const fact = question.id === 'first_notice' ? null : factOf(question);
  if (fact) return commands({ type: 'answer', fact, value: reading.value });
  if (reading.value === 'unknown') return byForm(question);
  const description = split?.rest ? { description: split.rest } : {};
  return commands({ type: 'add_awareness', at: reading.value, source: 'other', reachedUs: true, ...description });
}

function factOf(question: Question): string | null {
  const intents = question.options.map(({ intent }) => intent);
  const answers = intents.find((intent) => intent.type === 'answer');
  return answers?.type === 'answer' ? answers.fact : null;
}

function byForm(question: Question): Meaning {
  return question.form
    ? { kind: 'form', ref: question.form.ref, label: question.form.label }
    : { kind: 'say', text: t('text.no_option', { n: question.options.length }) };
}

function noOption(question: Question): Meaning {
  const n = question.choice?.options.length ?? question.options.length;
  return n > 0 ? { kind: 'say', text: t('text.no_option', { n }) } : byForm(question);
}
