import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROLES_OF_REPORT } from '../../src/law/types.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { loadPacks } from '../../src/regimes/load-packs.ts';

const regimes = [...(await loadRegimes()).values()];
const packs = regimes.flatMap((regime) => [...loadPacks(regime).values()].map(({ pack }) => pack));

/** Ids by which a law, a rule, a level, a content or a place in the text is named. */
const names = new Set(
  [
    ...regimes.flatMap((one) => [
      one,
      ...one.levels,
      ...one.contents,
      ...one.reports,
      ...one.points,
      ...one.flags,
      ...one.operators,
      ...one.recipients,
      ...one.criteria,
      ...one.obligations,
      ...one.notes,
    ]),
    ...regimes.flatMap(({ items, parts, papers }) => [
      ...items,
      ...items.flatMap((item) => item.fields),
      ...parts,
      ...papers,
    ]),
    ...[...regimes, ...packs].flatMap(({ openQuestions }) => openQuestions),
    ...packs.flatMap((pack) => [pack, ...pack.duties]),
  ].map(({ id }) => id),
);

const sources = globSync('src/{law,incident,conversation,report}/**/*.ts')
  // Records of the first versions hold the names of the only regime there was.
  .filter((file) => !file.endsWith('record/upcast.ts'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

// The code asks for a report by its role; a section, a note and a line of a card bear the other two words as well.
for (const word of [...ROLES_OF_REPORT, 'follow_up', 'summary']) names.delete(word);

// Common words that are ids of points, operators and recipients as well.
for (const word of ['facts', 'level', 'consent', 'crime', 'sector', 'individuals', 'other', 'cross_border'])
  names.delete(word);

// Instants of the record bear the names of anchors.
for (const { anchors } of regimes) for (const id of anchors) names.delete(id);

/** `file: text` for every match, with what is found in it. */
function found(pattern: RegExp, is: (text: string) => boolean = () => true): readonly string[] {
  return sources.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].flatMap(([all, inner = all]) => (is(inner) ? [`${file}: ${inner}`] : [])),
  );
}

it('knows the names it looks for', () => {
  for (const id of [
    'cn-cac-2025',
    'major',
    'initial_report',
    'cac.art4.other',
    'art7.2.place',
    'art8.1',
    'art9.channels',
  ])
    expect(names).toContain(id);
  expect(names.size).toBeGreaterThan(200);
  expect(sources.length).toBeGreaterThan(150);
});

// The tick of a suspected crime and the closing of rooms abroad are read from the record without a law, each in one place.
it('no code of the law, the incident, the conversation or the report names a regime, an article or a level', () => {
  const literals = found(/['"`]([a-z][\w.-]*)['"`]/g, (literal) => names.has(literal));
  expect(literals).toEqual([
    'src/incident/rooms.ts: cii_involved',
    'src/incident/facts/circumstances.ts: suspected_crime',
  ]);
  expect(found(/\b(?:report|kind)\b[^\n]{0,25}'(?:follow_up|summary)'/g)).toEqual([]);
  expect(found(/\bArts?\. ?\d+|第[一二三四五六七八九十]{1,3}条|\bart\d+\./g)).toEqual([]);
});
