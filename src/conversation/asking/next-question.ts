import { onceFor } from '../../incident/facts/once.ts';
import type { Situation } from '../cards/situation.ts';
import {
  type Ask,
  askAffected,
  askAwareness,
  askCircumstances,
  askCrime,
  askOngoing,
  askOperator,
  askPossible,
  askSystem,
  askType,
  askTypeEarly,
} from './context-questions.ts';
import { askByNumbers, askOccurrence, askPacks, askWithJudgement } from './level-questions.ts';
import type { Question } from './question.ts';

/**
 * Order of the questions: what starts the clock and names the recipient, what happened with since when and crime, what
 * is affected, then the facts that decide the level. What was left open on the way is asked alone as soon as the level
 * is clear, so that the level is never more than a few taps away.
 */
const ORDER: readonly Ask[] = [
  askSystem,
  askOperator,
  askAwareness,
  askTypeEarly,
  askCircumstances,
  askAffected,
  askByNumbers,
  askType,
  askCrime,
  askOngoing,
  askOccurrence,
  askWithJudgement,
  askPossible,
  askPacks,
];

const once = onceFor<Question | null>();

/** The one thing to answer next; null when nothing is left to ask, or nothing may be. `elsewhere` is asked by another card. */
export function nextQuestion(situation: Situation, elsewhere: Question['id'] | null = null): Question | null {
  const { state } = situation;
  if (state.stopped || state.closed) return null;
  return once(situation, elsewhere ?? '', () => {
    for (const ask of ORDER) {
      const question = ask(situation);
      if (question && question.id !== elsewhere) return question;
    }
    return null;
  });
}
