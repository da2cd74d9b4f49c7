import { describe, expect, it } from 'vitest';
import {
  type CommandOptions,
  findIncidentId,
  parseCommand,
  type TextCommand,
  WORDS,
} from '../../../src/conversation/text/commands.ts';

const unknown = (text: string, suggestion?: string): TextCommand => ({
  type: 'unknown',
  text,
  ...(suggestion === undefined ? {} : { suggestion }),
});
const chose = (text: string, ...choices: readonly number[]): TextCommand => ({ type: 'answer', text, choices });
const said = (text: string): TextCommand => ({ type: 'answer', text });

const DECLARING: readonly (readonly [string, TextCommand])[] = [
  ['/incident new 支付系统疑似用户数据泄露', { type: 'new', title: '支付系统疑似用户数据泄露' }],
  ['/incident new', { type: 'new' }],
  ['/INCIDENT NEW Payment data leak', { type: 'new', title: 'Payment data leak' }],
  ['new Payment data leak', { type: 'new', title: 'Payment data leak' }],
  ['新建事件 支付系统故障', { type: 'new', title: '支付系统故障' }],
  ['新建事件：支付系统故障', { type: 'new', title: '支付系统故障' }],
  ['新建事件:支付系统故障', { type: 'new', title: '支付系统故障' }],
  ['新建事件　支付系统故障', { type: 'new', title: '支付系统故障' }],
  ['上报 官网被篡改', { type: 'new', title: '官网被篡改' }],
  ['ｎｅｗ ABC 系统', { type: 'new', title: 'ABC 系统' }],
  ['declare ransomware', { type: 'new', title: 'ransomware' }],
  ['演练 60倍 勒索病毒', { type: 'drill', title: '勒索病毒', speed: 60 }],
  ['演练60倍 勒索病毒', { type: 'drill', title: '勒索病毒', speed: 60 }],
  ['/incident drill 60x Ransomware', { type: 'drill', title: 'Ransomware', speed: 60 }],
  ['drill x60', { type: 'drill', speed: 60 }],
  ['演练 勒索病毒', { type: 'drill', title: '勒索病毒' }],
  ['演练', { type: 'drill' }],
  ['drill 3 servers down', { type: 'drill', title: '3 servers down' }],
  ['speed 60x', { type: 'drill_speed', speed: 60 }],
  ['加速 60倍', { type: 'drill_speed', speed: 60 }],
  ['pause', { type: 'drill_pause' }],
  ['继续演练', { type: 'drill_resume' }],
  ['/incident list', { type: 'list' }],
  ['列表', { type: 'list' }],
  ['/incident', { type: 'help' }],
  ['/incident help', { type: 'help' }],
  ['帮助', { type: 'help' }],
  ['？', { type: 'help' }],
  ['help drill', { type: 'help', topic: 'drill' }],
  ['/help', { type: 'help' }],
  ['状态', { type: 'status' }],
  ['/incident status inc-2026-0007', { type: 'status', id: 'INC-2026-0007' }],
  ['状态 〔INC-2026-0007〕', { type: 'status', id: 'INC-2026-0007' }],
  ['INC-2026-0007', { type: 'status', id: 'INC-2026-0007' }],
  ['〔DRILL-2026-0003〕', { type: 'status', id: 'DRILL-2026-0003' }],
  ['绑定 INC-2026-0007', { type: 'bind', id: 'INC-2026-0007' }],
  ['绑定INC-2026-0007', { type: 'bind', id: 'INC-2026-0007' }],
  ['切换 INC-2026-0007', { type: 'switch', id: 'INC-2026-0007' }],
  ['switch to INC-2026-0007', { type: 'switch', id: 'INC-2026-0007' }],
  ['刷新', { type: 'refresh' }],
  ['请刷新', { type: 'refresh' }],
  ['refresh please', { type: 'refresh' }],
  ['改名 支付系统泄露', { type: 'rename', title: '支付系统泄露' }],
  ['rename to Payment leak', { type: 'rename', title: 'Payment leak' }],
  ['language en', { type: 'language', language: 'en' }],
  ['语言 中文', { type: 'language', language: 'zh' }],
  ['你好', { type: 'hello' }],
  ['你好！', { type: 'hello' }],
];

