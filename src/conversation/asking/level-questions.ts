import { isMessageKey } from '../../i18n/translate.ts';
import { readingsOf } from '../../incident/readings.ts';
import { movedToBusinessDay } from '../../law/calendar.ts';
import { circumstancesOf } from '../../law/circumstances.ts';
import { type Condition, evaluate } from '../../law/condition.ts';
import { rankOf, reportedFrom } from '../../law/levels.ts';
import { anchorsOf } from '../../law/limits.ts';
import { mentionsOf } from '../../law/mentions.ts';
import { type AnchorDefinition, isJudgement } from '../../law/pack.ts';
import { type FactDefinition, type ObligationRule, thresholdsOf } from '../../law/regime.ts';
import type { Source } from '../../law/types.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Text } from '../cards/card.ts';
import { bandsOf, quantity } from '../cards/fact-text.ts';
import { at, joined, lawText, levelText, type Situation, t } from '../cards/situation.ts';
import { likelyStart } from './context-questions.ts';
import { isAskable, openFacts, speaksOf } from './open-facts.ts';
import { answer, noOrYes, type Question, type QuestionOption, question, unknownOption } from './question.ts';

/** Question on the figure or choice that can change the level most, without judgements; null if there is none. */
export function askByNumbers(situation: Situation): Question | null {
  const fact = openFacts(situation).byNumbers.find(({ id }) => isAskable(situation, id));
  return fact ? factQuestion(situation, fact) : null;
}

/** Question on a fact that changes the level only together with a judgement; if none is open, on the judgement. */
export function askWithJudgement(situation: Situation): Question | null {
  const open = openFacts(situation);
  if (open.judgements.length === 0) return null;
  const fact = open.withJudgement.find(({ id }) => isAskable(situation, id));
  if (fact) return factQuestion(situation, fact);
  const judgement = open.judgements.find(({ id }) => isAskable(situation, id));
  return judgement ? judgementQuestion(situation, judgement) : null;
}

/** Question on one fact of the law, even if it was answered before, because corrections ask it again. */
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
      return question(situation, { ...common, kind: 'number', options: bandOptions(situation, fact), ...exact });
    }
    case 'duration': {
      const span = opens(t('ask.ongoing.other'), 'ongoing');
      return question(situation, { ...common, kind: 'number', options: outageOptions(situation, fact), ...span });
    }
    case 'boolean':
      return question(situation, { ...common, kind: 'one', options: noOrYes(fact.id) });
    case 'many': {
      // Usually one option applies, so each has a button; a form takes several at once.
      const several = opens(t('ask.several'), 'correct');
      return question(situation, { ...common, kind: 'many', options: choiceOptions(fact, true), ...several });
    }
    default:
      return question(situation, { ...common, kind: 'one', options: choiceOptions(fact, false) });
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

/** Reason for the question: the lowest threshold above the present floor, quoted from the law. */
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

/**
 * Next question of a clock pack or contract: first an unknown instant on which the deadline of a non-provisional duty
 * depends, then a fact that decides on a duty. A fact of several packs is asked once, and only if its answer can change
 * something.
 */
export function askPacks(situation: Situation): Question | null {
  if (situation.regime.packs === undefined) return null;
  return askPackInstant(situation) ?? askPackFact(situation);
}

/** Question on the time of occurrence, asked early if the limit of a pack's duty depends on it. */
export function askOccurrence(situation: Situation): Question | null {
  const { regime, ia, state } = situation;
  if (regime.packs === undefined || ia.anchors.occurrence !== undefined) return null;
  const rules = [...openRules(situation, false), ...openRules(situation, true)];
  const from = rules.filter((rule) => anchorsOf(rule).includes('occurrence'));
  if (from.length === 0 || !isAskable(situation, 'occurrence')) return null;
  const start = likelyStart(situation);
  return question(situation, {
    id: 'occurrence',
    kind: 'time',
    text: t('ask.occurrence'),
    why: whyText(from),
    form: { label: t('ask.ongoing.other'), ref: { form: 'correct', args: { incident: state.id, fact: 'occurrence' } } },
    options: [answer('occurrence', start, t('value.count', { n: at(situation, start) })), unknownOption('occurrence')],
  });
}

