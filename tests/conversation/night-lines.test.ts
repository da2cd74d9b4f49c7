import { describe, expect, it, type TestOptions } from 'vitest';
import { localise } from '../../src/conversation/cards/localise.ts';
import { parseCommand } from '../../src/conversation/text/commands/commands.ts';
import type { Language } from '../../src/incident/identity.ts';
import { ATTIC_EN } from './night-lines/attic-en.ts';
import { ATTIC_ZH } from './night-lines/attic-zh.ts';
import { BALCONY_EN } from './night-lines/balcony-en.ts';
import { BALCONY_ZH } from './night-lines/balcony-zh.ts';
import { BEDSIDE_EN } from './night-lines/bedside-en.ts';
import { BEDSIDE_ZH } from './night-lines/bedside-zh.ts';
import { CELLAR_EN } from './night-lines/cellar-en.ts';
import { CELLAR_ZH } from './night-lines/cellar-zh.ts';
import { CORRIDOR_EN } from './night-lines/corridor-en.ts';
import { CORRIDOR_ZH } from './night-lines/corridor-zh.ts';
import { DAWN_EN } from './night-lines/dawn-en.ts';
import { DAWN_ZH } from './night-lines/dawn-zh.ts';
import { DESK_EN } from './night-lines/desk-en.ts';
import { DESK_ZH } from './night-lines/desk-zh.ts';
import {
  endsAs,
  GRAMMAR,
  type NightLine,
  readerOf,
  recordedBeside,
  recordedBy,
  rowsOf,
  understood,
} from './night-lines/ends.ts';
import { FERRY_EN } from './night-lines/ferry-en.ts';
import { GARAGE_EN } from './night-lines/garage-en.ts';
import { GARAGE_ZH } from './night-lines/garage-zh.ts';
import { KITCHEN_EN } from './night-lines/kitchen-en.ts';
import { KITCHEN_ZH } from './night-lines/kitchen-zh.ts';
import { LATE_EN } from './night-lines/late-en.ts';
import { LATE_ZH } from './night-lines/late-zh.ts';
import { EN } from './night-lines/lines-en.ts';
import { ZH } from './night-lines/lines-zh.ts';
import { LOBBY_EN } from './night-lines/lobby-en.ts';
import { PHONE_EN } from './night-lines/phone-en.ts';
import { PHONE_ZH } from './night-lines/phone-zh.ts';
import { REQUESTS } from './night-lines/requests.ts';
import { SAMPLE_EN, SAMPLE_ZH, UNRELATED } from './night-lines/sample.ts';
import { STAIRS_EN } from './night-lines/stairs-en.ts';
import { STAIRS_ZH } from './night-lines/stairs-zh.ts';
import { STRANGERS_EN } from './night-lines/strangers-en.ts';
import { STRANGERS_ZH } from './night-lines/strangers-zh.ts';
import { STREETS_EN } from './night-lines/streets-en.ts';
import { STREETS_ZH } from './night-lines/streets-zh.ts';
import { TAXI_EN } from './night-lines/taxi-en.ts';
import { TAXI_ZH } from './night-lines/taxi-zh.ts';
import { TIRED_EN } from './night-lines/tired-en.ts';
import { TIRED_ZH } from './night-lines/tired-zh.ts';
import { TUNNEL_EN } from './night-lines/tunnel-en.ts';
import { TUNNEL_ZH } from './night-lines/tunnel-zh.ts';
import { UNSAID } from './night-lines/unsaid.ts';

/** Least part of the lines that end as wanted. */
const BAR = 0.92;

/** Lines that end otherwise than wanted, and those of them that recorded something. */
function faults(table: string, language: Language) {
  const rows = rowsOf(table);
  const readers = new Map(rows.map(({ state }) => [state, readerOf(state)]));
  const ends = rows.map((row: NightLine) => {
    const reader = readers.get(row.state);
    const meaning = reader ? understood(row.line, reader) : null;
    return {
      ...row,
      isWanted: endsAs(meaning, row.wanted, language),
      beside: recordedBeside(meaning, row, language),
      meaning,
    };
  });
  return { rows, ends, wrong: ends.filter(({ isWanted }) => !isWanted) };
}