const ANSWERING: readonly (readonly [string, TextCommand])[] = [
  ['1', chose('1', 1)],
  ['１', chose('１', 1)],
  ['②', chose('②', 2)],
  ['回复 1', chose('1', 1)],
  ['回复：2', chose('2', 2)],
  ['选 2', chose('2', 2)],
  ['answer 2', chose('2', 2)],
  ['1 3', chose('1 3', 1, 3)],
  ['1、3', chose('1、3', 1, 3)],
  ['1，3，5', chose('1，3，5', 1, 3, 5)],
  ['1和3', chose('1和3', 1, 3)],
  ['1 and 3', chose('1 and 3', 1, 3)],
  ['2 2', chose('2 2', 2)],
  ['回复 120万', said('120万')],
  ['1/2', said('1/2')],
  ['3-5', said('3-5')],
  ['120万', said('120万')],
  ['100万至不足1000万', said('100万至不足1000万')],
  ['under 1 million', said('under 1 million')],
  ['昨晚11点', said('昨晚11点')],
  ['昨晚11点 供应商来电', said('昨晚11点 供应商来电')],
  ['20 minutes ago', said('20 minutes ago')],
  ['0920', said('0920')],
  ['9:20', said('9:20')],
  ['3 million users affected', said('3 million users affected')],
  ['2 hours ago the site went down', said('2 hours ago the site went down')],
  ['是', { type: 'yes' }],
  ['是的。', { type: 'yes' }],
  ['Yes', { type: 'yes' }],
  ['否', { type: 'no' }],
  ['不涉及', { type: 'no' }],
  ['No.', { type: 'no' }],
  ['不清楚', { type: 'dont_know' }],
  ["Don't know", { type: 'dont_know' }],
  ['don’t know', { type: 'dont_know' }],
  ['正在核实', { type: 'dont_know' }],
  ['当前问题', { type: 'question' }],
  ['answer questions', { type: 'question' }],
];

