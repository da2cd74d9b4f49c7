import type { Condition } from '../../src/law/condition.ts';
import type { Criterion, FactDefinition, ObligationRule, OpenQuestion, Regime } from '../../src/law/regime.ts';
import type { AssessmentInput, Level, Source } from '../../src/law/types.ts';

/** A made-up instrument: the engine must work for any, so its tests know none. */
export const source: Source = {
  instrument: 'Some Act',
  article: '1',
  quote: 'q',
  url: 'https://example.org/act',
  effective: '2020-01-01',
  checked: '2020-02-01',
  verification: 'primary',
};
const words = (text: string) => ({ zh: text, en: text });
const named = (...ids: string[]) => ids.map((id) => ({ id, name: words(id) }));

export function fact(id: string, kind: FactDefinition['kind'], more: Partial<FactDefinition> = {}): FactDefinition {
  const options =
    kind === 'judgement' || kind === 'one' || kind === 'many' ? { options: named('none', 'low', 'high') } : {};
  return { id, kind, label: words(id), question: words(id), aspects: ['all'], ...options, ...more };
}
export function criterion(id: string, level: Level, when: Condition, more: Partial<Criterion> = {}): Criterion {
  return { id, level, when, from: '2020-01-01', label: words(id), translation: id, source, ...more };
}
export function duty(id: string, more: Partial<ObligationRule> = {}): ObligationRule {
  return {
    id,
    from: '2020-01-01',
    title: words(id),
    applies: words(id),
    recipient: 'office',
    content: 'initial_report',
    anchor: 'awareness',
    period: { kind: 'minutes', minutes: 60 },
    onceAnchored: false,
    translation: id,
    source,
    ...more,
  };
}
export function question(id: string, more: Partial<OpenQuestion> = {}): OpenQuestion {
  return { id, topic: 'level', text: words(id), readings: named('wide', 'narrow'), concerns: ['people'], ...more };
}

export const facts = [
  fact('people', 'number'),
  fact('loss', 'number'),
  fact('outage', 'duration'),
  fact('pump_outage', 'duration', { appliesTo: ['utility'] }),
  fact('kind', 'many'),
  fact('hacked', 'boolean'),
  fact('harm', 'judgement'),
];

export function regimeWith(more: Partial<Regime>): Regime {
  return {
    id: 'test',
    version: 'test',
    title: words('test'),
    papers: [],
    zone: 'Asia/Shanghai',
    effective: '2020-01-01',
    checked: '2020-02-01',
    instruments: {},
    levels: (['general', 'major', 'significant', 'particularly_significant'] as const).map((id) => ({
      id,
      role: id === 'general' ? ('not_reported' as const) : ('reported' as const),
      name: words(id),
      short: words(id),
      source,
    })),
    anchors: ['occurrence', 'awareness', 'level_decision', 'previous_filing', 'handling_end', 'request'],
    lawOf: 'awareness',
    flags: [],
    contents: [],
    reports: [],
    points: [],
    operators: named('utility', 'shop', 'office'),
    recipients: [],
    factDefinitions: facts,
    criteria: [],
    obligations: [],
    openQuestions: [],
    items: [],
    later: { text: words('later'), source, conditions: ['cause'], items: [] },
    parts: [],
    channels: [],
    types: [],
    provinces: { asOf: '2020-02-01', verification: 'primary', note: words('n'), list: [] },
    notes: [],
    ...more,
  };
}

export function input(more: Partial<AssessmentInput> = {}): AssessmentInput {
  return { operator: 'shop', facts: {}, flags: {}, anchors: {}, ...more };
}
