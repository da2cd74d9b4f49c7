import { adoptedReadings } from '../../incident/readings.ts';
import { inForce } from '../../law/dated.ts';
import type { OpenQuestion } from '../../law/regime.ts';
import { rowBlock, strongBlock, textBlock } from '../cards/blocks.ts';
import type { Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { form, joined, lawText, type Situation, t } from '../cards/situation.ts';
import { articleText } from './duties.ts';
import { openQuestionText, verdictSummary } from './verdict.ts';

const TOPICS = ['supplier', 'authority_duty', 'neighbouring_duty', 'follow_up', 'penalty', 'leniency'] as const;

/** Notes of the law that concern this incident, and open questions about it that do not touch the verdict. */
export function lawCard(situation: Situation): Card {
  return cardOf(situation, t('law.title'), verdictSummary(situation), [
    ...TOPICS.flatMap((topic) => noteBlocks(situation, topic)),
    ...questionBlocks(situation),
  ]);
}

function noteBlocks({ regime, ia }: Situation, topic: (typeof TOPICS)[number]): readonly Block[] {
  const notes = inForce(regime.notes, null).filter(
    ({ id, topic: of }) => of === topic && ia.assessment.notes.includes(id),
  );
  if (notes.length === 0) return [];
  const lines = notes.map(({ text, source }): Text => joined([lawText(text), articleText(source)], 'dot'));
  return [strongBlock(t(`law.topic.${topic}`)), ...lines.map(textBlock)];
}

/**
 * Open questions whose `concerns` name something of this incident: a duty that is listed, a fact that is stated or open, an
 * instant that is known. Warnings and questions with a reading in use by decision stand in the reasons of the verdict.
 */
export function concernedQuestions({ regime, ia, state }: Situation): readonly OpenQuestion[] {
  const elsewhere = new Set([
    ...ia.assessment.warnings.map(({ question }) => question),
    ...adoptedReadings(state).map(({ question }) => question),
    ...Object.keys(state.readings),
  ]);
  const names = new Set([
    ...['operator', 'awareness', 'leniency'],
    ...ia.obligations.map(({ id }) => id),
    ...Object.keys(state.facts),
    ...ia.assessment.undetermined,
    ...Object.keys(ia.anchors),
    ...(state.filings.length > 0 ? ['previous_filing'] : []),
  ]);
  return regime.openQuestions.filter(
    ({ id, concerns, touchedBy }) =>
      !elsewhere.has(id) && touchedBy?.learntBefore === undefined && concerns.some((name) => names.has(name)),
  );
}

function questionBlocks(situation: Situation): readonly Block[] {
  const incident = situation.state.id;
  const rows = concernedQuestions(situation).map(({ id: question, readings: [used] }): Block => {
    const decide = form(`decide_${question}`, t('act.decide'), 'settle_question', { incident, question });
    const text = openQuestionText(situation, { question, reading: used?.id ?? '' });
    return rowBlock('open', text, [decide]);
  });
  return rows.length === 0 ? [] : [strongBlock(t('why.questions')), ...rows];
}