const COLLECTING: readonly (readonly [string, TextCommand])[] = [
  ['记录 已隔离两台服务器', { type: 'note', text: '已隔离两台服务器' }],
  ['记录 09:50 已隔离两台服务器', { type: 'note', text: '已隔离两台服务器', happenedAt: '09:50' }],
  ['记录 半小时前 已断网', { type: 'note', text: '已断网', happenedAt: '半小时前' }],
  [
    'note 20 minutes ago: two servers isolated',
    { type: 'note', text: 'two servers isolated', happenedAt: '20 minutes ago' },
  ],
  ['note Friday meeting moved', { type: 'note', text: 'Friday meeting moved' }],
  ['记录 3 台服务器下线', { type: 'note', text: '3 台服务器下线' }],
  ['记录 王磊说：服务器已重启', { type: 'note', text: '王磊说：服务器已重启' }],
  ['记录 https://example.com/a：b', { type: 'note', text: 'https://example.com/a：b' }],
  ['记录 影响：约120万名用户', { type: 'item', field: '影响', text: '约120万名用户' }],
  ['记录 影响: 约120万名用户', { type: 'item', field: '影响', text: '约120万名用户' }],
  ['记录 第4项 弱口令', { type: 'item', n: 4, text: '弱口令' }],
  ['4 起因是弱口令', { type: 'item', n: 4, text: '起因是弱口令' }],
  ['4、弱口令', { type: 'item', n: 4, text: '弱口令' }],
  ['4. weak password', { type: 'item', n: 4, text: 'weak password' }],
  ['第4项 原因：弱口令', { type: 'item', n: 4, field: '原因', text: '弱口令' }],
  ['第四项：弱口令', { type: 'item', n: 4, text: '弱口令' }],
  ['2 措施：09:50 已隔离', { type: 'item', n: 2, field: '措施', text: '09:50 已隔离' }],
  ['item 2 measures: reset passwords', { type: 'item', n: 2, field: 'measures', text: 'reset passwords' }],
  ['#2 measures taken: reset', { type: 'item', n: 2, field: 'measures taken', text: 'reset' }],
  ['2 see https://example.com/x', { type: 'item', n: 2, text: 'see https://example.com/x' }],
  ['第3项', { type: 'fill', n: 3 }],
  ['填写 3', { type: 'fill', n: 3 }],
  ['fill in', { type: 'fill' }],
  ['add information', { type: 'fill' }],
  ['核对 1', { type: 'check', n: 1 }],
  ['修改 2 措施：已重置口令', { type: 'correct', n: 2, field: '措施', text: '已重置口令' }],
  ['修改2措施：已重置口令', { type: 'correct', n: 2, field: '措施', text: '已重置口令' }],
  ['更正', { type: 'correct' }],
  ['更正 2', { type: 'correct', n: 2 }],
  ['更正 影响：约130万', { type: 'correct', field: '影响', text: '约130万' }],
  ['correct 2 measures: reset', { type: 'correct', n: 2, field: 'measures', text: 'reset' }],
  ['correct the answer', { type: 'correct' }],
  ['correct 1.3 million', { type: 'correct', text: '1.3 million' }],
  ['更正时间 09:20', { type: 'correct_clock', text: '09:20' }],
  ['correct time yesterday 11pm', { type: 'correct_clock', text: 'yesterday 11pm' }],
  ['确认起算时间', { type: 'confirm_clock' }],
  ['删除 2', { type: 'delete', n: 2 }],
  ['删除 2 措施', { type: 'delete', n: 2, field: '措施' }],
  ['认领 3', { type: 'take', n: 3 }],
  ['认领3', { type: 'take', n: 3 }],
  ['认领第3项', { type: 'take', n: 3 }],
  ['take item 3', { type: 'take', n: 3 }],
  ['认领', { type: 'take' }],
  ['assign 3 to @Li Wei', { type: 'assign', n: 3, who: '@Li Wei' }],
  ['assign 3 <@U0123ABC>', { type: 'assign', n: 3, who: '<@U0123ABC>' }],
  ['转给 王磊', { type: 'assign', who: '王磊' }],
  ['指派 3 王磊', { type: 'assign', n: 3, who: '王磊' }],
  ['把第3项交给王磊', { type: 'assign', n: 3, who: '王磊' }],
  ['邀请 王磊', { type: 'invite', who: '王磊' }],
  ['上传', { type: 'upload' }],
  ['清单', { type: 'items' }],
  ["what's missing", { type: 'items' }],
  ['人员', { type: 'people' }],
  ['时间线', { type: 'timeline' }],
];

