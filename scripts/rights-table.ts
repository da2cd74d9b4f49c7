import { translate } from '../src/i18n/translate.ts';
import { commandSchema } from '../src/incident/commands.ts';
import { API_ACTOR, type Language, ROLES } from '../src/incident/identity.ts';
import { EFFECTS, type EffectKind, type Exception, guardTable } from '../src/incident/people/guard-table.ts';
import { type Action, lacks, type Right, rights } from '../src/incident/people/rights.ts';
import type { BilingualText } from '../src/law/types.ts';

/** Each command as a person would call it; commands that only the bot gives are not in the table. */
const NAMES: Record<Action, BilingualText> = {
  declare: { en: 'declare', zh: '新建事件' },
  ask_to_join: { en: 'ask to take part', zh: '申请参与' },
  answer: { en: 'answer a question', zh: '回答问题' },
  judge: { en: 'give a judgement as an answer', zh: '研判（作为答复）' },
  rename: { en: 'rename', zh: '修改标题' },
  relate: { en: 'relate incidents, mark a duplicate', zh: '关联事件、标为重复' },
  withdraw_declaration: { en: 'withdraw a mistaken declaration', zh: '撤回误报的登记' },
  add_awareness: { en: 'add when the company learned of it', zh: '补充发现或获知时间' },
  confirm_awareness: { en: 'confirm when the company knew', zh: '确认发现或获知时间' },
  decide_level: { en: 'confirm or override the level', zh: '确认或调整级别' },
  record_authority: { en: "record an authority's word on the level", zh: '登记主管部门定级意见' },
  second: { en: 'agree as the second person', zh: '复核他人提议' },
  second_level: { en: 'agree to a level as the second person', zh: '复核级别' },
  not_reportable: { en: 'decide "not reportable for now"', zh: '认定暂不需报送' },
  settle_question: { en: 'settle an open legal question', zh: '确定有争议的法律问题' },
  stop_state_secret: { en: 'stop because of a state secret', zh: '因涉及国家秘密停止收集' },
  take_law: { en: 'put a law or contract in force for an open incident', zh: '对未结案事件启用法律或者合同' },
  lift_stop: { en: 'lift a state-secret stop', zh: '解除涉密停止' },
  withdraw_decision: { en: 'withdraw a decision', zh: '撤回决定' },
  take_lead: { en: 'take the lead', zh: '接手牵头' },
  add_person: { en: 'add a person', zh: '添加人员' },
  remove_person: { en: 'take out a person', zh: '移出人员' },
  assign_item: { en: 'assign an item', zh: '分派报告事项' },
  take_item: { en: 'take an item', zh: '认领报告事项' },
  fill_field: { en: 'fill in a field', zh: '填写报告事项' },
  confirm_wording: { en: 'confirm a wording', zh: '确认报告用语' },
  choose_version: { en: 'choose between two versions', zh: '在两个版本中选择' },
  add_note: { en: 'add a note', zh: '记录' },
  add_evidence: { en: 'attach a file', zh: '上传附件' },
  compile_draft: { en: 'compile a draft', zh: '生成报送稿' },
  request_approval: { en: 'ask for approval', zh: '提请审批' },
  approve: { en: 'approve', zh: '审批通过' },
  send_back: { en: 'send back', zh: '退回修改' },
  assess_point: { en: 'make and read the internal assessment', zh: '填写和查看内部研判' },
  record_filing: { en: 'record a filing', zh: '登记报送' },
  correct_filing: { en: 'correct a filing, add its receipt', zh: '更正报送、补录回执' },
  practise_filing: { en: 'practise a filing', zh: '演练报送' },
  explain_delay: { en: 'give the reason of a delay', zh: '说明逾期原因' },
  add_request: { en: "enter an authority's request", zh: '登记主管部门要求' },
  not_owed: { en: 'record that something is not owed', zh: '登记不需履行' },
  drop_request: { en: "drop an authority's request", zh: '撤销主管部门要求' },
  add_task: { en: 'add a task', zh: '新建任务' },
  change_task: { en: 'change a task', zh: '修改任务' },
  finish_task: { en: 'finish a task', zh: '完成任务' },
  end_handling: { en: 'record the end of handling', zh: '登记处置结束' },
  close: { en: 'close', zh: '结案' },
  reopen: { en: 'reopen', zh: '重新开启' },
  hold: { en: 'put on legal hold', zh: '锁定保留' },
  release_hold: { en: 'release a legal hold', zh: '解除锁定保留' },
  erase: { en: 'erase', zh: '删除内容' },
  snooze: { en: 'put off own reminders', zh: '推迟本人提醒' },
  set_drill_speed: { en: 'change the speed of a drill', zh: '调整演练速度' },
  add_room: { en: 'show in another room', zh: '在其他群展示' },
  remove_room: { en: 'take out of a room', zh: '从群中撤出' },
  confirm_room: { en: 'confirm a room the profile does not list', zh: '确认未列入档案的群' },
  hand_over: { en: 'hand over', zh: '交班' },
  take_over: { en: 'take over what was handed over', zh: '接班' },
  take_charge: { en: 'have it in hand', zh: '我来处理' },
  leave_chat: { en: 'leave a compromised chat', zh: '撤出聊天工具' },
  return_to_chat: { en: 'return to a chat that was left', zh: '返回聊天工具' },
  release_abroad: { en: 'show to a room abroad', zh: '允许境外群查看' },
  withdraw_release: { en: 'withdraw what was shown abroad', zh: '撤回境外查看' },
  set_language: { en: 'choose the own language', zh: '选择本人语言' },
  expire: { en: 'erase after the time of keeping', zh: '保存期满删除' },
  name_person: { en: 'enter a name', zh: '登记姓名' },
  tick: { en: 'fire a timer', zh: '触发定时器' },
  note_restored: { en: 'note a restored backup', zh: '登记备份恢复' },
  record_stamp: { en: 'record a time-stamp', zh: '登记时间戳' },
  record_delivery: { en: 'record a delivery', zh: '登记送达' },
};

