import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMS } from '../../src/cli/usage.ts';
import type { Role } from '../../src/incident/identity.ts';
import { type Action, lacks } from '../../src/incident/people/rights.ts';
import { lawSet } from '../../src/law/pack.ts';
import { PLATFORMS } from '../../src/platforms/registry.ts';
import { loadPacks } from '../../src/regimes/load-packs.ts';
import { theRegime } from '../regimes/support.ts';

const PAGES = globSync(['README*.md', 'docs/*.md', 'CONTRIBUTING.md', 'SECURITY.md']);
const read = (path: string): string => readFileSync(path, 'utf8');
/** A page as one line, without marks of emphasis: sentences are found wherever their lines break. */
const flat = (text: string): string =>
  text
    .replaceAll('**', '')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[\p{Script=Han}，。；：、]) | (?=[\p{Script=Han}])/gu, '');
const regime = theRegime();
const packs = [...loadPacks(regime).values()].map(({ pack }) => pack);

/** Figures in the conditions of the criteria, each with its fact: {"fact":"x","atLeast":1000000}. */
const figures = new Set(
  JSON.stringify(regime.criteria.map(({ when }) => when)).match(/\{"fact":"\w+","atLeast":\d+\}/g),
);
const minutesOf = (prefix: string) =>
  regime.obligations.flatMap(({ id, period }) =>
    id.startsWith(prefix) && 'kind' in period && period.kind === 'minutes' ? [period.minutes] : [],
  );
const inSource = (files: string, pattern: RegExp) => () =>
  expect(globSync(files).map(read).join('\n')).toMatch(pattern);
/** A sentence that needs whole programs, browsers or random runs: the test that proves it, by file and name. */
const provedBy = (file: string, name: string) => () =>
  expect(globSync(`tests/**/${file}`).map(read).join('\n')).toContain(name);

/** A row on a role: what it may and a responder may not, and what it may not. */
const onlyThese =
  (role: Role, may: readonly Action[], mayNot: readonly Action[] = []) =>
  () => {
    const refused = (who: Role) => (action: Action) => lacks(action, 'somebody', [who], null) !== null;
    expect(may.filter(refused(role))).toEqual([]);
    expect(may.filter((action) => !refused('responder')(action))).toEqual([]);
    expect(mayNot.filter((action) => !refused(role)(action))).toEqual([]);
  };

