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

/** Seconds in which somebody types a line on a phone and sends it: three characters a second and two to begin. */
export function secondsFor(text: string): number {
  return 2 + [...text].length / 3;
}