/** Every command by its type, and the rights that are their own. */
const ACTIONS: readonly Action[] = [
  ...commandSchema.options.map(({ shape }) => shape.type.value),
  'record_authority',
  'judge',
];

const HEAD: Record<Language, string> = { en: '| who | may |', 'zh-CN': '| 谁 | 可以做什么 |' };
const ANYONE: BilingualText = { en: 'any account of the organisation', zh: '本组织的任何账号' };
const PARTICIPANT: BilingualText = { en: 'participants of the incident', zh: '事件参与人' };

/** The table of rights in Markdown: one row for each group of people, in the order of the commands. */
export function rightsTable(language: Language): string {
  const of = (text: BilingualText): string => (language === 'en' ? text.en : text.zh);
  const rows = new Map<string, string[]>();
  for (const type of ACTIONS) {
    const right = rights[type].who;
    if (right === 'clock') continue;
    const who = whoMay(right, of, language);
    rows.set(who, [...(rows.get(who) ?? []), of(NAMES[type])]);
  }
  const separator = language === 'en' ? '; ' : '；';
  const lines = [...rows].map(([who, names]) => `| ${who} | ${names.join(separator)} |`);
  return [HEAD[language], '|---|---|', ...lines].join('\n');
}

function whoMay(right: Right, of: (text: BilingualText) => string, language: Language): string {
  if (right === 'anyone') return of(ANYONE);
  if (typeof right === 'string') return of(PARTICIPANT);
  return right.map((role) => translate(language, `role.${role}`)).join(language === 'en' ? ', ' : '、');
}

/** Who a column of the matrix is: somebody with one role beside taking part, or a program with a token. */
export const COLUMNS = [...ROLES, 'token'] as const;
const TOKEN: Record<Language, string> = { en: 'token', 'zh-CN': '令牌' };

