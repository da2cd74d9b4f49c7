/** Tests for words that answer a question without a figure. All take folded text. */

const UNKNOWN_ZH =
  '不清楚|不知道|不晓得|不知|未知|不详|不明|不确定|没法确定|无法确定|无法判断|无法判明|无法统计|说不准|说不好|不好说|待查|待确认|待核实|待定|待统计|正在核实|核实中|正在统计|统计中|正在确认|正在排查|还在查|没查清|未查明|未判明';
const UNKNOWN_EN =
  "unknown|unk|(?:do not|don'?t|dont) (?:yet )?know|not (?:yet )?known|unsure|not (?:yet )?sure|no idea|not (?:yet )?clear|unclear|undetermined|to be determined|to be confirmed|tbd|tbc|dunno|idk|(?:can'?t|cannot|can not) (?:tell|say)|under investigation|not determined";
const BEFORE =
  "(?:目前|现在|现阶段|我们?|we are|we're|i'm|i am|暂时?|尚|还|仍|也|都|具体|数量|人数|时间|we|i|currently|it is|it's|that is|still|yet|as of now|so far|,)";
const AFTER =
  '(?:了|呢|啊|的|中|是多少|多少|什么时候|具体|yet|at present|at the moment|right now|so far|for now|now|sorry|,)';

const UNKNOWN = new RegExp(`^(?:${BEFORE} ?){0,4}(?:${UNKNOWN_ZH}|${UNKNOWN_EN})(?: ?${AFTER}){0,3}$`);
const NOBODY =
  /^(?:[0零]|没有|没有人|没人|无|无人|无人受影响|一个也没有|一个都没有|没有影响|没有损失|无损失|nil|none|nobody|no one|no-one|nothing|zero|no people|no users|no loss|none at all|not any|没有中断|未中断|未泄露|没有泄露)$/;
const NONE_OR_UNKNOWN =
  /^(?:暂无|暂时没有|目前没有|目前无|不适用|n\/a|na|not applicable|none so far|none yet|none known|not yet|-+)$/;
const VAGUE =
  /^(?:很多|许多|大量|较大量|海量|不少|若干|一些|部分|大部分|多数|少数|少量|几乎全部|全部|所有|无数|半天|大半天|成千上万|many|lots|a lot|several|some|few|a few|most|all|everyone|everybody|a number|countless|plenty|half a day)(?:的?(?:人|用户|数据)|(?: of (?:them|it|people|users)| people| users| customers))?$/;

/** Returns true for any form of "don't know". */
export function meansUnknown(folded: string): boolean {
  return UNKNOWN.test(folded);
}
/** Returns true for "nobody" and "none", which state the figure zero. */
export function meansNone(folded: string): boolean {
  return NOBODY.test(folded);
}
/** Returns true for 暂无, n/a, "none so far": either zero or not known, which only the writer can tell. */
export function meansNoneOrUnknown(folded: string): boolean {
  return NONE_OR_UNKNOWN.test(folded);
}
/** Returns true for words of quantity without a figure. */
export function isVague(folded: string): boolean {
  return VAGUE.test(folded);
}
