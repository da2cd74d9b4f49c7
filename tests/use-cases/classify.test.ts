import { describe, expect, it } from 'vitest';
import { classify } from '../../src/use-cases/classify/classify.ts';
import { REGIME, regimes, run } from '../regimes/support.ts';

const base = { regime: REGIME, operator: 'other' };
const errorsOf = (json: unknown) => {
  const result = classify(regimes, json);
  return result.ok ? [] : result.errors;
};
const withFact = (fact: string, value: unknown) => ({ ...base, facts: { [fact]: value } });

const promptly = (id: string) => [id, null];

describe('the output', () => {
  const sample = {
    regime: REGIME,
    operator: 'other',
    now: '2026-03-01T05:00:00+08:00',
    anchors: { occurrence: '2026-03-01T01:10:00+08:00', awareness: '2026-03-01T02:00:00+08:00' },
    flags: { suspected_crime: true, ransomware: false },
    facts: {
      personal_info_people: 1200000,
      direct_loss_cny: { min: 0, max: 8000000 },
      site_outage_minutes: { since: '2026-03-01T03:50:00+08:00' },
    },
  };
  it('has the keys of the contract and no others', () => {
    const verdict = run(sample);
    expect(Object.keys(verdict)).toEqual([
      'level',
      'floor',
      'ceiling',
      'ceilingByNumbers',
      'matched',
      'undetermined',
      'obligations',
      'warnings',
    ]);
    expect(verdict.matched.map((one) => Object.keys(one))).toEqual([['criterion', 'level', 'source']]);
    for (const { provisional, ...rest } of verdict.obligations) {
      expect([undefined, true]).toContain(provisional);
      expect(Object.keys(rest).sort()).toEqual(['anchor', 'due', 'dueMinutes', 'id', 'recipient', 'source']);
    }
    expect(Object.keys(verdict.matched[0]?.source ?? {}).sort()).toEqual([
      'article',
      'checked',
      'effective',
      'instrument',
      'quote',
      'url',
      'verification',
    ]);
  });
  it('of the sample of the contract', () => {
    const { obligations, ...verdict } = run(sample);
    expect(verdict).toMatchObject({
      level: 'major',
      floor: 'major',
      ceiling: 'particularly_significant',
      warnings: [{ question: 'direct_loss_basis', reading: 'as_stated' }],
    });
    const rows = obligations.map(({ id, due, provisional }) => [provisional ? `${id}?` : id, due]);
    expect(rows).toEqual([
      ['cac.art4.other', '2026-03-01T06:00:00+08:00'],
      ['police.art14', '2026-03-02T02:00:00+08:00'],
      ['police.art10', '2026-03-02T02:00:00+08:00'],
      ...['pipl.art57.authority', 'pipl.art57.individuals', 'dsl.art29.authority', 'dsl.art29.users'].map(promptly),
      ...['csl.art44.authority', 'csl.art44.users', 'ndr.art11.authority', 'ndr.art11.parties?'].map(promptly),
      ...['minors.art35.authority?', 'minors.art35.guardians?'].map(promptly),
    ]);
  });
  it('is an array for an array, in its order', () => {
    const result = classify(regimes, [base, withFact('direct_loss_cny', 5_000_000)]);
    expect(result).toMatchObject({ ok: true, output: [{ level: 'undetermined' }, { level: 'major' }] });
    expect(classify(regimes, [])).toEqual({ ok: true, output: [] });
  });
  it('lists the rules of the sector where they are stated', () => {
    const ids = (flags: object) => run({ flags }).obligations.map(({ id }) => id);
    expect(ids({ sector_rules: true })).toContain('cac.art4.sector');
    expect(ids({})).not.toContain('cac.art4.sector');
  });
  it('lists the police, provisional, when somebody says that nobody knows whether a crime is suspected', () => {
    const { obligations: asked, ...verdict } = run({ flags: { suspected_crime: 'unknown' } });
    const { obligations, ...same } = run({});
    expect(verdict).toEqual(same);
    const added = asked.filter(({ id }) => obligations.every((one) => one.id !== id));
    expect(added.map(({ id, provisional }) => [id, provisional])).toEqual([
      ['police.art14', true],
      ['police.art10', true],
    ]);
  });
});

