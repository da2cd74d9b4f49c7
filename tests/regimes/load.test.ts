import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadRegime, loadRegimes, RegimeError } from '../../src/regimes/load.ts';

const original = fileURLToPath(new URL('../../src/regimes/cn-cac-2025', import.meta.url));
let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'regimes-'));
  folder = join(root, 'copy');
  cpSync(original, folder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Replaces text in a file of the copy and answers the faults found. */
function faultsAfter(file: string, from: string | RegExp, to: string): readonly string[] {
  const before = readFileSync(join(folder, file), 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(join(folder, file), after);
  return faults();
}
function faults(): readonly string[] {
  try {
    loadRegime(folder);
    return [];
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    return error.faults.map(({ file, path, reason }) => `${file} | ${path} | ${reason}`);
  }
}

describe('what is wrong is named with file, path and reason', () => {
  it('the copy itself is right', () => expect(faults()).toEqual([]));

  const wrong: readonly (readonly [string, string, string | RegExp, string, string | RegExp])[] = [
    ['bad YAML', 'facts.yaml', 'facts:', 'facts: [', /^copy\/facts.yaml \| {2}\| /],
    [
      'a wrong type',
      'obligations.yaml',
      'minutes: 240',
      'minutes: four hours',
      /^copy\/obligations.yaml \| obligations\[3\]\.period\.minutes \| /,
    ],
    [
      'a missing quotation',
      'criteria/major.yaml',
      /quote: 7\..*/,
      '',
      /^copy\/criteria\/major.yaml \| criteria\[16\]\.source\.quote \| /,
    ],
    ['an unknown key', 'facts.yaml', 'relevance: cii', 'relevence: cii', /facts\[8\] \| Unrecognized key: "relevence"/],
    [
      'an operator that does not exist',
      'criteria/major.yaml',
      'atLeast: 5000000',
      'atleast: 5000000',
      /criteria\[16\]\.when/,
    ],
    [
      'an unknown fact',
      'criteria/major.yaml',
      'fact: direct_loss_cny',
      'fact: loss',
      'copy/criteria/major.yaml | major.i7.when | unknown fact loss',
    ],
    [
      'an unknown option',
      'criteria/major.yaml',
      '[fairly_serious, serious',
      '[fairly_big, serious',
      /major\.q1\.when \| fact system_loss has no option fairly_big/,
    ],
    [
      'an unknown reading',
      'criteria/major.yaml',
      'reading: counted',
      'reading: count',
      /open question core_data_at_major has no reading count/,
    ],
    [
      'a figure on a choice',
      'criteria/major.yaml',
      '{ fact: direct_loss_cny, atLeast',
      '{ fact: data_class, atLeast',
      /fact data_class is not a figure/,
    ],
    [
      'an unknown operator kind',
      'obligations.yaml',
      'when: { operator: other }',
      'when: { operator: others }',
      /cac\.art4\.other\.when \| unknown operator others/,
    ],
    [
      'an unknown recipient',
      'obligations.yaml',
      'recipient: provincial_cac',
      'recipient: cac',
      /cac\.art4\.other\.recipient \| unknown name cac/,
    ],
    [
      'an unknown instrument',
      'notes.yaml',
      'instrument: measures',
      'instrument: rules',
      /art2\.scope\.source\.instrument \| unknown instrument rules/,
    ],
    [
      'a rule before its instrument',
      'criteria/major.yaml',
      /2025-11-01/,
      '2025-10-01',
      /major\.q1\.from \| before the instrument is in force \(2025-11-01\)/,
    ],
    [
      'thresholds that do not rise',
      'criteria/major.yaml',
      'atLeast: 5000000',
      'atLeast: 30000000',
      /major\.i7 and significant\.i7 do not rise together on direct_loss_cny/,
    ],
    [
      'two versions of a rule at once',
      'criteria/major.yaml',
      'id: major.q1',
      'id: major.q3',
      /major\.q3\.from \| overlap of validity at 2025-11-01/,
    ],
    [
      'an id used twice',
      'facts.yaml',
      'id: tampered_views',
      'id: tampered_forwards',
      /tampered_forwards \| this id is used twice/,
    ],
    ['options missing', 'facts.yaml', 'kind: number', 'kind: one', /personal_info_people \| needs options/],
    [
      'a judgement that does not start with none',
      'facts.yaml',
      '- { id: none, name: { zh: 均不属于, en: None of these } }\n      - { id: fairly_large, name: { zh: 较大量, en: A fairly large amount (较大量) } }',
      '- { id: fairly_large, name: { zh: 较大量, en: Fairly large } }\n      - { id: none, name: { zh: 均不属于, en: None of these } }',
      /personal_info_scale \| a judgement starts with none/,
    ],
  ];
  it.each(wrong)('%s', (_what, file, from, to, expected) => {
    const found = faultsAfter(file, from, to);
    expect(found.join('\n')).toMatch(expected instanceof RegExp ? new RegExp(expected.source, 'm') : expected);
  });

  it('a key given in two files', () => {
    writeFileSync(join(folder, 'zone.yaml'), 'zone: UTC\n');
    expect(faults()).toEqual(['copy/zone.yaml | zone | already given in copy/regime.yaml']);
  });

  it('a whole part missing', () => {
    rmSync(join(folder, 'channels.yaml'));
    expect(faults().join()).toMatch(/channels/);
  });
});

describe('regimes of an own folder (REGIMES_DIR)', () => {
  it('are loaded beside the others', async () => {
    expect(faultsAfter('regime.yaml', 'id: cn-cac-2025', 'id: own')).toEqual([]);
    mkdirSync(join(root, 'no-regime'));
    expect([...(await loadRegimes(root)).keys()]).toEqual(['cn-cac-2025', 'own']);
  });
  it('must not take an id that is taken', async () => {
    await expect(loadRegimes(root)).rejects.toThrow(
      /copy\/regime.yaml: id: another folder already holds the regime cn-cac-2025/,
    );
  });
  it('need a folder that exists', async () => {
    await expect(loadRegimes(join(root, 'nowhere'))).rejects.toThrow(/does not exist/);
  });
});
