import type { CommandType, ReportKind } from './command-types.ts';

/** A verb of the grammar; kinds of report are verbs of their own. */
export type Verb = Exclude<CommandType, 'unknown' | 'item' | 'field' | 'rows' | 'amend'> | `draft_${ReportKind}`;

/**
 * The words of each verb, folded. The first English and the first Chinese word are the ones help and suggestions use.
 * Words are matched at the beginning of a line, the longest first.
 */
export const WORDS: Readonly<Record<Verb, { readonly en: readonly string[]; readonly zh: readonly string[] }>> = {
  new: {
    en: ['new', 'new incident', 'declare', 'report incident'],
    zh: ['新建事件', '上报', '新建', '上报事件', '报告事件', '新事件'],
  },
  drill: { en: ['drill', 'new drill', 'start drill', 'exercise'], zh: ['演练', '新建演练', '开始演练'] },
  drill_speed: { en: ['speed', 'drill speed'], zh: ['演练速度', '速度', '加速', '演练倍速'] },
  drill_pause: { en: ['pause', 'pause drill', 'drill pause'], zh: ['暂停演练', '暂停', '演练暂停'] },
  drill_resume: { en: ['resume', 'resume drill', 'drill resume'], zh: ['继续演练', '恢复演练', '演练继续'] },
  list: { en: ['list', 'incidents', 'list incidents'], zh: ['列表', '事件列表', '所有事件'] },
  status: { en: ['status', 'show status'], zh: ['状态', '进展', '当前状态', '事件状态'] },
  help: { en: ['help', '?', 'commands', 'how to'], zh: ['帮助', '怎么用', '菜单', '使用说明', '命令'] },
  note: { en: ['note', 'log', 'record', 'add note'], zh: ['记录', '备注', '补记', '记一下', '添加记录'] },
  bind: { en: ['bind', 'link'], zh: ['绑定', '关联'] },
  switch: { en: ['switch', 'switch to', 'open'], zh: ['切换', '切换到', '进入'] },
  refresh: { en: ['refresh', 'reload'], zh: ['刷新', '更新状态'] },
  answer: {
    en: ['answer', 'reply', 'option', 'choose', 'exact'],
    zh: ['回复', '回答', '选择', '选项', '选', '答', '答复', '准确数字'],
  },
  correct: {
    en: ['correct', 'edit', 'correct the answer', 'correct answer', 'amend'],
    zh: ['修改', '更正', '改正', '订正', '更正回答'],
  },
  delete: { en: ['delete', 'remove'], zh: ['删除', '撤回'] },
  take: { en: ['take', 'take item', 'claim'], zh: ['认领', '我来填'] },
  fill: { en: ['fill', 'fill in'], zh: ['填写', '填报'] },
  add_information: { en: ['add information', 'add info'], zh: ['补充信息', '添加信息'] },
  check: { en: ['check'], zh: ['核对', '检查'] },
  assign: {
    en: ['assign', 'give', 'give to', 'hand over'],
    zh: ['分配', '指派', '转给', '转交', '交给', '派给', '转给他人'],
  },
  confirm_level: { en: ['confirm', 'confirm level'], zh: ['确认', '确认级别', '确认为'] },
  another_level: {
    en: ['another level', 'other level', 'change level', 'set level', 'level'],
    zh: ['其他级别', '改级别', '调整级别', '改为', '定为', '级别'],
  },
  not_reportable: {
    en: ['not reportable', 'not reportable for now', 'not reportable under the measures for now'],
    zh: ['暂不报告', '按<办法>暂不报告', '不报告'],
  },
  decide: { en: ['decide', 'settle'], zh: ['裁定', '认定', '作出决定'] },
  ask_legal: {
    en: ['ask legal', 'legal', 'judge together', 'judge'],
    zh: ['请法务判断', '问法务', '法务', '集中研判'],
  },
  join: { en: ['take part', 'join', 'ask to take part'], zh: ['申请参与', '申请加入', '参与'] },
  lead: {
    en: ['take lead', 'take the lead', 'lead', 'i lead', "i'll lead", 'i take the lead'],
    zh: ['我来负责', '我负责', '我牵头', '我来牵头', '由我负责'],
  },
  snooze: {
    en: ['snooze', 'remind me', 'remind me in', 'remind in', 'later'],
    zh: ['稍后提醒', '延后', '推迟', '晚点提醒', '稍后'],
  },
  draft: {
    en: ['draft', 'compile', 'compile draft', 'redraft', 'draft again'],
    zh: ['出稿', '生成报告', '起草', '草稿', '重新出稿', '生成报告稿'],
  },
  draft_initial: {
    en: ['first report', 'first report now', 'initial report', 'draft first report'],
    zh: ['首报', '出首报', '现在出首报', '先报首报'],
  },
  draft_supplement: {
    en: ['supplement', 'supplementary report', 'draft supplement'],
    zh: ['补报', '出补报', '起草补报'],
  },
  draft_follow_up: {
    en: ['follow-up report', 'follow-up', 'follow up', 'draft follow-up'],
    zh: ['续报', '出续报', '起草续报'],
  },
  draft_summary: {
    en: ['summary report', 'summary', 'final report', 'draft summary', 'draft summary report'],
    zh: ['总结报告', '处置总结报告', '处置总结', '终报', '起草处置总结报告', '起草总结报告'],
  },
  request_approval: {
    en: ['ask for approval', 'request approval', 'submit for approval'],
    zh: ['提请审批', '申请审批', '送审', '提交审批'],
  },
  approve: {
    en: ['approve', 'approved', 'review', 'review and approve'],
    zh: ['批准', '审批', '同意', '审批通过', '通过', '同意报送'],
  },
  send_back: { en: ['send back', 'reject'], zh: ['退回', '打回', '退回修改'] },
  file: {
    en: [
      'file',
      'filed',
      'record filing',
      'file as approved',
      'record the filing',
      'file as approved, then 续报',
      'file without approval',
      'confirm filing',
    ],
    zh: ['登记报送', '已报送', '报送', '报送登记', '按批准稿报送,再续报', '未经审批报送', '确认登记报送'],
  },
  script: { en: ['script', 'phone script', 'call script'], zh: ['电话报告稿', '话术稿', '话术', '电话稿'] },
  read: {
    en: ['read', 'read draft', 'view draft', 'show draft', 'read exactly this text'],
    zh: ['看稿', '阅读', '查看报告', '查看草稿', '查看稿件', '阅读报送原文'],
  },
  download: {
    en: ['download', 'export', 'pdf', 'docx', 'word', 'internal', 'english twin', 'report docx'],
    zh: ['下载', '导出', '报送稿', '内部稿', '英文稿', '英文对照稿'],
  },
  end: {
    en: ['end', 'end handling', 'end of handling', 'handling ended', 'handling is over', 'handling has ended'],
    zh: ['处置结束', '处置完成', '处置完毕', '处置结束了'],
  },
  close: { en: ['close', 'close incident', 'close the incident'], zh: ['关闭', '结案', '关闭事件'] },
  reopen: { en: ['reopen', 're-open', 'reopen incident'], zh: ['重新打开', '重开', '恢复事件'] },
  people: {
    en: ['people', 'who', 'participants', 'who is in charge'],
    zh: ['人员', '参与人员', '谁在', '联系人', '谁负责', '谁牵头'],
  },
  more: { en: ['more'], zh: ['更多'] },
  countdown: {
    en: ['countdown', 'time left', 'how long', 'clock', 'clocks', 'deadline', 'deadlines', 'all deadlines'],
    zh: ['全部时限', '倒计时', '还剩多久', '还有多久', '剩余时间', '时限', '截止时间'],
  },
  items: {
    en: ['items', 'checklist', 'missing', 'what is missing', "what's missing"],
    zh: ['清单', '报告内容', '报告项', '还缺什么', '缺什么', '检查清单', '报告清单'],
  },
  question: {
    en: [
      'question',
      'questions',
      'read and decide',
      'current question',
      'answer questions',
      'next question',
      'next',
      'that is all',
    ],
    zh: ['当前问题', '问题', '查看并表态', '继续', '继续回答', '回答问题', '下一题', '选好了', '填写准确数'],
  },
  why: { en: ['why', 'reasons'], zh: ['依据', '为什么', '为何', '判断依据'] },
  law: { en: ['law', 'the law', 'other rules'], zh: ['其他规定', '法规', '法律规定'] },
  score: { en: ['score', 'scorecard', 'drill score'], zh: ['演练成绩', '成绩', '演练评分'] },
  timeline: { en: ['timeline', 'history', 'time line'], zh: ['时间线', '时间轴', '经过'] },
  correct_clock: {
    en: ['correct clock', 'correct time', 'correct the clock', 'change time'],
    zh: ['更正时间', '更改时间', '更正起算', '修改时间', '起算时间', '更正起算时间'],
  },
  confirm_clock: {
    en: ['confirm clock', 'confirm time', 'confirm awareness'],
    zh: ['确认起算', '确认起算时间', '确认时间'],
  },
  rename: { en: ['rename', 'new title'], zh: ['改名', '重命名', '修改标题'] },
  invite: {
    en: ['invite', 'add person', 'add people', 'add a person', 'let in'],
    zh: ['邀请', '添加人员', '加人', '加入人员', '同意加入'],
  },
  language: { en: ['language', 'lang', 'english', 'chinese'], zh: ['语言', '中文', '英文'] },
  release: {
    en: ['release', 'release abroad', 'release to a room abroad'],
    zh: ['允许出境', '放行', '准许出境', '境外查看', '允许境外查看', '允许境外群查看', '境外放行', '向境外群放行'],
  },
  move: {
    en: ['move', 'move to private', 'move to a private channel', 'private channel'],
    zh: ['转到私密', '转为私密', '移到私密频道', '私密频道', '转到私密群', '转到私密频道'],
  },
  console: { en: ['console', 'web', 'web form', 'open console'], zh: ['控制台', '网页', '网页版', '网页表单'] },
  upload: { en: ['upload', 'attach', 'evidence', 'add evidence'], zh: ['上传', '附件', '上传附件', '上传证据'] },
  state_secret: {
    en: ['state secret', 'state secrets', 'secret', 'secrets', 'classified', 'classified information'],
    zh: ['涉密', '可能涉密', '涉及国家秘密', '国家秘密', '可能涉及国家秘密'],
  },
  chat_compromised: {
    en: [
      'move out of chat',
      'chat compromised',
      'chat may be compromised',
      'our chat may be compromised',
      'chat is compromised',
    ],
    zh: ['撤出聊天工具', '聊天被入侵', '群聊不安全', '聊天可能被入侵', '聊天不安全'],
  },
  return_to_chat: {
    en: ['return to chat', 'back to chat'],
    zh: ['恢复聊天', '回到聊天', '返回聊天'],
  },
  rooms: { en: ['rooms', 'add room', 'remove room', 'channels'], zh: ['群设置', '添加群', '移除群', '展示群'] },
  withdraw_release: {
    en: ['withdraw release', 'withdraw a release'],
    zh: ['撤回放行', '取消放行', '撤回境外授权', '撤回境外查看授权'],
  },
  link_account: { en: ['link account', 'link my account', 'link code'], zh: ['关联账号', '关联我的账号', '关联码'] },
  yes: {
    en: ['yes', 'y', 'yep', 'yeah', 'true'],
    zh: ['是', '是的', '对', '对的', '有', '涉及', '没错'],
  },
  no: { en: ['no', 'n', 'nope', 'false'], zh: ['否', '不是', '没有', '无', '不涉及', '不对', '不'] },
  dont_know: {
    en: ["don't know", 'dont know', 'do not know', 'unknown', 'not sure', "i don't know", 'no idea', 'not yet known'],
    zh: ['不清楚', '不知道', '不确定', '尚不清楚', '暂不清楚', '未知', '还不清楚'],
  },
  answers: {
    en: ['unknown facts', 'answers', 'all answers', 'unknowns'],
    zh: ['全部答复', '所有答复', '尚不清楚的事项', '不清楚的事项'],
  },
  occurrence: {
    en: ['occurrence', 'when it began', 'time of occurrence', 'occurred at'],
    zh: ['发生时间', '何时发生', '更正发生时间', '修改发生时间'],
  },
  request: {
    en: ['request of an authority', 'authority request', 'request'],
    zh: ['主管部门要求', '登记主管部门要求', '监管要求'],
  },
  statement: {
    en: ['correct or explain a report', 'statement'],
    zh: ['更正或说明', '更正报告', '情况说明'],
  },
  papers: { en: ['other papers', 'papers'], zh: ['其他材料', '报案材料', '告知书'] },
  send: { en: ['ready to send', 'how to send'], zh: ['报送材料', '报送方式'] },
  assessment: {
    en: ['internal assessment', 'assessment', 'assess'],
    zh: ['内部研判清单', '研判清单', '内部研判', '研判'],
  },
  tasks: {
    en: ['tasks', 'task list', 'done', 'owner, date', 'needs no answer any more', 'not owed'],
    zh: ['任务', '任务清单', '待办', '完成', '调整责任人,时限', '调整负责人,时限', '不再需要答复', '不需履行'],
  },
  owed: {
    en: ['what we owe', 'what do we owe', 'owed', 'obligations', 'duties'],
    zh: ['待办义务', '还有哪些义务', '还要报什么', '义务', '应报事项'],
  },
  add_task: { en: ['add a task', 'add task', 'new task'], zh: ['新增任务', '添加任务'] },
  wording: { en: ['confirm wording', 'confirm wordings', 'wording'], zh: ['确认用语', '确认全部用语', '报送用语'] },
  write_first_report: { en: ['write first report', 'fill in the first report'], zh: ['填写首报', '填首报'] },
  choose: { en: ['choose a version', 'choose version'], zh: ['选定版本', '选择版本'] },
  agree: { en: ['agree', 'agree to'], zh: ['同意定级', '同意级别'] },
  disagree: { en: ['do not agree', "don't agree", 'disagree'], zh: ['不同意'] },
  hold: { en: ['legal hold', 'hold'], zh: ['锁定保留', '法律保全', '保全'] },
  release_hold: { en: ['release the hold', 'release hold'], zh: ['解除锁定', '解除锁定保留', '解除保全'] },
  erase: { en: ['erase'], zh: ['删除事件', '擦除'] },
  practise: { en: ['practise the filing', 'practise', 'practice the filing'], zh: ['演练报送'] },
  explain_delay: { en: ['give the reason', 'explain the delay'], zh: ['填写原因', '迟报原因', '说明迟报原因'] },
  phone_report: { en: ['reported by phone', 'phone report'], zh: ['登记电话报告', '电话报告', '已电话报告'] },
  correct_filing: {
    en: ['add receipt, correct', 'add receipt', 'correct the filing'],
    zh: ['补登回执,更正登记', '补登回执', '更正登记'],
  },
  hello: { en: ['hello', 'hi', 'hey'], zh: ['你好', '您好', '在吗'] },
  undo: { en: ['undo'], zh: ['撤销'] },
  restore: { en: ['restore'], zh: ['恢复'] },
  thanks: { en: ['thanks', 'thank you'], zh: ['收到', '谢谢'] },
  chat_id: { en: ['chat id', 'group id', 'room id'], zh: ['群编号', '群id', '会话编号'] },
};

