import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Regime } from '../../src/law/regime.ts';
import { checkRegime } from '../../src/regimes/check.ts';
import { loadRegime } from '../../src/regimes/load.ts';

const both = (text: string) => ({ zh: text, en: text });
const source = { instrument: 'act', article: 's 1', quote: 'The words of the Act.' };

export const level = (id: string, role: 'not_reported' | 'reported') => ({
  id,
  role,
  name: both(`${id} incident`),
  short: both(id),
  source,
});
/** A criterion that a number of people decides; without a level, that of the regime without grades. */
export const people = (atLeast: number, of: string) => ({
  id: `people_${of}`,
  from: '2020-01-01',
  level: of,
  label: both(`people ${atLeast}`),
  when: { fact: 'affected_people', atLeast },
  translation: 'People.',
  source,
});

/** A regime of a few lines with levels and criteria of its own, read from a file like any other. */
export function smallRegime(more: Readonly<Record<string, unknown>>, hours = 10): Regime {
  const folder = mkdtempSync(join(tmpdir(), 'regime-'));
  const duty = { recipient: 'authority', minLevel: 'reportable', translation: 'To be reported.', source };
  const document = {
    id: 'test-act',
    title: both('Test Act'),
    zone: 'Europe/Brussels',
    effective: '2020-01-01',
    checked: '2026-01-01',
    instruments: {
      act: { title: 'Test Act', url: 'https://example.com/', effective: '2020-01-01', verification: 'primary' },
    },
    anchors: ['awareness', 'handling_end', 'request'],
    lawOf: 'awareness',
    contents: [
      { id: 'alert', role: 'first', name: both('Alert') },
      { id: 'closing_report', role: 'final', name: both('Closing report') },
    ],
    operators: [{ id: 'anybody', name: both('Anybody') }],
    recipients: [{ id: 'authority', name: both('Authority'), description: both('Authority') }],
    facts: [
      {
        id: 'affected_people',
        kind: 'number',
        unit: 'people',
        label: both('People'),
        question: both('How many people?'),
        aspects: ['personal_info'],
      },
    ],
    obligations: [
      {
        ...duty,
        ...{ id: 'act.alert', from: '2020-01-01', content: 'alert', anchor: 'awareness' },
        ...{ title: both('Alert the authority'), applies: both('Always') },
        period: { kind: 'minutes', minutes: hours * 60 },
      },
      {
        ...duty,
        ...{ id: 'act.closing', from: '2020-01-01', content: 'closing_report', anchor: 'handling_end' },
        ...{ title: both('Closing report'), applies: both('Always'), onceAnchored: true },
        period: { kind: 'months', months: 1 },
      },
    ],
    items: [
      {
        ...{ id: 'form.a', n: 1, title: both('What happened'), required: 'now', translation: 'What happened.', source },
        fields: [{ id: 'form.a.level', label: both('Level'), example: both('level'), required: 'now', from: 'level' }],
      },
    ],
    later: { conditions: ['cause'], items: [], text: both('Later'), source },
    parts: [{ id: 'closing.a', n: 1, label: both('Cause'), example: both('cause') }],
    channels: [
      {
        ...{ id: 'mail', kind: 'email', name: both('Mail'), value: both('a@example.com'), recipients: ['authority'] },
        ...{ sourceUrls: [], checked: '2026-01-01', verification: 'primary' },
      },
    ],
    typeSource: { standard: 'none', effective: '2020-01-01', checked: '2026-01-01', verification: 'primary' },
    types: [{ id: 'other', name: both('Other'), types: [] }],
    provinces: {
      ...{ asOf: '2026-01-01', verification: 'primary', note: both('none') },
      list: [{ id: 'x', code: '99', name: both('X'), body: both('X'), short: both('X') }],
    },
    ...more,
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'regime.yaml'), JSON.stringify(document));
  try {
    return loadRegime(folder, checkRegime).regime;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
