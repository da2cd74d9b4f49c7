import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { regimeFileSchema } from '../../src/law/regime-schema.ts';
import { allSources, theRegime } from './support.ts';

const regime = theRegime();
const sourced = allSources(regime);

describe('every rule is quoted', () => {
  it.each(sourced)('%s', (_id, source) => {
    expect(source.quote).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(source.article).toMatch(/第.+条|附件|^条文未读取$/);
    expect(source.url).toMatch(/^https?:/);
    expect(source.effective <= source.checked).toBe(true);
  });
});

describe('the guide is complete', () => {
  const levels = ['particularly_significant', 'significant', 'major'];
  const parts = [
    'q1',
    'q2.data',
    'q2.personal_info',
    'q3',
    'i1',
    'i2.whole',
    'i2.main_function',
    'i3.population',
    'i3.daily_life',
  ];
  const rest = ['i4', 'i5', 'i6.home_page', 'i6.other_page', 'i6.forwards', 'i6.views', 'i6.finding', 'i7', 'i8'];
  it('has three limbs and eight indicators at every level', () => {
    expect(regime.criteria.map(({ id }) => id).sort()).toEqual(
      levels.flatMap((l) => [...parts, ...rest].map((p) => `${l}.${p}`)).sort(),
    );
    for (const { id, level } of regime.criteria) expect(id.startsWith(level)).toBe(true);
  });

  it('quotes the text as it is, oddities included', () => {
    const quote = (id: string) => regime.criteria.find((criterion) => criterion.id === id)?.source.quote ?? '';
    expect(quote('significant.i4')).toContain('仿冒');
    expect(quote('significant.i3.daily_life')).toContain('购物等的工作、生活');
    expect(quote('major.i4')).toBe('4.重要数据泄露或被窃取，对国家安全和社会稳定构成较严重威胁。');
    for (const level of levels) expect(quote(`${level}.i3.daily_life`)).toContain('用油');
  });

  it('every criterion names its item in both languages', () => {
    for (const { label } of regime.criteria) {
      expect(label.zh).toMatch(/^(特别重大|重大|较大)(情形)?第\d项/);
      expect(label.en).toMatch(/(特别重大|重大|较大)/);
    }
  });
});

describe('what is in circulation but not in the law is not in the data', () => {
  it('knows no 72 hours, no 5 working days, no one hour for everybody', () => {
    const minutes = regime.obligations.map(({ id, period }) => [
      id,
      period.kind === 'minutes' ? period.minutes : period.kind,
    ]);
    expect(minutes.filter(([, value]) => value === 4320 || value === 'business_days')).toEqual([]);
    expect(minutes.filter(([id, value]) => value === 60 && !String(id).includes('.cii.'))).toEqual([]);
    const day = minutes.flatMap(([id, value]) => (value === 1440 ? [id] : []));
    expect(day).toEqual(['police.art14', 'police.art10', 'ndr.art10']);
    expect(minutes.filter(([, value]) => value === 30)).toEqual([]);
  });
  it('the only days are the thirty of Article 8', () => {
    const days = regime.obligations.flatMap(({ id, period }) =>
      period.kind === 'calendar_days' ? [[id.slice(0, 8), period.days]] : [],
    );
    expect(new Set(days.map(String))).toEqual(new Set(['cac.art8,30']));
  });
  it('tells nobody to report to the State Council or under an order number', () => {
    const everything = JSON.stringify(regime);
    expect(everything).not.toMatch(/Order No|第\d+号令|State Council/);
    expect(everything).not.toContain('判定指南');
  });
});

describe('the form', () => {
  it('has the eight items of Article 7 and the six parts of Article 8', () => {
    expect(regime.items.map(({ id, n }) => `${id} ${n}`)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `art7.${n} ${n}`),
    );
    expect(regime.parts.map(({ id, n }) => `${id} ${n}`)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `art8.${n} ${n}`));
    for (const { id, fields } of regime.items)
      for (const field of fields) expect(field.id.startsWith(`${id}.`)).toBe(true);
  });
  it('items 1 and 2 are required now, the others may follow', () => {
    expect(regime.items.map(({ required }) => required)).toEqual(['now', 'now', ...Array(6).fill('may_follow')]);
    expect(regime.later.items).toEqual(
      regime.items.filter(({ required }) => required === 'may_follow').map(({ id }) => id),
    );
    const now = regime.items.flatMap(({ fields }) =>
      fields.filter((f) => f.required === 'now' && !f.onlyIf).map(({ id }) => id),
    );
    expect(now).toEqual([
      'art7.1.unit',
      'art7.1.system',
      ...['discovery_time', 'place', 'type', 'level', 'impact', 'measures', 'effect'].map((name) => `art7.2.${name}`),
    ]);
  });
  it('ransomware adds amount, method and date, and beyond the article what was paid', () => {
    const extra = regime.items.flatMap(({ fields }) => fields.filter(({ onlyIf }) => onlyIf === 'ransomware'));
    expect(extra.map(({ id, required }) => [id, required])).toEqual([
      ['art7.2.ransom_amount', 'now'],
      ['art7.2.ransom_method', 'now'],
      ['art7.2.ransom_date', 'now'],
      ['art7.2.ransom_paid', 'optional'],
    ]);
  });
});

describe('lists', () => {
  it('31 provincial bodies by their formal names, marked unverified', () => {
    expect(regime.provinces.verification).toBe('unverified');
    expect(regime.provinces.list).toHaveLength(31);
    expect(new Set(regime.provinces.list.map(({ code }) => code)).size).toBe(31);
    for (const { name, body } of regime.provinces.list) expect(body.zh).toBe(`${name.zh}互联网信息办公室`);
  });
  it('ten categories of GB/T 20986-2023, names without codes', () => {
    expect(regime.types.map(({ types }) => types.length)).toEqual([10, 21, 12, 8, 5, 8, 3, 3, 5, 0]);
    for (const { name, types } of regime.types)
      for (const one of [{ name }, ...types]) expect(one.name.zh).toMatch(/事件$/);
  });
  it('six channels of the notice in the default order', () => {
    const kinds = regime.channels.map(({ kind }) => kind).slice(0, 6);
    expect(kinds).toEqual(['website', 'phone', 'mini_program', 'public_account', 'email', 'fax']);
  });
  it('every open question has a cautious reading first and concerns something that exists', () => {
    const names = new Set([
      ...regime.factDefinitions.map(({ id }) => id),
      ...regime.obligations.map(({ id }) => id),
      ...['awareness', 'handling_end', 'level_decision', 'previous_filing', 'operator', 'leniency'],
    ]);
    for (const { id, concerns } of regime.openQuestions)
      expect([id, concerns.filter((name) => !names.has(name))]).toEqual([id, []]);
  });
});

describe('the published schema', () => {
  it('is the one in use (npm run generate writes it)', () => {
    const published: unknown = JSON.parse(
      readFileSync(new URL('../../schemas/regime.schema.json', import.meta.url), 'utf8'),
    );
    expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(regimeFileSchema, { io: 'input' }))));
  });
});
