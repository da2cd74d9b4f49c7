import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lawFindings } from '../../src/cli/law-findings.ts';
import { regimeCommand } from '../../src/cli/regime.ts';
import { organisationSchema } from '../../src/incident/people/profile.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { copyOf } from '../regimes/pack-copy.ts';
import { allSources, theRegime } from '../regimes/support.ts';

/** `jishi regime ARGS` with packs of one's own in a folder, and settings; its lines. */
function setUp(settings: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-laws-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const terminal = { env: { REGIMES_DIR: folder, ...settings }, out: say, error: say, stdin: async () => '' };
  return { folder, lines, regime: (...args: readonly string[]) => regimeCommand(args, terminal) };
}

it('a new pack checks as it is; a wrong figure is named with line, case and what was expected', async () => {
  const { folder, lines, regime } = setUp();
  await regime('new', 'city-bank');
  const file = join(folder, 'city-bank.yaml');
  await regime('check', file);
  expect(lines.at(-1)).toBe('ok city-bank (3 worked cases), draft');
  // By its name alone, as the guide says, wherever the command runs.
  lines.length = 0;
  await regime('check', 'city-bank.yaml');
  expect(lines).toEqual(['ok city-bank (3 worked cases), draft']);
  writeFileSync(file, readFileSync(file, 'utf8').replace('hours: 24', 'hours: 2'));
  await expect(regime('check', file)).rejects.toThrow(
    /city-bank\.yaml:\d+: cases\[0\]: .*city-bank\.first\.due is "2026-03-02T11:00:00\+08:00", expected "2026-03-03/,
  );
  await expect(regime('new', 'city-bank')).rejects.toThrow('exists already');
});

it.each(['zh', 'en'] as const)(
  'regime show quotes every rule of the base law, its source and open questions: %s',
  async (language) => {
    const { lines, regime } = setUp({ LANG: language });
    const base = theRegime();
    await regime('show', base.id);
    const shown = lines.join('\n');
    for (const [, { article, quote }] of allSources(base)) {
      if (base.papers.some(({ sources }) => sources.some((source) => source.quote === quote))) continue;
      expect(shown).toContain(`**${article}** ${quote}`);
    }
    const found = ['第二条', '第四条第二款第一句', '第四条第六款', '第七条第一款第一项', '第十三条'].map((place) =>
      shown.indexOf(`**${place}`),
    );
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    for (const { url, text, compared } of Object.values(base.instruments)) {
      const copy = text ? [text.from, text.sha256] : [];
      for (const part of [url, ...copy, ...compared.map(({ on }) => on)]) expect(shown).toContain(part);
    }
    for (const { id } of base.openQuestions) expect(shown).toContain(`\`${id}\``);
  },
);

it('regime show lists every pack, with all duties of one, and packs of one’s own; an unknown id says how to list', async () => {
  const { lines, regime } = setUp();
  await regime('new', 'city-bank');
  await regime('show');
  const list = lines.at(-1)?.split('\n') ?? [];
  expect(list.find((line) => line.startsWith('eu-gdpr '))).toContain('(compared)');
  expect(list.find((line) => line.startsWith('eu-dora '))).toContain('(draft)');
  expect(list.some((line) => line.startsWith('city-bank '))).toBe(true);
  await regime('show', 'eu-gdpr');
  expect(lines.at(-1)).toContain('72 h');
  expect(lines.at(-1)).toContain('not later than 72 hours');
  await expect(regime('show', 'none')).rejects.toThrow('without an id all are listed');
});

it('doctor says which entity uses a law, what is only loaded or suggested, and what was compared long ago', async () => {
  const { folder, regime } = setUp();
  await regime('new', 'city-bank');
  const organisation = organisationSchema.parse({
    organisation: 'Bank',
    entities: [
      { id: 'sh', name: '银行', province: '31', sector: 'banking', countries: ['DE'], packs: ['city-bank'] },
      { id: 'gz', name: '银行二', province: '44', packs: ['city-bank', 'eu-gdpr'] },
    ],
    contracts: [{ id: 'acme', customer: { zh: '客', en: 'A' }, hours: 24, from: 'awareness', notify: { name: 'A' } }],
  });
  const on = async (day: string) => {
    const found = await lawFindings({ regimesDir: folder }, organisation, Date.parse(day));
    return found.map(({ what, say, state }) => `${state} ${what}: ${say}`);
  };
  const lines = await on('2026-11-27');
  expect(lines).toContain('ok pack city-bank: used by sh, gz');
  expect(lines).toContain('ok pack eu-gdpr: used by gz');
  expect(lines).toContainEqual(expect.stringMatching(/^wrong pack city-bank: draft: .*DO NOT RUN/));
  expect(lines).toContain('ok contract acme: 24 h from awareness, every entity');
  expect(lines).toContainEqual(expect.stringMatching(/^ok packs: only loaded, used by no entity: .*us-sec-8k/));
  expect(lines).toContainEqual(expect.stringMatching(/^warning entity sh: .*suggest: .*cn-nfra-2024.*eu-gdpr/));
  expect(lines.join('\n')).not.toContain('days ago');
  const later = (await on('2028-01-01')).join('\n');
  expect(later).toMatch(/pack eu-gdpr: compared with the source more than 365 days ago: gdpr\.art33\./);
  expect(later).toMatch(/regimes: compared with the source more than 365 days ago: cac\.art4\./);
});