const DECIDING: readonly (readonly [string, TextCommand])[] = [
  ['确认较大', { type: 'confirm_level', level: 'major' }],
  ['确认 特别重大', { type: 'confirm_level', level: 'particularly_significant' }],
  ['confirm major', { type: 'confirm_level', level: 'major' }],
  ['Confirm 较大 (Major)', { type: 'confirm_level', level: 'major' }],
  ['确认', { type: 'confirm_level' }],
  ['其他级别', { type: 'another_level' }],
  ['其他级别 重大 因为人数上升', { type: 'another_level', level: 'significant', reason: '人数上升' }],
  ['改为重大：人数上升', { type: 'another_level', level: 'significant', reason: '人数上升' }],
  [
    'another level: significant because more people',
    { type: 'another_level', level: 'significant', reason: 'more people' },
  ],
  ['暂不报告 未达标准', { type: 'not_reportable', reason: '未达标准' }],
  ['not reportable', { type: 'not_reportable' }],
  ['请法务判断', { type: 'ask_legal' }],
  ['decide counted', { type: 'decide', text: 'counted' }],
  ['依据', { type: 'why' }],
  ['Why?', { type: 'why' }],
  ['我来负责', { type: 'lead' }],
  ['take lead', { type: 'lead' }],
  ['snooze', { type: 'snooze', minutes: 15 }],
  ['Snooze 15 min', { type: 'snooze', minutes: 15 }],
  ['snooze 1h', { type: 'snooze', minutes: 60 }],
  ['15分钟后提醒', { type: 'snooze', minutes: 15 }],
  ['半小时后再提醒我', { type: 'snooze', minutes: 30 }],
  ['remind me in 20 minutes', { type: 'snooze', minutes: 20 }],
  ['倒计时', { type: 'countdown' }],
  ['还剩多久？', { type: 'countdown' }],
  ['出稿', { type: 'draft' }],
  ['draft', { type: 'draft' }],
  ['首报', { type: 'draft', report: 'initial' }],
  ['现在出首报', { type: 'draft', report: 'initial' }],
  ['First report now', { type: 'draft', report: 'initial' }],
  ['首报 无法判明：原因、趋势', { type: 'draft', report: 'initial', cannotDetermine: ['cause', 'trend'] }],
  ['draft supplement', { type: 'draft', report: 'supplement' }],
  ['出稿 续报', { type: 'draft', report: 'follow_up' }],
  ['Draft 续报', { type: 'draft', report: 'follow_up' }],
  ['终报', { type: 'draft', report: 'summary' }],
  ['看稿', { type: 'read' }],
  ['下载 PDF 英文', { type: 'download', format: 'pdf', language: 'en' }],
  ['报送稿 DOCX', { type: 'download', format: 'docx' }],
  ['内部稿', { type: 'download', internal: true }],
  ['English twin', { type: 'download', language: 'en' }],
  ['提请审批', { type: 'request_approval' }],
  ['ask for approval', { type: 'request_approval' }],
  ['批准', { type: 'approve' }],
  ['Approve', { type: 'approve' }],
  ['退回 缺少措施', { type: 'send_back', reason: '缺少措施' }],
  ['登记报送 12387 回执2026-0331-17', { type: 'file', text: '12387 回执2026-0331-17' }],
  ['file', { type: 'file' }],
  ['话术稿', { type: 'script' }],
  ['处置结束', { type: 'end' }],
  ['处置结束：系统已恢复', { type: 'end', reason: '系统已恢复' }],
  ['关闭', { type: 'close' }],
  ['close because everything is filed', { type: 'close', reason: 'everything is filed' }],
  ['重新打开 原因：发现新情况', { type: 'reopen', reason: '发现新情况' }],
  ['转到私密', { type: 'move' }],
  ['Move to a private channel', { type: 'move' }],
  ['控制台', { type: 'console' }],
  ['允许出境', { type: 'release' }],
  ['涉密', { type: 'state_secret' }],
  ['涉密 某某文件被盗', { type: 'state_secret' }],
  ['our chat may be compromised', { type: 'chat_compromised' }],
];

const LEAD: readonly (readonly [string, TextCommand])[] = [
  ['@Jishi 状态', { type: 'status' }],
  ['＠计时 记录 影响：系统中断', { type: 'item', field: '影响', text: '系统中断' }],
  ['@计时状态', { type: 'status' }],
  ['@Jishi: status', { type: 'status' }],
  ['@Jishi，列表', { type: 'list' }],
  ['@Jishi', { type: 'help' }],
  ['@bot 4 the cause is known', { type: 'item', n: 4, text: 'the cause is known' }],
  ['@Li Wei 4 weak password', { type: 'item', n: 4, text: 'weak password' }],
  ['@事件 机器人\u2005状态', { type: 'status' }],
  ['@王磊 @Jishi 刷新', { type: 'refresh' }],
  ['<@U0123ABC> status', { type: 'status' }],
  ['<@U0123ABC|jishi> <@U9> list', { type: 'list' }],
  ['〔INC-2026-0007〕 状态', { type: 'status' }],
  ['【INC-2026-0007】1', chose('1', 1)],
  ['「计时：〔INC-2026-0007〕已立案」\n- - - - - - - - - -\n1', chose('1', 1)],
  ['> the question\n> more of it\nyes', { type: 'yes' }],
  ['  \n 状态 ', { type: 'status' }],
  ['@Jishi please list', { type: 'list' }],
];

