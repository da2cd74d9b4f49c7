import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadOrganisation, OrganisationError, parseOrganisation } from '../../src/config/organisation.ts';
import { loadRegimes } from '../../src/regimes/load.ts';
import { workedSince } from '../fakes/processor-time.ts';

const example = 'manifests/organisation.example.yaml';
const text = readFileSync(example, 'utf8');

function wrong(change: (text: string) => string): readonly string[] {
  const changed = change(text);
  expect(changed, 'the test changes nothing').not.toBe(text);
  try {
    parseOrganisation(changed, 'o.yaml');
  } catch (error) {
    if (error instanceof OrganisationError) return error.message.split('\n');
    throw error;
  }
  return [];
}
/** The line of the first occurrence, counted from 1. */
const lineOf = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

it('the example loads, keeps what it says and fills in what it leaves out', async () => {
  const organisation = await loadOrganisation(example);
  expect(organisation).toMatchObject({
    openChannels: 'private',
    languages: { rooms: 'zh-CN' },
    ladder: [120, 60],
    systems: [{ id: 'shop' }, { id: 'erp', siteKind: [], publicService: false }, { id: 'scada', cii: true }],
  });
  expect(organisation.people.find((p) => p.id === 'chen-yu')?.roles).toEqual(['responder']);
  expect(new Set(organisation.people.flatMap((p) => p.accounts.map((a) => a.platform)))).toEqual(
    new Set(['console', 'slack', 'wecom']),
  );
});

it('the example uses provinces and kinds of site that the regime knows', async () => {
  const organisation = await loadOrganisation(example);
  const regime = (await loadRegimes()).get('cn-cac-2025');
  const provinces = regime?.provinces.list.map((p) => p.id) ?? [];
  for (const entity of organisation.entities) expect(provinces).toContain(entity.province);
  const definition = regime?.factDefinitions.find((fact) => fact.id === 'site_kind');
  const options = definition?.options?.map((option) => option.id) ?? [];
  for (const kind of organisation.systems.flatMap((s) => s.siteKind)) expect(options).toContain(kind);
});

it.each<[string, (t: string) => string, string, string]>([
  [
    'deputy: wang-lei',
    (t) => t.replace('deputy: wang-lei', 'deputy: wang-le'),
    'people[0].deputy',
    'names the person "wang-le", which is not in this file',
  ],
  ['deputy: li-wei', (t) => t.replace('deputy: li-wei', 'deputy: wang-lei'), 'people[2].deputy', 'is the same person'],
  [
    'owner: chen-yu',
    (t) => t.replace('owner: chen-yu', 'owner: nobody'),
    'systems[0].owner',
    'names the person "nobody", which is not in this file',
  ],
  [
    'entity: energy',
    (t) => t.replace('entity: energy', 'entity: gas'),
    'systems[2].entity',
    'names the entity "gas", which is not in this file',
  ],
  [
    'id: chen-yu',
    (t) => t.replace('id: chen-yu', 'id: li-wei').replaceAll('owner: chen-yu', 'owner: li-wei'),
    'people[1].id',
    '"li-wei" is used twice',
  ],
  [
    'id: zhao-min',
    (t) => t.replace('id: U0EXAMPLE4', 'id: U0EXAMPLE1'),
    'people[3].accounts[1]',
    'is already an account of "li-wei"',
  ],
  [
    '2026-12-08T00:00:00+08:00',
    (t) => t.replace("until: '2026-12-08", "until: '2026-11-08"),
    'roster[0].until',
    'is not after "from"',
  ],
  [
    'zone: Europe/Stockholm',
    (t) => t.replace('Europe/Stockholm', 'Europe/Stockhome'),
    'rooms[2].zone',
    'is not a time zone such as Asia/Shanghai',
  ],
  [
    'entities: [trading, energy]',
    (t) => t.replace('[trading, energy]', '[trading, gas]'),
    'rooms[1].entities[1]',
    'names the entity "gas", which is not in this file',
  ],
  [
    'openChannels',
    (t) => t.replace('openChannels: private', 'openChannels: closed'),
    'openChannels',
    'must be one of private, thread',
  ],
  ['ladder', (t) => t.replace('ladder: [120, 60]', 'ladder: [soon]'), 'ladder[0]', 'must be a number'],
  ['mlpsLevel: 3', (t) => t.replace('mlpsLevel: 3', 'mlpsLevel: 6'), 'systems[0].mlpsLevel', 'must be at most 5'],
  [
    '91310000MA1EXAMP1X',
    (t) => t.replace('91310000MA1EXAMP1X', 'MA1'),
    'entities[0].creditCode',
    'a unified social credit code of 18 characters',
  ],
  [
    "phone: '12387'",
    (t) => t.replace("phone: '12387'", 'phone: 12387'),
    'entities[0].recipients.provincial_cac.phone',
    'must be text (put numbers between quotation marks)',
  ],
  ['organisation: ', (t) => t.replace('organisation: Lanting Trading', ''), 'organisation', 'is missing'],
  [
    'roles: [responder, lead]',
    (t) => t.replace('roles: [responder, lead]', 'role: lead'),
    'people[0].role',
    'is not a known setting',
  ],
])('%s: says where and why', (_name, change, path, reason) => {
  expect(wrong(change)).toContainEqual(expect.stringMatching(/^o\.yaml:\d+: /));
  expect(wrong(change).map((line) => line.replace(/^o\.yaml:\d+: /, ''))).toContain(`${path} ${reason}`);
});

it('names the line', () => {
  expect(wrong((t) => t.replace('mlpsLevel: 2', 'mlpsLevel: 0'))).toEqual([
    `o.yaml:${lineOf('mlpsLevel: 2')}: systems[1].mlpsLevel must be at least 1`,
  ]);
});

it('names everything that is wrong at once', () => {
  const lines = wrong((t) => t.replace('entity: energy', 'entity: gas').replace('deputy: wang-lei', 'deputy: nobody'));
  expect(lines).toHaveLength(2);
});

it('says what is wrong with a file that is no YAML, no profile, or not there', async () => {
  expect(() => parseOrganisation('a: [1', 'o.yaml')).toThrow(/^o\.yaml:1: /);
  expect(() => parseOrganisation('a: 1\na: 2', 'o.yaml')).toThrow(/^o\.yaml:2: .*unique/);
  expect(() => parseOrganisation('', 'o.yaml')).toThrow('o.yaml:1: the profile must be a group of settings');
  await expect(loadOrganisation('no-such-file.yaml')).rejects.toThrow('no-such-file.yaml: this file does not exist');
});

it('a file that would keep the parser busy for minutes is refused at once', () => {
  const anchors = Array.from({ length: 50_000 }, (_, n) => `  - &a${n} x\n  - *a${n}\n`).join('');
  const start = process.cpuUsage();
  expect(wrong((profile) => `${profile}\nextra:\n${anchors}`)).toEqual(['o.yaml: has more than 500 anchors (&name)']);
  expect(wrong((profile) => `${profile}\n${'# long\n'.repeat(400_000)}`)).toEqual([
    'o.yaml: longer than 2,000,000 characters',
  ]);
  expect(workedSince(start)).toBeLessThan(2_000);
});

it('names the file of an alias without its anchor', () => {
  expect(wrong((text) => text.replace('ladder: [120, 60]', 'ladder: *none'))).toEqual([
    expect.stringMatching(/^o\.yaml: .*none/),
  ]);
});