/** Sentences of the pages that a program can check, and the check. A sentence that changes loses its place here. */
const CLAIMS: readonly (readonly [page: string, sentence: string, check: () => void])[] = [
  ['README.md', 'Node.js 22.18 or newer', inSource('package.json', /"node": ">=22\.18"/)],
  ['README.zh-CN.md', 'Node.js 22.18 或更高版本', inSource('package.json', /"node": ">=22\.18"/)],
  ...(['README.md', 'README.zh-CN.md'] as const).map(
    (page) =>
      [
        page,
        page === 'README.md' ? 'one, two or four hours' : '1小时、2小时或4小时',
        () => expect([...new Set(minutesOf('cac.art4.'))]).toEqual([60, 120, 240]),
      ] as const,
  ),
  ['README.md', 'the deadlines of 21 more laws, Chinese and foreign', () => expect(packs).toHaveLength(21)],
  ['README.zh-CN.md', '收录21个“时限包”', () => expect(packs).toHaveLength(21)],
  ['docs/packs.md', 'lists the 21 packs', () => expect(packs).toHaveLength(21)],
  ['docs/packs.zh-CN.md', '列出21个时限包', () => expect(packs).toHaveLength(21)],
  ...(['docs/packs.md', 'docs/packs.zh-CN.md'] as const).map((page) => {
    const listed = () => [...read(page).matchAll(/`([a-z]{2}-[\w-]+)`/g)].map(([, id]) => id);
    return [
      page,
      '`eu-nis2`',
      () => expect(listed().toSorted()).toEqual(packs.map(({ id }) => id).toSorted()),
    ] as const;
  }),
  ...(['docs/profile.md', 'docs/profile.zh-CN.md'] as const).map(
    (page) => [page, '`npx jishi organisation fields`', provedBy('tables.test.ts', 'prints every field')] as const,
  ),
  [
    'docs/rights.md',
    'take the lead, confirm the time of awareness, settle legal questions, decide the level, record filings, close, add a law, release content abroad, confirm rooms, remove people, set a legal hold',
    onlyThese('lead', [
      'take_lead',
      'confirm_awareness',
      'settle_question',
      'decide_level',
      'record_filing',
      'close',
      'take_law',
      'release_abroad',
      'confirm_room',
      'remove_person',
      'hold',
    ]),
  ],
  [
    'docs/rights.md',
    'approve and send back; do everything a lead may do, except add a law, remove people or set a legal hold; record filings only while leading',
    onlyThese(
      'approver',
      [
        'approve',
        'send_back',
        'take_lead',
        'confirm_awareness',
        'settle_question',
        'decide_level',
        'close',
        'release_abroad',
        'confirm_room',
      ],
      ['record_filing', 'take_law', 'remove_person', 'hold'],
    ),
  ],
  [
    'docs/rights.md',
    'record filings, and the reason for a late one',
    onlyThese('filer', ['record_filing', 'explain_delay'], ['decide_level', 'approve', 'close']),
  ],
  [
    'docs/rights.md',
    'confirm the time of awareness, settle legal questions, add a law, release content abroad, remove people, set a legal hold, erase incidents together with an administrator',
    onlyThese(
      'legal',
      ['confirm_awareness', 'settle_question', 'take_law', 'release_abroad', 'remove_person', 'hold', 'erase'],
      ['decide_level', 'record_filing'],
    ),
  ],
  [
    'docs/rights.md',
    'confirm rooms, set a legal hold, erase incidents together with legal',
    onlyThese('administrator', ['confirm_room', 'hold', 'erase'], ['decide_level', 'approve', 'record_filing']),
  ],
  [
    'README.md',
    'most are drafts',
    () => expect(packs.filter(({ status }) => status === 'draft').length).toBeGreaterThan(packs.length / 2),
  ],
  [
    'README.md',
    'All are off until your profile names them',
    () => expect(lawSet(regime, []).obligations).toEqual(regime.obligations),
  ],
  [
    'README.md',
    '`npx jishi connect slack`, `wecom`, `feishu` or `dingtalk`',
    () =>
      expect(PLATFORMS.flatMap(({ name, connect }) => (connect ? [name] : [])).toSorted()).toEqual(
        ['slack', 'wecom', 'feishu', 'dingtalk'].toSorted(),
      ),
  ],
  [
    'README.md',
    'that the chat platform does not accept within two minutes is sent in other ways, in turn',
    inSource('src/{wiring.ts,wiring/*.ts}', /PATIENCE = 2 \* 60_000/),
  ],
  [
    'README.md',
    'a hundred times in a full run. They check that no entry is lost and that any message sent twice is marked',
    () => {
      provedBy('kill.test.ts', 'nothing lost, nothing doubled unmarked')();
      inSource('tests/**/kill.test.ts', /KILLS = soaked\(\d+, 100\)/)();
    },
  ],
  [
    'README.md',
    '`npx jishi verify` detects any change to an entry or a file, down to one byte. It cannot see that someone recomputed the',
    provedBy('verify.test.ts', 'finds one changed byte of any event or file'),
  ],
  [
    'README.md',
    'Others need only Python to verify the evidence bundle',
    provedBy('bundle-unicode.slow.test.ts', 'holds with any text'),
  ],
  [
    'README.md',
    'It takes two people to postpone a deadline, or to end it without a filing',
    provedBy('guard-properties.test.ts', 'no single actor ends, delays, hides or declares met'),
  ],
  [
    'README.md',
    'Jishi connects only to what you set up',
    provedBy('no-way-out.slow.test.ts', 'with nothing set up nothing'),
  ],
  [
    'README.md',
    'more only after a named person has released it',
    provedBy('abroad.test.ts', 'gets no unreleased word of a rich incident'),
  ],
  [
    'docs/filing.md',
    'A change of content, never the passing of time',
    provedBy('approval.test.ts', 'is void when the content changes'),
  ],
  [
    'docs/law.md',
    '54 criteria with 33 figures',
    () => expect([regime.criteria.length, figures.size]).toEqual([54, 33]),
  ],
  ['docs/law.zh-CN.md', '共54项标准、33个数字', () => expect([regime.criteria.length, figures.size]).toEqual([54, 33])],
  [
    'docs/law.md',
    '30 calendar days of the end of handling. The day on which handling ends is not counted',
    () => {
      const final = regime.obligations.filter(({ id }) => id.startsWith('cac.art8.'));
      expect(final.length).toBeGreaterThan(3);
      for (const { period } of final)
        expect(period).toMatchObject({ kind: 'calendar_days', days: 30, firstDay: 'excluded', rollOver: 'none' });
    },
  ],
  ...(['docs/drills.md', 'docs/drills.zh-CN.md'] as const).map((page) => {
    const ids = globSync('src/scenarios/*.yaml').map((file) => /^id: (.*)$/m.exec(read(file))?.[1] ?? file);
    const listed = () => [...read(page).matchAll(/^\| `([\w-]+)` \|/gm)].map(([, id]) => id);
    return [page, '`first-steps`', () => expect(listed().toSorted()).toEqual(ids.toSorted())] as const;
  }),
  [
    'docs/sign-in.md',
    'A session lasts 7 days after sign-in by link',
    inSource('src/http/**/sessions.ts', /SESSION_LIFE = 7 \* 24 \* 60/),
  ],
  ['docs/sign-in.md', '12 hours after single sign-on', inSource('src/http/**/sessions.ts', /oidc: 12 \* 60/)],
  ['docs/security.md', 'valid for 15 minutes', inSource('src/http/**/sessions.ts', /LINK_LIFE = 15 \* MINUTE/)],
  ...(
    [
      ['20 MB in the console', '控制台', 'src/http/outside/supplier-page.ts', 20],
      ['30 MB in Feishu', '飞书30 MB', 'src/platforms/feishu/*.ts', 30],
      ['50 MB in Slack', 'Slack 和企业微信智能机器人50 MB', 'src/platforms/slack/**/material.ts', 50],
      ['with the WeCom bot', 'Slack 和企业微信智能机器人50 MB', 'src/platforms/wecom/bot/**/evidence.ts', 50],
      ['20 MB in the console, DingTalk', '钉钉', 'src/platforms/dingtalk/*.ts', 20],
    ] as const
  ).flatMap(([english, chinese, file, megabytes]) => {
    const check = inSource(file, new RegExp(`BYTES = ${megabytes} \\* 1024 \\* 1024`));
    return [
      ['docs/installing.md', english, check],
      ['docs/installing.zh-CN.md', chinese, check],
    ] as const;
  }),
];

