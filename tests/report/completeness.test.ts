import { describe, expect, test } from 'vitest';
import { gapsOf, pointText } from '../../src/report/completeness.ts';
import type { Point } from '../../src/report/contradictions.ts';
import { contradictionsOf } from '../../src/report/contradictions.ts';
import { itemStatuses } from '../../src/report/items.ts';
import { type Sheet, sheetFor } from '../../src/report/sheet.ts';
import { type Case, fill, leakCase, regime } from './cases.ts';

const at = (clock: string): string => `2026-03-31T${clock}:00+08:00`;

function sheet(it: Case, kind = 'initial'): Sheet {
  const written = { state: it.current, ia: it.assess(), regime };
  return sheetFor(written, { report: kind, cannotDetermine: ['cause'] }, 'zh');
}
const keys = (points: readonly Point[]): string[] =>
  points.map(({ key, field }) => `${key}${field ? ` ${field}` : ''}`);
const contradictions = (it: Case): string[] => keys(contradictionsOf(sheet(it)));

describe('completeness', () => {
  test('says of every field how it stands', () => {
    const items = itemStatuses(sheet(leakCase()));
    expect(items.map(({ n, required }) => [n, required])).toEqual([
      [1, 'now'],
      [2, 'now'],
      ...[3, 4, 5, 6, 7, 8].map((n) => [n, 'may_follow']),
    ]);
    const states = Object.fromEntries(
      items[1]?.fields.map(({ definition, state }) => [definition.id.slice(7), state]) ?? [],
    );
    expect(states).toEqual({
      discovery_time: 'derived',
      occurrence_time: 'missing',
      info_kinds: 'missing',
      place: 'known',
      type: 'derived',
      level: 'derived',
      impact: 'derived',
      measures: 'known',
      effect: 'unconfirmed',
    });
  });

  test('lists what is missing or unconfirmed, in words', () => {
    const it = leakCase();
    const all = sheet(it);
    expect(gapsOf(all).map((gap) => pointText(all, gap))).toEqual([
      '“发生时间”未填写，但记录中已有中断的开始时间',
      '级别尚未确认',
      '获知时间尚未确认',
      '“措施的效果”的文字尚未确认，未写入报告稿',
    ]);
    const [, candidate] = it.current.candidates;
    it.must('chen-yu', { type: 'confirm_awareness', candidate: candidate?.id ?? '', reason: '告警日志' });
    it.must('zhao-min', { type: 'decide_level', level: 'major' });
    it.must('chen-yu', { type: 'confirm_wording', field: 'art7.2.effect', wording: '已停止' });
    it.must('chen-yu', { type: 'answer', fact: 'occurrence', value: at('09:10') });
    expect(gapsOf(sheet(it))).toEqual([]);
  });

  test('two versions against each other, words that are not Chinese, and what is not known', () => {
    const it = leakCase();
    it.must('li-wei', {
      type: 'fill_field',
      field: 'art7.2.effect',
      value: { state: 'known', text: '已停止' },
      wording: 'The outflow of data has stopped',
    });
    it.must('chen-yu', { type: 'fill_field', field: 'art7.2.measures', value: { state: 'unknown' } });
    const value = { state: 'known' as const, text: '苏州' };
    it.do('zhao-min', { type: 'fill_field', field: 'art7.2.place', value }, { revision: 1 });
    expect(keys(gapsOf(sheet(it))).filter((key) => key.includes('art7'))).toEqual([
      'report.gap.occurrence_open art7.2.occurrence_time',
      'report.gap.clash art7.2.place',
      'report.gap.unknown art7.2.measures',
      'report.gap.not_chinese art7.2.effect',
    ]);
  });

  test('without a profile the head of the report is a gap', () => {
    const gaps = keys(gapsOf(sheet(leakCase(null))));
    for (const gap of ['recipient_open', 'no_addressee', 'no_unit', 'no_contact', 'no_signatory']) {
      expect(gaps).toContain(`report.gap.${gap}`);
    }
  });

  test('what may follow needs a reason that something cannot be determined', () => {
    const ticked = sheet(leakCase());
    const none = { ...ticked, cannotDetermine: [] };
    expect(keys(gapsOf(ticked))).not.toContain('report.gap.later_without_reason');
    expect(keys(gapsOf(none))).toContain('report.gap.later_without_reason');
  });

  test('the summary report needs its six parts', () => {
    const it = leakCase();
    fill(it, 'art8.6', '教训', '上线前安全测试覆盖不足');
    const items = itemStatuses(sheet(it, 'summary'));
    const gaps = gapsOf(sheet(it, 'summary'));
    expect(items.map(({ fields }) => fields[0]?.state)).toEqual([
      'missing',
      'derived',
      'derived',
      'missing',
      'missing',
      'known',
    ]);
    expect(keys(gaps).filter((key) => key.includes('art8'))).toEqual(
      ['art8.1', 'art8.4', 'art8.5'].map((part) => `report.gap.missing ${part}`),
    );
  });
});

