import { AWARENESS_SOURCES } from '../../incident/commands/answers.ts';
import { isHeadFact } from '../../incident/facts/context-facts.ts';
import type { AwarenessCandidate } from '../../incident/state.ts';
import { isHighest, isReported } from '../../law/levels.ts';
import { definitionOf } from '../../law/pack.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Param, Text } from '../cards/card.ts';
import { bareQuantity, figureLabel, statedValueText, valueText } from '../cards/fact-text.ts';
import { shownBy } from '../cards/sentence.ts';
import {
  at,
  dueAt,
  fromText,
  joined,
  levelText,
  minutesUntil,
  ofPart,
  openInitial,
  operatorClause,
  plain,
  recipientsText,
  type Situation,
  t,
} from '../cards/situation.ts';
import { nextEscalations } from '../level/verdict.ts';

type Told = Pick<AwarenessCandidate, 'source' | 'description' | 'at' | 'reachedUs'>;

/** Line on a stated awareness: its source and time, and the time from which the clock now runs. */
export function awarenessLine(situation: Situation, { source, description, at: told, reachedUs }: Told): Text {
  const known = AWARENESS_SOURCES.find((one) => one === source) ?? 'other';
  // A written description is more precise than the kind of source.
  const named = description ? ofPart('texts', description) : t(`source.${known}`);
  const params = { source: named, at: at(situation, told) };
  const start = situation.ia.anchors.awareness;
  const version = situation.state.candidates.findLast(({ instant }) => instant === told)?.version ?? 0;
  if (!reachedUs || !start) return onQuestion(situation, version, t('said.awareness_supplier', params));
  const key = known === 'other' && !description ? 'said.awareness_time' : 'said.awareness';
  const line = t(key, { ...params, start: at(situation, start) });
  const earlier = Date.parse(told) > Date.parse(start) ? t('said.awareness_later', { at: params.at }) : null;
  const lines = [line, earlier, overText(situation)].filter((one) => one !== null);
  return onQuestion(situation, version, lines.length > 1 ? joined(lines, 'sentence') : line);
}

/** The latest passed deadline of the first report, and whether all have passed; null if none has. */
function passedDue(situation: Situation): { readonly due: Param; readonly all: boolean } | null {
  const first = openInitial(situation);
  const passed = first.filter(({ due }) => minutesUntil(situation, due) < 0);
  const last = passed.at(-1);
  return last ? { due: dueAt(situation, last.due), all: passed.length === first.length } : null;
}

/** Parameter with the kind of operator that the regime's question names, for sentences valid only for that kind. */
const clauseOf = ({ regime }: Situation) => ({
  operator: operatorClause(regime, regime.operatorQuestion?.asked) ?? plain(''),
});

/** Sentence on the passed deadline of a first report, without the time since then, which would change every minute. */
function overText(situation: Situation): Text | null {
  const passed = passedDue(situation);
  return (
    passed && t(passed.all ? 'said.start_over' : 'said.start_over_first', { due: passed.due, ...clauseOf(situation) })
  );
}

/** Line on the latest stated awareness with its deadline, for a small card; null if an answer was given later. */
export function latestStartLine(situation: Situation): Text | null {
  const { facts, candidates } = situation.state;
  const told = candidates.filter(({ source }) => source !== 'declaration').at(-1);
  const start = situation.ia.anchors.awareness;
  const [first, ...others] = openInitial(situation);
  if (!told?.reachedUs || !start || !first) return null;
  if (Object.values(facts).some(({ version }) => version > told.version)) return null;
  const passed = passedDue(situation);
  const params = {
    at: at(situation, told.instant),
    due: passed?.due ?? dueAt(situation, first.due),
    ...clauseOf(situation),
  };
  if (passed) return t(passed.all ? 'said.start_over_short' : 'said.start_over_first_short', params);
  return t(others.some(({ due }) => due !== first.due) ? 'said.start_first_due' : 'said.start_due', params);
}

/** Marks the line as also shown by the question card if `version` is that of the latest answer of an open incident. */
function onQuestion({ state }: Situation, version: number, line: Text): Text {
  const versions = [...Object.values(state.facts), ...state.candidates].map((one) => one.version);
  return version >= Math.max(...versions) && !state.closed ? shownBy('question', line) : line;
}