type Table = readonly [name: string, table: string, language: Language, least: number];
const NIGHTS: readonly Table[] = [
  ['one’s own, Chinese', ZH, 'zh-CN', 100],
  ['one’s own, English', EN, 'en', 100],
  ['of a trial, Chinese', SAMPLE_ZH, 'zh-CN', 60],
  ['of a trial, English', SAMPLE_EN, 'en', 15],
  ['requests in many words', REQUESTS, 'en', 200],
  ['from an attic, Chinese', ATTIC_ZH, 'zh-CN', 160],
  ['from an attic, English', ATTIC_EN, 'en', 160],
  ['from a ferry, English', FERRY_EN, 'en', 160],
];
const FURTHER: readonly Table[] = [
  ['from a cellar, Chinese', CELLAR_ZH, 'zh-CN', 110],
  ['from a cellar, English', CELLAR_EN, 'en', 110],
  ['from a lobby, English', LOBBY_EN, 'en', 110],
  ['of a stranger, Chinese', STRANGERS_ZH, 'zh-CN', 100],
  ['of a stranger, English', STRANGERS_EN, 'en', 100],
  ['of tired people, Chinese', TIRED_ZH, 'zh-CN', 60],
  ['of tired people, English', TIRED_EN, 'en', 60],
  ['later in the night, Chinese', LATE_ZH, 'zh-CN', 30],
  ['later in the night, English', LATE_EN, 'en', 30],
  ['at the end of it, Chinese', DAWN_ZH, 'zh-CN', 60],
  ['at the end of it, English', DAWN_EN, 'en', 60],
  ['from a phone, Chinese', PHONE_ZH, 'zh-CN', 60],
  ['from a phone, English', PHONE_EN, 'en', 60],
  ['in passing, Chinese', DESK_ZH, 'zh-CN', 40],
  ['in passing, English', DESK_EN, 'en', 40],
  ['of another stranger, Chinese', STREETS_ZH, 'zh-CN', 100],
  ['of another stranger, English', STREETS_EN, 'en', 100],
  ['called across a corridor, Chinese', CORRIDOR_ZH, 'zh-CN', 100],
  ['called across a corridor, English', CORRIDOR_EN, 'en', 100],
  ['from a kitchen, Chinese', KITCHEN_ZH, 'zh-CN', 110],
  ['from a kitchen, English', KITCHEN_EN, 'en', 110],
  ['from a balcony, Chinese', BALCONY_ZH, 'zh-CN', 110],
  ['from a balcony, English', BALCONY_EN, 'en', 110],
  ['from a taxi, Chinese', TAXI_ZH, 'zh-CN', 110],
  ['from a taxi, English', TAXI_EN, 'en', 110],
  ['from bed, Chinese', BEDSIDE_ZH, 'zh-CN', 110],
  ['from bed, English', BEDSIDE_EN, 'en', 110],
  ['from the stairs, Chinese', STAIRS_ZH, 'zh-CN', 110],
  ['from the stairs, English', STAIRS_EN, 'en', 110],
  ['from a garage, Chinese', GARAGE_ZH, 'zh-CN', 110],
  ['from a garage, English', GARAGE_EN, 'en', 110],
  ['from a tunnel, Chinese', TUNNEL_ZH, 'zh-CN', 110],
  ['from a tunnel, English', TUNNEL_EN, 'en', 110],
];

function ends([name, table, language, least]: Table, options: TestOptions = {}): void {
  describe(`lines of a night: ${name}`, options, () => {
    let read: ReturnType<typeof faults> | undefined;
    const found = () => (read ??= faults(table, language));
    it('end as wanted: recorded, asked with the right button, or rightly left', () => {
      const { rows, wrong } = found();
      expect(rows.length).toBeGreaterThanOrEqual(least);
      expect(rows.length - wrong.length, wrong.map(({ line }) => line).join('\n')).toBeGreaterThanOrEqual(
        BAR * rows.length,
      );
    });
    it('are never recorded as something they do not say', () => {
      const said = found().ends.filter(({ beside }) => beside.length > 0);
      expect(said.map(({ state, line, beside }) => ({ state, line, beside }))).toEqual([]);
    });
  });
}

for (const table of NIGHTS) ends(table);
for (const table of FURTHER) ends(table, { tags: 'soak' });

describe.each(['awareness', 'ongoing'])('while a time is asked (%s)', (state) => {
  const reader = readerOf(state);
  it.each(UNRELATED.trim().split('\n'))('is no answer: %s', (line) => {
    const meaning = understood(line, reader);
    const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
    expect(recorded).toEqual([]);
  });
});

