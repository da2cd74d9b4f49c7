import { endsReporting, isDecidedBelow } from '../../incident/facts/owed.ts';
import { proposedLevel } from '../../incident/proposals.ts';
import { isReported, rankOf } from '../../law/levels.ts';
import { definitionOf } from '../../law/pack.ts';
import type { Level } from '../../law/types.ts';
import { factName as factLabel } from '../../report/values.ts';
import { affectedAspects, isAskable, openFacts } from '../asking/open-facts.ts';
import type { Action, Block, Text } from '../cards/card.ts';
import { bareQuantity, figureLabel, statedValueText } from '../cards/fact-text.ts';
import { buttons, noteBlock, rowBlock, strongBlock, textBlock } from '../cards/sentence.ts';
import {
  at,
  decidersText,
  dueAt,
  fill,
  form,
  intent,
  joined,
  lawText,
  levelText,
  ofPart,
  openInitial,
  personText,
  primary,
  quoteText,
  recipientsText,
  type Situation,
  show,
  t,
  view,
} from '../cards/situation.ts';
import { withdrawAction } from '../proposals.ts';
import { dutyGroups } from './duties.ts';

/** Returns true once a level can be shown: by figures, by decision, or because no open figure could raise it. */
export function hasVerdict(situation: Situation): boolean {
  const { ia, state, regime } = situation;
  if (isReported(regime, ia.assessment.floor) || state.levelDecision || state.notReportable) return true;
  return affectedAspects(state) !== null && openFacts(situation).byNumbers.every(({ id }) => !isAskable(situation, id));
}

/** Blocks on the verdict: level, reasons, what would change it, open legal questions, other duties, and buttons. */
export function verdictBlocks(situation: Situation): readonly Block[] {
  if (!hasVerdict(situation)) return [];
  const verdict = verdictLine(situation);
  // The buttons come last, so that a small card keeps the decisions.
  return [
    ...(verdict ? [strongBlock(verdict)] : []),
    ...lines(decisionLine(situation), becauseLine(situation), escalationLine(situation), judgementLine(situation)),
    ...openQuestionRows(situation),
    ...dutiesBlock(situation),
    ...verdictButtons(situation),
  ];
}

/** Buttons of the verdict, and the one that lists the other duties. */
export function verdictButtons(situation: Situation): readonly Block[] {
  return buttons([
    ...verdictActions(situation),
    ...(dutyGroups(situation).length > 0 ? [show(situation, 'owed')] : []),
  ]);
}

export function lines(...texts: readonly (Text | null)[]): readonly Block[] {
  return texts.flatMap((text) => (text ? [textBlock(text)] : []));
}

/** Block with the number of the other duties; the card [Duties] lists them. */
function dutiesBlock(situation: Situation): readonly Block[] {
  const n = dutyGroups(situation).length;
  const split = { sentence: t('verdict.owed_short', { n }), pairs: [] };
  return n === 0 ? [] : [{ kind: 'text', text: t('verdict.owed_count', { n }), split }];
}

/** Line on open judgements, for incidents in which no figure decides the level. */
export function judgementLine(situation: Situation): Text | null {
  const open =
    !isReported(situation.regime, situation.ia.assessment.floor) && openFacts(situation).judgements.length > 0;
  return open && !situation.state.levelDecision ? t('verdict.judgement_open') : null;
}

/** Title of the verdict: the level by figures, or the decided level. */
export function verdictTitle({ state, regime, ia }: Situation): Text {
  const decided = state.levelDecision;
  if (decided) return t('verdict.decided_title', { level: levelText(regime, decided.level) });
  const { floor, ceiling } = ia.assessment;
  if (isReported(regime, floor)) return t('verdict.summary', { level: levelText(regime, floor) });
  return t(isReported(regime, ceiling) ? 'verdict.title_open' : 'verdict.title');
}

/**
 * Line below the title: deadline and recipient where all duties share one clock, or the levels that are still possible;
 * null where the title has both.
 */
