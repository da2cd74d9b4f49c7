import { expect, it } from 'vitest';
import { soaked } from '../fakes/soak.ts';
import { readerOf, understood } from './night-lines/ends.ts';

// @module-tag grows

/**
 * Lines that state nothing the record takes, by templates: what is private, logged, planned, done, heard, doubted, denied,
 * supposed, past or asked. Whatever is asked, none of them may be recorded: a record of something nobody said is the worst
 * fault of a reader.
 */
const STATES = ['system', 'awareness', 'type', 'people', 'ongoing', 'outage', 'judgement', 'verdict'] as const;
const readers = STATES.map((state) => ({ state, reader: readerOf(state) }));

/** Number of questions at which each line is read: one in turn, all in a soak. */
const ASKED = soaked(1, STATES.length);
/** Number of values in each template: one in turn, all in a soak. */
const VALUES = soaked(1, 4);

/** What the n-th line records, by the question at which it is read. */
const recordedOf = (line: string, n: number) =>
  readers.flatMap(({ state, reader }, index) => {
    if ((n + index) % STATES.length >= ASKED) return [];
    const meaning = understood(line, reader);
    return meaning?.kind === 'commands' ? [{ state, line, commands: meaning.commands }] : [];
  });

type Templates = Readonly<Record<string, readonly string[]>>;