describe('a line that states no fact of this incident', () => {
  const recorded = (state: string): readonly string[] => {
    const reader = readerOf(state);
    return UNSAID.trim()
      .split('\n')
      .filter((line) => understood(line, reader)?.kind === 'commands');
  };
  const [further, states] = [
    ['system', 'type', 'people', 'ongoing', 'outage', 'judgement'],
    ['awareness', 'verdict'],
  ];
  it.each(states)('is not recorded, whatever is asked: %s', (state) => expect(recorded(state)).toEqual([]));
  it.each(further)('is not recorded, whatever is asked: %s', { tags: 'soak' }, (state) =>
    expect(recorded(state)).toEqual([]),
  );
});

describe('a time that is only near the hour it names', () => {
  const near = [
    ...[
      '差10分{zh}',
      '差一刻{zh}',
      '{zh}差5分',
      '不到{zh}',
      '{zh}不到',
      '还没到{zh}',
      '过了{zh}',
      '{zh}以后',
      '{zh}之后',
    ],
    ...['before {en}', 'after {en}', 'not quite {en}', 'no later than {en}'],
  ];
  const hours = ['6点', '七点', '8点', '九点'].map((zh, index) => ({ zh, en: `${6 + index} am`, hour: 6 + index }));
  it.each(near)('is not recorded as that hour: %s', (pattern) => {
    for (const { zh, en, hour } of hours) {
      const words = pattern.replace('{zh}', zh).replace('{en}', en);
      for (const line of [`${words}收到告警`, `客户${words}打来电话`, `we got the alert ${words}`]) {
        const meaning = understood(line, readerOf('awareness'));
        const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
        const at = recorded.flatMap((one) => (one.type === 'add_awareness' ? [one.at] : []));
        expect(at, line).not.toContain(`2026-03-31T0${hour}:00:00+08:00`);
      }
    }
  });
});

