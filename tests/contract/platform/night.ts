import type { Who } from './rig.ts';

/** One thing somebody does: a line to the bot, or the moment in which the others look at what came of it. */
export type Did = { readonly who: Who } & ({ readonly say: string } | { readonly mark: 'verdict' | 'docx' });
const LI = 'lead';
const CHEN = 'colleague';
const WANG = 'stranger';
const say = (who: Who, text: string): Did => ({ who, say: text });

/**
 * The messy night: three people write sixty lines to the bot from the first alarm to the first filing, as people do: out of
 * order, twice, wrong, tired, and much of it no fact at all.
 */
export const NIGHT: readonly Did[] = [
  say(CHEN, '有人吗？商城好像被黑了'),
  say(CHEN, '新建事件 网上商城用户数据疑似泄露'),
  say(CHEN, '昨晚九点多发现的，客户打电话投诉'),
  say(CHEN, '在吗'),
  say(WANG, '什么情况'),
  say(LI, '我在，谁在现场'),
  say(LI, '我来牵头'),
  say(CHEN, '泄露了120多万用户，姓名手机号地址都有'),
  say(WANG, '属于数据泄露吧'),
  say(LI, '数据泄露'),
  say(CHEN, '收到'),
  say(LI, '涉嫌违法犯罪'),
  say(WANG, '现在怎么办'),
  say(CHEN, '个人信息'),
  say(LI, '被窃取'),
  say(CHEN, '120万人'),
  { who: CHEN, mark: 'verdict' },
  say(WANG, '几点截止'),
  say(LI, '报给谁'),
  say(WANG, '服务器还在跑'),
  say(CHEN, '不对，是130万'),
  say(LI, '谢谢'),
  say(CHEN, '昨晚10点发的版'),
  say(LI, '按较大报'),
  say(WANG, '2 地点：上海机房'),
  say(WANG, '2 影响：约130万名用户的姓名、手机号、地址'),
  say(CHEN, '2 措施：已断网'),
  say(CHEN, '2 措施：已断网，重置全部口令'),
  say(WANG, '措施是先断网的吧'),
  say(LI, '3 可能继续被转卖，可能出现诈骗电话'),
  say(CHEN, '4 初步判断为SQL注入'),
  say(WANG, '5 攻击路径：商城后台注入点'),
  say(LI, '6 拟修复漏洞并通知用户'),
  say(WANG, '下一步干嘛'),
  say(CHEN, '首报'),
  say(LI, '导出word'),
  { who: LI, mark: 'docx' },
  say(WANG, '刚刚报警了'),
  say(LI, '好的'),
  say(CHEN, '老板问什么时候能好'),
  say(WANG, '刚给王总打了电话，没人接'),
  say(CHEN, '按原文写入'),
  say(LI, '谁在写报告'),
  say(WANG, '8点半交接班的时候还正常'),
  say(CHEN, '首报'),
  say(LI, '7 需要公安协助溯源'),
  say(WANG, '辛苦了'),
  say(CHEN, '8 无其他情况'),
  say(LI, '情况怎么样'),
  say(WANG, '备份是凌晨2点做的'),
  say(CHEN, '首报'),
  say(CHEN, '提请审批'),
  say(WANG, '批了吗'),
  say(LI, '同意'),
  say(WANG, '打过12387了，对方工号3321，受理号2026-0331-17'),
  say(CHEN, '报了吗'),
  say(LI, '什么时候打的'),
  say(WANG, '刚才打的'),
  say(CHEN, '嗯'),
  say(WANG, '登记报送'),
  say(LI, '还差什么'),
  say(CHEN, '待办'),
  say(WANG, '好的，谢谢大家'),
];

const BY_NAME: Readonly<Record<string, Who>> = { 李: LI, 陈: CHEN, 王: WANG };
const lines = (text: string): readonly Did[] =>
  text
    .trim()
    .split('\n')
    .map((line) => say(BY_NAME[line.slice(0, 1)] ?? LI, line.slice(2)));

