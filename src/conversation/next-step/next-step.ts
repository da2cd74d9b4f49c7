import { isSamePerson } from '../../incident/approvals.ts';
import { openProposals } from '../../incident/proposals.ts';
import type { Coached } from '../../incident/scenario.ts';
import { isReported } from '../../law/levels.ts';
import { factName as factLabel } from '../../report/values.ts';
import { askOperator, askSystem } from '../asking/context-questions.ts';
import { nextQuestion } from '../asking/next-question.ts';
import { openFacts } from '../asking/open-facts.ts';
import { optionActions, type Question } from '../asking/question.ts';
import type { Action, SurfaceKey, Text } from '../cards/card.ts';
import {
  firstFiling,
  form,
  intent,
  lawText,
  levelText,
  personText,
  primary,
  type Situation,
  t,
  view,
} from '../cards/situation.ts';
import { officerStep } from '../drills/call-card.ts';
import { hasRisen, hasVerdict } from '../level/verdict.ts';
import { proposedText } from '../proposals.ts';
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
import { draftStep, firstReportStep, lateReportStep } from './report-steps.ts';
import { type Looker, mayDo, type Step, step, waitsFor } from './step.ts';

/** Step for a proposal, which the second person reads before answering. */
function secondStep(situation: Situation): Step | null {
  const { state } = situation;
  const [proposal] = openProposals(state);
  if (!proposal) return null;
  const { by, command } = proposal;
  const read = view('proposal', t('act.look'), 'proposals', { incident: state.id });
  const isByOne = situation.byOne ?? state.drill;
  const except = (actor: string): boolean => !isByOne && isSamePerson(state, actor, by);
  const params = { by: personText(state, by), what: proposedText(situation, command) };
  return step('next.second', params, [read], { needs: 'second_level', except, about: 'proposals' });
}

/** Step for the question on the operator (which decides deadline and recipient), or on the system that answers it. */
function operatorStep(situation: Situation): Step | null {
  const question = askOperator(situation);
  return question && asked(situation, askSystem(situation) ?? question);
}

/** Step for the next question that the verdict needs. */
function questionStep(situation: Situation): Step | null {
  return hasVerdict(situation) ? null : laterQuestionStep(situation);
}

/** Step for the next open question, also after the verdict; null after handling has ended. */
function laterQuestionStep(situation: Situation): Step | null {
  if (situation.state.handlingEnded) return null;
  const question = nextQuestion(situation);
  return question && asked(situation, question);
}

/** Step for a question: a few options become its buttons, otherwise one button opens the question. */
function asked({ state, regime }: Situation, question: Question): Step {
  const { id, text, options, choice, form: exact, forWhom } = question;
  const isShort = options.length <= 3 && !choice && !exact && forWhom === 'anyone';
  if (isShort) return { text, actions: optionActions(question), isQuestion: true, question, about: 'question' };
  const answer = view('questions', t('act.answer_questions'), 'question', { incident: state.id });
  if (forWhom === 'legal') return { ...judgeStep([answer]), question };
  return { text: t('next.question', { what: factLabel(regime, id) }), actions: [answer], question, about: 'question' };
}

function judgeStep(actions: readonly Action[]): Step {
  return step('next.judge', {}, actions, { needs: 'judge', about: 'question' });
}

/** Step for the level: confirm the level by the figures or, without one, decide it. */
function levelStep(situation: Situation): Step | null {
  const { state, ia, regime } = situation;
  if (state.levelDecision ? !hasRisen(situation) : state.notReportable !== null || !hasVerdict(situation)) return null;
  const { floor } = ia.assessment;
  const who = { needs: 'decide_level', about: 'question' } as const;
  if (isReported(regime, floor)) {
    const level = levelText(regime, floor);
    const confirm = intent('confirm_level', t('act.confirm_level', { level }), { type: 'decide_level', level: floor });
    return step('next.level', { level }, [confirm], who);
  }
  if (state.notReportable) return null;
  const incident = { incident: state.id };
  if (openFacts(situation).judgements.length > 0 && !firstFiling(situation)) {
    return judgeStep([form('judge', t('act.judge'), 'judgements', incident)]);
  }
  return step('next.level_open', {}, [form('another_level', t('act.decide'), 'another_level', incident)], who);
}

/**
 * Next step in one sentence, with its buttons; the first is primary unless they are the options of a question. Without
 * buttons the step waits for the people named in the sentence.
 */
export interface NextStep {
  readonly text: Text;
  readonly actions: readonly Action[];
  /** Sentence on another person's act that has to come first, e.g. an approval; null if there is none. */
  readonly meanwhile: Text | null;
  /** Card of the step, or the board of duties; null if there is none. */
  readonly about: SurfaceKey | 'owed' | null;
  /** Reason for this step in a guided drill, or the proposed words in a practised call. */
  readonly why?: Text;
  /** Question of the step; absent for other steps. */
  readonly question?: Question;
}

type Find = (situation: Situation, looker: Looker | null) => Step | null;

/** Order of the steps: the start of the clock, the level, the report in progress, other duties, and optional work. */
const ORDER: readonly Find[] = [
  drillDoneStep,
  lateReportStep,
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
/** Steps that apply only if no other step waits for anybody. */
const LAST: readonly Find[] = [endStep, anyDutyStep];

/**
 * Next step of an incident for one person; for a room or the API (`looker` null) that of everybody. Null only for a
 * closed incident: while anything is owed there is a step.
 */
export function nextStep(situation: Situation, looker: Looker | null): NextStep | null {
  const { state } = situation;
  if (state.closed) return null;
  let waited: Step | null = null;
  const order = state.calls.length > 0 ? [officerStep, ...ORDER] : ORDER;
  const first = state.stopped ? [stoppedStep] : order;
  for (const find of [...first, ...LAST]) {
    // The last steps apply only if nobody is waited for.
    if (waited && LAST.includes(find)) break;
    const found = find(situation, looker);
    if (found && (!looker || mayDo(situation, found, looker))) {
      const meanwhile = waited && textForAll(situation, waited);
      return {
        ...shown(situation, found, looker),
        meanwhile,
        about: found.about ?? null,
        ...(found.question ? { question: found.question } : {}),
        ...(found.why ? { why: found.why } : coached(situation, found)),
      };
    }
    waited ??= found;
  }
  return waited && { text: textForAll(situation, waited), actions: [], meanwhile: null, about: waited.about ?? null };
}

/** Maximum number of steps shown to a person: the next one, then those that need the person's right or are theirs. */
const MOST_WAITING = 4;

/** Open steps of an incident for one person, the most urgent first. */
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

/** Explanation of the step's button in a guided drill. */
function coached({ state }: Situation, { isQuestion, actions }: Step): { readonly why?: Text } {
  const button = isQuestion ? ('questions' satisfies Coached) : (actions[0]?.id ?? '');
  const why = Object.entries(state.scenario?.coach ?? {}).find(([id]) => id === button)?.[1];
  return why ? { why: lawText(why) } : {};
}

/** Text of a step for a room: it names the people it waits for; only they get the button. */
function textForAll(situation: Situation, step: Step): Text {
  const people = step.waiting ? waitsFor(situation, step) : null;
  return step.waiting && people ? step.waiting(people) : step.text;
}
