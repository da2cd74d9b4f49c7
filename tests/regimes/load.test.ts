import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { yamlWithLines } from '../../src/ops/yaml.ts';
import { checkRegime } from '../../src/regimes/check.ts';
import { parsed, RegimeError, yamlFile } from '../../src/regimes/faults.ts';
import { loadRegime, loadRegimes } from '../../src/regimes/load.ts';

const original = fileURLToPath(new URL('../../src/regimes/cn-cac-2025', import.meta.url));
let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'regimes-'));
  folder = join(root, 'copy');
  cpSync(original, folder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

type Breakage = readonly [what: string, file: string, from: string | RegExp, to: string, expected: RegExp];

/** Breaks the copy and answers everything that is found wrong with it. */
function faultsAfter(breakages: readonly Breakage[]): readonly string[] {
  for (const [, file, from, to] of breakages) {
    const before = readFileSync(join(folder, file), 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(join(folder, file), after);
  }
  return faults();
}
function faults(): readonly string[] {
  try {
    loadRegime(folder, checkRegime);
    return [];
  } catch (error) {
    if (!(error instanceof RegimeError)) throw error;
    return error.faults.map(({ file, path, reason }) => `${file} | ${path} | ${reason}`);
  }
}

/** Seen by the schema, file by file. */
const ONE_FILE: readonly Breakage[] = [
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
  [
    'an unknown key',
    'facts.yaml',
    'relevance: cii',
    'relevence: cii',
    /^copy\/facts.yaml \| facts\[8\] \| Unrecognized key: "relevence"/,
  ],
  [
    'no such operator',
    'criteria/significant.yaml',
    'atLeast: 20000000',
    'atleast: 20000000',
    /^copy\/criteria\/significant.yaml \| criteria\[16\]\.when \| /,
  ],
];

/** Seen only when everything is put together. */
const TOGETHER: readonly Breakage[] = [
  [
    'an unknown fact',
    'criteria/major.yaml',
    'fact: direct_loss_cny',
    'fact: loss',
    /^copy\/criteria\/major.yaml \| major\.i7\.when \| unknown fact loss$/,
  ],
  [
    'an unknown option',
    'criteria/major.yaml',
    '[fairly_serious, serious',
    '[fairly_big, serious',
    /when \| fact system_loss has no option fairly_big$/,
  ],
  [
    'an unknown question',
    'criteria/major.yaml',
    'question: core_data_at_major',
    'question: core',
    /unknown open question core$/,
  ],
  [
    'an unknown reading',
    'criteria/major.yaml',
    'enterprise_portal_rank, reading: counted',
    'enterprise_portal_rank, reading: count',
    /open question enterprise_portal_rank has no reading count$/,
  ],
  [
    'a figure on a choice',
    'criteria/significant.yaml',
    'fact: daily_life_people',
    'fact: data_class',
    /significant\.i3\.daily_life\.when \| fact data_class is not a figure$/,
  ],
  [
    'yes or no on a figure',
    'criteria/significant.yaml',
    'tampered_illegal_content',
    'tampered_views',
    /fact tampered_views is not yes or no$/,
  ],
  [
    'an unknown kind of operator',
    'obligations.yaml',
    'when: { operator: other }',
    'when: { operator: others }',
    /^copy\/obligations.yaml \| cac\.art4\.other\.when \| unknown operator others$/,
  ],
  [
    'an unknown kind in facts',
    'facts.yaml',
    'appliesTo: [cii_involved]',
    'appliesTo: [cii]',
    /cii_whole_outage_minutes\.appliesTo \| unknown name cii$/,
  ],
  [
    'an unknown recipient',
    'obligations.yaml',
    'recipient: provincial_cac',
    'recipient: cac',
    /cac\.art4\.other\.recipient \| unknown name cac$/,
  ],
  [
    'an unknown instrument',
    'notes.yaml',
    'instrument: measures',
    'instrument: rules',
    /^copy\/notes.yaml \| art2\.scope\.source\.instrument \| unknown instrument rules$/,
  ],
  [
    'a rule before its instrument',
    'criteria/significant.yaml',
    /2025-11-01/,
    '2025-10-01',
    /significant\.q1\.from \| before the instrument is in force \(2025-11-01\)$/,
  ],
  [
    'thresholds that do not rise',
    'criteria/major.yaml',
    'atLeast: 10 }',
    'atLeast: 100 }',
    /major\.i2\.whole and significant\.i2\.whole do not rise together on cii_whole_outage_minutes$/,
  ],
  [
    'two versions of a rule at once',
    'criteria/major.yaml',
    'id: major.q1',
    'id: major.q3',
    /major\.q3\.from \| overlap of validity at 2025-11-01$/,
  ],
  [
    'an id used twice',
    'channels.yaml',
    'id: fax_12387',
    'id: email_12387',
    /^copy\/channels.yaml \| email_12387 \| this id is used twice$/,
  ],
  ['options missing', 'facts.yaml', 'kind: number', 'kind: one', /personal_info_people \| needs options$/],
  [
    'options too many',
    'facts.yaml',
    'kind: judgement',
    'kind: number',
    /personal_info_scale \| must not have options$/,
  ],
  [
    'no way to say none',
    'facts.yaml',
    '- { id: none, name: { zh: 均未发生, en: None of these } }',
    '- { id: no, name: { zh: 均未发生, en: None of these } }',
    /personal_info_compromise \| needs the option none$/,
  ],
  [
    'a judgement that does not start with none',
    'facts.yaml',
    /(- \{ id: none, name: \{ zh: 未达到较严重, en: Less than fairly serious \} \})\n( +)(- \{ id: fairly_serious, .*)/,
    '$3\n$2$1',
    /data_threat \| a judgement starts with none$/,
  ],
  [
    'an item that does not exist',
    'form.yaml',
    'items: [art7.3,',
    'items: [art7.9,',
    /^copy\/form.yaml \| later\.items \| unknown name art7\.9$/,
  ],
];

describe('what is wrong is named with file, path and reason', () => {
  it('the copy itself is right', () => expect(faults()).toEqual([]));

  it('bad YAML', () => {
    expect(faultsAfter([['', 'facts.yaml', 'facts:', 'facts: [', /x/]]).join()).toMatch(/^copy\/facts.yaml \| {2}\| /);
  });

  it.each([
    ['in one file', ONE_FILE],
    ['between files', TOGETHER],
  ])('everything at once, %s', (_what, breakages) => {
    const found = faultsAfter(breakages).join('\n');
    for (const [, , , , expected] of breakages) expect(found).toMatch(new RegExp(expected.source, 'm'));
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
    expect(faultsAfter([['', 'regime.yaml', 'id: cn-cac-2025', 'id: own', /x/]])).toEqual([]);
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

it('a file with a thousand faults and anchors is read by the slow parser once, and each fault has its line', () => {
  const path = join(root, 'many.yaml');
  writeFileSync(path, `many:\n${Array.from({ length: 1_000 }, (_, n) => `  - &a${n} x\n`).join('')}`);
  const slow = vi.spyOn(yamlWithLines(), 'parseDocument');
  onTestFinished(() => slow.mockRestore());
  const reading = () => parsed(yamlFile(path), z.object({ many: z.array(z.number()) }));
  expect(reading).toThrow(/many\.yaml:2: many\[0\]: [\s\S]*many\.yaml:1001: many\[999\]: /);
  expect(slow).toHaveBeenCalledTimes(1);
});
