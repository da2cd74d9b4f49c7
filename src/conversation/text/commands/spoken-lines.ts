import type { TextCommand } from './command-types.ts';

/**
 * Sentences with the meaning of a command but without its verb: 还剩多长时间, "how much time is left", 我下班了，交给王磊. A rule
 * requires words that occur together, never one exact sentence. Takes folded text.
 */

/** Longest line that is read as a command; longer ones are reports of events. */
const LONGEST = 80;

/** Pattern of a question, a plan or a denial, none of which reports an act: 报警了没, "should we call the police". */
const NO_ACT =
  /[?？吗呢]\s*$|[了过]没|没有?(?:报|打|联系|误)|不是|别|是不是|要不要|该不该|准备|打算|待会|等会|回头|(?<![a-z])(?:not|no|did|do|should|shall|will|can|could|must|need|if|whether|before|going to|isn't|wasn't|n't)(?![a-z])|n't/;

const WHO = '(?<who>@?[一-龥]{2,4}?|[a-z][a-z.]*(?: [a-z][a-z.]*)?)';
const END = '(?: ?(?:了|吧|啊|哈|负责|接|接手|来|now|then|please))*[.!。~]*$';

type Spoken = readonly [type: TextCommand['type'], pattern: RegExp];

/** Rules for acts and decisions; they do not apply to a question, a plan or a denial. */
const ACTS: readonly Spoken[] = [
  ['hand_over', new RegExp(`(?:交给|交班给|交接给|换)${WHO}${END}`)],
  ['hand_over', new RegExp(`(?<![a-z])(?:hand|pass)(?:ing)?(?: (?:it|this))?(?: (?:over|on))? to ${WHO}${END}`)],
  ['police', /(?:打|拨)(?:了|过|完)?110|(?<![a-z])(?:called|phoned|rang|dialed|dialled) (?:110|the (?:cops|police))/],
  [
    'phoned',
    /12387.{0,6}(?:报过|报了|报完|打过|打了|打完|打通|联系过|通过电话|说过)|(?:报过|报了|打(?:给|过|了|完|通)|联系了|联系过)12387/,
  ],
  [
    'phoned',
    /(?<![a-z])(?:reported|called|phoned|rang|spoke|filed|talked)(?: it| this)?(?: to| with)? 12387|12387 (?:has it|took it)/,
  ],
  [
    'phoned',
    /电话(?:已经?|都)?(?:打|报)(?:了|过|完|通)?[, ].{0,20}(?:工号|受理|回执)|(?<![a-z])(?:phoned|called|rang) it in(?![a-z])/,
  ],
  ['lead', /^(?:ok[, ]+)?i(?:'?ll| will| can)? ?(?:take|have)(?: the| over the)? lead(?: now)?[.!]*$/],
  [
    'withdraw_declaration',
    /^(?:这|就|应该|肯定|确认|原来|都)*是?(?:个|一场)?误报(?:误报)*(?:了|吧|啊|呀|哈|而已|,? ?关掉?吧?)*[.!~]*$/,
  ],
  [
    'withdraw_declaration',
    /^(?:it(?:'?s| is| was)|this is|just|only|ok|sorry)?[, ]*(?:an? )?false (?:alarm|positive)(?:[, ]+(?:guys|everyone|everybody|folks|all|people|sorry|then|after all))*[.!]*$/,
  ],
  [
    'undo',
    /(?:撤销|撤掉|撤回|回退|作废).{0,3}(?:刚才|刚刚|上一|前面|那个|那条|一下)|(?:刚才|刚刚|上一|前面)[^,]{0,8}(?:撤销|撤掉|作废|不算)/,
  ],
  ['undo', /(?<![a-z])(?:undo|revert|take back|scratch)(?: (?:that|this|it|the last|my last)(?: one| answer)?)[.!]*$/],
  [
    'cancel',
    /^(?:算了|当我没说|不用了|取消|先不|不弄了)(?:[, ]|算了|吧|啊|哈|还是|先|再?不?(?:弄|搞|填|管|做|写|报)[了吧]?)*[.!~]*$|^(?:(?:nah|no|ok|oh|well|actually|ah)[, ]+)+(?:forget it|never ?mind|cancel|leave it|scrap it)|^leave it(?:[, ]+(?:it )?(?:does ?n'?t|doesnt) matter)?[.!]*$|^(?:forget it|never ?mind|scrap it)[, ]+(?:it )?(?:doesn'?t|does not) matter/,
  ],
  ['end', /^(?:都|全|已经?)?(?:处置|处理)(?:完毕?|好|完成)了?[, ]*(?:(?:可以)?(?:结束|收工)了?)?[.!~]*$/],
  [
    'end',
    /^(?:it'?s |all )?(?:handled|dealt with|sorted|done)[, ]+(?:so )?(?:we can |we're |let's )?(?:wrap up|wrapping up|finish|end it|end handling)/,
  ],
  ['close', /^(?:(?:please|let's|we can|ok) )*close (?:the|this) (?:case|incident)(?: now| please)?[.!]*$/],
];

/** Rules for wishes; they apply to questions too. */
const WISHES: readonly Spoken[] = [
  [
    'people',
    /^(?:现在|目前|那)?(?:是|到底)?谁(?:在|是|来)?(?:牵头|负责|带头|主导)(?:人)?(?:啊|呀|呢|的)?[?!.]*$|牵头人是谁|都有谁|谁是(?:总指挥|牵头人|负责人|指挥)|我?该听谁的|(?<![a-z])running the show(?![a-z])|谁在(?:群|里)|(?<![a-z])who(?:'s| is| are|'re)? .{0,12}(?:lead|in charge|leading|running this)(?![a-z])|(?<![a-z])who(?: else)?(?:'s| is| are|'re)? (?:in|on|here)(?: here| this| it)?[?!.]*$/,
  ],
  [
    'help',
    /(?:bot|机器人|这个|这玩意儿?|你).{0,3}(?:怎么|咋|如何)(?:用|使)|(?<![a-z])how (?:do (?:i|we|you) use|does) (?:this|it|the bot|you)(?: (?:bot|thing))?(?: work)?(?![a-z])/,
  ],
  [
    'answer',
    /^(?:给|发|来|打开)(?:我)?(?:一?个|张)?(?:表单?|表格)|^(?:give me|open|show me|send me) (?:the|a) form(?![a-z])/,
  ],
  [
    'not_reportable',
    /^(?:先|暂时|那就|还是)?(?:不要|别|不用|不必)(?:再|先)?(?:上|往上)?报(?!警|案)了?[吧啦]?(?:[, ]*先?[停等]一?下)?[.!]*$|^(?:please )?(?:don'?t|do not) (?:report|file)(?: it| this)?(?:[, ]+(?:stop|hold|wait)(?: it| off)?)?(?: yet| for now)?[.!]*$/,
  ],
  [
    'read',
    /^(?:(?:报送)?(?:稿子?|草稿|初稿))(?:给我|发我|给大家|让我)?(?:看看|看一?下|瞧瞧|过目)[吧呗]?$|^(?:can you |please |let me )?(?:show|see|read)(?: me)? the (?:draft|report|text)[?.!]*$/,
  ],
  [
    'catchup',
    /(?:现在|目前)?(?:什么|啥)情况.{0,3}(?:刚起|刚醒|刚来|刚到|刚上)|(?:刚起来|刚睡醒|刚到|刚上线)[, ]*(?:现在)?(?:什么|啥|怎么个?)情况|(?<![a-z])just (?:woke up|got (?:here|in|up|on)|joined)[, ]*(?:so )?what'?s (?:going on|happening|up)/,
  ],
  [
    'another_level',
    /(?:级别|等级|定级).{0,4}(?:不对|错了|定低了|定高了|低了|高了)|(?<![a-z])level.{0,10}(?:is|looks|seems) (?:wrong|too (?:low|high)|off)/,
  ],
  [
    'countdown',
    /(?:还剩|还有|剩下?).{0,3}(?:多久|多长时间|多少时间|几个?小时|几分钟)|(?:(?:啥|什么)时候|几时|何时).{0,5}(?:报(?!警)|交(?![班接])|截止|到期)|时限.{0,2}还?有多长|截止.{0,4}(?:几点|啥时候|什么时候|时间)|(?:多久|多长时间|几个?小时)(?:之?内|以内)?.{0,3}(?:报|上报)|几点.{0,4}(?:截止|到期|之?前.{0,3}[报交])/,
  ],
  [
    'countdown',
    /(?<![a-z])how (?:much time|long|many (?:hours|minutes)).{0,16}(?:left|have|got|remain)|(?<![a-z])what(?:'s| is) (?:the|our) (?:deadline|cut-?off)|(?<![a-z])when.{0,24}(?:due|deadline|be in(?![a-z])|(?:file|report|submit)(?:ted)?(?![a-z]))/,
  ],
  [
    'next',
    /(?:下一步|接下来|现在|我|咱们?)(?:们|该|要|得|应该|能)*(?:干|做|弄|搞|怎么|咋)(?:点|办|弄|搞|整)?(?:啥|嘛|什么|办|呢|整)?[?!.~]*$|(?:怎么|咋)(?:搞|办|弄|整)[啊呀呢?!.~]*$/,
  ],
  [
    'next',
    /(?:接下来|下一步|现在)该我(?:做|干)(?:什么|啥)|(?<![a-z])what(?:'?s| is) (?:still|left) (?:open|to do)(?![a-z])|(?<![a-z])what(?:'?s| is)? next(?![a-z])|(?<![a-z])what (?:do|should|can|shall|must) (?:i|we) do(?![a-z])/,
  ],
  [
    'why',
    /(?:凭什么|凭啥|为什么|为啥|为何|怎么|咋).{0,6}(?:较大|重大|一般|级别|这个级)|(?<![a-z])why.{0,20}(?:major|significant|general|level)/,
  ],
  [
    'download',
    /(?:给我|发我|发一?个|要|导出?|下载|来个|来一?份).{0,6}(?:word|docx|pdf)(?:版|格式|文件|的|稿)*[?!.~]*$|(?<![a-z])(?:send|give|get|download|export|need).{0,14}(?:docx?|word|pdf)(?: file| version| please)*[?!.]*$/,
  ],
];

/** Returns the command that a sentence means; undefined for none. `raw` and `folded` have equal lengths. */
export function readSpokenLine(raw: string, folded: string): TextCommand | undefined {
  if (folded.length > LONGEST || folded.includes('\n')) return undefined;
  const wish = WISHES.find(([, pattern]) => pattern.test(folded));
  if (wish) return commandOf(wish[0], raw, folded, wish[1]);
  if (NO_ACT.test(folded.replace(CALLED_OFF, ''))) return undefined;
  const act = ACTS.find(([, pattern]) => pattern.test(folded));
  return act && commandOf(act[0], raw, folded, act[1]);
}
/** Pattern of words that look like a denial but deny nothing: "no, forget it", "officer no 3321". */
const CALLED_OFF =
  /^(?:(?:nah|no|ok|oh|well|actually|ah)[, ]+)+|(?:officer|badge|receipt|ref|case|ticket) no(?![a-z])|(?<![a-z])(?:we|i)(?:'ll| can| will)(?![a-z])|不(?:用|弄|搞|填|管|做|写)了?/g;

function commandOf(type: TextCommand['type'], raw: string, folded: string, pattern: RegExp): TextCommand | undefined {
  switch (type) {
    case 'hand_over': {
      const match = pattern.exec(folded);
      const who = match?.groups?.['who'] ?? '';
      const from = match ? match.index + match[0].indexOf(who) : 0;
      return who === '' ? undefined : { type, who: raw.slice(from, from + who.length) };
    }
    case 'police':
    case 'phoned':
      return { type, text: raw };
    case 'download':
      return { type, format: folded.includes('pdf') ? 'pdf' : 'docx' };
    case 'answer':
      return { type, text: '' };
    case 'help':
    case 'people':
    case 'countdown':
    case 'next':
    case 'why':
    case 'lead':
    case 'withdraw_declaration':
    case 'undo':
    case 'cancel':
    case 'end':
    case 'close':
    case 'not_reportable':
    case 'read':
    case 'catchup':
    case 'another_level':
      return { type };
    default:
      return undefined;
  }
}
