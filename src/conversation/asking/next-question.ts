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
 * Order of the questions: what starts the clock and decides the recipient; what happened, since when, and crime; what
 * is affected; then the facts that decide the level. A point left open is asked alone once the level is clear, so that
 * few presses lead to the level.
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

/** Question to answer next; null if none is left or allowed. `elsewhere`: id of a question on another card. */
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
