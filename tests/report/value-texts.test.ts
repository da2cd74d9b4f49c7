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
  return [...own, { min: 300_000, max: 399_999 }, { min: 3, max: 17 }, { max: 999_999 }, { max: 17 }, { min: 7 }];
}
function valuesOf(definition: FactDefinition): readonly StatedValue[] {
  const options = (definition.options ?? []).map(({ id }) => id);
  if (definition.kind === 'boolean') return [true, false];
  if (options.length > 0) return [...options, options, { oneOf: options.slice(0, 2) }];
  return [...NUMBERS, ...rangesOf(definition)];
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

/** Figures in a text, with the word for their size. */
const figuresIn = (text: string): readonly string[] => text.match(/\d[\d,.:]*(?: ?(?:万|亿|million|billion))?/g) ?? [];

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

  it('says the same figures and bounds on a card and on paper', () => {
    const figures = texts.filter(
      ({ value }) =>
        typeof value === 'number' ||
        (typeof value === 'object' && 'min' in value) ||
        (typeof value === 'object' && 'max' in value),
    );
    expect(figures.length).toBeGreaterThan(100);
    // Nothing is "none" in papers: a band that begins at nothing has no lower bound there.
    const unlike = figures.filter(({ card, paper }) => String(figuresIn(card)) !== String(figuresIn(paper)));
    expect(unlike).toEqual([]);
  });

  it('says the same names', () => {
    const named = texts.filter(({ value }) => typeof value === 'string' || typeof value === 'boolean');
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(({ fact, card, paper }) => fact !== 'occurrence' && card !== paper)).toEqual([]);
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