describe('a value that the words make another one', () => {
  it.each([
    ['outage', '损失按一小时8万块的流水算'],
    ['outage', 'we lose 80,000 rmb an hour'],
    ['people', '身份证号也有，实名退税那批，大概两百来号人'],
    ['ongoing', '前面那个结束时间记错了，改成9点13'],
    ['verdict', '恢复时间应该是9点05'],
    ['awareness', '告警是凌晨4点多响的，但没人看'],
    ['awareness', 'the alert came at 4:10 but nobody looked'],
    ['awareness', 'we got the mail at 6:55 AM IST'],
    ['awareness', '告警是纽约时间21:18发来的'],
    ['awareness', '从零点二十停到三点四十'],
    ['awareness', '从凌晨三点多到早上九点多'],
    ['people', '损失大概八十万'],
    ['people', '亏惨了，起码一千万'],
    ['people', 'financially? painful, 6 million'],
    ['people', '供应商货款打到假账户了，二百零三万'],
  ])('is asked about, not recorded (%s): %s', (state, line) => expect(recordedBy(line, state)).toEqual([]));
  it.each(['not ddos! traffic is normal', '别选ddos，真不是', '我们没有被勒索哈'])(
    'is no button for a type that is rejected: %s',
    (line) => expect(JSON.stringify(understood(line, readerOf('type')))).not.toMatch(/denial_of_service|ransomware"/),
  );
  it.each([
    ...['ruled out: ransomware', 'NOT ransomware', 'ransomware ruled out', 'ransomware: no', 'we excluded ransomware'],
    ...[
      'ransomware can be excluded',
      'ruled out: ransomware, ddos',
      'ruled out: files encrypted',
      'no ransomware here',
    ],
    ...['不是勒索', '排除勒索', '勒索已排除', '勒索软件？排除了', '已经排除了勒索的可能', '已排除：勒索软件、挖矿'],
    ...['文件没被加密，不是勒索', '勒索不是，是数据泄露'],
  ])('is no button for a type that is ruled out, whatever is asked: %s', (line) => {
    for (const state of ['system', 'type', 'people', 'verdict'])
      expect(JSON.stringify(understood(line, readerOf(state))), state).not.toMatch(
        /denial_of_service|malware\.ransomware|mining/,
      );
  });
  it.each(["can't rule out ransomware", "ruled out a leak, it's ransomware", '排除了泄露，是勒索软件'])(
    'is still a type that the words leave possible: %s',
    (line) => expect(JSON.stringify(understood(line, readerOf('type')))).toContain('malware.ransomware'),
  );
  it.each([
    ...['the shop, says the contractor', 'the shop, per the MSP', 'the shop, vendor says', '商城，驻场的说的'],
    ...['商城，外包那边说的', 'it is the shop, according to the vendor'],
  ])('is asked about where others say it: %s', (line) => {
    expect(recordedBy(line, 'system')).toEqual([]);
    expect(JSON.stringify(understood(line, readerOf('system')))).toContain('"value":"shop"');
  });
  it.each(['插一句，网信办凌晨一点来函', '插一句网信办凌晨一点来函问进展'])('is asked about in an aside: %s', (line) =>
    expect(recordedBy(line, 'awareness')).toEqual([]),
  );
  it.each([
    ...['8k–11k', '8k-11k people', '8–11k', 'between 8k and 11k', '8k..11k', 'from 8k up to 11k', '8千到1.1万'],
    ...['8,000–11,000', '8k to 11k users'],
  ])('is both ends of a range: %s', (line) =>
    expect(recordedBy(line, 'people')).toMatchObject([{ value: { min: 8_000, max: 11_000 } }]),
  );
  it('is both ends of a range in a sentence', () =>
    expect(JSON.stringify(understood('somewhere between 8k and 11k people', readerOf('people')))).toContain(
      '"value":{"min":8000,"max":11000}',
    ));
  it.each(['派出所那边还没报', 'police not yet informed, who does it?'])('is no report to the police: %s', (line) =>
    expect(JSON.stringify(understood(line, readerOf('verdict')))).not.toContain('text.police_told'),
  );
});

describe('people who are “affected”', () => {
  it.each([
    '120万会员受影响',
    '影响120万用户',
    '1.2M members affected',
    '300 customers are affected',
    '受影响的有5000人',
  ])('%s: of which fact is asked, unless the question says it', (line) => {
    for (const state of ['system', 'awareness', 'type', 'outage', 'ongoing']) {
      const meaning = understood(line, readerOf(state));
      const recorded = meaning?.kind === 'commands' ? meaning.commands : [];
      expect(recorded, state).toEqual([]);
    }
  });
});

describe('the source of a time', () => {
  const further = [
    STRANGERS_ZH,
    STRANGERS_EN,
    TIRED_ZH,
    TIRED_EN,
    PHONE_ZH,
    PHONE_EN,
    STREETS_ZH,
    STREETS_EN,
    CORRIDOR_ZH,
    CORRIDOR_EN,
  ];
  /** Pattern of the name of a source: 供应商来电, "supplier call". */
  const SOURCE =
    /^(?:[一-龥a-z]{0,8}(?:告警|报警|来电|电话|邮件|通报|通報|投诉)|(?!the |our |from )[a-z ]{0,20}(?:alert|alarm|call|e-?mail))$/i;
  const rests = (tables: readonly string[]) =>
    tables
      .flatMap(rowsOf)
      .flatMap(({ line }) =>
        recordedBy(line, 'awareness').flatMap((one) =>
          one.type === 'add_awareness' &&
          one.description !== undefined &&
          one.description !== line.trim() &&
          !SOURCE.test(one.description)
            ? [{ line, source: one.description }]
            : [],
        ),
      );
  it('is the line as it was written, the name of a source, or nothing: never a rest of it', () =>
    expect(rests([ZH, EN])).toEqual([]));
  it('is so in the lines of further nights', { tags: 'soak' }, () => expect(rests(further)).toEqual([]));
});

describe('what a line rejects, supposes or has from others', () => {
  const systems = { shop: ['网上商城', '商城', 'shop'], erp: ['进销存系统', '进销存', 'erp'] };
  const named = Object.entries(systems).flatMap(([id, names]) => names.map((name) => ({ id, name })));
  it.each([
    ...['不是{}', '反正不是{}', '排除{}', '{}没事', '{}一切正常', '如果是{}', '是不是{}', '上次也是{}', '据说是{}'],
    ...[
      '{}？',
      '王磊说是{}',
      'not the {}',
      'definitely not {}',
      "{}'s fine",
      'is it {}',
      'if it is {}',
      'last time it was {}',
    ],
    ...['apparently {}', 'Wang Lei says {}', 'we can rule out {}', '{} was not affected'],
  ])('is not recorded as the system: %s', (pattern) => {
    for (const { name } of named) expect(recordedBy(pattern.replace('{}', name), 'system'), name).toEqual([]);
  });
  it('leaves the other system, in either order', () => {
    for (const words of [
      '不是{0}，是{1}',
      '是{1}不是{0}',
      '{0}没事，{1}挂了',
      'not {0}, {1}',
      '{0} is fine, {1} is down',
    ])
      for (const [wrong, id, right] of [
        ['商城', 'erp', '进销存'],
        ['erp', 'shop', 'shop'],
      ] as const) {
        const said = recordedBy(words.replace('{0}', wrong).replace('{1}', right), 'system');
        expect(
          said.flatMap((one) => (one.type === 'answer' ? [one.value] : [])),
          words,
        ).not.toContain(id === 'erp' ? 'shop' : 'erp');
      }
  });
  it.each([
    ...['据说{zh}收到告警', '听说{zh}就有人反馈了', '如果{zh}收到告警', '不是{zh}发现的', '好像{zh}收到的告警'],
    ...[
      'apparently we got the alert at {en}',
      'if we got the alert at {en}',
      'not at {en}',
      'we might have seen it at {en}',
    ],
    ...['黑客{zh}进来的', 'the attackers got in at {en}', '{zh}要开会', 'I have an appointment at {en}'],
  ])('is not recorded as the time: %s', (pattern) => {
    for (const [zh, en] of [
      ['8点20', '8:20'],
      ['昨晚十点', '10 pm yesterday'],
    ] as const)
      expect(recordedBy(pattern.replace('{zh}', zh).replace('{en}', en), 'awareness'), zh).toEqual([]);
  });
  it('has no time of an end taken for a start', () => {
    for (const line of ['九点整恢复的', '9点恢复了', 'back up at 9', 'restored at 9'])
      expect(recordedBy(line, 'outage'), line).toEqual([]);
  });
  it('counts nobody beside those who are meant', () => {
    for (const line of [
      '会员一共600万，其中80万泄露',
      '6 million members in total, 800k of them leaked',
      '600万会员里漏了80万',
    ])
      expect(recordedBy(line, 'people'), line).toEqual([]);
  });
});

describe('what is still so, or not so yet', () => {
  const things = ['路上', '开会', '等厂商', '排查', '卖货', '开车', '流汗', '传文件给法务', '打电话给厂商'];
  const english = [
    'on the train',
    'waiting for Wang Lei',
    'reading the logs',
    'in bed',
    'at lunch',
    'running to the office',
    'sending mails',
  ];
  it('is the incident only where the words say so: nothing else that goes on is recorded', () => {
    const lines = [
      ...things.flatMap((one) => [`还在${one}`, `仍在${one}`, `我一直在${one}`]),
      ...english.flatMap((one) => [`still ${one}`, `I'm still ${one}`]),
      ...['我没好意思问', 'I have not fixed the printer', '从8点我就在路上了'],
    ];
    for (const line of lines)
      for (const state of ['ongoing', 'outage']) expect(recordedBy(line, state), line).toEqual([]);
  });
  it.each([
    '还在',
    'yes, still',
    '还在传',
    '还在被攻击',
    '还在漏',
    '仍在外传',
    '一直在往外传',
    'still leaking',
    "it's still going on",
    'not contained yet',
    '没有掐断',
  ])('is recorded: %s', (line) => expect(recordedBy(line, 'ongoing')).toMatchObject([{ fact: 'ongoing' }]));
  it.each(['可能8点到9点断的', '8点到9点吧，不确定', 'maybe from 7 to 8'])('is asked about in doubt: %s', (line) => {
    for (const state of ['ongoing', 'outage']) expect(recordedBy(line, state)).toEqual([]);
  });
  it('has no end for a start: since a time it is closed', () => {
    for (const line of ['plugged since 08:50', '8点50就堵上了', '08:56阻断'])
      expect(recordedBy(line, 'ongoing'), line).toEqual([]);
  });
});

describe('a kind of incident', () => {
  const names = { 'malware.ransomware': ['勒索软件', 'ransomware'], 'data.tampering': ['数据篡改', 'data tampering'] };
  const named = Object.entries(names).flatMap(([id, all]) => all.map((name) => ({ id, name })));
  it.each(named)('is recorded by its own name: $name', ({ id, name }) => {
    for (const line of [name, `${name}。`]) expect(recordedBy(line, 'type'), line).toMatchObject([{ value: id }]);
  });
  it.each([
    ...['或者是{}，或者是DDoS', '要么{}要么钓鱼', '不是{}', '一开始以为是{}'],
    ...['{} or ddos', 'either {} or a fault', 'not {} after all', 'we thought {}'],
  ])('is not recorded where it is one of several, rejected or given up: %s', (pattern) => {
    for (const { name } of named) expect(recordedBy(pattern.replace('{}', name), 'type'), name).toEqual([]);
  });
});

describe('a moment or an hour that is only near', () => {
  it.each([
    '刚才',
    '就刚才',
    '刚刚',
    '刚',
    'just now',
    '9ish',
    '9ish, cannot scroll back',
    'around 8-ish I saw the mail',
  ])('is asked about or left, never recorded: %s', (line) => {
    for (const state of ['awareness', 'ongoing']) expect(recordedBy(line, state), state).toEqual([]);
  });
});

describe('a denial without its apostrophe', () => {
  const lines = [
    ['it has{} stopped', 'ongoing'],
    ['the site is{} up', 'outage'],
    ['the traffic has{} stopped yet', 'ongoing'],
    ['the shop was{} affected', 'system'],
    ['we did{} get an alert at 8:20', 'awareness'],
  ] as const;
  it.each(lines)('means what it means with one: %s', (pattern, state) => {
    const ends = ["n't", 'nt', 'n’t'].map((end) => recordedBy(pattern.replace('{}', end), state));
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });
});

describe('a part of the site that fails', () => {
  it.each(['支付从8:55开始报错', '下单从8:55开始失败，浏览可以', '从8:55开始优惠券用不了', 'payments fail since 8:55'])(
    'is no outage of the site: %s',
    (line) => expect(recordedBy(line, 'outage')).toEqual([]),
  );
});

describe('an hour in words', () => {
  const hours = ['six', 'seven', 'eight', 'nine'];
  const minutes = ['one', 'two', 'five', 'eight', 'nine'];
  it('keeps the minutes behind it', () => {
    for (const [index, hour] of hours.entries())
      for (const minute of minutes) {
        const at = `2026-03-31T0${index + 6}:0${['', 'one', 'two', '', '', 'five', '', '', 'eight', 'nine'].indexOf(minute)}:00+08:00`;
        expect(recordedBy(`we noticed at ${hour} oh ${minute} am`, 'awareness'), `${hour} ${minute}`).toMatchObject([
          { at },
        ]);
      }
  });
});

describe('a quoted or copied message', () => {
  it.each([
    'On Tue, 31 Mar 2026 at 09:12, Wang Lei wrote:\n> we got an alert at 8:40',
    'yes, the shop\n\nOn 31/03/2026 08:40, Support <help@shop.example> wrote:\ncustomers complain',
    '在 2026年3月31日 08:40，王磊 <wang@shop.example> 写道：\n商城打不开了',
    '发件人：王磊\n商城打不开了',
    'From: Wang Lei\nthe shop is down',
    '---------- Forwarded message ---------\nthe shop is down',
    '-----原始邮件-----\n商城打不开了',
    '张强 8:52:10\n商城打不开了\n赵敏 8:53:02\n收到',
  ])('is read as one, and records nothing: %s', (text) => {
    for (const state of ['system', 'awareness', 'outage']) {
      expect(recordedBy(text, state)).toEqual([]);
      expect(parseCommand(text, GRAMMAR).type).toBe('pasted');
    }
  });
});

describe('words that close what is open', () => {
  it.each([
    '取消',
    '算了',
    '算了，还是报吧',
    '先不弄了',
    '等一下',
    'cancel',
    'forget it',
    "never mind, let's report it",
  ])('%s changes nothing and says so', (line) => {
    for (const state of ['system', 'awareness', 'people', 'verdict']) {
      const meaning = understood(line, readerOf(state));
      expect(endsAs(meaning, 'closed', 'zh-CN'), state).toBe(true);
    }
  });
});

describe('a call to 12387 in one line, its time first or last', () => {
  const LINES: readonly (readonly [string, Language])[] = [
    ['9:35打过12387了，对方工号3321，受理号2026-1129-17', 'zh-CN'],
    ['打过12387了，9:35打的，对方工号3321，受理号2026-1129-17', 'zh-CN'],
    ['9:35 called 12387, officer 3321, receipt 2026-1129-17', 'en'],
    ['called 12387 at 9:35, officer no 3321, receipt 2026-1129-17', 'en'],
  ];
  it.each(LINES)('“%s” is read back with its time, officer and receipt', (line, language) => {
    const meaning = understood(line, readerOf('verdict'));
    if (meaning?.kind !== 'say') throw new Error(`not read back: ${JSON.stringify(meaning)}`);
    const words = localise(meaning.text, language);
    for (const part of ['09:35', '3321', '2026-1129-17']) expect(words).toContain(part);
    const [record] = meaning.actions ?? [];
    expect(record?.does).toMatchObject({
      intent: { type: 'record_filing', at: '2026-03-31T09:35:00+08:00', takenBy: '3321', receipt: '2026-1129-17' },
    });
  });
  it.each(['awareness', 'ongoing', 'system'])('is no answer to the question of %s', (state) => {
    for (const [line] of [...LINES, ['9:20打了110'], ['9:20 called the police']] as const)
      expect(recordedBy(line, state), line).toEqual([]);
  });
});

describe('“summary”', () => {
  const WORDS = ['summary', 'summary report', 'final report', '总结报告', '处置总结'];
  it.each(['system', 'awareness', 'people', 'ongoing', 'verdict'])('is a recap while %s is asked', (state) => {
    for (const word of WORDS)
      expect(understood(word, readerOf(state)), word).toMatchObject({ kind: 'view', ref: { view: 'catchup' } });
  });
  it.each(WORDS)('compiles the report after the end of handling: %s', (word) => {
    const reader = readerOf('verdict');
    const { situation } = reader;
    const at = situation.ia.now;
    const handlingEnded = { at, by: situation.state.lead, version: 1, regime: null, instant: at, reason: 'x' };
    const ended = { ...reader, situation: { ...situation, state: { ...situation.state, handlingEnded } } };
    expect(understood(word, ended)).toMatchObject({
      kind: 'commands',
      commands: [{ type: 'compile_draft', report: 'summary' }],
    });
  });
});

describe('a value that another one in the line replaces', () => {
  const forms = [
    ...[
      '{0} not {1}',
      'no no {0} not {1}',
      'no, {0}',
      'not {1}, {0}',
      'no no not {1}, {0}. sorry',
      'its not {1}, it was {0}',
    ],
    ...['不是{1}，是{0}', '是{0}，不是{1}'],
  ];
  it.each(forms)('is neither recorded nor offered as the time: %s', (form) => {
    for (const [right, wrong] of [
      ['9:20', '9:10'],
      ['8:05', '8:50'],
    ] as const) {
      const line = form.replace('{0}', right).replace('{1}', wrong);
      const meaning = JSON.stringify(understood(line, readerOf('awareness')));
      expect(meaning, line).toContain(`T0${right}`);
      expect(meaning, line).not.toContain(`T0${wrong}`);
    }
  });
  it.each(['it was 1h20m not 2h', 'not 2 hours, 80 minutes'])('is no length: %s', (line) => {
    expect(JSON.stringify(understood(line, readerOf('outage')))).toContain('80');
    expect(JSON.stringify(understood(line, readerOf('outage')))).not.toContain('"value":120');
  });
});

describe('a number in words beside a noun', () => {
  it.each([
    ...[
      'the stock one',
      'we have two, shop and app',
      'saw six missed calls',
      'like six missed calls',
      'that makes three',
    ],
    ...['all five of us', 'two down, one to go', 'the other one'],
  ])('is no time: %s', (line) => {
    for (const state of ['system', 'awareness', 'ongoing', 'outage'])
      expect(JSON.stringify(understood(line, readerOf(state))), state).not.toMatch(/"(?:at|since|until)":/);
  });
  it.each([
    ['it was eight forty when he called', '08:40'],
    ['chen jie rang at nine', '09:00'],
    ['the alert came nine fifteen', '09:15'],
    ['first I know of it was 0855 when Chen Jie rang me', '08:55'],
  ])('is a time behind a word of time or with minutes: %s', (line, time) =>
    expect(JSON.stringify(understood(line, readerOf('awareness')))).toContain(`T${time}`),
  );
  it('is a length while a length is asked, and people only where people are', () =>
    expect(JSON.stringify(understood('a hundred twenty, give or take', readerOf('outage')))).toContain(
      '"fact":"site_outage_minutes","value":120',
    ));
  it.each(['1 203 877 persons', '1,203,877 persons', "it's 1 203 877 members"])('has its groups: %s', (line) =>
    expect(JSON.stringify(understood(line, readerOf('people')))).toContain('"value":1203877'),
  );
});

describe('minutes in words behind an hour', () => {
  const ones = 'one two three four five six seven eight nine'.split(' ');
  const teens = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
  const minutes = [
    ...ones.map((one) => `oh ${one}`),
    ...teens,
    ...['twenty', 'thirty', 'forty', 'fifty'].flatMap((tens) => [tens, ...ones.map((one) => `${tens} ${one}`)]),
  ];
  it('are all read', () => {
    for (const [index, words] of minutes.entries()) {
      const time = `T08:${String(index + 1).padStart(2, '0')}`;
      for (const line of [`we knew about it at eight ${words} this morning`, `chen jie rang me at eight ${words}`])
        expect(JSON.stringify(recordedBy(line, 'awareness')), line).toContain(time);
    }
  });
  it('are read behind a figure too', () => {
    for (const words of ["8 o'clock 15", "8 o'clock and 15 minutes"])
      expect(
        JSON.stringify(recordedBy(`first learned today ${words} by phone of the supplier`, 'awareness')),
      ).toContain('T08:15');
  });
});

describe('words that ask somebody to act on a system', () => {
  const verbs = [
    'call',
    'ask',
    'check',
    'ping',
    'restart',
    'pls reboot',
    'can someone look at',
    "don't touch",
    'unplug',
  ];
  const chinese = ['问', '问问', '查一下', '重启', '先关了', '联系', '去看看', '打给'];
  it('name no affected system', () => {
    for (const name of ['the shop', 'shop', 'the stock system', 'erp'])
      for (const verb of verbs) expect(recordedBy(`${verb} ${name}`, 'system'), `${verb} ${name}`).toEqual([]);
    for (const name of ['商城', '进销存'])
      for (const verb of chinese) expect(recordedBy(`${verb}${name}`, 'system'), `${verb}${name}`).toEqual([]);
  });
});

describe('what was before, is to come, or is over', () => {
  it.each([
    ...[
      'in the 2023 thing it was 8000 members',
      'we had 20,000 affected in the 2024 case',
      'back in 2019 it was 300 users',
    ],
    ...['in february it was 500 customers', "last year's leak had 9,000 users"],
  ])('asks for no number of people: %s', (line) => {
    for (const state of ['people', 'verdict'])
      expect(JSON.stringify(understood(line, readerOf(state)) ?? ''), state).not.toContain('_people');
  });
  it('asks for no length that is to come', () =>
    expect(
      JSON.stringify(understood('will restart nginx in ten, expect a 2 minute blip', readerOf('outage')) ?? ''),
    ).not.toContain('site_outage_minutes'));
  it.each(['attack over since 9:45', 'the attack stopped at 9:45', '攻击9:45停了'])(
    'is asked about as the end of what is on record: %s',
    (line) => {
      expect(recordedBy(line, 'verdict')).toEqual([]);
      expect(JSON.stringify(understood(line, readerOf('verdict')))).toContain(
        '"value":{"since":"2026-03-31T08:00:00+08:00","until":"2026-03-31T09:45:00+08:00"}',
      );
    },
  );
  it.each([
    ...['still going', "still going, traffic isn't dropping at all", 'it is not slowing down', 'not stopping'],
    ...['traffic not going down'],
  ])('is not over where its end is denied: %s', (line) =>
    expect(recordedBy(line, 'ongoing')).toMatchObject([{ fact: 'ongoing' }]),
  );
  it.each(['down since about half eight', 'down since around 8', 'out from roughly 7:30'])(
    'is asked about where its start is rough: %s',
    (line) => expect(recordedBy(line, 'outage')).toEqual([]),
  );
});

it('is silent where a colleague is asked by name, with or without the sign of a mention', () => {
  for (const name of ['Wang Lei', '@Wang Lei'])
    for (const words of [
      'can you run the count again w/o the test accounts',
      'could you check the shop',
      'did you see 12,000 users?',
    ])
      for (const state of ['system', 'people', 'ongoing'])
        expect(understood(`${name} ${words}`, readerOf(state)), `${name} ${words} (${state})`).toEqual({
          kind: 'silent',
        });
});
