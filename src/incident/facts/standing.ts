import type { FactEntry, IncidentState, Standing } from '../state.ts';

type Facts = IncidentState['facts'];
type Stated = Pick<IncidentState, 'facts' | 'standing'>;

/** Facts after an answer; if it is unconfirmed (`proposal`), the earlier facts stay in force too. */
export function stated(
  { facts, standing }: Stated,
  entries: Readonly<Record<string, FactEntry>>,
  proposal: string | undefined,
): Stated {
  const now = { ...facts, ...entries };
  if (proposal !== undefined) return tidied(now, [...standing, { proposal, facts }]);
  return tidied(
    now,
    standing.map((one) => ({ ...one, facts: { ...one.facts, ...entries } })),
  );
}

/** Answers after two people agreed to a proposal; `agreed`: ids of its facts. */
export function confirmed({ facts, standing }: Stated, proposal: string, agreed: readonly string[]): Stated {
  const entries = entriesOf(facts, agreed);
  const others = standing.filter((one) => one.proposal !== proposal);
  return tidied(
    facts,
    others.map((one) => ({ ...one, facts: { ...one.facts, ...entries } })),
  );
}

/** Answers after a proposal was refused: its facts have their earlier values again. */
export function restored({ facts, standing }: Stated, proposal: string, refused: readonly string[]): Stated {
  const before = standing.find((one) => one.proposal === proposal)?.facts ?? facts;
  const others = Object.fromEntries(Object.entries(facts).filter(([fact]) => !refused.includes(fact)));
  return tidied({ ...others, ...entriesOf(before, refused) }, standing);
}

/** Moves the standing answers of replaced proposals (`from`) to the proposal that replaces them (`to`). */
export function movedTo(
  { standing }: Pick<Stated, 'standing'>,
  from: readonly string[],
  to: string,
): readonly Standing[] {
  return standing.map((one) => (from.includes(one.proposal) ? { ...one, proposal: to } : one));
}

/** The earlier value of a fact whose answer is not confirmed; null if it is confirmed or nothing was stated before. */
export function standingValue({ facts, standing }: Stated, fact: string): FactEntry | null {
  const others = standing.flatMap((one) => one.facts[fact] ?? []);
  return others.findLast((one) => !isSame(one, facts[fact])) ?? null;
}

/** Returns true for a fact whose answer waits for a second person. */
export function isUnconfirmed({ facts, standing }: Stated, fact: string): boolean {
  return standing.some((one) => !isSame(one.facts[fact], facts[fact]));
}

function entriesOf(facts: Facts, names: readonly string[]): Readonly<Record<string, FactEntry>> {
  return Object.fromEntries(names.flatMap((fact) => (facts[fact] ? [[fact, facts[fact]] as const] : [])));
}

/** Removes standing answers that equal the current answers or another standing entry. */
function tidied(facts: Facts, standing: readonly Standing[]): Stated {
  if (standing.length === 0) return { facts, standing };
  const different = standing.filter((one) => !saysSame(one.facts, facts));
  const kept = different.filter(
    (one, index) => different.findLastIndex((other) => saysSame(other.facts, one.facts)) === index,
  );
  return { facts, standing: kept };
}

function saysSame(a: Facts, b: Facts): boolean {
  return [a, b].every((some) => Object.keys(some).every((fact) => isSame(a[fact], b[fact])));
}

function isSame(a: FactEntry | undefined, b: FactEntry | undefined): boolean {
  return a === b || JSON.stringify(a?.value) === JSON.stringify(b?.value);
}
