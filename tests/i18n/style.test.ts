import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/platforms/slack/limits.ts';
import { CARD_COUNTS } from '../../src/platforms/wecom/limits.ts';
import { wideness } from '../platforms/wecom/cards/check.ts';

type Language = 'en' | 'zh-CN';
interface Message {
  readonly file: string;
  readonly key: string;
  readonly text: string;
}

/** All messages of the core and of the platforms in one language, file by file; words that people type are theirs. */
function messagesIn(language: Language): readonly Message[] {
  return globSync([`src/i18n/${language}/*.json`, `src/platforms/*/i18n/${language}.json`]).flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(file, 'utf8'))).flatMap(([key, text]) =>
      key.startsWith('typed.') ? [] : [{ file, key, text: String(text) }],
    ),
  );
}
const english = messagesIn('en');
const chinese = messagesIn('zh-CN');
/** Pages in Chinese but the one that quotes the law. */
const docs = linesOf(globSync(['docs/**/*.zh-CN.md', 'README.zh-CN.md'], { exclude: ['docs/law.zh-CN.md'] }));
/** Pages in English for readers who use the bot or run it; those for contributors speak of the code. */
const pages = linesOf(
  globSync(['docs/*.md', 'README.md'], {
    exclude: ['docs/*.zh-CN.md', 'docs/{architecture,walks,dependencies,platforms,reliability}.md'],
  }),
);

