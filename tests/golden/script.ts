import type { Language } from '../../src/incident/identity.ts';

/** Two people of a case: who declares it, and a colleague. */
export type Who = 'lead' | 'colleague';

/** A body as a fake platform received it. `of` names the message it belongs to, `where` its conversation. */
export interface Sent {
  readonly where: string;
  readonly what: string;
  readonly body: unknown;
  readonly of?: string;
}

/** A whole bot on one platform, its people, and what the platform received. Each act resolves when all is quiet. */
export interface Driver {
  say(text: string, who: Who): Promise<void>;
  /** Presses the newest button with this label; false if no card has it. */
  tap(label: string, who: Who): Promise<boolean>;
  /** Ticks options of the newest question that has them and submits; false if there is none. */
  tick(labels: readonly string[], who: Who): Promise<boolean>;
  /** Records a filing in the form that a button of the draft opens; left out where that is done in lines of text. */
  readonly file?: (receipt: string, who: Who) => Promise<boolean>;
  pass(minutes: number): Promise<void>;
  /** What came since it was asked last. */
  received(): Promise<readonly Sent[]>;
  stop(): Promise<void>;
}

/** What is made current a little later, such as cards, comes within this time after an act, in ms. */
export const AFTERWARDS = 31_000;

export type Step =
  | { readonly say: string; readonly who?: Who }
  | { readonly tap: string; readonly who?: Who }
  | { readonly tick: readonly string[]; readonly who?: Who }
  | { readonly file: string; readonly who?: Who }
  | { readonly pass: number };

const say = (...lines: readonly string[]): readonly Step[] => lines.map((line) => ({ say: line }));
const passing = (times: number, minutes: number): readonly Step[] =>
  Array.from({ length: times }, () => ({ pass: minutes }));

const CHINESE: readonly Step[] = [
  ...say('新建事件 支付系统疑似用户数据泄露'),
  { tap: '否' },
  { tap: '监测告警' },
  { tick: ['数据泄露', '涉嫌违法犯罪'] },
  { tick: ['个人信息'] },
  ...say('120万', '状态', '清单', '依据', '人员', '时间线', '待办', '帮助', '倒计时', '更多'),
  { tap: '确认较大' },
  ...say('1 系统：支付系统', '2 地点：上海机房', '2 影响：约120万名用户', '2 措施：已隔离', '修改 2 措施：已隔离三台'),
  { say: '认领 2', who: 'colleague' },
  { tap: '认领' },
  { say: '记录 09:50 已隔离两台服务器', who: 'colleague' },
  { say: '今天天气不错', who: 'colleague' },
  ...passing(4, 15),
  ...passing(4, 30),
  ...say('15分钟后提醒'),
  ...say('首报', '提请审批'),
  { tap: '批准', who: 'colleague' },
  { tap: '批准' },
  ...say('登记报送', '报送事项：1\n渠道：1\n报送时间：1分钟前\n回执：2026-0331-17\n所报稿件：1'),
  { tap: '确认登记报送' },
  { file: '2026-0331-17' },
  ...say('4 原因初步分析：口令泄露', '5 攻击路径：撞库', '补报'),
  ...passing(2, 600),
  ...say('处置结束：系统已恢复'),
  { tap: '确认' },
  ...say('总结报告', '提请审批'),
  { tap: '批准' },
  ...say('关闭：应报事项均已报送'),
  { tap: '确认' },
  ...say('列表'),
];
const CHINESE_LATE: readonly Step[] = [
  ...say('新建事件 门户网站无法访问', '不清楚'),
  ...passing(12, 30),
  ...say('状态', '09:20 运维告警'),
  { tick: ['不清楚'] },
  ...say('60万', '改名 门户故障', '演练 桌面推演', '涉密'),
];
const ENGLISH: readonly Step[] = [
  ...say('new suspected leak of customer data'),
  { tap: 'No' },
  ...say('09:20 alert'),
  { tick: ['Data', 'Suspected'] },
  { tick: ['Personal'] },
  ...say('1.2 million', 'status', 'checklist', 'why', 'people', 'timeline', 'tasks', 'help', 'countdown', 'more'),
  { tap: 'Confirm' },
  ...say('1 system: payments', '2 place: Shanghai', '2 impact: 1.2 million users', '2 measures: isolated'),
  { say: 'take 2', who: 'colleague' },
  { tap: 'Take' },
  { say: 'note 09:50 two servers isolated', who: 'colleague' },
  { say: 'nice weather today', who: 'colleague' },
  ...passing(4, 15),
  ...passing(4, 30),
  ...say('snooze 15'),
  ...say('first report', 'ask for approval'),
  { tap: 'Approve', who: 'colleague' },
  { tap: 'Approve' },
  ...say('file', 'obligation: 1\nchannel: 1\nfiled at: 1 minute ago\nreceipt: 2026-0331-17\ndraft: 1'),
  { file: '2026-0331-17' },
  ...say('4 cause: leaked passwords', 'supplement'),
  ...passing(2, 600),
  ...say('handling ended: restored'),
  { tap: 'Confirm' },
  ...say('summary report', 'ask for approval'),
  { tap: 'Approve' },
  ...say('close: all filed'),
  { tap: 'Confirm' },
  ...say('list'),
];
const ENGLISH_LATE: readonly Step[] = [
  ...say('new portal down', 'unknown'),
  ...passing(12, 30),
  ...say('status', '09:20 alert', '600,000', 'rename portal outage', 'drill table top', 'secret'),
];

/** A case that is reported in time, and one that nobody looks after until it is late. */
export const SCRIPTS: Readonly<Record<Language, Readonly<Record<'case' | 'late', readonly Step[]>>>> = {
  'zh-CN': { case: CHINESE, late: CHINESE_LATE },
  en: { case: ENGLISH, late: ENGLISH_LATE },
};