export interface Word {
  readonly word: string;
  readonly verb: Verb;
  readonly language: 'zh' | 'en';
}

const VERBS = Object.keys(WORDS).filter((key): key is Verb => key in WORDS);

/** All words, the longest first, so that 新建事件 is tried before 新建 and "take lead" before "take". */
export const ALL_WORDS: readonly Word[] = VERBS.flatMap((verb): readonly Word[] => [
  ...WORDS[verb].en.map((word): Word => ({ word, verb, language: 'en' })),
  ...WORDS[verb].zh.map((word): Word => ({ word, verb, language: 'zh' })),
]).sort((left, right) => right.word.length - left.word.length);

/** As above, but only in front of the name of a field: 记录措施：断网. */
export const TIGHT_BEFORE_FIELD: ReadonlySet<string> = new Set(['记录', '备注', '补记', '添加记录']);

/** Chinese verbs whose object may follow without a space: 确认较大, 改为重大. What follows is still checked. */
export const TIGHT: ReadonlySet<string> = new Set([
  '确认',
  '确认为',
  '改为',
  '定为',
  '转给',
  '交给',
  '派给',
  '指派',
  '认领',
  '填写',
  '演练',
  '切换到',
  '绑定',
  '邀请',
  '同意',
  '删除',
  '新建事件',
  '上报',
  '发生时间',
]);

/**
 * Verbs a hint may propose: they show, open or note something. A hint never proposes what starts or ends a legal clock,
 * decides, or makes somebody the lead.
 */
export const SUGGESTED: ReadonlySet<Verb> = new Set([
  ...([
    'new',
    'drill',
    'list',
    'status',
    'help',
    'refresh',
    'countdown',
    'question',
    'items',
    'people',
    'more',
  ] as const),
  ...([
    'switch',
    'bind',
    'note',
    'answer',
    'correct',
    'fill',
    'check',
    'take',
    'assign',
    'snooze',
    'download',
  ] as const),
  ...(['draft', 'draft_initial', 'draft_supplement', 'draft_follow_up', 'draft_summary', 'read', 'script'] as const),
  ...([
    'invite',
    'rename',
    'language',
    'why',
    'law',
    'timeline',
    'score',
    'console',
    'upload',
    'rooms',
    'answers',
  ] as const),
  ...([
    'papers',
    'assessment',
    'tasks',
    'owed',
    'wording',
    'write_first_report',
    'choose',
    'add_information',
    'send',
    'undo',
  ] as const),
]);
