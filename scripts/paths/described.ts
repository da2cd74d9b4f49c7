/** Files of a walk that `docs/walks.md` names in the section of that walk, in the order of its table. */
export function filesDescribed(page: string): ReadonlyMap<string, readonly string[]> {
  const sections = page.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => [
      section.slice(0, section.indexOf('\n')).trim(),
      [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, file = '']) => file),
    ]),
  );
}

/** Errors of a page: a walk without a section, a file that is not entered, one that is entered before an earlier one of the table. */
export function wronglyDescribed(page: string, walks: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const described = filesDescribed(page);
  return [...walks].flatMap(([walk, entered]) => {
    const named = described.get(walk) ?? [];
    if (named.length === 0) return [`docs/walks.md does not describe ${walk}`];
    const places = named.map((file) => entered.indexOf(file));
    return named.flatMap((file, index) => {
      const place = places[index] ?? -1;
      if (place < 0) return [`docs/walks.md: ${walk} does not enter ${file}`];
      const isLater = places.slice(0, index).some((earlier) => earlier > place);
      return isLater ? [`docs/walks.md: ${walk} enters ${file} earlier than the table says`] : [];
    });
  });
}