export function verdictLine(situation: Situation): Text | null {
  const { ia, regime, state } = situation;
  if (state.closed) return null;
  const { floor, ceilingByNumbers } = ia.assessment;
  if (!isReported(regime, state.levelDecision?.level ?? floor)) {
    if (state.levelDecision) return null;
    if (!isReported(regime, ia.assessment.ceiling))
      return t('verdict.none', { level: levelText(regime, ceilingByNumbers) });
    const [clock] = openInitial(situation);
    const byNumbers = isReported(regime, ceilingByNumbers);
    const level = levelText(regime, byNumbers ? ceilingByNumbers : ia.assessment.ceiling);
    if (!clock) return t('verdict.may_reach_plain', { level });
    return t(byNumbers ? 'verdict.may_reach' : 'verdict.may_reach_judged', {
      level,
      due: dueAt(situation, clock.due),
    });
  }
  const clocks = openInitial(situation);
  const [first] = clocks;
  if (!first || first.dueMinutes === null || clocks.some((c) => c.due !== first.due)) return null;
  return t('verdict.report_by', {
    within: { minutes: first.dueMinutes },
    due: dueAt(situation, first.due),
    recipient: recipientsText(situation, clocks),
  });
}

export function verdictSummary(situation: Situation): Text {
  const line = verdictLine(situation);
  return line ? joined([verdictTitle(situation), line], 'dot') : verdictTitle(situation);
}

/** Line on who decided the level, below the title that names it. */
export function decisionLine(situation: Situation): Text | null {
  const { state, regime, ia } = situation;
  const { levelDecision: decided } = state;
  const floor = (of: string) => levelText(regime, of);
  if (!decided) return null;
  const params = { by: decidersText(state, decided), at: at(situation, decided.at) };
  const reason = ofPart('texts', decided.reason ?? '');
  if (decided.kind !== 'confirmed') {
    const because = { ...params, floor: floor(decided.floor), reason };
    return t(decided.kind === 'raised' ? 'verdict.raised' : 'verdict.below', because);
  }
  const confirmed = decided.reason
    ? t('verdict.confirmed_because', { ...params, reason })
    : t('verdict.confirmed', params);
  const rose = t('verdict.rose', { level: floor(ia.assessment.floor) });
  return hasRisen(situation) ? joined([confirmed, rose], 'semicolon') : confirmed;
}

/** Returns true if the figures now give a higher level than a person decided. */
export function hasRisen({ state, ia }: Pick<Situation, 'state' | 'ia'>): boolean {
  const decided = state.levelDecision;
  const rank = (level: string): number => rankOf(ia.regime, level);
  return decided !== null && rank(ia.assessment.floor) > Math.max(rank(decided.level), rank(decided.floor));
}

/** Line on the criteria of the level that is reached, quoted from the law, with the facts used. */
function becauseLine(situation: Situation): Text | null {
  const { ia, regime } = situation;
  const deciding = ia.assessment.matched.filter((match) => match.level === ia.assessment.floor).slice(0, 3);
  if (deciding.length === 0) return null;
  const criteria = deciding.map((match) => criterionText(situation, match.criterion));
  const facts = [...new Set(deciding.flatMap((match) => Object.keys(match.facts)))];
  const used = facts.flatMap((fact) => factUsed({ ...situation, regime }, fact) ?? []);
  const because = t('verdict.because', { criteria: joined(criteria, 'semicolon') });
  return used.length === 0 ? because : joined([because, joined(used, 'semicolon')], 'dot');
}

/** Text of a criterion, e.g. 泄露100万人以上公民个人信息 (较大第5项). */
export function criterionText({ regime }: Pick<Situation, 'regime'>, id: string): Text {
  const criterion = regime.criteria.find((c) => c.id === id);
  if (!criterion) return { raw: id };
  return t('verdict.criterion', { quote: quoteText(criterion.source.quote), article: lawText(criterion.label) });
}

/** Line on a stated fact: value, author and time; null for a fact that only follows from others. */
export function factUsed(situation: Situation, fact: string): Text | null {
  const entry = situation.state.facts[fact];
  if (!entry) return null;
  return t('verdict.fact', {
    label: factLabel(situation.regime, fact),
    value: statedValueText(situation, fact, entry),
    by: personText(situation.state, entry.by),
    at: at(situation, entry.at),
  });
}

const STEPS_SHOWN = 3;
/** Line on the next rise of the level: first by time alone, then by figures that could still be stated. */
export function escalationLine(situation: Situation): Text | null {
  const next = nextEscalations(situation);
  const [first] = next;
  if (!first) return null;
  const steps = next.map((step) => {
    const definition = definitionOf(situation.regime, step.fact);
    const label = figureLabel(situation.regime, step.fact);
    if (step.threshold === undefined) return t('verdict.step_choice', { label });
    const threshold = bareQuantity(definition?.unit, step.threshold);
    return step.at
      ? t('verdict.step_at', { label, threshold, at: dueAt(situation, step.at) })
      : t('verdict.step', { label, threshold });
  });
  const judged = openJudgements(situation).map((fact) => figureLabel(situation.regime, fact));
  const judgement = judged.length > 0 ? [t('verdict.step_judged', { labels: joined(judged, 'semicolon') })] : [];
  return t('verdict.would_become', {
    level: levelText(situation.regime, first.level),
    steps: joined([...steps, ...judgement], 'semicolon'),
  });
}

