import { isMessageKey } from '../../i18n/translate.ts';
import { rankOf, reportedFrom } from '../../law/levels.ts';
import { type FactDefinition, thresholdsOf } from '../../law/regime.ts';
import type { Source } from '../../law/types.ts';
import type { Text } from '../cards/card.ts';
import { bandsOf, factLabel, quantity } from '../cards/fact-text.ts';
import { at, joined, levelText, type Situation, t } from '../cards/situation.ts';
import { likelyStart } from './context-questions.ts';
import { isAskable, openFacts, speaksOf } from './open-facts.ts';
import { answer, noOrYes, type Question, type QuestionOption, question, unknownOption } from './question.ts';

/** The figure or choice that can change the level most, by numbers alone; null when there is none left. */
export function askByNumbers(situation: Situation): Question | null {
  const fact = openFacts(situation).byNumbers.find(({ id }) => isAskable(situation, id));
  return fact ? factQuestion(situation, fact) : null;
}

/** Questions that matter only with a judgement, then the judgements themselves, for legal or the lead. */
export function askWithJudgement(situation: Situation): Question | null {
  const open = openFacts(situation);
  if (open.judgements.length === 0) return null;
  const fact = open.withJudgement.find(({ id }) => isAskable(situation, id));
  if (fact) return factQuestion(situation, fact);
  const judgement = open.judgements.find(({ id }) => isAskable(situation, id));
  return judgement ? judgementQuestion(situation, judgement) : null;
}

/** The question of one fact of the law, whether or not it was answered before: corrections use it too. */
export function factQuestion(situation: Situation, fact: FactDefinition): Question {
  const asked = situation.state.facts[fact.id];
  const common = {
    id: fact.id,
    text: { law: fact.question },
    askedBefore: asked?.value === 'unknown' ? asked.at : null,
    ...whyOf(situation, fact),
  };
  const opens = (label: Text, form: string) => ({
    form: { label, ref: { form, args: { incident: situation.state.id, fact: fact.id } } },
  });
  switch (fact.kind) {
    case 'number': {
      const exact = opens(t('act.exact'), 'number');
      return question({ ...common, kind: 'number', options: bandOptions(situation, fact), ...exact });
    }
    case 'duration': {
      const span = opens(t('ask.ongoing.other'), 'ongoing');
      return question({ ...common, kind: 'number', options: outageOptions(situation, fact), ...span });
    }
    case 'boolean':
      return question({ ...common, kind: 'one', options: noOrYes(fact.id) });
    case 'many': {
      // Usually one answer applies: a button for each, and a form for several at once.
      const several = opens(t('ask.several'), 'correct');
      return question({ ...common, kind: 'many', options: choiceOptions(fact, true), ...several });
    }
    default:
      return question({ ...common, kind: 'one', options: choiceOptions(fact, false) });
  }
}

function judgementQuestion(situation: Situation, fact: FactDefinition): Question {
  const open = openFacts(situation).judgements;
  const asking = (key: 'ask.judgements' | 'ask.judgements_brief', nameOf: (id: string) => Text): Text =>
    t(key, {
      what: joined(
        open.map(({ id }) => nameOf(id)),
        'semicolon',
      ),
    });
  const long = (id: string): Text => factLabel(situation.regime, id);
  return {
    ...factQuestion(situation, fact),
    text: asking('ask.judgements', long),
    brief: asking('ask.judgements_brief', (id) => {
      const key = `ask.judgement.${id}`;
      return isMessageKey(key) ? t(key) : long(id);
    }),
    why: t('ask.judgements.why'),
    forWhom: 'legal',
    form: { label: t('act.judge'), ref: { form: 'judgements', args: { incident: situation.state.id } } },
  };
}

function bandOptions(situation: Situation, fact: FactDefinition): readonly QuestionOption[] {
  return [
    ...bandsOf(situation.regime, fact).map(({ value, label }) => answer(fact.id, value, label)),
    // "None" is an option of its own: as "under 10 minutes" it would be reported as an outage.
    answer(fact.id, 0, t('band.none')),
    unknownOption(fact.id),
  ];
}

/** Options of an outage: first the recorded "still going on, since …", then the bands. */
function outageOptions(situation: Situation, fact: FactDefinition): readonly QuestionOption[] {
  const ongoing = situation.state.facts['ongoing']?.value;
  const span = typeof ongoing === 'object' && 'since' in ongoing ? ongoing : { since: likelyStart(situation) };
  const since = at(situation, span.since);
  const label =
    span.until === undefined
      ? t('value.down_since', { since })
      : t('value.down_span', { since, until: at(situation, span.until) });
  return [answer(fact.id, span, label), ...bandOptions(situation, fact)];
}

function choiceOptions(fact: FactDefinition, many: boolean): readonly QuestionOption[] {
  return [
    ...(fact.options ?? []).map(({ id, name }) => answer(fact.id, many ? [id] : id, { law: name })),
    unknownOption(fact.id),
  ];
}

/** Reason for the question: the lowest threshold above the present floor, with the words of the law. */
function whyOf(situation: Situation, fact: FactDefinition): { why: Text | null; quote: Source | null } {
  const { ia, regime } = situation;
  const floor = rankOf(regime, ia.assessment.floor);
  const threshold = thresholdsOf(regime, fact.id).find(({ level }) => rankOf(regime, level) > floor);
  if (threshold) {
    const params = { threshold: quantity(fact.unit, threshold.value), level: levelText(regime, threshold.level) };
    const why = t(threshold.level === reportedFrom(regime) ? 'ask.why_level' : 'ask.why_higher', params);
    return { why, quote: regime.criteria.find(({ id }) => id === threshold.criterion)?.source ?? null };
  }
  const criterion = regime.criteria.find(({ level, when }) => rankOf(regime, level) > floor && speaksOf(when, fact.id));
  if (!criterion) return { why: null, quote: null };
  return { why: t('ask.why_choice', { level: levelText(regime, criterion.level) }), quote: criterion.source };
}
