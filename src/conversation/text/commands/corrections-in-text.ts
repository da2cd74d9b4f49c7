import { marksIn } from '../line-reading.ts';
import { figuresIn } from '../numbers/figures-in.ts';
import { timesIn } from '../times/times.ts';
import type { TextCommand } from './command-types.ts';
import { isFigure } from './item-lines.ts';

/** Readers of corrections, undo, options by position, thanks and mentions of state secrets, in folded text. */

const NEW_VALUE: readonly RegExp[] = [
  /^(?<name>[一-龥]{2,12}?)[说写报填弄搞]?(?:错了?|不对|有误)[ ,.:;!]+(?:应该|应当|应)?(?:是|为)[ :]*(?<value>[^,]+)$/,
  /^(?:(?:把|将)?(?<name>[^,:。0-9]{1,20}?))?(?:应该|应当|要|得)?(?:改成|改为|改一下|改下|更正为|修改为|修正为|应该是|应当是|应为)[ :]*(?<value>.+)$/,
  /^(?:不对|不是的|(?:刚才|刚刚)?[说写报填打输]?错了|更正|纠正)(?:一下)?[,.:;! ]+(?:不是[^,]{1,20}[, ]+(?:而|应该)?(?=是))?(?:(?<name>[^,:。0-9]{1,12}?)(?=应该|应当|应为|是|为))?(?:应该|应当|应)?(?:是|为)?[ :]*(?<value>.+)$/,
  /^不是[^,.]{1,30}[,.;] ?(?:而|应该)?是[ :]*(?<value>.+)$/,
  /^(?:no|sorry|wrong|correction|oops|typo|my bad|my mistake)(?:[,.:;!-]+ ?| (?=\d|about |around |its? |it's|make |i |we |should |that ))(?:it(?:'?s| is| was| should be)|make it|(?:i|we) meant?|should be|that should be)? ?(?<value>.+)$/,
  /^(?:please )?(?:make (?:it|that)|change (?:it|that|this) to|(?:it|that|this) should (?:be|read)|i meant) (?<value>.+)$/,
  /^(?:please )?(?:change|set|correct) (?:the )?(?<name>[a-z][a-z '-]{1,38}) to (?<value>.+)$/,
  /^(?:the )?(?<name>[a-z][a-z '-]{1,38}) should be (?<value>.+)$/,
];

/** Corrections by looser words, for a figure or a time only: 人数更正一下 是130万, 漏的人数改130万. */
const NEW_FIGURE: readonly RegExp[] = [
  /^(?:把|将)?(?:刚才|刚刚|之前)?(?<name>[^,:。\d]{0,20}?)(?:要|得)?(?:更正|纠正|订正|修正|修改|改|不对|有误|有?更新|有变化?|变了|[说写报填弄搞]?错了?)(?:一?下|了)*[ ,.:;!]*(?:不是[^,]{1,20}[, ]+)?(?:应该|应当|应|实际|其实|准确|最新|现在)?(?:是|为|成|到)?[ :]*(?<value>.+)$/,
  /^(?:(?:hold on|wait|sorry|no|ok|btw|hey)[,. ]+)*(?:correction|update|fix)(?: (?:on|to|of|for))? (?:the )?(?<name>[a-z][a-z '-]{1,38}?)[:,]? (?:it'?s |is |should be )?(?<value>[\d~].*)$/,
  /^(?:(?:hold on|wait|sorry|no|ok|btw|hey)[,. ]+)*(?:the )?(?<name>[a-z][a-z '-]{1,38}?) (?:is|was) (?:wrong|off|not right)[:,;.]? (?:it'?s |is |it should be |actually )?(?<value>[\d~][^, ]*(?:,\d{3})*[^,]*)(?:, not .*)?$/,
];

/** Words of which one must be in the name of a figure or a time; 昨天那个会改到十点 moves a meeting and has none. */
const FIGURED =
  /[数人时间点额量率]|损失|count|number|people|users|customers|records|time|start|awareness|loss|figure|total/;

const UNDO =
  /^(?:撤销|撤销上一条|撤销刚才的(?:回答|答复|内容)?|(?:刚才|刚刚|上一条|上面)?(?:说|写|填|答)错了|上一条作废|收回|撤回|undo(?: that| it| the last(?: one| answer)?)?|take (?:it|that) back|scratch that|that was wrong|i was wrong)[.! ]*$/;

/** Reads a correction or an undo: 改成120万, 人数改成120万, 不对，是120万, "make it 1.2 million", 撤销, "undo". */
export function readCorrection(raw: string, folded: string): TextCommand | undefined {
  if (UNDO.test(folded)) return { type: 'undo' };
  if (folded.length > LONGEST_CORRECTION) return undefined;
  for (const pattern of [...NEW_VALUE, ...NEW_FIGURE]) {
    const { name, value: all } = pattern.exec(folded)?.groups ?? {};
    const value = all && figureAlone(all);
    // 网页被改成了… reports what was done.
    if (value === undefined || /被|[让又]$/.test(name ?? '') || value.startsWith('了')) continue;
    // "No, contained. The last packet was 9:31" only begins like a correction, and 应该是8点，记不清 is a doubt.
    const isImplied = !/改|更正|修|订正|[a-z]/.test(folded) || IMPLYING.test(folded);
    if (isImplied && !isFigure(value) && hasFigure(value)) continue;
    const marks = marksIn(all ?? value);
    if (marks.has('hedged') || marks.has('not_known')) continue;
    // 应该是勒索 is a doubt, 应该是120万 a correction.
    const isLoose = NEW_FIGURE.includes(pattern) || /^应[该当]是/.test(folded);
    if (isLoose && (!isFigure(value) || (name && !FIGURED.test(name)))) continue;
    // Folding keeps the length, so offsets also fit the original text.
    const from = folded.lastIndexOf(value);
    const text = raw.slice(from, from + value.length).trim();
    const called = name?.trim();
    return { type: 'amend', text, ...(called ? { name: called } : {}) };
  }
  return undefined;
}
/**
 * Returns the figure of a value without what stands behind it, if that is no figure or the one it replaces: "1.4 million
 * people not 1.2, …", 52分钟 以监控为准.
 */
function figureAlone(value: string): string {
  const [head = ''] = value.split(/,? (?:not|instead of|rather than) |，?不是/);
  if (isFigure(head)) return head;
  const [first = '', ...rest] = head.split(/[ ,]+(?=[一-龥])/);
  return isFigure(first) && !hasFigure(rest.join(' ')) ? first : value;
}
const LONGEST_CORRECTION = 200;
const IMPLYING = /^(?:no|sorry|wrong|oops|my bad)(?![a-z])/;
const hasFigure = (text: string): boolean => timesIn(text).length > 0 || figuresIn(text).length > 0;

const ORDINALS_ZH = '一二三四五六七八九';
const ORDINALS_EN = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];
const NTH_ZH = /^(?:选|就|是|我选)?第 ?([一二三四五六七八九]|[1-9]) ?个?(?:选项|吧)?$/;
const NTH_EN = /^(?:the )?(\p{L}+) (?:one|option|choice)$/u;
const NTH_FIGURE = /^(?:number|option|choice|选项|第)(?: ?)([1-9])(?:个|号)?$/;

/** Reads an option by its position: 第二个, "the second one" → 2; undefined for anything else. */
export function readNth(folded: string): number | undefined {
  const zh = NTH_ZH.exec(folded)?.[1];
  if (zh !== undefined) return ORDINALS_ZH.includes(zh) ? ORDINALS_ZH.indexOf(zh) + 1 : Number(zh);
  const figure = /^[1-9]/.test(folded) ? undefined : NTH_FIGURE.exec(folded)?.[1];
  if (figure !== undefined) return Number(figure);
  const nth = ORDINALS_EN.indexOf(NTH_EN.exec(folded)?.[1] ?? '') + 1;
  return nth > 0 ? nth : undefined;
}

const THANKS =
  /^(?:(?:(?:今晚|今天|昨晚|大家|各位)(?=.{0,4}辛苦)|good work|great work|well done|nice work|(?:ok(?:ay)? )?checking|收到|嗯+|哦+|噢|行|好+(?:的|嘞|滴|吧)?|得嘞|妥|明白|了解|知道了|谢谢|多谢|感谢|辛苦|辛苦了|ok|okay|k|thanks|thank you|thx|ty|got it|roger|ack|understood|cheers|great|noted(?: with thanks)?)(?: ?(?:了|啦|晒|哈|哦|您|你们?|大家|老铁|兄弟们?|各位|everyone|everybody|guys|folks|mate|man|all|team|a lot|very much|bot|for (?:now|tonight|today|your help|the help|everything)))*(?:[,.!~\s]|\p{Extended_Pictographic})*){1,3}$|^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s)+$/u;

/** Returns true for thanks, which need no answer: 收到, 谢谢, 好的, "ok thanks". */
export function isThanks(folded: string): boolean {
  return folded.length <= 40 && THANKS.test(folded) && folded.trim() !== '';
}

const CALL =
  /^(?:(?:hey|hi|hello|bot|jishi|机器人|计时|您好|你好)[, ]*)*(?:(?:are )?(?:you|u) (?:there|here|awake|alive|online)|(?:is )?any(?:body|one) (?:there|here|awake)|(?:你|您|机器人|有人)?在(?:吗|么|不在)|有人(?:在)?(?:吗|么))(?:[,.!?~\s]|啊|呀)*$/;

/** Returns true for a line that only asks if the bot is there: 在不在, "are you there?". */
export function isCall(folded: string): boolean {
  return folded.length <= 40 && CALL.test(folded);
}

/** Words of a person who may have written a state secret, or asks how to handle one. */
const SECRET = /涉密|国家秘密|state secret|classified (?:information|material|data|document)/;
const NO_SECRET =
  /[不未非无否](?:属于|是|涉及|曾|会)?(?:任何)?(?:涉密|国家秘密)|没有?涉密|是否涉密|涉密[ :]*(?:无|否|没有|不)|unclassified|no state secret|not (?:a )?(?:state secret|classified)/;

export function fearsSecret(folded: string): boolean {
  return SECRET.test(folded) && !NO_SECRET.test(folded);
}