/** Ids of open judgements on what is affected; with some open, figures alone do not show the next rise. */
function openJudgements({ state, regime }: Situation): readonly string[] {
  const affected = affectedAspects(state);
  return regime.factDefinitions.flatMap(({ id, kind, aspects }) => {
    const isOpen = (state.facts[id]?.value ?? 'unknown') === 'unknown';
    const concerns = affected === null || [...affected, 'other'].some((aspect) => aspects.includes(aspect));
    return kind === 'judgement' && isOpen && concerns ? [id] : [];
  });
}

/** Rises of the level to show; those by figures of unaffected aspects are omitted, except losses, which may follow. */
export function nextEscalations(situation: Situation): Situation['ia']['assessment']['escalations'] {
  const { ia, state, regime } = situation;
  const affected = affectedAspects(state) ?? [];
  const all = ia.assessment.escalations.filter(({ fact }) => {
    const aspects = definitionOf(regime, fact)?.aspects ?? [];
    return state.facts[fact] !== undefined || [...affected, 'loss'].some((aspect) => aspects.includes(aspect));
  });
  const lowest = all.reduce<Level | null>(
    (low, e) => (low === null || rankOf(regime, e.level) < rankOf(regime, low) ? e.level : low),
    null,
  );
  return all.filter((e) => e.level === lowest).slice(0, STEPS_SHOWN);
}

/** Rows of open legal questions that could change the level, largest change first; "Why?" has those beyond `most`. */
export function openQuestionRows(situation: Situation, most = 2): readonly Block[] {
  const { ia } = situation;
  const weighty = ia.assessment.warnings.filter(
    (w) => w.levelIfReadOtherwise !== undefined && w.levelIfReadOtherwise !== ia.assessment.floor,
  );
  const rows = weighty.slice(0, most).map((warning) => openQuestionRow(situation, warning));
  const more = weighty.length - rows.length;
  return more > 0 ? [...rows, noteBlock(t('verdict.more_questions', { n: more }))] : rows;
}

type Warning = Situation['ia']['assessment']['warnings'][number];

export function openQuestionRow(situation: Situation, warning: Warning): Block {
  return rowBlock('open', openQuestionText(situation, warning), [decideAction(situation, warning.question)]);
}

export function decideAction({ state }: Situation, question: string): Action {
  return form(`decide_${question}`, t('act.decide'), 'settle_question', { incident: state.id, question });
}

export function openQuestionText({ regime }: Situation, warning: Warning): Text {
  const question = regime.openQuestions.find(({ id }) => id === warning.question);
  const reading = question?.readings.find(({ id }) => id === warning.reading);
  const text = t('verdict.open_question', {
    question: question ? lawText(question.text) : { raw: warning.question },
    reading: reading ? lawText(reading.name) : { raw: warning.reading },
  });
  if (warning.levelIfReadOtherwise === undefined) return text;
  return t('verdict.otherwise', { text, level: levelText(regime, warning.levelIfReadOtherwise) });
}

export function verdictActions(situation: Situation): readonly Action[] {
  const { state, ia, regime } = situation;
  if (state.closed || state.stopped) return [];
  const incident = { incident: state.id };
  const why = show(situation, 'why');
  const another = fill(situation, 'another_level');
  if (proposedLevel(state)) return [why];
  const isEnded = endsReporting(state, regime, ia.assessment);
  const withdraw = isEnded ? [withdrawAction(situation, 'level')] : [];
  const { floor } = ia.assessment;
  const notNow = fill(situation, 'not_reportable');
  if (state.levelDecision && !hasRisen(situation)) {
    // A level that is not reported still needs its reason, review date and considerations on record.
    if (isDecidedBelow(state, regime)) return [...withdraw, ...(state.notReportable ? [] : [notNow]), another, why];
    return [another, why, view('checklist', t('items.title_plain'), 'checklist', incident)];
  }
  if (isReported(regime, floor)) {
    const label = t('act.confirm_level', { level: levelText(regime, floor) });
    return [primary(intent('confirm_level', label, { type: 'decide_level', level: floor })), another, why];
  }
  if (state.notReportable) return [...withdraw, another, why];
  const judge =
    openFacts(situation).judgements.length > 0 ? [form('judge', t('act.judge'), 'judgements', incident)] : [];
  return [...judge, another, notNow, why];
}
