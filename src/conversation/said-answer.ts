import { AWARENESS_SOURCES } from '../incident/commands.ts';
import type { Text } from './card.ts';
import { bareQuantity, definitionOf, factLabel, figureLabel, valueText } from './facts.ts';
import {
  at,
  dueAt,
  joined,
  levelText,
  minutesUntil,
  ofPart,
  openInitial,
  rankOf,
  recipientsText,
  type Scene,
  t,
} from './scene.ts';
import { nextEscalations } from './verdict.ts';

interface Told {
  readonly source: string;
  readonly description?: string | undefined;
  readonly at: string;
  readonly reachedUs: boolean;
}

/** How and when it became known, and from when the clock runs now. */
export function awarenessLine(scene: Scene, { source, description, at: told, reachedUs }: Told): Text {
  const known = AWARENESS_SOURCES.find((one) => one === source) ?? 'other';
  // "Other" says less than what was written.
  const named = known === 'other' && description ? ofPart('texts', description) : t(`source.${known}`);
  const params = { source: named, at: at(scene, told) };
  const start = scene.ia.anchors.awareness;
  if (!reachedUs || !start) return t('said.awareness_supplier', params);
  return t('said.awareness', { ...params, start: at(scene, start) });
}

/** What the latest answer changed, in one line; null while nothing was answered, or nothing since the level was decided. */
export function latestAnswerLine(scene: Scene, withRise: boolean): Text | null {
  const { facts, candidates } = scene.state;
  const version = Math.max(0, ...Object.values(facts).map((fact) => fact.version));
  const decided = scene.state.levelDecision?.version ?? 0;
  const told = candidates.filter(({ source }) => source !== 'declaration').at(-1);
  if (told && told.version > Math.max(version, decided)) return awarenessLine(scene, { ...told, at: told.instant });
  if (version < decided) return null;
  const latest = Object.keys(facts).filter((fact) => facts[fact]?.version === version);
  const lines = latest.map((fact) => answerLine(scene, fact, withRise)).filter((line) => line !== null);
  return lines.length > 1 ? joined(lines, 'sentence') : (lines[0] ?? null);
}

/** "1 to under 10 million → at least 较大 (Major), 13:42 stands. Would become 重大 (Significant) if …" */
export function answerLine(scene: Scene, fact: string, withRise = true): Text | null {
  const entry = scene.state.facts[fact];
  if (!entry) return null;
  const label = factLabel(scene.regime, fact);
  if (entry.value === 'unknown') return t('said.unknown', { label });
  const value = valueText(scene, fact, entry.value);
  if (fact === 'operator') return operatorLine(scene, value);
  if (!definitionOf(scene.regime, fact)) return t('said.answer', { label, value });
  const changed = levelLine(scene, value);
  const would = withRise ? wouldLine(scene) : null;
  return would ? joined([changed, would], 'sentence') : changed;
}

function operatorLine(scene: Scene, value: Text): Text {
  const clocks = openInitial(scene);
  const [first] = clocks;
  if (!first) return t('said.recorded', { value });
  const params = { value, due: dueAt(scene, first.due), recipient: recipientsText(scene, clocks) };
  return rankOf(scene.ia.assessment.floor) >= rankOf('major')
    ? t('said.operator', params)
    : t('said.operator_if', params);
}

function levelLine(scene: Scene, value: Text): Text {
  const { floor } = scene.ia.assessment;
  if (rankOf(floor) < rankOf('major')) return t('said.no_figure', { value });
  const level = levelText(scene.regime, floor);
  const [first] = openInitial(scene);
  // Above the highest level there is none.
  const isTop = floor === 'particularly_significant';
  if (!first) return t(isTop ? 'said.top_no_clock' : 'said.at_least_no_clock', { value, level });
  const params = { value, level, due: dueAt(scene, first.due) };
  const passed = minutesUntil(scene, first.due) < 0;
  if (isTop) return t(passed ? 'said.top_passed' : 'said.top', params);
  return t(passed ? 'said.at_least_passed' : 'said.at_least', params);
}

function wouldLine(scene: Scene): Text | null {
  const next = nextEscalations(scene).slice(0, 2);
  const [first] = next;
  if (!first || rankOf(scene.ia.assessment.floor) < rankOf('major')) return null;
  const steps = next.map((step) => {
    const label = figureLabel(scene.regime, step.fact);
    const unit = definitionOf(scene.regime, step.fact)?.unit;
    return step.threshold === undefined
      ? t('said.happens', { label })
      : t('said.reaches', { label, threshold: bareQuantity(unit, step.threshold) });
  });
  return t('said.would', { level: levelText(scene.regime, first.level), steps: joined(steps, 'or') });
}