const TIMES_ZH: Templates = {
  private: [
    '我{t}吃的早饭',
    '{t}吃的早饭',
    '{t}才睡',
    '{t}下的飞机',
    '我{t}到的公司',
    '{t}刚上车',
    '闹钟{t}响的',
    '{t}换班',
    '{t}保洁来过',
    '{t}有个会',
    '{t}快递到了',
    '{t}送孩子上学',
    '{t}去拿的电脑',
    '{t}打的车',
    '{t}喝了杯咖啡',
  ],
  log: [
    '日志里{t}有一次登录',
    '第一条请求{t}',
    '{t}有大量外联',
    '攻击者{t}登录的',
    '{t}数据库导出过',
    '{t}流量突增',
    '最后一个包是{t}',
    '{t}创建了一个账号',
    '{t}的文件被改',
    'webshell是{t}传上来的',
    '{t}那条记录是正常业务',
  ],
  plan: ['{t}断网', '打算{t}断网', '{t}要开会', '领导{t}要听汇报', '计划{t}重启', '{t}准备切流量'],
  act: [
    '{t}断的网',
    '{t}重启了服务器',
    '{t}改了密码',
    '{t}封了IP',
    '{t}发了公告',
    '{t}通知了老板',
    '{t}备份完成',
    '{t}镜像做好了',
    '{t}给领导汇报过',
    '{t}把接口下了',
  ],
  hearsay: [
    '王磊说{t}就收到告警了',
    '听说{t}就有人发现了',
    '老张讲他{t}看到的',
    '据客服讲{t}有客户投诉',
    '群里传{t}就有了',
    '小李好像{t}就知道了',
    '有人说{t}收到过邮件',
    '赵敏告诉我{t}接到电话',
  ],
  doubt: [
    '可能{t}收到告警',
    '大概{t}发现的吧',
    '{t}收到的？',
    '是不是{t}发现的',
    '应该是{t}接到电话，记不清',
    '{t}还是更早发现的，不确定',
    '不知道是不是{t}收到的',
  ],
  denial: [
    '{t}还没告警',
    '{t}没人发现',
    '不是{t}收到的',
    '{t}之前没收到任何告警',
    '{t}收到的告警是误报',
    '{t}那个告警跟这个没关系',
    '{t}的投诉是另一件事',
  ],
  suppose: [
    '如果{t}就收到告警',
    '要是{t}发现就好了',
    '假设{t}得知',
    '万一{t}客户就知道了',
    '本该{t}就发现的',
    '原本{t}能发现',
  ],
  rumour: ['微博上有人说{t}就收到投诉了', '我也是刷到的，{t}有人反馈'],
  errand: ['{t}喊我一声', '{t}提醒我', '{t}之前别吵我', '我{t}就告诉过你们告警太多'],
  history: ['上次也是{t}收到告警', '去年那次是{t}发现的', '以前{t}也告过警', '上周的{t}告警已处理'],
  question: ['{t}谁收到的告警', '{t}发现的那个人是谁', '怎么{t}才发现', '{t}为什么没告警'],
};
const TIMES_EN: Templates = {
  private: [
    'had breakfast at {t}',
    'I got up at {t}',
    'train at {t}',
    'arrived at {t}',
    'my shift began at {t}',
    'landed {t}',
    'coffee at {t}',
    'the cleaner came at {t}',
    'dentist at {t}',
    'went to bed at {t}',
    'parcel came at {t}',
    'kids to school at {t}',
  ],
  log: [
    'a login at {t} in the logs',
    'first request {t}',
    'traffic spike at {t}',
    'the attacker logged in at {t}',
    'the dump ran at {t}',
    'last packet {t}',
    'a user was created at {t}',
    'file modified at {t}',
    'webshell uploaded {t}',
  ],
  plan: [
    'cutting the network at {t}',
    'we will restart at {t}',
    'meeting at {t}',
    'the boss wants a call at {t}',
    'planning to block at {t}',
  ],
  act: [
    'cut the network at {t}',
    'rebooted the server at {t}',
    'changed passwords at {t}',
    'blocked the ips at {t}',
    'told the boss at {t}',
    'backup finished at {t}',
    'took an image at {t}',
  ],
  hearsay: [
    'Wang Lei says we got the alert at {t}',
    'I hear somebody noticed at {t}',
    'apparently it was noticed at {t}',
    'they say the alert came at {t}',
    'support claims a customer called at {t}',
    'according to Wang Lei the alert fired at {t}',
    'Wang Lei told me he got a mail at {t}',
    'somebody said they saw it at {t}',
  ],
  doubt: [
    'maybe we noticed at {t}',
    'I think the alert came at {t}',
    'the alert came at {t}?',
    'did we get the alert at {t}',
    'probably found at {t}, not sure',
    'could have been noticed at {t}',
  ],
  denial: [
    'no alert at {t}',
    'nobody noticed at {t}',
    'it was not noticed at {t}',
    'the alert at {t} was a false positive',
    'the {t} alert is unrelated',
    'the complaint at {t} was about something else',
  ],
  suppose: [
    'if we noticed at {t}',
    'had we noticed at {t}',
    'we should have noticed at {t}',
    'we could have known at {t}',
    'suppose we knew at {t}',
  ],
  errand: ['remind me at {t}', 'wake me at {t} please', 'my flight leaves at {t}', 'call me back at {t}'],
  rumour: ['people on twitter say it was noticed at {t}', 'the competitor got their alert at {t}, not us'],
  history: ['last time the alert came at {t}', 'last year we noticed at {t}', 'we used to get alerts at {t}'],
  question: ['who got the alert at {t}', 'why did nobody notice at {t}', 'how come we noticed only at {t}'],
};
const COUNTS_ZH: Templates = {
  other: [
    '{n}个人在处理',
    '我们有{n}个员工',
    '来了{n}个电话',
    '{n}台服务器',
    '{n}个文件',
    '{n}条日志',
    '{n}个IP',
    '{n}次请求',
    '花了{n}块',
    '{n}个客户打电话来',
    '{n}人在群里',
    '还要{n}分钟',
    '端口{n}',
    '跑了{n}个任务',
    '投诉有{n}起',
  ],
  doubt: [
    '可能{n}人吧',
    '大概有{n}人？',
    '听说{n}人',
    '王磊说{n}人',
    '估计不到{n}人，没核实',
    '如果是{n}人呢',
    '不会有{n}人吧',
    '是{n}人吗',
  ],
  rumour: ['微博上有人爆料说漏了不止{n}人 我也是刷到的', '卖家喊{n}人，真的假的鬼知道', '隔壁公司去年漏了{n}人'],
  denial: ['不是{n}人', '没有{n}人那么多', '{n}人是总会员数，不是泄露的', '不可能有{n}人', '{n}人是上次的'],
};
const COUNTS_EN: Templates = {
  other: [
    '{n} people are working on it',
    'we have {n} employees',
    '{n} calls came in',
    '{n} servers',
    '{n} files',
    '{n} log lines',
    '{n} ip addresses',
    '{n} requests',
    'it cost {n} euros',
    '{n} customers called us',
    '{n} of us are online',
    '{n} more minutes',
    'port {n}',
    '{n} complaints',
  ],
  doubt: [
    'maybe {n} people',
    '{n} people?',
    'I hear {n} people',
    'Wang Lei says {n} people',
    'probably {n} people, not checked',
    'what if it is {n} people',
    'surely not {n} people',
    'is it {n} people',
  ],
  rumour: [
    'people on reddit say {n} people',
    'the seller claims {n} people',
    'in 2023 it was {n} people and we got away with a letter',
    'another company lost the data of {n} people',
  ],
  denial: [
    'not {n} people',
    'it is not {n} people',
    '{n} people is the total of members, not the leak',
    'it cannot be {n} people',
    '{n} people was last time',
  ],
};
const LENGTHS_ZH: Templates = {
  length: [
    '{l}能恢复',
    '再有{l}就好',
    '预计{l}',
    '估计要{l}恢复',
    '{l}以内肯定恢复',
    '开发说要{l}',
    '恢复需要{l}',
    '上次断了{l}',
    '去年双十一挂了{l}也没见谁来问',
    '王磊说再给他{l}就能起来',
    '堵车堵了{l}',
    '如果断{l}呢',
    '断{l}算不算',
    '{l}后开会',
    '我在路上，还要{l}',
    '排查了{l}还没结果',
    '备份跑了{l}',
    '我们已经忙了{l}',
    '没断{l}那么久',
    '可能断了{l}',
    '听说断了{l}',
    '{l}后再看',
    '给我{l}',
  ],
};
const LENGTHS_EN: Templates = {
  length: [
    'back in {l}',
    'should be back in {l}',
    'needs another {l}',
    'expected {l}',
    'restore takes {l}',
    'dev says {l}',
    'last time it was down for {l}',
    'on Singles Day it went down for {l} and the boss threw a stapler',
    'the shop fell over for {l} in Feb, that was the UPS',
    'stuck in traffic for {l}',
    'what if it is down for {l}',
    'would {l} count',
    'meeting in {l}',
    'I am on the way, {l}',
    'working on it for {l}',
    'the backup ran {l}',
    'it was not down for {l}',
    'maybe down for {l}',
    'I hear it was down for {l}',
    'give me {l}',
    'been up for {l} without sleep',
  ],
};