describe('what a page claims', () => {
  it.each(CLAIMS)('%s: “%s”', (page, sentence, check) => {
    expect(flat(read(page))).toContain(flat(sentence));
    check();
  });

  it('no page says that an authority accepts a report, or that nothing need be reported', () => {
    const said =
      /a regulator accepts|监管部门可接收|监管部门认可|[Nn]othing (?:need|has to) be reported(?!:)|无须报告(?!”)/;
    const found = PAGES.flatMap((page) =>
      flat(read(page))
        .split(/(?<=[.。])/)
        .filter((one) => said.test(one) && !/never (?:files|says)|从不/.test(one)),
    );
    expect(found).toEqual([]);
  });
});

/** Words in code marks of every page, blocks included. */
const code = PAGES.flatMap((page) =>
  [...read(page).matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(([, block, span]) =>
    (block ?? span ?? '').split('\n').map((text) => ({ page, text })),
  ),
);

describe('what a page names is there', () => {
  it('commands and their verbs', () => {
    const verbs = (command: string): readonly string[] =>
      Object.entries(FORMS).flatMap(([name, forms]) =>
        name === command ? forms.map((form) => form.split(' ')[1] ?? '').filter((word) => /^[a-z]/.test(word)) : [],
      );
    const named = code.flatMap(({ page, text }) =>
      [...text.matchAll(/(?:npx jishi|exec jishi jishi) ([a-z][a-z-]*)(?: ([a-z]+)(?=[ `]|$))?/g)].map(
        ([, command = '', verb]) => ({ page, command, verb }),
      ),
    );
    expect(named.length).toBeGreaterThan(80);
    const unknown = named.filter(
      ({ command, verb }) =>
        !Object.hasOwn(FORMS, command) ||
        (verb !== undefined && verbs(command).length > 0 && !verbs(command).includes(verb)),
    );
    expect(unknown).toEqual([]);
  });

  it('duties that a profile changes', () => {
    const duties = new Set([...regime.obligations, ...packs.flatMap((pack) => pack.duties)].map(({ id }) => id));
    const pages = [...PAGES, 'manifests/organisation.example.yaml'].map(read).join('\n');
    const named = [...pages.matchAll(/^#? +([a-z]+\.[\w.]+): \{ (?:hours|off)/gm)].map(([, id = '']) => id);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((id) => !duties.has(id))).toEqual([]);
  });

  it('scripts of npm', () => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const named = code.flatMap(({ text }) =>
      [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it('files and folders', () => {
    const named = code.flatMap(({ text }) =>
      [...text.matchAll(/^((?:src|tests|scripts|manifests|examples)\/[\w./-]+)$/g)].map(([, path = '']) => path),
    );
    // Names that stand for one of the reader's own.
    const own = /\/(?:ID\.yaml$|echo\b)|echo-rig/;
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((path) => !own.test(path) && !existsSync(path))).toEqual([]);
  });

  it('settings', () => {
    const settings = new Set([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name));
    const prefixes = [...settings].map((name) => name.split('_')[0]);
    // Of a tool, of a database or of the card template of DingTalk.
    const others = /^(?:SQLITE_|EX_CONFIG|MULTI_SELECT|SOAK_|FUZZ_)/;
    const named = code.flatMap(({ text }) =>
      [...text.matchAll(/(?<![\w$])([A-Z]+_[A-Z_]+)(?==|$|[ ;`])/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(60);
    const unknown = named.filter(
      (name) =>
        !settings.has(name) &&
        !settings.has(name.replace(/_FILE$/, '')) &&
        !others.test(name) &&
        prefixes.includes(name.split('_')[0] ?? ''),
    );
    expect(unknown).toEqual([]);
  });

  it('codes of refusals, in the tables on drafting and filing', () => {
    const refusals = new Set(globSync('src/i18n/en/*.json').flatMap((file) => Object.keys(JSON.parse(read(file)))));
    for (const [page, heading] of [
      ['docs/api.md', '## What is refused when drafting and filing'],
      ['docs/api.zh-CN.md', '## 出稿和报送时的拒绝'],
    ] as const) {
      const section = read(page).split(heading)[1]?.split('\n## ')[0] ?? '';
      const codes = [...section.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = '']) =>
        [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
      );
      expect(codes.length).toBeGreaterThan(8);
      expect(codes.filter((name) => !refusals.has(`refuse.${name}`))).toEqual([]);
    }
  });
});