/** Line on the latest change by an answer; null before the first answer, or if the level was decided after the last one. */
export function latestAnswerLine(situation: Situation, withRise: boolean): Text | null {
  const { candidates } = situation.state;
  const facts = Object.fromEntries(Object.entries(situation.state.facts).filter(([fact]) => !isHeadFact(fact)));
  const version = Math.max(0, ...Object.values(facts).map((fact) => fact.version));
  const decided = situation.state.levelDecision?.version ?? 0;
  const told = candidates.filter(({ source }) => source !== 'declaration').at(-1);
  if (told && told.version > Math.max(version, decided)) return awarenessLine(situation, { ...told, at: told.instant });
  if (version < decided) return null;
  const latest = Object.keys(facts).filter((fact) => facts[fact]?.version === version);
  const lines = latest.map((fact) => answerLine(situation, fact, withRise)).filter((line) => line !== null);
  return lines.length > 1 ? joined(lines, 'sentence') : (lines[0] ?? null);
}

/** Text of an answer without its consequences. */
export function statedLine(situation: Situation, fact: string): Text | null {
  const entry = situation.state.facts[fact];
  if (!entry) return null;
  const label = factLabel(situation.regime, fact);
  if (entry.value === 'unknown') return t('said.unknown', { label });
  return t('said.answer', { label, value: statedValueText(situation, fact, entry) });
}

/** Line on an answer and its effect, e.g. "1 to under 10 million → at least 较大 (Major), 13:42 stands. Would …" */
export function answerLine(situation: Situation, fact: string, withRise = true): Text | null {
  const entry = situation.state.facts[fact];
  if (!entry) return null;
  const line = changeLine(situation, fact, entry.value, withRise);
  return line && !isHeadFact(fact) ? onQuestion(situation, entry.version, line) : line;
}

function changeLine(
  situation: Situation,
  fact: string,
  stated: Parameters<typeof valueText>[2],
  withRise: boolean,
): Text | null {
  if (stated === 'unknown' || (fact !== 'operator' && !definitionOf(situation.regime, fact)))
    return statedLine(situation, fact);
  const value = valueText(situation, fact, stated);
  if (fact === 'operator') return operatorLine(situation, value);
  const changed = levelLine(situation, value, fact);
  const would = withRise ? wouldLine(situation) : null;
  return would ? joined([changed, would], 'sentence') : changed;
}

function operatorLine(situation: Situation, value: Text): Text {
  const clocks = openInitial(situation);
  const [first] = clocks;
  if (!first) return t('said.recorded', { value });
  // Each deadline is listed with its own recipients, so that none is left out or shown with another duty's time.
  const [, ...later] = [...Map.groupBy(clocks, ({ due }) => due)];
  const same = clocks.filter(({ due }) => due === first.due);
  const params = { value, due: dueAt(situation, first.due), recipient: recipientsText(situation, same) };
  const line = isReported(situation.regime, situation.ia.assessment.floor)
    ? t('said.operator', params)
    : t('said.operator_if', { ...params, from: fromText(situation.regime) });
  const others = later.map(([due, of]) =>
    t('said.operator_also', { due: dueAt(situation, due), recipient: recipientsText(situation, of) }),
  );
  return others.length === 0 ? line : joined([line, ...others], 'sentence');
}

function levelLine(situation: Situation, value: Text, fact: string): Text {
  const { floor, matched } = situation.ia.assessment;
  if (!isReported(situation.regime, floor)) return t('said.no_figure', { value });
  const level = levelText(situation.regime, floor);
  const [first] = openInitial(situation);
  // Another answer decided the level, so the line must not name this answer as the cause.
  if (!matched.some(({ level: of, facts }) => of === floor && fact in facts)) {
    return first
      ? t('said.level_stays_due', { value, level, due: dueAt(situation, first.due) })
      : t('said.level_stays', { value, level });
  }
  // No level lies above the highest.
  const isTop = isHighest(situation.regime, floor);
  if (!first) return t(isTop ? 'said.top_no_clock' : 'said.at_least_no_clock', { value, level });
  const params = { value, level, due: dueAt(situation, first.due) };
  const passed = minutesUntil(situation, first.due) < 0;
  if (isTop) return t(passed ? 'said.top_passed' : 'said.top', params);
  return t(passed ? 'said.at_least_passed' : 'said.at_least', params);
}

function wouldLine(situation: Situation): Text | null {
  const next = nextEscalations(situation).slice(0, 2);
  const [first] = next;
  if (!first || !isReported(situation.regime, situation.ia.assessment.floor)) return null;
  const steps = next.map((step) => {
    const label = figureLabel(situation.regime, step.fact);
    const unit = definitionOf(situation.regime, step.fact)?.unit;
    return step.threshold === undefined
      ? t('said.happens', { label })
      : t('said.reaches', { label, threshold: bareQuantity(unit, step.threshold) });
  });
  return t('said.would', { level: levelText(situation.regime, first.level), steps: joined(steps, 'or') });
}
