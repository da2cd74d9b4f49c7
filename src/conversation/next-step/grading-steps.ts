import { isSamePerson } from '../../incident/approvals.ts';
import { openProposals } from '../../incident/proposals.ts';
import { isReported } from '../../law/levels.ts';
import { askOperator, askSystem } from '../asking/context-questions.ts';
import { nextQuestion, type Question } from '../asking/next-question.ts';
import { openFacts } from '../asking/open-facts.ts';
import { optionActions } from '../asking/question.ts';
import type { Action } from '../cards/card.ts';
import { factLabel } from '../cards/fact-text.ts';
import { firstFiling, form, intent, levelText, personText, type Situation, t, view } from '../cards/situation.ts';
import { hasRisen, hasVerdict } from '../level/verdict.ts';
import { proposedText } from '../proposals.ts';
import { type Step, step } from './step.ts';

/** Step for a decision that waits for a second person, who reads it before agreeing. */
export function secondStep(situation: Situation): Step | null {
  const { state } = situation;
  const [proposal] = openProposals(state);
  if (!proposal) return null;
  const { by, command } = proposal;
  const read = view('proposal', t('act.look'), 'question', { incident: state.id });
  const isByOne = situation.byOne ?? state.drill;
  const except = (actor: string): boolean => !isByOne && isSamePerson(state, actor, by);
  const params = { by: personText(state, by), what: proposedText(situation, command) };
  return step('next.second', params, [read], { needs: 'second_level', except, about: 'question' });
}

/** Question that decides both deadline and recipient: the kind of operator, or before it the system by which the profile answers it. */
export function operatorStep(situation: Situation): Step | null {
  const question = askOperator(situation);
  return question && asked(situation, askSystem(situation) ?? question);
}

/** Next question of those the verdict needs. */
export function questionStep(situation: Situation): Step | null {
  return hasVerdict(situation) ? null : laterQuestionStep(situation);
}

/** Next question of those left open on the way to the verdict; none after handling ended. */
export function laterQuestionStep(situation: Situation): Step | null {
  if (situation.state.handlingEnded) return null;
  const question = nextQuestion(situation);
  return question && asked(situation, question);
}

/** Step with a question: a few answers are buttons of the step; otherwise a button opens the question. */
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

/** A person confirms the level the figures give, or decides where they give none. */
export function levelStep(situation: Situation): Step | null {
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
