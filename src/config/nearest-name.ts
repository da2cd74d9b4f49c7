/** Returns the known name that was most likely meant, e.g. JISHI_PORT for PORT; null if none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const distances = known.map((one) => ({ one, distance: distanceOf(name, one) }));
  const [nearest] = distances.toSorted((a, b) => a.distance - b.distance);
  if (nearest && nearest.distance <= 2) return nearest.one;
  const words = name.split('_');
  const sharing = known.filter((one) => isWithin(one.split('_'), words) || isWithin(words, one.split('_')));
  const [first] = sharing.toSorted((a, b) => distanceOf(name, a) - distanceOf(name, b));
  return first ?? null;
}

function isWithin(some: readonly string[], all: readonly string[]): boolean {
  return some.every((word) => all.includes(word));
}

/** Returns the Levenshtein distance: the number of letters to insert, drop or replace. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const [above = 0, left = 0, before = 0] = [row[j + 1], next[j], row[j]];
      next.push(Math.min(above + 1, left + 1, before + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
