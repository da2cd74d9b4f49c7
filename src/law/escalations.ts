import { minutesAfter } from './calendar.ts';
import { areAdded, type Circumstances, withFact } from './circumstances.ts';
import { keptFor } from './kept-for.ts';
import { type Graded, rankOf } from './levels.ts';
import { mentionedIn, mentionsOf } from './mentions.ts';
import { type Criterion, type Regime, type Threshold, thresholdsIn, thresholdsOf } from './regime.ts';
import type { Assessment, Escalation, FactValue, Iso, Level } from './types.ts';
import { boundsOf, isOver, isUnknown, reachedAt, timesOf } from './value.ts';
import { findingsOf, floorOf } from './verdict.ts';

/** Rise of the floor: the next value of a fact that causes it while all other facts are unchanged. */
export type Rise = Escalation & { readonly threshold: number };

/** Instant, in the past or the future, at which a running duration reaches a threshold. */
export interface Crossing {
  readonly fact: string;
  readonly criterion: string;
  readonly level: Level;
  readonly at: Iso;
}

/** Next rise of the floor for each stated figure. A duration that has ended causes none, because it no longer grows. */
export function risesOf(
  regime: Regime,
  criteria: readonly Criterion[],
  circumstances: Circumstances,
  floor: Level,
): readonly Rise[] {
  const thresholds = thresholdsIn(criteria);
  const { facts } = mentionedIn(criteria);
  return regime.factDefinitions.flatMap(({ id }) => {
    const value = circumstances.facts[id];
    const figures = thresholds.get(id);
    if (!figures || isUnknown(value) || isOver(value)) return [];
    const affected = (facts.get(id) ?? []).flatMap((index) => criteria[index] ?? []);
    const above = affected.filter(({ level }) => rankOf(regime, level) > rankOf(regime, floor));
    return nextRise(regime, above, { fact: id, value, figures }, circumstances) ?? [];
  });
}

/** Returns rises with their instants: first those by time alone, soonest first; then others, lowest level first. */
export function escalationsOf(
  regime: Regime,
  rises: readonly Rise[],
  { facts, definitions, readings }: Circumstances,
): readonly Escalation[] {
  return rises
    .map((rise): Escalation => {
      const added = areAdded(definitions.get(rise.fact), readings);
      return { ...rise, ...risesAt(facts[rise.fact] ?? 0, rise.threshold, regime.zone, added) };
    })
    .toSorted((a, b) => instantOf(a) - instantOf(b) || rankOf(regime, a.level) - rankOf(regime, b.level));
}

function instantOf({ at }: Escalation): number {
  return at === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}

/** Crossings, earliest first: past ones, whose criterion is met, and the next ones if the outage continues. */
export function crossingsOf(
  regime: Regime,
  { facts, readings }: Circumstances,
  assessment: Assessment,
): readonly Crossing[] {
  const isMet = (id: string): boolean => assessment.matched.some(({ criterion }) => criterion === id);
  const passed = durationsOf(regime).flatMap((definition): readonly Crossing[] => {
    const { id: fact } = definition;
    const value = facts[fact];
    if (value === undefined || timesOf(value).length === 0) return NONE;
    return thresholdsOf(regime, fact)
      .filter((threshold) => isMet(threshold.criterion))
      .flatMap(({ criterion, level, value: minutes }) => {
        const at = reachedAt(value, minutes, areAdded(definition, readings));
        return at === null ? [] : { fact, criterion, level, at: new Date(at).toISOString() };
      });
  });
  const next = assessment.escalations.flatMap((e): readonly Crossing[] =>
    e.at === undefined
      ? NONE
      : [{ fact: e.fact, criterion: e.criterion, level: e.level, at: new Date(Date.parse(e.at)).toISOString() }],
  );
  return [...passed, ...next].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

const NONE: readonly Crossing[] = [];

const durationsOf = keptFor(({ factDefinitions }: Regime) => factDefinitions.filter(({ kind }) => kind === 'duration'));

interface Figure {
  readonly fact: string;
  readonly value: FactValue;
  readonly figures: readonly Threshold[];
}

/** Returns the next rise by one fact; `criteria` are those on the fact with a level above the floor. */
function nextRise(
  regime: Graded,
  criteria: readonly Criterion[],
  { fact, value, figures }: Figure,
  circumstances: Circumstances,
): Rise | null {
  const { definitions, readings, now } = circumstances;
  const { min } = boundsOf(value, now, false, areAdded(definitions.get(fact), readings));
  const thresholds = [...new Set(figures.map(({ value }) => value))].filter((value) => value > min);
  for (const [index, threshold] of thresholds.entries()) {
    // A criterion without this threshold keeps the truth that it had at the previous threshold.
    const touched =
      index === 0 ? criteria : criteria.filter(({ when }) => mentionsOf(when).figures.get(fact)?.includes(threshold));
    const met = findingsOf(touched, withFact(circumstances, fact, threshold)).filter(
      ({ evaluation }) => evaluation.truth === 'yes',
    );
    const cause = met.find(({ criterion }) => criterion.level === floorOf(regime, met));
    if (cause) return { fact, criterion: cause.criterion.id, level: cause.criterion.level, threshold };
  }
  return null;
}

function risesAt(value: FactValue, minutes: number, zone: string, added: boolean): { at?: string } {
  const at = reachedAt(value, minutes, added);
  return at === null ? {} : { at: minutesAfter(new Date(at).toISOString(), 0, zone) };
}
