import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { organisationCommand } from '../../src/cli/organisation.ts';
import { profileFindings } from '../../src/cli/profile-findings.ts';
import { parseOrganisation } from '../../src/config/organisation.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';

const EXAMPLE = 'manifests/organisation.example.yaml';

function fileOf(content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-profile-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'organisation.yaml');
  writeFileSync(file, content);
  return file;
}

/** Lines of `jishi organisation check` on a file, and its exit code. */
async function check(file: string, env: Readonly<Record<string, string>> = {}, ...more: readonly string[]) {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const terminal = { env: { DATA_DIR: '/nowhere/at/all', ...env }, out: say, error: say, stdin: async () => '' };
  const code = await organisationCommand(['check', file, ...more], terminal);
  return { code, lines };
}

const GOOD = `
organisation: Lanting
entities: [{ id: a, name: 兰庭, province: shanghai }]
people:
  - { id: li, name: 李伟, roles: [lead, filer], email: li@lanting.cn, deputy: zhao, accounts: [{ platform: console, tenant: local, id: li }] }
  - { id: zhao, name: 赵敏, roles: [approver, legal, administrator], accounts: [{ platform: console, tenant: local, id: z }] }
rooms: [{ platform: slack, tenant: T1, address: C1, location: abroad, entities: [a] }]
`;

describe('organisation check', () => {
  it('says who is on duty and who would be told what', async () => {
    const { code, lines } = await check(fileOf(GOOD));
    expect(code).toBe(0);
    expect(lines).toContain('ok      role lead: 李伟');
    expect(lines).toContain(
      'ok      person li: notified by console; not set up here: mail; near a deadline 赵敏 is notified too',
    );
    expect(lines.filter((line) => !line.startsWith('ok'))).toEqual([
      expect.stringMatching(/^check {3}room slack\/T1\/C1: not set up here: slack; status, clocks.*incidents of a$/),
    ]);
    const chinese = await check(fileOf(GOOD), { LANG: 'zh_CN.UTF-8' });
    expect(chinese.lines).toContain('正常  人员 li：依次通过 console 提醒；此处未接入：mail；时限临近时同时提醒赵敏');
    for (const line of chinese.lines) expect(line).toMatch(/^(?:正常|注意) {2}\p{Script=Han}/u);
  });

  it.each([
    ['is: true', 'fact personal_info_compromise is not yes or no', '事实 personal_info_compromise 不是是非题'],
    [
      'in: [stolen]',
      'fact personal_info_compromise has no option stolen',
      '事实 personal_info_compromise 没有选项 stolen',
    ],
  ])('names a condition of a contract that nothing can meet: %s', async (what, reason, said) => {
    const contract = `contracts:
  - { id: acme, customer: { zh: 某客户, en: Acme }, hours: 24, from: awareness, notify: { name: SOC, email: a@b.example }, when: { fact: personal_info_compromise, ${what} } }`;
    const file = fileOf(`${GOOD}${contract}\n`);
    const wrong = `contracts[0].when: ${reason}`;
    expect((await check(file)).lines).toContainEqual(expect.stringContaining(wrong));
    expect((await check(file, { LANG: 'zh_CN.UTF-8' })).lines).toContainEqual(expect.stringContaining(said));
  });

  it('prints JSON', async () => {
    const { lines } = await check(fileOf(GOOD), {}, '--json');
    expect(JSON.parse(lines.join('\n'))).toContainEqual({ what: 'role lead', state: 'ok', say: '李伟' });
  });

  it.each<[string, (text: string) => string | Uint8Array, RegExp]>([
    [
      'a province misspelt',
      (text) => text.replace('shanghai', 'shangai'),
      /^WRONG .*shangai is not a province; did you mean shanghai\?/,
    ],
    [
      'a kind of operator that the law does not know',
      (text) => text.replace('shanghai }', 'shanghai, operator: hospital }'),
      /^WRONG .*operator: hospital is unknown; known: cii_involved/,
    ],
    [
      'a recipient that the law does not know',
      (text) => text.replace('shanghai }', 'shanghai, recipients: { mayor: { phone: "1" } } }'),
      /^WRONG .*recipients: mayor is unknown; known: protection_department/,
    ],
    [
      'a point of the assessment that the law does not know',
      (text) => `${text}approval: { assessment: { omit: [weather] } }\n`,
      /^WRONG .*omit: weather is unknown; known: facts/,
    ],
    ['GBK', (text) => Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0xc0, 0xee])]), /^WRONG .*not UTF-8/],
    [
      'an unknown platform',
      (text) => text.replace('platform: slack', 'platform: wechat'),
      /^WRONG .*no platform is called wechat/,
    ],
    ['half an address', (text) => text.replace('li@lanting.cn', 'li@'), /^WRONG .*not an e-mail address: 李伟 li@/],
    ['no location', (text) => text.replace('location: abroad, ', ''), /^check .*without a location.*slack\/T1\/C1/],
    [
      'nothing that reaches a person',
      (text) =>
        text.replace('tenant: local, id: z', 'tenant: m, id: z').replace('console, tenant: m', 'mail, tenant: m'),
      /^check .*person zhao: cannot be notified/,
    ],
    ['nobody for a role', (text) => text.replace(', administrator', ''), /^check .*nobody has the role administrator/],
    [
      'an ended roster',
      (text) =>
        `${text}roster: [{ person: li, from: '2024-01-01T00:00:00+08:00', until: '2024-01-08T00:00:00+08:00' }]\n`,
      /^check .*roster: it ended on 2024-01-08/,
    ],
    [
      'the example',
      () => readFileSync(EXAMPLE),
      /^check .*example are still there: .*entities\[0\]\.creditCode.*rooms\[2\]/,
    ],
  ])('%s is named, in Chinese too', async (_, broken, expected) => {
    const file = fileOf(broken(GOOD));
    const { lines } = await check(file);
    expect(lines).toContainEqual(expect.stringMatching(expected));
    const found = lines.findIndex((line) => expected.test(line));
    expect((await check(file, { LANG: 'zh_CN.UTF-8' })).lines[found]).not.toMatch(/[a-z]+ [a-z]+ [a-z]+ [a-z]+/);
  });
});

describe('a roster', () => {
  let profile: Organisation;
  beforeAll(() => {
    const duty = (from: string, until: string) =>
      `{ person: li, from: '${from}T00:00:00Z', until: '${until}T00:00:00Z' }`;
    const roster = `roster: [${duty('2026-01-01', '2026-01-08')}, ${duty('2026-02-01', '2026-02-08')}]\n`;
    profile = parseOrganisation(GOOD + roster, 'x');
  });
  const about = (now: string) => profileFindings(profile, now).filter(({ what }) => what === 'roster');

  it('is fine while somebody is on duty, and its gap and end are named', () => {
    expect(about('2026-01-02T00:00:00Z')).toEqual([]);
    expect(about('2026-01-20T00:00:00Z')).toMatchObject([
      { state: 'warning', say: expect.stringContaining('until 2026-02-01') },
    ]);
    expect(about('2026-03-01T00:00:00Z')).toMatchObject([
      { state: 'warning', say: expect.stringContaining('ended on 2026-02-08') },
    ]);
  });
});