describe('the kinds of operator and the facts of critical infrastructure', () => {
  const ceiling = (operator: unknown, facts = {}) => {
    const rest = {
      system_loss: 'none',
      other_threat: 'none',
      daily_life_people: 0,
      direct_loss_cny: 0,
      personal_info_people: 0,
    };
    const percent = { population_percent_province: 0, population_percent_prefecture: 0 };
    return run({ operator, facts: { ...rest, ...percent, site_kind: 'none', data_threat: 'none', ...facts } }).ceiling;
  };
  it('unknown outages of critical infrastructure do not apply where none is involved', () => {
    for (const operator of [
      'other',
      'central_state_organ',
      ['other', 'central_state_organ'],
      { oneOf: ['other', 'central_state_organ'] },
    ]) {
      expect([operator, ceiling(operator)]).toEqual([operator, 'general']);
    }
    for (const operator of [
      'cii_involved',
      'unknown',
      ['other', 'cii_involved'],
      { oneOf: ['other', 'cii_involved'] },
    ]) {
      expect([operator, ceiling(operator)]).toEqual([operator, 'particularly_significant']);
    }
  });
  it('a stated outage counts for every kind, with a warning only where none is involved', () => {
    const questions = (operator: unknown) =>
      run({ operator, facts: { cii_whole_outage_minutes: 10 } }).warnings.map(({ question }) => question);
    expect(questions('other')).toEqual(['cii_value_without_cii']);
    expect(questions('central_state_organ')).toEqual(['cii_value_without_cii']);
    expect(questions('cii_involved')).toEqual([]);
    expect(questions('unknown')).toEqual([]);
    expect(run({ operator: 'unknown', facts: { cii_whole_outage_minutes: 10 } }).level).toBe('major');
    expect(run({ operator: 'other', facts: { cii_whole_outage_minutes: 0 } }).warnings).toEqual([]);
    expect(run({ operator: 'other', facts: { cii_whole_outage_minutes: 5 } }).warnings).toEqual([
      { question: 'cii_value_without_cii', reading: 'counted' },
    ]);
  });
});

describe('times', () => {
  it('take any offset, with or without seconds', () => {
    const due = (awareness: string) =>
      run({ facts: { direct_loss_cny: 5_000_000 }, anchors: { awareness } }).obligations[0]?.due;
    for (const awareness of [
      '2026-03-01T02:00+08:00',
      '2026-03-01T02:00:00+08:00',
      '2026-02-28T18:00Z',
      '2026-02-28T13:00:00-05:00',
    ]) {
      expect(due(awareness)).toBe('2026-03-01T06:00:00+08:00');
    }
  });
  it('now is needed only for a duration that is still running', () => {
    const since = '2026-03-01T02:00:00+08:00';
    expect(errorsOf(withFact('site_outage_minutes', { since }))).toMatchObject([{ field: 'now', code: 'missing' }]);
    expect(errorsOf(withFact('site_outage_minutes', { since, until: since }))).toEqual([]);
    expect(errorsOf({ ...withFact('site_outage_minutes', { since }), now: since })).toEqual([]);
  });
});