/** Every command and every role, in Markdown: ● may, – may not. The token is one with the scope of the operation. */
export function rightsMatrix(language: Language): string {
  const heads = COLUMNS.map((one) => (one === 'token' ? TOKEN[language] : translate(language, `role.${one}`)));
  const rows = ACTIONS.filter((action) => rights[action].who !== 'clock').map((action) => {
    const cells = COLUMNS.map((one) => (mayIn(action, one) ? '●' : '–'));
    return `| ${language === 'en' ? NAMES[action].en : NAMES[action].zh} \`${action}\` | ${cells.join(' | ')} |`;
  });
  const head = language === 'en' ? 'command' : '命令';
  return [`| ${head} | ${heads.join(' | ')} |`, `|---|${':-:|'.repeat(heads.length)}`, ...rows].join('\n');
}

/** Effects of a change that need a second person, as a person would call them. */
const EFFECT_NAMES: Record<EffectKind, BilingualText> = {
  lost: { en: 'a duty ends, or is only possible now', zh: '义务不再履行，或者不再确定' },
  later: { en: 'a deadline comes later', zh: '时限推迟' },
  recipient_removed: { en: 'a duty goes to another recipient', zh: '改变接收单位' },
  met_after_the_fact: { en: 'a late duty becomes met', zh: '逾期变为按时' },
  silenced: { en: 'nobody who can file is reminded', zh: '可报送的人员均收不到提醒' },
  hidden: { en: 'those who must act no longer see it', zh: '负责处理的人员看不到' },
  below_floor: { en: 'a level below the figures', zh: '定级低于数据' },
  law_replaced: { en: 'another text of a law is put in force', zh: '改用法律的另一文本' },
  secrecy_lifted: { en: 'a state-secret stop ends', zh: '解除涉密停止' },
  judged_by_token: { en: 'a program gives a judgement', zh: '程序作出研判' },
  taken_out: {
    en: 'a lead, approver, legal or the last filer is taken out',
    zh: '移出牵头人、审批人、法务或最后一名报送人',
  },
  erased: { en: 'the record is erased (legal and an administrator together)', zh: '删除事件内容（法务与管理员共同）' },
};
const EXCEPTION_NAMES: Record<Exception, BilingualText> = {
  first_statement: {
    en: "a person's first answer on what was only possible, while a first report stays owed",
    zh: '人员首次答复，仅缩小可能的义务，且仍有首报',
  },
  filing: { en: 'the record of a filing at its true time', zh: '按实际时间登记报送' },
  proof_within_the_hour: {
    en: 'entered within an hour with a receipt, a file or the name of who took it',
    zh: '一小时内登记，并有回执、附件或者接听人姓名',
  },
  called_on: {
    en: 'chat is left by lead, approver or legal: people are still called there, without content',
    zh: '牵头人、审批人或者法务撤出聊天工具：仍在原处提醒有关人员，但不含内容',
  },
};

/** Table of the guard in Markdown: each effect, who may agree to it as the second person, and when one person is enough. */
export function guardMatrix(language: Language): string {
  const of = (text: BilingualText): string => (language === 'en' ? text.en : text.zh);
  const list = (texts: readonly string[]): string => texts.join(language === 'en' ? '; ' : '；') || '–';
  const rows = EFFECTS.map((kind) => {
    const { second, alone } = guardTable[kind];
    const roles = second.map((role) => translate(language, `role.${role}`));
    return `| ${of(EFFECT_NAMES[kind])} \`${kind}\` | ${list(roles)} | ${list(alone.map((one) => of(EXCEPTION_NAMES[one])))} |`;
  });
  const head =
    language === 'en' ? '| effect | second person | one person is enough |' : '| 后果 | 复核人 | 一人即可的情形 |';
  return [head, '|---|---|---|', ...rows].join('\n');
}

function mayIn(action: Action, column: (typeof COLUMNS)[number]): boolean {
  if (column === 'token') return lacks(action, API_ACTOR, [], null) === null;
  return lacks(action, 'somebody', [column], null) === null;
}
