import { assessIncident } from '../../incident/facts/assessment.ts';
import type { Question } from '../asking/question.ts';
import type { Text } from '../cards/card.ts';
import { dueAt, joined, openClocks, type Situation, t } from '../cards/situation.ts';

/** Most answers of a question whose effects are listed; of more they would be a page of text. */
const MOST = 6;

/**
 * Effects of the answers to a question on the first deadline, answers alike in one sentence: said before somebody taps. Empty where
 * no answer moves it. Assumes that the question was not answered before, so that no second person is asked.
 */
export function clockEffects(situation: Situation, { options }: Question): readonly Text[] {
  const now = openClocks(situation)[0]?.due ?? null;
  if (now === null || options.length > MOST) return [];
  const dues = options.flatMap(({ label, intent }) => {
    if (intent.type !== 'answer' || intent.value === 'unknown') return [];
    const { state, ia, regime } = situation;
    const stamp = { value: intent.value, by: state.lead, at: ia.now, version: state.version + 1 };
    const after = { ...state, facts: { ...state.facts, [intent.fact]: stamp } };
    return [{ label, due: openClocks({ ia: assessIncident(after, regime, ia.now) })[0]?.due ?? null }];
  });
  const moved = Map.groupBy(
    dues.filter(({ due }) => due !== now),
    ({ due }) => due,
  );
  return [...moved].map(([due, all]) => {
    const answers = joined(
      all.map(({ label }) => t('panel.answer', { label })),
      'or',
    );
    return due === null ? t('panel.ends', { answers }) : t('panel.moves', { answers, due: dueAt(situation, due) });
  });
}
