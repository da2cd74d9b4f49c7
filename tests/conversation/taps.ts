import { nextQuestion } from '../../src/conversation/asking/next-question.ts';
import { intentOfChoice, type Question, type QuestionOption } from '../../src/conversation/asking/question.ts';
import type { MultiChoice } from '../../src/conversation/cards/card.ts';
import type { StatedValue } from '../../src/incident/commands/parts.ts';
import type { Command } from '../../src/incident/commands.ts';
import type { Level } from '../../src/law/types.ts';
import { company, regime, Story } from './story.ts';

/** What is true in a worked scenario; what is not named is "none". */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly profile: boolean;
  readonly operator: 'other' | 'cii_involved' | 'central_state_organ';
  readonly system?: string;
  readonly type: string;
  readonly affected: readonly string[];
  /** Minutes before the declaration since when it goes on; null if nothing does. */
  readonly since: number | null;
  /** Whether people at the desk already take it for a crime. */
  readonly crime?: boolean;
  readonly facts: Readonly<Record<string, number | boolean | string | readonly string[]>>;
  readonly level: Level;
}

export const DECLARED = '2026-03-31T09:42:00+08:00';

export interface Played {
  readonly taps: number;
  readonly asked: readonly string[];
  readonly level: string;
}

/** Plays a scenario as somebody who knows the truth and taps what the cards offer, until the level is the true one. */
export function play(scenario: Scenario): Played {
  const story = new Story(DECLARED, scenario.profile ? company : null);
  story.do({ type: 'declare', title: scenario.title });
  let taps = 0;
  const asked: string[] = [];
  for (let step = 0; step < 40 && !isReached(story, scenario); step += 1) {
    const { state, ia } = story.situation;
    const question = nextQuestion({ state, ia, regime });
    if (!question) break;
    const answer = answerOf(question, scenario);
    asked.push(question.id);
    taps += answer.taps;
    story.do(answer.intent);
  }
  return { taps, asked, level: story.situation.ia.assessment.floor };
}

/** The figures give the true level; for "general" no figure is left that could. */
export function isReached(story: Story, scenario: Scenario): boolean {
  const { assessment } = story.situation.ia;
  if (scenario.level !== 'general') return assessment.floor === scenario.level;
  return assessment.ceilingByNumbers === 'general';
}

/** The option that is true, and how many taps it takes. */
export function answerOf(question: Question, scenario: Scenario): { readonly intent: Command; readonly taps: number } {
  if (question.choice) {
    const wanted =
      question.id === 'circumstances' ? ticksOf(question.choice, scenario) : choicesOf(question.id, scenario);
    const shown = question.choice.chosen;
    const changes = [...wanted, ...shown].filter((one) => wanted.includes(one) !== shown.includes(one)).length;
    return { intent: intentOfChoice(question.id, wanted), taps: changes + 1 };
  }
  const option = question.options.find((one) => isTrue(one, question.id, scenario));
  if (option) return { intent: option.intent, taps: 1 };
  // Not offered as a button: open the form, choose, save.
  if (question.id === 'incident_type')
    return { intent: { type: 'answer', fact: 'incident_type', value: scenario.type }, taps: 3 };
  throw new Error(`${scenario.name}: no option of ${question.id} is true`);
}

/**
 * The ticks that are true: type, since when. Suspected crime is never ticked in advance and changes no level: it is left
 * for the question that asks it alone, after the verdict.
 */
function ticksOf({ options }: MultiChoice, { type, since }: Scenario): readonly string[] {
  const isSo = (tick: string) => tick === `incident_type=${type}` || (since !== null && tick.startsWith('ongoing='));
  return options.map(({ value }) => value).filter(isSo);
}

function choicesOf(fact: string, scenario: Scenario): readonly string[] {
  if (fact === 'affected') return scenario.affected;
  const value = scenario.facts[fact];
  return Array.isArray(value) ? value.map(String) : ['none'];
}

function isTrue({ intent }: QuestionOption, fact: string, scenario: Scenario): boolean {
  if (intent.type === 'add_awareness') return true;
  if (intent.type !== 'answer') return false;
  const { value } = intent;
  switch (fact) {
    case 'operator':
      return value === scenario.operator;
    case 'system':
      return value === (scenario.system ?? 'other');
    case 'incident_type':
      return value === scenario.type;
    case 'ongoing':
      return scenario.since === null ? value === 'unknown' : isRunning(value);
    case 'suspected_crime':
      return value === (scenario.crime ?? 'unknown');
    default:
      return Array.isArray(value) ? sameChoice(value, scenario.facts[fact]) : holds(value, scenario.facts[fact]);
  }
}

function sameChoice(value: readonly unknown[], truth: Scenario['facts'][string] | undefined): boolean {
  const wanted: readonly unknown[] = Array.isArray(truth) ? truth : ['none'];
  return value.length === wanted.length && wanted.every((one) => value.includes(one));
}

function isRunning(value: StatedValue): boolean {
  return typeof value === 'object' && 'since' in value;
}

/** Whether a band, choice or running duration says what is true. */
function holds(value: StatedValue, truth: Scenario['facts'][string] | undefined): boolean {
  if (typeof value === 'boolean') return value === (truth ?? false);
  if (typeof value === 'string') return value === (truth ?? 'none');
  if (typeof value !== 'object' || Array.isArray(value) || 'oneOf' in value || 'since' in value) return false;
  if ('spans' in value) return false;
  const number = typeof truth === 'number' ? truth : 0;
  return number >= (value.min ?? 0) && number <= (value.max ?? Number.POSITIVE_INFINITY);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