/** Ids of unknown instants on which the deadlines of packs' duties depend; provisional duties are not considered. */
export function openStarts(situation: Situation): readonly string[] {
  const { regime, ia } = situation;
  if (regime.packs === undefined) return [];
  const stated = ['occurrence', ...(regime.packAnchors ?? []).map(({ id }) => id)];
  const rules = openRules(situation, false).filter(({ period: { kind } }) => kind !== 'promptly' && kind !== 'blank');
  const wanted = new Set(rules.flatMap(anchorsOf));
  return stated.filter((id) => wanted.has(id) && ia.anchors[id] === undefined);
}

function openRules({ ia, regime }: Situation, provisional: boolean): readonly ObligationRule[] {
  const open = ia.obligations.filter((o) => !o.filing && o.status !== 'void' && o.provisional === provisional);
  const ids = new Set(open.map(({ id }) => id));
  return regime.obligations.filter((rule) => rule.regime !== undefined && ids.has(rule.id));
}

function askPackFact(situation: Situation): Question | null {
  const rules = openRules(situation, true);
  const moved = movable(situation);
  const asked = situation.regime.packFacts?.find(
    ({ id }) =>
      isAskable(situation, id) &&
      (rules.some(({ when }) => decides(situation, when, id)) ||
        moved.some(({ weekend }) => decides(situation, weekend?.unless, id))),
  );
  if (!asked) return null;
  const about = [...rules, ...moved].filter(({ when, weekend }) =>
    [when, weekend?.unless].some((one) => one && mentionsOf(one).facts.has(asked.id)),
  );
  const asking = { ...factQuestion(situation, asked), why: whyText(about) };
  if (!isJudgement(situation.regime, asked.id)) return asking;
  const ref = { form: 'correct', args: { incident: situation.state.id, fact: asked.id } };
  return { ...asking, forWhom: 'legal', form: { label: t('act.judge'), ref } };
}

/** Rules of non-provisional duties due on a non-business day; the deadline moves unless an exception holds. */
function movable(situation: Situation): readonly ObligationRule[] {
  const { ia, regime } = situation;
  return openRules(situation, false).filter(({ id, weekend, zone = regime.zone }) => {
    const due = ia.clocks.find((clock) => clock.id === id)?.due;
    return weekend && due !== undefined && movedToBusinessDay(due, weekend.holidays, weekend.until, zone) !== due;
  });
}

/** Returns true if the condition is undecided because of this fact. */
function decides({ ia, regime, state }: Situation, when: Condition | undefined, id: string): boolean {
  if (when === undefined || !mentionsOf(when).facts.has(id)) return false;
  const { operator, facts, now } = ia;
  const known = circumstancesOf(regime, { operator, facts, flags: {}, readings: readingsOf(state), now });
  const { truth, because } = evaluate(when, known);
  return truth === 'maybe' && because.includes(id);
}

function askPackInstant(situation: Situation): Question | null {
  const rules = openRules(situation, false);
  const wanted = new Set(rules.flatMap(anchorsOf));
  const anchors = situation.regime.packAnchors ?? [];
  const open = anchors.find(
    ({ id }) => wanted.has(id) && situation.ia.anchors[id] === undefined && isAskable(situation, id),
  );
  return open ? instantQuestion(situation, open, rules) : null;
}

function instantQuestion(situation: Situation, anchor: AnchorDefinition, rules: readonly ObligationRule[]): Question {
  const args = { incident: situation.state.id, fact: anchor.id };
  return question(situation, {
    id: anchor.id,
    kind: 'time',
    text: lawText(anchor.question),
    why: whyText(rules.filter((rule) => anchorsOf(rule).includes(anchor.id))),
    form: { label: t('ask.ongoing.other'), ref: { form: 'correct', args } },
    options: [unknownOption(anchor.id)],
  });
}

function whyText(rules: readonly ObligationRule[]): Text {
  const duties = rules.map(({ title, source }) =>
    lawText({
      zh: `${title.zh}（${source.instrument} ${source.article}）`,
      en: `${title.en} (${source.instrument} ${source.article})`,
    }),
  );
  return t('ask.pack.why', { duties: joined(duties, 'semicolon') });
}