const CASES: readonly (readonly [name: string, templates: Templates, values: readonly string[]])[] = [
  ['times, Chinese', TIMES_ZH, ['8点20', '昨晚十点', '九点半', '9:05']],
  ['times, English', TIMES_EN, ['8:20', '10 pm yesterday', '9:05', '09:12']],
  ['counts, Chinese', COUNTS_ZH, ['120万', '3000', '35万', '12']],
  ['counts, English', COUNTS_EN, ['1.2 million', '3000', '350k', '12']],
  ['lengths, Chinese', LENGTHS_ZH, ['两个小时', '40分钟', '半小时']],
  ['lengths, English', LENGTHS_EN, ['2 hours', '40 minutes', 'half an hour']],
];

/** Lines about systems and kinds that are past, hearsay, of others, or a joke. */
const NAMED = ['商城', '进销存', 'the shop', 'the stock system'].flatMap((name) =>
  /[a-z]/.test(name)
    ? [
        `${name} fell over in Feb as well, that was the UPS`,
        `I bought a mug on ${name} last week`,
        `people on twitter say ${name} was hacked`,
        `${name} had ransomware at my old company`,
        `who looks after ${name}`,
      ]
    : [
        `上礼拜${name}也卡过一回，后来查出来是cdn的锅`,
        `去年被打的也是${name}`,
        `听讲隔壁那家的${name}中了勒索`,
        `${name}谁在管`,
        `微博上说${name}被黑了`,
      ],
);

it('a system of another time or story is never recorded', () => expect(NAMED.flatMap(recordedOf)).toEqual([]));

it.each(CASES)('%s that are no facts are never recorded', (_, templates, values) => {
  const lines = Object.values(templates)
    .flat()
    .flatMap((template, n) => {
      const inTurn = values.filter((_, index) => (n + index) % values.length < VALUES);
      return inTurn.map((value) => template.replace(/\{[tnl]\}/, value));
    });
  expect(lines.length).toBeGreaterThan(15);
  expect(lines.flatMap(recordedOf)).toEqual([]);
});

