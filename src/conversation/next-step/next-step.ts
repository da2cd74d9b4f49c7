import type { Coached } from '../../incident/scenario.ts';
import type { Question } from '../asking/question.ts';
import type { Action, SurfaceKey, Text } from '../cards/card.ts';
import { lawText, primary, type Situation } from '../cards/situation.ts';
import { laterQuestionStep, levelStep, operatorStep, questionStep, secondStep } from './grading-steps.ts';
import {
  anyDutyStep,
  drillDoneStep,
  endStep,
  followUpStep,
  nextDutyStep,
  ownDutySteps,
  possibleDutyStep,
  startStep,
  stoppedStep,
  supplementStep,
  taskStep,
  urgentDutyStep,
} from './later-steps.ts';
import { draftStep, firstReportStep } from './report-steps.ts';
import { type Looker, mayDo, type Step, waitsFor } from './step.ts';

export type { Looker } from './step.ts';

/**
 * Next step in one sentence, with its buttons: the first is the primary one unless they are the answers of a question.
 * Without a button it waits for the people the sentence names.
 */
export interface NextStep {
  readonly text: Text;
  readonly actions: readonly Action[];
  /** Sentence on the act of another person that is needed first, e.g. the approval of the draft; null if none is. */
  readonly meanwhile: Text | null;
  /** Card of the step, or the board of duties; null if there is none. */
  readonly about: SurfaceKey | 'owed' | null;
  /** Reason why this step is next, in a guided drill. */
  readonly why?: Text;
  /** Complete question of the step; absent for every other step. */
  readonly question?: Question;
}

type Find = (situation: Situation, looker: Looker | null) => Step | null;

/** Order of the steps: the start of the clock, the level, the report in progress, other duties, and optional work. */
const ORDER: readonly Find[] = [
  drillDoneStep,
  operatorStep,
  secondStep,
  questionStep,
  urgentDutyStep,
  levelStep,
  firstReportStep,
  draftStep,
  followUpStep,
  nextDutyStep,
  supplementStep,
  startStep,
  taskStep,
  laterQuestionStep,
  possibleDutyStep,
];
/** Steps that are shown only if nothing else waits for anybody. */
const LAST: readonly Find[] = [endStep, anyDutyStep];

/**
 * The one next step of an incident for the person who looks; for a room or the API (`looker` null) that of everybody.
 * Null only when it is closed: while anything is owed there is one.
 */
export function nextStep(situation: Situation, looker: Looker | null): NextStep | null {
  const { state } = situation;
  if (state.closed) return null;
  let waited: Step | null = null;
  const first = state.stopped ? [stoppedStep] : ORDER;
  for (const find of [...first, ...LAST]) {
    // The end is only spoken of when nothing waits for anybody.
    if (waited && LAST.includes(find)) break;
    const found = find(situation, looker);
    if (found && (!looker || mayDo(situation, found, looker))) {
      const meanwhile = waited && textForAll(situation, waited);
      return {
        ...shown(situation, found, looker),
        meanwhile,
        about: found.about ?? null,
        ...(found.question ? { question: found.question } : {}),
        ...coached(situation, found),
      };
    }
    waited ??= found;
  }
  return waited && { text: textForAll(situation, waited), actions: [], meanwhile: null, about: waited.about ?? null };
}

/** Most steps of one incident that wait for a person: the next one, then those that need their right or are theirs. */
const MOST_WAITING = 4;

/** All open steps of an incident for one person, the most urgent first. */
export function waitingSteps(situation: Situation, looker: Looker): readonly Pick<NextStep, 'text' | 'actions'>[] {
  const next = nextStep(situation, looker);
  if (!next || next.actions.length === 0) return [];
  const all = situation.state.stopped ? [] : ORDER.flatMap((find) => find(situation, looker) ?? []);
  const theirs = [
    ...all.filter((found) => (found.needs ?? found.people) !== undefined && mayDo(situation, found, looker)),
    ...ownDutySteps(situation, looker),
  ].map((found) => shown(situation, found, looker));
  const told = new Map([next, ...theirs].map(({ text, actions }) => [JSON.stringify(text), { text, actions }]));
  return [...told.values()].slice(0, MOST_WAITING);
}

function shown(situation: Situation, step: Step, looker: Looker | null): Pick<NextStep, 'text' | 'actions'> {
  const actions = step.isQuestion ? step.actions : step.actions.map((one, n) => (n === 0 ? primary(one) : one));
  return { text: looker ? step.text : textForAll(situation, step), actions };
}

/** The sentence of a guided drill on the button of a step. */
function coached({ state }: Situation, { isQuestion, actions }: Step): { readonly why?: Text } {
  const button = isQuestion ? ('questions' satisfies Coached) : (actions[0]?.id ?? '');
  const why = Object.entries(state.scenario?.coach ?? {}).find(([id]) => id === button)?.[1];
  return why ? { why: lawText(why) } : {};
}

/** Text of a step in a room that everybody reads: it names the people it waits for; only they get the button. */
function textForAll(situation: Situation, step: Step): Text {
  const people = step.waiting ? waitsFor(situation, step) : null;
  return step.waiting && people ? step.waiting(people) : step.text;
}
