import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Scenario, scenarioSchema } from '../../src/incident/scenario.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { loadScenarios, ScenarioError, scenarioFaults } from '../../src/scenarios/load.ts';

const regime = (await loadRegimes()).get('cn-cac-2025');
if (!regime) throw new Error('no regime');
const scenarios = [...loadScenarios(regime).values()];
const [first] = scenarios;
if (!first) throw new Error('no scenario');

describe('scenarios', () => {
  it('come with the product, the guided one first', () => {
    expect(scenarios.map(({ id }) => id)).toEqual([
      'first-steps',
      'cloud-outage',
      'defaced-site',
      'general-malware',
      'insider',
      'no-chat',
      'payment-outage',
      'personal-data-leak',
      'ransomware-cii',
      'supplier-breach',
    ]);
  });

  it.each<[string, Partial<Scenario['answers']>, RegExp]>([
    ['a level the facts do not give', { level: 'significant' }, /the facts give major, not significant/],
    ['an unknown fact', { facts: { ...first.answers.facts, nonsense: 1 } }, /nonsense is not a fact/],
    ['an unknown recipient', { recipients: ['nobody'] }, /nobody is not a recipient/],
  ])('are refused with %s', (_, answers, fault) => {
    const faults = scenarioFaults({ ...first, answers: { ...first.answers, ...answers } }, regime);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });

  it('name the file of what is no YAML, and of an alias without its anchor', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jishi-scenarios-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [text, fault] of [
      ['id: [', /^own\.yaml: /],
      ['id: *none', /^own\.yaml: .*none/],
    ] as const) {
      writeFileSync(join(folder, 'own.yaml'), text);
      expect(() => loadScenarios(regime, folder)).toThrow(ScenarioError);
      expect(() => loadScenarios(regime, folder)).toThrow(fault);
    }
  });

  it('of the documentation loads beside the built-in ones', () => {
    const ids = [...scenarios.map(({ id }) => id), 'lost-laptop'];
    expect([...loadScenarios(regime, 'examples').keys()].toSorted()).toEqual(ids.toSorted());
  });

  it('need news that comes with the declaration, and ids of their own', () => {
    const [news] = first.injects;
    if (!news) throw new Error('no news');
    expect(scenarioSchema.safeParse({ ...first, injects: [{ ...news, at: 5 }] }).success).toBe(false);
    expect(scenarioSchema.safeParse({ ...first, injects: [news, news] }).success).toBe(false);
    expect(scenarioSchema.safeParse(first).success).toBe(true);
  });
});
