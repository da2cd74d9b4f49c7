import { type Assessable, type Circumstances, circumstancesOf } from './circumstances.ts';
import { isRaised } from './condition.ts';
import { type Dated, inForce } from './dated.ts';
import { escalationsOf, type Rise, risesOf } from './escalations.ts';
import { keptFor } from './kept-for.ts';
import { isReported, rankOf } from './levels.ts';
import { ruleDate } from './obligations.ts';
import { warningsOf } from './questions.ts';
import type { Criterion, Note, Regime } from './regime.ts';
import { type Reads, raisedOf, readsOf, remembering, truthsOf } from './remembered.ts';
import type { Assessment, AssessmentInput, FactValue, Level, Match } from './types.ts';
import { ceilingByNumbers, ceilingOf, type Finding, findingsOf, floorOf, metOf, undeterminedOf } from './verdict.ts';

/** Part of an assessment that does not depend on the time at which facts became known. */
export type Graded = Omit<Assessment, 'obligations'>;

/** Grades the facts by the law of a day (`YYYY-MM-DD`; null: not known). */
export function grade(regime: Regime, date: string | null, known: Assessable): Graded {
  return known.graded([regime, date], () => {
    const law = lawOn(regime, date);
    const outline = rememberedIn(law, law.outlines, known, () => madeOutline(regime, { ...law, date }, known));
    const { level, floor, ceiling, ceilingByNumbers, undetermined } = outline;
    return {
      ...{ level, floor, ceiling, ceilingByNumbers },
      matched: outline.met.map((finding) => matchOf(finding, known)),
      undetermined,
      warnings: outline.warnings.filter(({ question }) => known.settled[question] === undefined),
      escalations: escalationsOf(regime, outline.rises, known),
      notes: outline.notesFor(known),
    };
  });
}

function matchOf({ criterion: { id, level, source }, evaluation }: Finding, { facts }: Circumstances): Match {
  const values = evaluation.because.map((fact): readonly [string, FactValue] => [fact, facts[fact] ?? 'unknown']);
  return { criterion: id, level, source, facts: Object.fromEntries(values) };
}

/**
 * Part of a grading that depends only on the truth of each single condition, not on the figures behind it. Its warnings
 * are those of all questions, settled ones too.
 */
interface Outline extends Omit<Graded, 'matched' | 'escalations' | 'notes'> {
  readonly met: readonly Finding[];
  readonly rises: readonly Rise[];
  /** Returns the notes on a case of this outline; they depend on the facts raised as well. */
  readonly notesFor: (known: Circumstances) => Graded['notes'];
}

function madeOutline(
  regime: Regime,
  { date, criteria, notes, reads }: Law & { readonly date: string | null },
  known: Circumstances,
): Outline {
  const findings = findingsOf(criteria, known);
  const floor = floorOf(regime, findings);
  const ceiling = ceilingOf(regime, findings);
  const noted = remembering<Graded['notes']>(KEPT.notes);
  const isOpen = !isReported(regime, floor) && rankOf(regime, ceiling) > rankOf(regime, floor);
  return {
    level: isOpen ? 'undetermined' : floor,
    floor,
    ceiling,
    ceilingByNumbers: ceilingByNumbers(regime, findings, known),
    met: metOf(regime, findings),
    undetermined: undeterminedOf(regime, findings, known),
    warnings: warningsOf(regime, { circumstances: known, criteria, findings, floor, ceiling, date }),
    rises: risesOf(regime, criteria, known, floor),
    notesFor: (one) =>
      noted(raisedOf(reads, one), () => notes.flatMap((note) => (concerns(regime, note, one, ceiling) ? note.id : []))),
  };
}

function concerns(regime: Regime, { minLevel, when }: Note, known: Circumstances, ceiling: Level): boolean {
  if (minLevel !== undefined && rankOf(regime, minLevel) > rankOf(regime, ceiling)) return false;
  return when === undefined || isRaised(when, known);
}

/** Rules in force between two changes of the law, with the data they read and caches of what follows from it. */
interface Law {
  readonly criteria: readonly Criterion[];
  readonly notes: readonly Note[];
  readonly reads: Reads;
  readonly outlines: Cache<Outline>;
  readonly undetermined: Cache<Outline['undetermined']>;
}
type Cache<Made> = (key: string, make: () => Made) => Made;

/** Sets of rules of a regime over time. `made`: sets by the number of changes of the law up to their day. */
interface Laws {
  /** Days on which the law changes, in order. */
  readonly changes: readonly string[];
  readonly made: Map<number, Law>;
}

/** Number of outlines kept per law: outlines of one incident differ by one answer, and many incidents begin alike. */
const KEPT = { outlines: 2_048, notes: 64 };

/** Facts that could still raise the level, as in `Assessment.undetermined`, cached like an outline, without the rest of one. */
export function undeterminedIn(regime: Regime, input: AssessmentInput): readonly string[] {
  const law = lawOn(regime, ruleDate(regime, input));
  const known = circumstancesOf(regime, input);
  return rememberedIn(law, law.undetermined, known, () =>
    undeterminedOf(regime, findingsOf(law.criteria, known), known),
  );
}

/** Returns a result, cached for all cases whose leaves have the same truths, whatever their figures. */
function rememberedIn<Made>({ reads }: Law, cache: Cache<Made>, known: Circumstances, make: () => Made): Made {
  // Several durations of one fact bypass the cache: their result depends on more than the truths of leaves.
  const isKept = Object.values(known.facts).every((value) => typeof value !== 'object' || !('spans' in value));
  return isKept ? cache(truthsOf(reads, known), make) : make();
}

function lawOn(regime: Regime, date: string | null): Law {
  const { changes, made } = lawsOf(regime);
  const period = date === null ? -1 : changes.findLastIndex((day) => day <= date) + 1;
  const before = made.get(period);
  if (before) return before;
  const criteria = inForce(regime.criteria, date);
  const notes = inForce(regime.notes, date);
  const reads = readsOf([...criteria, ...regime.openQuestions.map(({ touchedBy }) => touchedBy)], notes);
  const [outlines, undetermined] = [remembering<Outline>(KEPT.outlines), remembering<readonly string[]>(KEPT.outlines)];
  const law = { criteria, notes, reads, outlines, undetermined };
  made.set(period, law);
  return law;
}

const lawsOf = keptFor(({ criteria, notes, openQuestions }: Regime): Laws => {
  const dated: readonly Dated[] = [...criteria, ...notes];
  const days = [
    ...dated.flatMap(({ from, until }) => [from, until ?? from]),
    ...openQuestions.flatMap(({ touchedBy }) => touchedBy?.learntBefore ?? []),
  ];
  return { changes: [...new Set(days)].toSorted(), made: new Map() };
});
