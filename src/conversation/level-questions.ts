import { type FactDefinition, type Threshold, thresholdsOf } from '../law/regime.ts';
import type { Source } from '../law/types.ts';
import type { Text } from './card.ts';
import { likelyStart } from './context-questions.ts';
import { bandsOf, quantity } from './facts.ts';
import { isAskable, openFacts, speaksOf } from './open-facts.ts';
import { answer, type Question, type QuestionOption, question, unknownOption } from './question.ts';
import { at, levelText, rankOf, type Scene, t } from './scene.ts';

/** The figure or choice that can change the level most, by numbers alone; null when there is none left. */
export function askByNumbers(scene: Scene): Question | null {
  const fact = openFacts(scene).byNumbers.find(({ id }) => isAskable(scene, id));
  return fact ? factQuestion(scene, fact) : null;
}

/** What matters only with a judgement, then the judgements themselves, for legal or the lead. */
export function askWithJudgement(scene: Scene): Question | null {
  const open = openFacts(scene);
  if (open.judgements.length === 0) return null;
  const fact = open.withJudgement.find(({ id }) => isAskable(scene, id));
  if (fact) return factQuestion(scene, fact);
  const judgement = open.judgements.find(({ id }) => isAskable(scene, id));
  return judgement ? judgementQuestion(scene, judgement) : null;
}

/** The question of one fact of the law, whether or not it was answered before: corrections use it too. */
export function factQuestion(scene: Scene, fact: FactDefinition): Question {
  const asked = scene.state.facts[fact.id];
  const common = {
    id: fact.id,
    text: { law: fact.question },
    askedBefore: asked?.value === 'unknown' ? asked.at : null,
    ...whyOf(scene, fact),
  };
  switch (fact.kind) {
    case 'number':
      return question({ ...common, kind: 'number', options: bandOptions(scene, fact), form: exactForm(scene, fact) });
    case 'duration':
      return question({ ...common, kind: 'number', options: outageOptions(scene, fact), form: exactForm(scene, fact) });
    case 'boolean':
      return question({
        ...common,
        kind: 'one',
        options: [
          answer(fact.id, true, t('common.yes')),
          answer(fact.id, false, t('common.no')),
          unknownOption(fact.id),
        ],
      });
    case 'many':
      // One is the rule, several the exception: a button for each, a form for several at once.
      return question({ ...common, kind: 'many', options: choiceOptions(fact, true), form: severalForm(scene, fact) });
    default:
      return question({ ...common, kind: 'one', options: choiceOptions(fact, false) });
  }
}

function judgementQuestion(scene: Scene, fact: FactDefinition): Question {
  return {
    ...factQuestion(scene, fact),
    why: t('ask.judgements.why'),
    forWhom: 'legal',
    form: { label: t('act.judge'), ref: { form: 'judgements', args: { incident: scene.state.id } } },
  };
}

function exactForm(scene: Scene, fact: FactDefinition): Question['form'] {
  const args = { incident: scene.state.id, fact: fact.id };
  return fact.kind === 'duration'
    ? { label: t('ask.ongoing.other'), ref: { form: 'ongoing', args } }
    : { label: t('act.exact'), ref: { form: 'number', args } };
}

function severalForm(scene: Scene, fact: FactDefinition): Question['form'] {
  return { label: t('ask.several'), ref: { form: 'correct', args: { incident: scene.state.id, fact: fact.id } } };
}

function bandOptions(scene: Scene, fact: FactDefinition): readonly QuestionOption[] {
  return [
    ...bandsOf(scene.regime, fact).map(({ value, label }) => answer(fact.id, value, label)),
    unknownOption(fact.id),
  ];
}

/** First what "still going on, since …" already says, then the bands. */
function outageOptions(scene: Scene, fact: FactDefinition): readonly QuestionOption[] {
  const ongoing = scene.state.facts['ongoing']?.value;
  const span = typeof ongoing === 'object' && 'since' in ongoing ? ongoing : { since: likelyStart(scene) };
  const since = at(scene, span.since);
  const label =
    span.until === undefined
      ? t('value.down_since', { since })
      : t('value.down_span', { since, until: at(scene, span.until) });
  return [answer(fact.id, span, label), ...bandOptions(scene, fact)];
}

function choiceOptions(fact: FactDefinition, many: boolean): readonly QuestionOption[] {
  return [
    ...(fact.options ?? []).map(({ id, name }) => answer(fact.id, many ? [id] : id, { law: name })),
    unknownOption(fact.id),
  ];
}

/** Why it is asked: the lowest threshold above the present floor, with the words of the law. */
function whyOf(scene: Scene, fact: FactDefinition): { why: Text | null; quote: Source | null } {
  const { ia, regime } = scene;
  const floor = rankOf(ia.assessment.floor);
  const threshold = thresholdsOf(regime, fact.id).find(({ level }) => rankOf(level) > floor);
  if (threshold) return { why: thresholdReason(scene, fact, threshold), quote: sourceOf(scene, threshold.criterion) };
  const criterion = regime.criteria.find(({ level, when }) => rankOf(level) > floor && speaksOf(when, fact.id));
  if (!criterion) return { why: null, quote: null };
  return { why: t('ask.why_choice', { level: levelText(regime, criterion.level) }), quote: criterion.source };
}

function thresholdReason({ regime }: Scene, fact: FactDefinition, threshold: Threshold): Text {
  const params = { threshold: quantity(fact.unit, threshold.value), level: levelText(regime, threshold.level) };
  return threshold.level === 'major' ? t('ask.why_level', params) : t('ask.why_higher', params);
}

function sourceOf({ regime }: Scene, criterion: string): Source | null {
  return regime.criteria.find(({ id }) => id === criterion)?.source ?? null;
}