const OTHERS: readonly (readonly [string, TextCommand])[] = [
  ['stauts', unknown('stauts', 'status')],
  ['hlep', unknown('hlep', 'help')],
  ['refesh', unknown('refesh', 'refresh')],
  ['新建事伴 支付', unknown('新建事伴 支付', '新建事件')],
  ['状况', unknown('状况', '状态')],
  ['状态很差', unknown('状态很差', '状态')],
  ['记录已隔离', unknown('记录已隔离', '记录')],
  ['记录', unknown('记录', '记录')],
  ['上报流程是什么', unknown('上报流程是什么', '上报')],
  ['close the port 443', unknown('close the port 443', 'close')],
  ['关闭 数据库服务器', unknown('关闭 数据库服务器', '关闭')],
  ['approve it after lunch', unknown('approve it after lunch', 'approve')],
  ['file deleted by the attacker', unknown('file deleted by the attacker', 'file')],
  ['give up', unknown('give up', 'give')],
  ['correct', unknown('correct', 'correct')],
  ['涉密吗？', unknown('涉密吗？', '涉密')],
  ['涉密：无', unknown('涉密：无', '涉密')],
  ['绑定 7', unknown('绑定 7', '绑定')],
  ['status 7', unknown('status 7', 'status')],
  ['认领 99', unknown('认领 99', '认领')],
  ['确认书', unknown('确认书', '确认')],
  ['newsletter', unknown('newsletter')],
  ['12 servers are down', unknown('12 servers are down')],
  ['https://example.com/4 x', unknown('https://example.com/4 x')],
  ['/etc/passwd was read', unknown('/etc/passwd was read')],
  ["@Li don't close", unknown("don't close")],
  ['服务器已经重启', unknown('服务器已经重启')],
  ['', unknown('')],
];

describe('lines as people write them', () => {
  it.each([...DECLARING, ...ANSWERING, ...COLLECTING, ...DECIDING])('%s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
  it.each(LEAD)('in front of a command: %s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
  it.each(OTHERS)('not a command: %s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});

describe('a bot with a name of its own', () => {
  it('is addressed by the whole name', () => {
    expect(parseCommand('@Jishi Bot 状态', { botNames: ['Jishi Bot'] })).toEqual({ type: 'status' });
    expect(parseCommand('@Jishi Bot 状态')).toEqual(unknown('Bot 状态'));
  });
});

describe('the vocabulary', () => {
  it('has an English and a Chinese word for every verb, and each word means one thing', () => {
    const seen = new Map<string, string>();
    for (const [verb, words] of Object.entries(WORDS)) {
      expect(words.en.length, verb).toBeGreaterThan(0);
      expect(words.zh.length, verb).toBeGreaterThan(0);
      for (const word of [...words.en, ...words.zh]) {
        expect(seen.get(word), `${word} is ${verb} and`).toBeUndefined();
        seen.set(word, verb);
      }
    }
  });
  it('takes the labels of a regime as fields', () => {
    expect(parseCommand('5 攻击路径：VPN', { fields: ['攻击路径'] })).toEqual({
      type: 'item',
      n: 5,
      field: '攻击路径',
      text: 'VPN',
    });
    expect(parseCommand('5 攻击路径：VPN')).toEqual({ type: 'item', n: 5, text: '攻击路径：VPN' });
  });
  it('knows how many items there are', () => {
    expect(parseCommand('7 text', { maxItem: 6 }).type).toBe('unknown');
    expect(parseCommand('6 text', { maxItem: 6 })).toEqual({ type: 'item', n: 6, text: 'text' });
  });
});

describe('the id of an incident in a text', () => {
  it.each([
    ['〔INC-2026-0007〕已立案', 'INC-2026-0007'],
    ['see inc-2026-0007.', 'INC-2026-0007'],
    ['ＩＮＣ－２０２６－０００７', 'INC-2026-0007'],
    ['「计时：〔DRILL-2026-0003〕演练」', 'DRILL-2026-0003'],
    ['INC-2026-0007 and INC-2026-0008', 'INC-2026-0007'],
  ])('%s', (text, id) => {
    expect(findIncidentId(text)).toBe(id);
  });
  it.each(['', 'INC-26-7', 'VINC-2026-0007', 'INC-2026-00071x', 'INC 2026'])('none in: %s', (text) => {
    expect(findIncidentId(text)).toBeUndefined();
  });
});