describe('contradictions', () => {
  test('none in a consistent case', () => {
    expect(contradictions(leakCase())).toEqual([]);
  });

  test('awareness or outage before the occurrence', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'occurrence', value: at('10:00') });
    expect(contradictions(it)).toEqual([
      'report.contradiction.awareness_before_occurrence',
      'report.contradiction.outage_before_occurrence site_outage_minutes',
    ]);
    it.must('chen-yu', { type: 'answer', fact: 'occurrence', value: at('01:10') });
    expect(contradictions(it)).toEqual([]);
  });

  test('something over that still runs', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'ongoing', value: { since: at('09:30'), until: at('11:00') } });
    expect(contradictions(it)).toEqual(['report.contradiction.over_but_running site_outage_minutes']);
    it.must('zhao-min', { type: 'end_handling', at: at('12:00'), reason: '恢复' });
    expect(contradictions(it)).toEqual(['report.contradiction.ended_but_running site_outage_minutes']);
  });

  test('ransomware without an amount, or without a crime', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'ransomware', value: true });
    it.must('chen-yu', { type: 'answer', fact: 'suspected_crime', value: false });
    expect(contradictions(it)).toEqual([
      'report.contradiction.ransomware_without_amount',
      'report.contradiction.ransomware_without_crime',
    ]);
    for (const field of ['ransom_amount', 'ransom_method', 'ransom_date']) {
      it.must('chen-yu', { type: 'fill_field', field: `art7.2.${field}`, value: { state: 'unknown' } });
    }
    expect(contradictions(it)).toEqual(['report.contradiction.ransomware_without_crime']);
  });

  test('a figure of what is said not to be affected', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'affected', value: ['outage'] });
    expect(contradictions(it)).toEqual(['report.contradiction.aspect_not_affected personal_info_people']);
  });

  test('more people than the system has users', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 3_000_000 });
    expect(contradictions(it)).toEqual([]);
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_people', value: 11_000_000 });
    expect(contradictions(it)).toEqual(['report.contradiction.more_than_users personal_info_people']);
  });

  test('people whose information was affected, although nothing happened to it', () => {
    const it = leakCase();
    it.must('chen-yu', { type: 'answer', fact: 'personal_info_compromise', value: ['none'] });
    expect(contradictions(it)).toEqual(['report.contradiction.nothing_happened personal_info_people']);
  });

  test('a level below what the rules reach', () => {
    const it = leakCase();
    it.must('zhao-min', { type: 'decide_level', level: 'general', reason: '误报' });
    it.must('li-wei', { type: 'second_level', agree: true, reason: '同意' });
    const all = sheet(it);
    const [point] = contradictionsOf(all);
    expect(point && pointText(all, point)).toBe('确认的级别（一般）低于规则下限（较大）');
  });
});