describe('bad input names the field and says what to do', () => {
  const since = '2026-03-01T02:00:00+08:00';
  it.each([
    ['no object', null, 'input'],
    ['a number', 3, 'input'],
    ['no regime', { operator: 'other' }, 'regime'],
    ['an unknown regime', { ...base, regime: 'eu' }, 'regime'],
    ['no operator', { regime: REGIME }, 'operator'],
    ['an unknown operator', { ...base, operator: 'bank' }, 'operator'],
    ['no kind of operator', { ...base, operator: [] }, 'operator'],
    ['unknown among kinds', { ...base, operator: ['other', 'unknown'] }, 'operator'],
    ['one of none', { ...base, operator: { oneOf: [] } }, 'operator.oneOf'],
    ['an unknown field', { ...base, fact: {} }, 'fact'],
    ['an unknown fact', withFact('people', 1), 'facts.people'],
    ['an unknown flag', { ...base, flags: { crime: true } }, 'flags.crime'],
    ['a flag that is no flag', { ...base, flags: { ransomware: 1 } }, 'flags.ransomware'],
    ['an unknown anchor', { ...base, anchors: { discovery: since } }, 'anchors.discovery'],
    ['a time without offset', { ...base, anchors: { awareness: '2026-03-01T02:00:00' } }, 'anchors.awareness'],
    ['a day that does not exist', { ...base, anchors: { awareness: '2026-02-30T02:00:00Z' } }, 'anchors.awareness'],
    ['now that is no time', { ...base, now: 'today' }, 'now'],
    ['facts that are no object', { ...base, facts: [] }, 'facts'],
    ['a negative number', withFact('personal_info_people', -1), 'facts.personal_info_people'],
    ['a number as text', withFact('personal_info_people', '1200000'), 'facts.personal_info_people'],
    ['null', withFact('personal_info_people', null), 'facts.personal_info_people'],
    ['a duration for a count', withFact('personal_info_people', { since }), 'facts.personal_info_people.since'],
    ['an empty range', withFact('direct_loss_cny', {}), 'facts.direct_loss_cny'],
    ['a range upside down', withFact('direct_loss_cny', { min: 2, max: 1 }), 'facts.direct_loss_cny'],
    ['a range with a typo', withFact('direct_loss_cny', { min: 2, mx: 3 }), 'facts.direct_loss_cny.mx'],
    ['more than everybody', withFact('population_percent_province', 100.1), 'facts.population_percent_province'],
    [
      'a range above everybody',
      withFact('population_percent_province', { max: 101 }),
      'facts.population_percent_province',
    ],
    [
      'a minimum above everybody',
      withFact('population_percent_province', { min: 101 }),
      'facts.population_percent_province',
    ],
    ['an unknown option', withFact('site_kind', 'shop'), 'facts.site_kind'],
    ['an unknown option among several', withFact('site_kind', ['enterprise', 'shop']), 'facts.site_kind.1'],
    ['no option', withFact('site_kind', []), 'facts.site_kind'],
    ['none beside an option', withFact('site_kind', ['none', 'enterprise']), 'facts.site_kind'],
    ['several for a judgement', withFact('data_threat', ['serious']), 'facts.data_threat'],
    ['text for yes or no', withFact('tampered_illegal_content', 'yes'), 'facts.tampered_illegal_content'],
    [
      'an end without a beginning',
      withFact('site_outage_minutes', { until: since }),
      'facts.site_outage_minutes.since',
    ],
    [
      'an end before the beginning',
      withFact('site_outage_minutes', { since, until: '2026-03-01T01:59Z'.replace('Z', '+08:00') }),
      'facts.site_outage_minutes.until',
    ],
    [
      'a beginning in the future',
      { ...withFact('site_outage_minutes', { since }), now: '2026-03-01T01:59:59+08:00' },
      'facts.site_outage_minutes.since',
    ],
    [
      'an end in the future',
      { ...withFact('site_outage_minutes', { since, until: '2026-03-02T00:00Z' }), now: since },
      'facts.site_outage_minutes.until',
    ],
    ['the second of two', [base, { ...base, operator: 'bank' }], '[1].operator'],
  ])('%s', (_what, json, field) => {
    const errors = errorsOf(json);
    expect(errors.map((error) => error.field)).toContain(field);
    for (const { code, detail } of errors) {
      expect(code).toMatch(/^[a-z_]+$/);
      expect(detail.length).toBeGreaterThan(10);
    }
  });

  it('all of it at once', () => {
    const errors = errorsOf({ ...base, operator: 'bank', facts: { people: 1, data_threat: 'mild' } });
    expect(errors.map(({ field }) => field)).toEqual(['operator', 'facts.people', 'facts.data_threat']);
  });
});