/** Acts in words, each of which is done or read back where it is stated alone. */
const ACTS = {
  zh: ['误报', '虚惊一场', '交给王磊', '我来接手', '已报警', '12387打过了', '结案', '撤销刚才那个', '静音十分钟'],
  en: [
    'false alarm',
    'hand over to Wang Lei',
    'I take the lead',
    'police informed',
    'called 12387',
    'undo that',
    'close the case',
  ],
};
const ABOUT_ACTS = [
  ...[
    '{}?',
    '{}???你确定?',
    '{}吗',
    '{}？谁说的',
    '{}，真的假的？',
    '你确定{}？',
    '谁说{}',
    '{}？？',
    '要不要{}',
    '如果{}呢',
    '{}对不对？',
  ].flatMap((pattern) => ACTS.zh.map((act) => pattern.replace('{}', act))),
  ...[
    '{}?',
    '{}??? are you sure?',
    'who said {}?',
    '{}, really?',
    'should I {}?',
    'what if {}?',
    '{}?? says who',
  ].flatMap((pattern) => ACTS.en.map((act) => pattern.replace('{}', act))),
];

it('a question about an act never does it', () => expect(ABOUT_ACTS.flatMap(recordedOf)).toEqual([]));

/** Lines that tell what was just done; they name no minute at which anybody knew. */
const JUST_DONE = [
  '对完',
  '数完',
  '跑完',
  '查完',
  '吃完饭',
  '开完会',
  '重启完',
  '洗完脸',
  '到公司',
  '换完密码',
].flatMap((act) => [
  `刚${act}`,
  `我刚${act}`,
  `刚刚${act}`,
  `等等 人数更新下 刚${act}`,
  `时间更正 刚${act}`,
  `改成刚${act}的`,
]);
const JUST_DONE_EN = ['counted', 'had breakfast', 'got to the office', 'rebooted it', 'finished the query'].flatMap(
  (act) => [`just ${act}`, `I just ${act}`, `update: just ${act}`, `make it just ${act}`],
);

it('what was just done is no time of knowing', () => {
  const recorded = [...JUST_DONE, ...JUST_DONE_EN].flatMap(recordedOf);
  expect(recorded.filter(({ commands }) => commands.some(({ type }) => type === 'add_awareness'))).toEqual([]);
});

/** Hedges before or behind a value, in the words of a chat. */
const HEDGED = [
  ...[
    'prob {}',
    'prolly {}',
    'i think {}',
    'looks like {}',
    'think its {}',
    'methinks {}',
    'im guessing {}',
    '{} i reckon',
    '{} prob',
  ].flatMap((pattern) =>
    ['the shop', 'the stock system', 'ransomware', '3000 people', '40 minutes'].map((value) =>
      pattern.replace('{}', value),
    ),
  ),
  ...['估计{}', '貌似{}', '八成{}', '{}吧', '感觉{}', '怕是{}', '搞不好{}', '可能{}'].flatMap((pattern) =>
    ['商城', '进销存', '勒索软件', '3000人', '40分钟'].map((value) => pattern.replace('{}', value)),
  ),
];

it('a value in doubt is asked about, never recorded', () => expect(HEDGED.flatMap(recordedOf)).toEqual([]));

/** Lengths of something else, in the words of one's outage. */
const OTHER_LENGTHS = [
  ...['停车时长改成{}', '停机维护时长改成{}', '恢复演练时长改成{}', '午休结束改成{}', '开始时间改成{}前'],
  ...['前后开了{}会', '总共睡了{}', '一共等了{}电话'],
].map((pattern) => pattern.replace('{}', '52分钟'));
const OTHER_LENGTHS_EN = [
  '52 minutes in total for the drive',
  'in total I slept 52 minutes',
  'I waited 52 minutes in total',
];

it.each(readers)('what lasted something else is no outage, and a code no time: $state', ({ reader }) => {
  const lines = [...OTHER_LENGTHS, ...OTHER_LENGTHS_EN, '0855 is the ticket', '0855 was my badge'];
  expect(lines.filter((line) => understood(line, reader)?.kind === 'commands')).toEqual([]);
});