/** Two further nights in other words, `who line`: what is wanted of them is few messages. */
export const FURTHER_NIGHTS: readonly (readonly Did[])[] = [
  lines(`
陈 有人吗？网站好像被黑了
陈 新建事件 商城网站疑似被入侵，用户数据可能外泄
李 在，什么情况
王 我也上线了
陈 09:20 运维告警
陈 就是商城，会员那边不确定
王 昨晚9点客服接到投诉，有用户说收到诈骗电话
李 现在到哪一步了
李 我来牵头
王 数据泄露
陈 大概120万用户，姓名、手机号、收货地址
王 2吧
李 不是关基
陈 刚才那个数不对，改成130万
王 还在
李 涉嫌犯罪，是的
李 就按较大报
王 几点之前要报
陈 稿子谁写
李 陈宇你写措施，我写原因
陈 措施：已断网
陈 措施：通知用户改密码
王 地点：上海市浦东新区张江机房
王 影响：约130万用户个人信息泄露，有诈骗风险
李 原因：初步判断是后台弱口令被撞库
李 现在还差哪些
陈 3 事态发展：数据可能继续被转卖，可能出现诈骗电话
王 5 攻击IP 45.76.1.2，境外
李 6 准备修复漏洞，请求公安协助
陈 7 日志和磁盘镜像已经保存
王 8 没有其他情况
陈 刚才那个措施写错了，是先断网再改密码
王 收到
李 出首报
李 发个word给我看看
王 我看一下
李 写得可以
陈 按原文写进去
李 再出一稿
王 这里地点写错了，应该是上海市徐汇区机房
陈 地点改成上海市徐汇区漕河泾机房
李 再出一稿
李 提请审批
王 谁批
李 我批了，同意
王 电话打不通啊
陈 再打
王 打通了，12387接的，工号3321
陈 受理号多少
王 受理号2026-0331-17
李 登记一下
王 登记报送
陈 老板问报了没有
李 还差什么没做
王 用户通知要不要发
陈 报案了吗
王 派出所说要材料
李 好的，先这样
陈 辛苦大家
王 撤销
李 状态
`),
  lines(`
陈 新建事件 支付系统好像被人拖库了
陈 今天早上8点半支付商发邮件说的
王 是支付系统吗？我这边看商城也有点慢
李 先别动服务器，保留现场
李 谁负责牵头？我来
陈 网上商城
李 什么时候要报
王 关基？不是
陈 数据泄露，有人在暗网卖
陈 大概50万到80万条
王 按人头算应该60万人
李 有没有身份证
陈 有身份证号和银行卡号
王 涉嫌犯罪吧，我觉得要报警
李 是的，报警
陈 还没停，还在往外传
王 我把外网断了
陈 9点40断的网
李 好
陈 损失还不知道
王 其他影响没有
李 到底算几级
李 先按较大准备
陈 2 地点：上海
陈 2 措施：9点40切断外网，封了三个IP
王 效果：外传已停止
李 4 原因还在查，怀疑是支付商的接口
陈 3 可能扩大到会员系统
王 什么叫溯源线索
陈 5 三个境外IP，一个木马样本
李 6 更换密钥，通知用户
王 7 内存镜像做了
陈 8 无
李 补课
陈 出稿
李 谁看一下
王 影响那里写60万人不要写80万
陈 影响：约60万用户的姓名、身份证号、银行卡号
李 全部按原文写入
陈 出稿
李 word
李 提交审批
李 批准
王 批了，那我打电话
王 已经打过12387了，工号8812，受理号2026-0331-99，刚打完
陈 确认一下
王 嗯
李 银行那边要不要说
王 报给公安了吗
陈 没有吧
李 王磊你去报案
王 好
王 报案了，接警号A123
陈 用户什么时候通知
李 明天再说
陈 交班给王磊
王 我来接班
李 还有什么没做
王 1
李 算了
陈 状态
王 谢谢
`),
];

/** Seconds in which somebody types a line on a phone and sends it: three characters a second and two to begin. */
export function secondsFor(text: string): number {
  return 2 + [...text].length / 3;
}
