import { describe, expect, test } from 'vitest';
import { changedParts, differences } from '../../src/report/differences.ts';
import { contentHash } from '../../src/report/hash.ts';
import { fill, leakCase, minutes, reportOf } from './cases.ts';

describe('differences', () => {
  test('none between a report and itself', () => {
    const report = reportOf(leakCase());
    expect(differences(report, report)).toEqual([]);
  });

  test('an estimate stays the same the next day, when its time gets a date', () => {
    const it = leakCase();
    const before = reportOf(it);
    it.now += minutes(24 * 60);
    const after = reportOf(it);
    expect(JSON.stringify(after)).toContain('截至2026年3月31日');
    // The outage that goes on has raised the level meanwhile.
    expect(differences(before, after).map(({ id }) => id)).toEqual(['art7.2.level']);
  });

  test('time passing is none, though the text is another', () => {
    const it = leakCase();
    const before = reportOf(it);
    it.now += minutes(90);
    const after = reportOf(it);
    expect(after).not.toEqual(before);
    expect(differences(before, after)).toEqual([]);
  });

  test('names the place, what stood there and what stands there now', () => {
    const it = leakCase();
    const before = reportOf(it);
    fill(it, 'art7.2.place', '苏州', '江苏省苏州市某数据中心');
    expect(differences(before, reportOf(it))).toEqual([
      {
        id: 'art7.2.place',
        label: '地点',
        before: '上海市浦东新区某数据中心。',
        after: '江苏省苏州市某数据中心。',
        stable: '江苏省苏州市某数据中心。',
      },
    ]);
  });

  test('what was to follow is new, what is no longer known is gone', () => {
    const it = leakCase();
    const before = reportOf(it);
    fill(it, 'art7.5.path', 'x', '外网接口—应用服务器—数据库');
    const after = reportOf(it);
    expect(differences(before, after)).toMatchObject([
      { id: 'art7.5.path', before: null, after: '外网接口—应用服务器—数据库。' },
    ]);
    expect(differences(after, before)).toMatchObject([
      { id: 'art7.5.path', before: '外网接口—应用服务器—数据库。', after: null },
    ]);
  });

  test('an outage that ends, and another level, are changes', () => {
    const it = leakCase();
    const before = reportOf(it);
    const span = { since: '2026-03-31T09:30:00+08:00', until: '2026-03-31T12:00:00+08:00' };
    it.must('chen-yu', { type: 'answer', fact: 'site_outage_minutes', value: span });
    it.must('zhao-min', { type: 'decide_level', level: 'significant', reason: '社会影响' });
    expect(differences(before, reportOf(it)).map(({ id }) => id)).toEqual(['art7.2.level', 'art7.2.impact']);
  });
});

describe('parts of a changed statement', () => {
  test('keep what both begin and end with, in whole words, and together make the new text', () => {
    const it = leakCase();
    const before = reportOf(it);
    fill(it, 'art7.2.place', 'x', '江苏省苏州市某数据中心');
    const after = reportOf(it);
    const changes = changedParts(before, after);
    expect(changes.map(({ id }) => id)).toEqual(differences(before, after).map(({ id }) => id));
    expect(changes).toMatchObject([
      {
        id: 'art7.2.place',
        start: '',
        removed: expect.stringContaining('上海'),
        end: expect.stringMatching(/数据中心。$/),
      },
    ]);
    for (const [nth, { start, added, removed, end }] of changes.entries()) {
      expect(start + added + end).toBe(differences(before, after)[nth]?.after);
      expect(start + removed + end).toBe(differences(before, after)[nth]?.before);
    }
  });

  test('of a text that is new or gone are all added, or all removed', () => {
    const it = leakCase();
    const before = reportOf(it);
    fill(it, 'art7.5.path', 'x', '外网接口—应用服务器');
    const after = reportOf(it);
    expect(changedParts(before, after)).toMatchObject([
      { start: '', removed: '', added: '外网接口—应用服务器。', end: '' },
    ]);
    expect(changedParts(after, before)).toMatchObject([
      { start: '', removed: '外网接口—应用服务器。', added: '', end: '' },
    ]);
  });
});

describe('the hash of the content', () => {
  test('is of the canonical JSON: the order of members does not matter, every character does', () => {
    const report = reportOf(leakCase());
    const reversed = Object.fromEntries(Object.entries(report).reverse()) as typeof report;
    expect(contentHash(reversed)).toBe(contentHash(report));
    expect(contentHash(report)).toMatch(/^[0-9a-f]{64}$/);
    expect(contentHash({ ...report, title: `${report.title} ` })).not.toBe(contentHash(report));
  });
});
