import { describe, expect, it } from 'vitest';
import { bandsOf, valueText as valueOnCard } from '../../src/conversation/cards/fact-text.ts';
import { localise } from '../../src/conversation/cards/localise.ts';
import type { Situation } from '../../src/conversation/cards/situation.ts';
import type { StatedValue } from '../../src/incident/commands/parts.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import type { FactDefinition } from '../../src/law/regime.ts';
import { sheetNow } from '../../src/report/sheet.ts';
import { factLabel, factName as labelOnCard, valueText } from '../../src/report/values.ts';
import { company, regime, Story } from '../conversation/story.ts';

const organisation = organisationSchema.parse({
  ...company,
  systems: [{ id: 'shop', name: '网上商城', entity: 'shanghai', cii: false, siteKind: ['enterprise'] }],
});
const situation: Situation = new Story('2026-03-31T09:42:00+08:00', organisation)
  .do({ type: 'declare', title: '数据泄露' })
  .wait(10).situation;

const NUMBERS = [0, 1, 12, 99, 100, 1_234, 1_200_000];
/** Bounds of every kind: bands of the law, round ends, odd ends, no end, no beginning. */
function rangesOf(definition: FactDefinition): readonly StatedValue[] {
  const own = bandsOf(situation.regime, definition).map(({ value }) => value);
  const odd = [{ min: 3, max: 17 }, { max: 17 }, { min: 7 }, { min: 0 }, { max: 0 }];
  return [...own, { min: 300_000, max: 399_999 }, { max: 999_999 }, ...odd];
}
const SINCE = '2026-03-31T09:00:00+08:00';
const UNTIL = '2026-03-31T09:30:00+08:00';
/** Durations with their times: running, over, several. */
const SPANS: readonly StatedValue[] = [
  { since: SINCE },
  { since: SINCE, until: UNTIL },
  { spans: [7, { since: SINCE, until: UNTIL }] },
  { spans: [7, { since: SINCE }] },
];
function valuesOf(definition: FactDefinition): readonly StatedValue[] {
  const options = (definition.options ?? []).map(({ id }) => id);
  if (definition.kind === 'boolean') return ['unknown', true, false];
  if (options.length > 0) return ['unknown', ...options, options, { oneOf: options.slice(0, 2) }];
  return ['unknown', ...NUMBERS, ...rangesOf(definition), ...(definition.kind === 'duration' ? SPANS : [])];
}

/** Facts of the incident itself, each with a value that is a name elsewhere too, or none at all. */
const OF_THE_INCIDENT: readonly (readonly [string, StatedValue])[] = [
  ['system', 'shop'],
  ['system', 'other'],
  ['operator', 'other'],
  ['operator', { oneOf: ['other', 'cii_involved'] }],
  ['affected', ['data', 'none']],
  ['incident_type', 'data.leak'],
  ['province', regime.provinces.list[0]?.id ?? ''],
  ['signatory', '王磊'],
  ['occurrence', '2026-03-31T00:00:00+08:00'],
];

const TABLE = [
  ...regime.factDefinitions.flatMap((one) => valuesOf(one).map((value) => [one.id, value] as const)),
  ...OF_THE_INCIDENT,
];

/** Differences that are wanted, each as the change of a paper's text to the card's. Any other fails. */
const WANTED: Readonly<Record<'zh' | 'en', Readonly<Record<string, readonly [paper: RegExp, card: string]>>>> = {
  zh: {
    'a paper marks a figure as estimated': [/^约/, ''],
    'a paper bounds in the words of the law': [/^(.+?)(?:人|元|次|%)?以上、不足/, '$1至不足'],
    'a paper names the highest value as the law does': [/^不超过/, '至多'],
    'a paper names the lowest value as the law does': [/^(.+)以上$/, '至少$1'],
    'a paper prints the date': [/\d{4}年\d+月\d+日(?=\d\d时)/g, ''],
    'a paper prints the time in words': [/(\d\d)时(\d\d)分/g, '$1:$2'],
  },
  en: {
    'a paper marks a figure as estimated': [/^about /, ''],
    'a paper names the lowest value as the law does': [/^(.+) or more$/, 'at least $1'],
    'a paper prints the date and the zone': [/\d+ \w+ \d{4}, (\d\d:\d\d) \(Beijing, UTC\+8\)/g, '$1'],
  },
};

describe.each([
  ['zh', 'zh-CN'],
  ['en', 'en'],
] as const)('the text of a value in %s', (language, messages) => {
  const sheet = sheetNow(situation, language);
  const texts = TABLE.map(([fact, value]) => ({
    what: `${fact} ${JSON.stringify(value)}`,
    fact,
    value,
    card: localise(valueOnCard(situation, fact, value), messages),
    paper: valueText(sheet, fact, value),
  }));

  it('differs between a card and a paper only where it is wanted', () => {
    const wanted = Object.entries(WANTED[language]);
    const unlike = texts.filter(
      ({ card, paper }) => wanted.reduce((text, [, [pattern, to]]) => text.replace(pattern, to), paper) !== card,
    );
    expect(texts.length).toBeGreaterThan(300);
    expect(unlike).toEqual([]);
  });

  it.each(Object.entries(WANTED[language]))('has the difference: %s', (_, [pattern, to]) => {
    expect(texts.filter(({ paper }) => paper.replace(pattern, to) !== paper)).not.toEqual([]);
    expect(texts.filter(({ card }) => card.replace(pattern, to) !== card)).toEqual([]);
  });

  it('leaves no value without a text, and no figure without its unit', () => {
    expect(texts.filter(({ card, paper }) => card === '' || paper === '' || /^\d+$/.test(paper))).toEqual([]);
  });

  it('labels a fact alike', () => {
    const facts = [...new Set(TABLE.map(([fact]) => fact))];
    for (const fact of facts) expect(factLabel(sheet, fact)).toBe(localise(labelOnCard(regime, fact), messages));
  });
});

it('says neither that about one person is meant, nor another kind of system than the one that was named', () => {
  const sheet = sheetNow(situation, 'zh');
  expect(valueText(sheet, 'personal_info_people', 1)).toBe('1人');
  expect(valueText(sheet, 'personal_info_people', 1_200_000)).toBe('约120万人');
  expect(valueText(sheet, 'personal_info_people', { min: 300_000, max: 399_999 })).toBe('30万人以上、不足40万人');
  expect(localise(valueOnCard(situation, 'personal_info_people', { max: 999_999 }), 'zh-CN')).toContain('不足100万');
  expect(valueText(sheet, 'site_outage_minutes', 0)).toBe('0分钟');
  expect(valueText(sheet, 'system', 'other')).toContain('其他系统');
  expect(valueText(sheet, 'operator', 'other')).toBe('其他网络运营者');
});

it('says alike that nothing is known, that something goes on, and what a band counts', () => {
  const band = { min: 1_000_000, max: 9_999_999 };
  expect(valueText(sheetNow(situation, 'zh'), 'personal_info_people', 'unknown')).toBe('尚不清楚');
  expect(valueText(sheetNow(situation, 'en'), 'ongoing', 'unknown')).toBe('not known yet');
  expect(valueText(sheetNow(situation, 'zh'), 'site_outage_minutes', { since: SINCE })).toMatch(
    /09时00分起，仍在持续$/,
  );
  expect(localise(valueOnCard(situation, 'personal_info_people', band), 'zh-CN')).toBe('100万至不足1000万人');
  expect(localise(valueOnCard(situation, 'personal_info_people', 1), 'en')).toBe('1 person');
});