function linesOf(files: readonly string[]): readonly Message[] {
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((text, line): Message => ({ file, key: String(line + 1), text: text.replaceAll(/`[^`]*`/g, '') })),
  );
}

const hits = (messages: readonly Message[], pattern: RegExp): readonly string[] =>
  messages.filter(({ text }) => pattern.test(text)).map(({ file, key, text }) => `${file} ${key}: ${text}`);

it.each([
  ['en', english],
  ['zh-CN', chinese],
] as const)('no key is in two files: %s', (_, messages) => {
  const keys = messages.map(({ key }) => key);
  expect(messages.length).toBeGreaterThan(1_000);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

/** One word for one thing: the words that are not used, and the word that is. */
const TERMS: readonly (readonly [RegExp, string])[] = [
  [/上报/, '报送；登记报送'],
  [/由人员/, '人工确认 / 本人操作'],
  [/聊天被入侵/, '撤出聊天工具…'],
  [/立案|另立/, '新建事件 / 已登记'],
  [/话术稿/, '电话报告稿'],
  [/单位档案|组织配置/, '组织档案'],
  [/超时|已过(?!期|时)/, '逾期'],
  [/第二人/, '经另一人复核同意'],
  [/保全/, '锁定保留（禁止删除）'],
  [/放行(?! `)/, '允许境外群查看 / 未授权境外查看'],
  [/无人负责/, '待认领'],
  [/存证/, '已作为附件保存'],
  [/关闭(?:本|该|此)?事件|办结/, '结案'],
  [/判明/, '判定'],
  [/发生了什么/, '属于哪类事件？ / 是否有下列情形？'],
  [/\d件(?:事件|，)|\{n\}件(?!事)|几件事件/, '起'],
  [/(?:给|与|由|向|和)计时|计时(?:已接入|不会|会将|提醒您)/, '“计时”'],
];

describe('the words of a Chinese compliance officer', () => {
  it.each(TERMS)('%s is not used, but %s', (pattern) => {
    expect(hits(chinese, pattern)).toEqual([]);
    expect(hits(docs, pattern)).toEqual([]);
  });

  it('the lead is the 牵头人', () => {
    expect(hits(chinese, /(?<!保护)负责人/)).toEqual([]);
    expect(hits(docs, /(?<!保护)负责人/)).toEqual([]);
  });
});

/** Words of a message without its parameters; a choice counts as one word. */
const plain = (text: string): string =>
  text.replace(/\{\w+, (?:plural|select),(?:[^{}]|\{[^{}]*\})*\}/g, 'N').replace(/\{[^{}]*\}/g, 'X');
const sentencesOf = (text: string): readonly string[] => plain(text).split(/(?<=[.?:;])\s+|\n+|(?:^|\s)- /);
const LONGEST = 20;
/** Steps of a set-up. */
const LONGER = /^\w+\.connect\./;

describe('English that is read at three in the morning', () => {
  it('says the rank of a level beside its name', () => {
    expect(
      hits(
        english,
        /\((?:General|Major|Significant|Particularly significant)\)|(?:较大 Major|重大 Significant)(?! \()/,
      ),
    ).toEqual([]);
  });

  it('has at most twenty words a sentence', () => {
    const long = english.filter(
      ({ key, text }) => !LONGER.test(key) && sentencesOf(text).some((one) => one.split(/\s+/).length > LONGEST),
    );
    expect(long.map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
  });

  it('begins no sentence with a clause as its subject', () => {
    const clause =
      /^(?:What|Who|Whoever|Whatever|That which) (?!happened$)[^?]*\b(?:is|are|was|were|has|have|could|can|stands?|finds?|takes?|goes) [^?]*\.$/;
    const found = english.filter(({ text }) => sentencesOf(text).some((one) => clause.test(one)));
    expect(found.map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
  });

  it('has no tool that speaks, knows or takes, and none of the odd phrases of before', () => {
    const odd =
      /\b(?:Slack|WeCom|Feishu|bot|profile|record|\{place\}) (?:says|knows|hears|wants|takes|has not taken|no longer takes|speaks)\b|stands? against each other|sign of life|Put (?:the|a) \w+(?: of the \w+)? (?:and \w+ )*behind it|nobody here knew|Short is fine|is there:|names the reading/;
    expect(hits(english, odd)).toEqual([]);
  });
});

describe('texts fit where they are shown', () => {
  /** A number or a short id in place of a parameter. */
  const filled = (text: string): string => text.replace(/\{\w+\}/g, '12');
  const isTitle = /^form\.[\w.]+\.title$|^form\.(?:[\w.]+\.)?submit$|^act\.submit$|^slack\.(?:close|cancel|yes)$/;
  /** These name a field of the report or a duty: a form shows it whole below its title. */
  const NAMES = /\{(?:label|what)\}/;

  it.each([
    ['en', english],
    ['zh-CN', chinese],
  ] as const)('titles and buttons of a form of Slack, shortcuts: %s', (_, messages) => {
    const { view, shortcut, button } = LIMITS;
    const long = messages.filter(
      ({ key, text }) =>
        (isTitle.test(key) && !NAMES.test(text) && filled(text).length > Math.min(view.title, view.submit)) ||
        (/^slack\.shortcut_(?!.*_about$)/.test(key) && text.length > shortcut.name) ||
        (/^act\./.test(key) && !/_(?:confirm|sure)$/.test(key) && filled(text).length > button.text),
    );
    expect(long.map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
  });

  it.each([
    ['en', english],
    ['zh-CN', chinese],
  ] as const)('buttons of WeCom, in short words where the usual ones are too long: %s', (_, messages) => {
    const short = new Map(messages.flatMap(({ key, text }) => (key.startsWith('wecom.short.') ? [[key, text]] : [])));
    const actions = messages.filter(({ key }) => key.startsWith('act.') && !/_(?:confirm|sure)$/.test(key));
    const labels = actions.map(({ key, text }) => ({ key, text: short.get(`wecom.short.${key.slice(4)}`) ?? text }));
    const long = labels.filter(({ text }) => !text.includes('{') && wideness(text) > CARD_COUNTS.buttonText);
    expect(actions.length).toBeGreaterThan(50);
    expect(long).toEqual([]);
    expect([...short.values()].filter((text) => wideness(text) > CARD_COUNTS.buttonText)).toEqual([]);
  });
});

describe('one word for one thing', () => {
  /** The words a thing had beside the one that is kept. */
  const KEPT: readonly (readonly [RegExp, string])[] = [
    [/得知|(?<![已获])知情(?!况)/, '获知'],
    [/报送用语|报告用语|报告表述|中文表述/, '报告文字'],
    [/无需|不需/, '无须'],
    [/待办义务/, '应报事项'],
    [/英文参照/, '英文对照稿'],
    [/表态/, '复核'],
    [/机器人不会断言/, '是否报告请牵头人判定'],
    [/没有须履行|不再需要处理/, '目前没有已记录的应履行义务；本事项已登记报送'],
    [/一切不变/, '维持原状'],
    [/展示/, '显示'],
    [/复核时间|到期复核/, '下次研判时间（复核是另一人的事）'],
    [/保密办|保密部门/, '保密工作机构'],
    [/〔请说明〕/, '〔在此说明〕：一段要念的文字里不写“请说明”'],
    [/时限推迟|推迟时限/, '时限推后'],
  ];
  it.each(KEPT)('%s is not used, but %s', (pattern) => {
    expect(hits(chinese, pattern)).toEqual([]);
  });

  /** Words for one thing in messages and on pages alike; buttons keep theirs, and code does not count. */
  const ENGLISH: readonly (readonly [RegExp, string])[] = [
    [/\b[Cc]ompile[ds]? (?:a|the|first|draft)\b|\bdraft compiled\b/, 'draft'],
    [
      /\b(?:or|and|another lead or|lead,) legal\b(?! (?:counsel|entit|dut|question|deadline|hold|ground|basis|advice))/,
      'legal counsel',
    ],
    [/\b[Tt]ime line\b/, 'timeline'],
    [/\b(?:can|must|was|is|are) (?:be )?muted\b|\bmute (?:reminders|until)/, 'snooze'],
    [/[Oo]ther papers|\bpapers? owed\b/, 'document'],
    [/[Nn]othing need be reported/, 'no report is needed'],
    [
      /\b(?:starts|ends) (?:no|a|its|the|a legal) clock\b|\bthe clock (?:runs|ends|starts)\b/,
      'deadline; deadlines run from',
    ],
    [/\b[Ll]evel (?:not )?decided\b/, 'level confirmed'],
    [/time of discovery or awareness|\banyone here\b/, 'time of awareness; anyone in the company'],
    [/to be supplemented|still to be reported in a supplement/, 'to follow in a supplement'],
    [
      /\bstrict(?:ly)? reading\b|reads? (?:it|them) strictly|\(strict\b/,
      'the cautious reading: to a lawyer a strict one is narrow',
    ],
    [/\bowed\b/, 'required'],
    [/\bCounted from\b/, 'deadlines run from'],
    [/\bBoth only if\b|recipient\} \(Beijing/, 'Either report is due only if; the zone beside its time'],
  ];
  const CHINESE: readonly (readonly [RegExp, string])[] = [
    [/具名人员/, '由人决定，姓名记录在案；有权的人'],
    [/(?:较大|重大)”?及以上/, '较大以上'],
    [/自行报送|自行发出/, '自动报送（程序）；由您报送'],
    [/受理号/, '受理编号'],
    [/未授权境外/, '未允许境外查看'],
    [/供应商(?:知情|知悉)|由谁得知/, '获知'],
  ];
  it.each(ENGLISH)('%s is not used, but %s', (pattern) => {
    expect(hits(english, pattern)).toEqual([]);
    expect(hits(pages, pattern)).toEqual([]);
  });
  it.each(CHINESE)('%s is not used, but %s', (pattern) => {
    expect(hits(chinese, pattern)).toEqual([]);
    expect(hits(docs, pattern)).toEqual([]);
  });

  it('English uses none of the words that were given up', () => {
    const given =
      /English twin|[Nn]othing is owed|[Nn]othing is due|[Nn]o report is needed|[Nn]othing was lost, nothing was kept|set aside by decision|That is too vague|[Tt]his case goes on|Put something on the record|was taken back \(|quarter of an hour|[Ww]hoever runs/;
    expect(hits(english, given)).toEqual([]);
  });

  it('a level is a parameter, never a word of a message', () => {
    const level = /较大|特别重大|\((?:General|Major|Significant|Particularly significant), \d of \d\)/;
    const own = /^console\.level\.|^level\./;
    const found = [...english, ...chinese].filter(({ key, text }) => !own.test(key) && level.test(text));
    expect(found.map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
  });

  it('a kind of operator is a parameter, never a word of a message', () => {
    const operator = /\bCII\b|critical information infrastructure|关基|关键信息基础设施/i;
    // The column of the guide for a field of the profile.
    const found = [...english, ...chinese].filter(
      ({ key, text }) => key !== 'guide.cii_column' && operator.test(plain(text)),
    );
    expect(found.map(({ key, text }) => `${key}: ${text}`)).toEqual([]);
  });

  it('the next step on a draft says of which report the draft is, for a lock screen shows no more', () => {
    const steps = [...english, ...chinese].filter(
      ({ key, text }) => /^next\./.test(key) && /raft \{n\}|第\{n\}稿/.test(text),
    );
    expect(steps.length).toBeGreaterThan(15);
    expect(hits(steps, /^(?!.*\{kind\})/s)).toEqual([]);
  });

  it('a drill forbids to file its drafts; it does not say that nothing is filed, as if the bot filed elsewhere', () => {
    expect(hits(chinese, /不会真正报送/)).toEqual([]);
  });

  it('a message addresses its reader as 您', () => {
    expect(hits(chinese, /你(?!好)/)).toEqual([]);
  });

  it('Chinese marks are full width beside Chinese words', () => {
    expect(hits(chinese, /[\p{Script=Han}][,;!?](?=[\p{Script=Han}])|[\p{Script=Han}]\([\p{Script=Han}]/u)).toEqual([]);
  });

  it('a sentence in square brackets names a button there is', () => {
    const labels = new Set(english.map(({ text }) => text));
    const named = english
      .filter(({ key }) => !/^(?:paper|cli)\./.test(key))
      .flatMap(({ key, text }) =>
        [...text.matchAll(/\[([A-Z][^\]{]*)\]/g)].map(([, label]) => ({ key, label: label ?? '' })),
      );
    expect(named.filter(({ label }) => !labels.has(label))).toEqual([]);
  });
});
