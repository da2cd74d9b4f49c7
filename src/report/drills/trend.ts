import type { RecordedEvent } from '../../incident/record/events.ts';
import type { Iso } from '../../law/types.ts';
import type { Written } from '../sheet.ts';
import { type DrillScore, type Stage, scoreOf } from './score.ts';

/** Result of one drill, to be compared with others of the organisation. */
export interface DrillResult {
  readonly id: string;
  readonly title: string;
  readonly scenario: string | null;
  /** Wall time of its beginning. */
  readonly at: Iso;
  readonly percent: number;
  readonly score: DrillScore;
}

/** Scores a drill from its whole record, as a share of the points as well: scenarios have different ones. */
export function resultOf(from: Written, events: readonly RecordedEvent[]): DrillResult {
  const { id, title, scenario, segments, declared } = from.state;
  const score = scoreOf(from, events);
  const percent = Math.round((100 * score.points) / score.of);
  return { id, title, scenario: scenario?.id ?? null, at: segments[0]?.wall ?? declared.at, percent, score };
}

/** Drills beside each other, the oldest first, each with its minutes by step and its gain on the one before. */
export function trendOf(results: readonly DrillResult[]) {
  const byAge = results.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return byAge.map((result, index) => {
    const before = byAge[index - 1];
    const after = (stage: Stage) => result.score.stages.find((one) => one.stage === stage)?.minutes ?? null;
    const minutes = { level: after('level'), draft: after('draft'), filing: after('filing') };
    return { result, minutes, gain: before ? result.percent - before.percent : null };
  });
}