it('regime form begins the data file of a report, names what is missing, and carries values to the next stage', async () => {
  const { folder, lines, regime } = setUp();
  const file = join(folder, 'first.json');
  await regime('form', 'eu-dora-ir', 'initial_notification');
  const [json = '', ...missing] = lines;
  expect(JSON.parse(json)).toEqual({ incidentSubmission: 'initial_notification' });
  expect(missing).toContainEqual(expect.stringMatching(/^2\.3 .*classificationDateTime\): missing$/));
  expect(missing.at(-1)).toContain('was not read');
  writeFileSync(file, JSON.stringify({ incidentSubmission: 'initial_notification', reportCurrency: 'SEK' }));
  await expect(regime('form', 'eu-dora-ir', 'check', file)).rejects.toThrow(/^1\.2 Name of the entity submitting/);
  lines.length = 0;
  await regime('form', 'eu-dora-ir', 'major_incident_reclassified_as_non-major', '-', file);
  const next = { ...JSON.parse(lines[0] ?? ''), incident: { otherInformation: 'the thresholds were never met' } };
  expect(next).toMatchObject({ reportCurrency: 'SEK' });
  writeFileSync(file, JSON.stringify(next));
  lines.length = 0;
  await regime('form', 'eu-dora-ir', 'check', file);
  expect(lines[0]).toMatch(/^ok /);
  await expect(regime('form', 'eu-dora-ir', 'final')).rejects.toThrow('is not a stage');
  await expect(regime('form', 'none', 'final')).rejects.toThrow('is no form');
});

it('regime diff prints what a corrected text changes: duties, entities, contracts, open incidents', async () => {
  const dataDir = newDataFolder('regime-diff');
  const profile = {
    organisation: 'Shop',
    entities: [{ id: 'sh', name: '某公司', province: '31', operator: 'other', packs: ['eu-gdpr'] }],
    contracts: [
      {
        ...{ id: 'acme', customer: { zh: '客户', en: 'Acme' }, hours: 24, from: 'awareness', notify: { name: 'Acme' } },
        when: { fact: 'gdpr_personal_data', is: true },
      },
    ],
    people: [{ id: 'li', name: 'Li', roles: ['lead'], accounts: [{ platform: 'console', tenant: 'local', id: 'Li' }] }],
  };
  const house = await startHouse({ dataDir, organisation: organisationSchema.parse(profile) });
  onTestFinished(() => house.stop());
  const li = await signIn(new Client(house), 'Li');
  const declared = async (title: string, facts: object) => {
    let now = await json(await li.post('/api/v1/incidents', { title, anyway: true }));
    for (const [fact, value] of Object.entries(facts)) {
      const intent = { type: 'answer', fact, value };
      now = await json(await li.post(`/api/v1/incidents/${now.id}/intents`, { intent, revision: now.revision }));
    }
    return now.id;
  };
  const breach = await declared('Members read by a stranger', { gdpr_personal_data: true, gdpr_risk: 'risk' });
  const none = await declared('The site is slow', { gdpr_personal_data: false });
  const file = join(dataDir, 'profile.yaml');
  writeFileSync(file, JSON.stringify(profile));
  const { lines, regime } = setUp({ DATA_DIR: dataDir, ORGANISATION_FILE: file });
  const old = copyOf('eu-gdpr', (text) => text);
  const shorter = copyOf('eu-gdpr', (text) => text.replace('hours: 72 }', 'hours: 48 }'));

  await regime('diff', old, shorter);
  expect(lines[0]).toMatch(/^ {2}gdpr\.art33\.authority: limit .*72 h at the latest -> .*48 h at the latest$/);
  expect(lines).toContain('entity sh: names eu-gdpr');
  const due = /^.*gdpr\.art33\.authority (\S+) -> (\S+)/.exec(lines.find((one) => one.includes(breach)) ?? '');
  expect(Date.parse(due?.[1] ?? '') - Date.parse(due?.[2] ?? '')).toBe(24 * 3_600_000);
  expect(lines).toContain(`incident ${none}: nothing changes`);

  lines.length = 0;
  await regime(
    'diff',
    old,
    copyOf('eu-gdpr', (text) => text.replace('"the personal data breach"', '"the breach"')),
  );
  expect(lines).toContain('no duty differs');

  lines.length = 0;
  const renamed = copyOf('eu-gdpr', (text) => text.replaceAll('gdpr_personal_data', 'gdpr_data'));
  await regime('diff', old, renamed);
  expect(lines).toContain('contract acme: the fact gdpr_personal_data is no longer asked');

  lines.length = 0;
  await regime('diff', old, old);
  expect(lines[0]).toBe('no duty differs');
  expect(lines).toContain(`incident ${breach}: nothing changes`);
  await expect(
    regime(
      'diff',
      old,
      copyOf('eu-dora', (text) => text),
    ),
  ).rejects.toThrow('two packs');
});
