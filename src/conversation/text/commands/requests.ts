import type { TextCommand } from './command-types.ts';

/**
 * Requests by their topic: what is due, whom to report to, the level, the next step, the draft. A clause requests a topic
 * if it asks or wishes and has a word of each of the topic's kinds, in any order: 上海网信办电话多少, "need that as docx".
 * All take one folded clause.
 */

/** Pattern of a question: a word that asks, or its mark. */
const QUESTION =
  /[?]\s*$|[吗呢嘛没]\s*[?]*$|谁|哪|什么|啥|几[点级时个]|多[久少长]|怎么|咋|如何|凭|为[何什]|能不能|能否|可否|是不是|有没有|可不可以|要不要|会不会|还是|还有.{0,3}长|^(?:(?:so|and|ok|but|then|well|hey|now|tell me|also|pls|please|by|to|whats?|anything|whos?),? ?)*(?:whos?|whom|where|which|whats?|whens?|how|why|is|are|am|do|does|can|could|will|shall|should|has|have|anything|time left)(?![a-z])/;
/** Pattern of a wish: 给我, 导出, "need", "show me". */
const WISH =
  /给我|发我|给大家|帮我|我要|要[个份一]|来[个一份]|发[个一份]|导|下载|看看|看一?下|瞧|过目|让我|告诉|列|(?<![a-z])(?:need|want|give|show|send|tell|get|let me|please|pls|export|download|open|see|read)(?![a-z])/;
/** Pattern of a question about what has already happened: it is no request. */
const PAST = /(?<![a-z])(?:(?<!how )did|was|were)(?![a-z])|(?<!what )(?<![a-z])have they/;

const REPORTING =
  /报(?![警案的过]|告)|送(?!审)|交(?![班接])|(?<![a-z])(?:report|submit(?:ted)?|file[ds]?|send|be in|go(?:es)?|gets?)(?![a-z])/;
const TELLING =
  /报(?![警案的过了])|送(?!审)|交(?![班接])|通知|告诉|联系|说|电话|邮箱|(?<![a-z])(?:report|tell|told|notify|notified|inform|informed|send|file|submit|goes?|gets?|responsible|it)(?![a-z])/;
const RECEIVING =
  /[给向跟找往到先]谁|报哪|[给向跟找往到]?哪[个家些]?(?:部门|单位|口|机关|处|里|儿|边)|什么部门|网信|工信|公安|监管|主管|(?<![a-z])(?:who(?:m|ever)?(?: else)?(?= (?:do|to|needs|must|has|have|should|shall|gets|is to)(?![a-z]))|whom|which (?:authority|authorities|office|regulator|agency|of)|(?:what|which) (?:authority|office|agency)|where (?:do|does|should|must|to|can)|cac|miit|regulators?)(?![a-z])/;

type Stance = 'asked' | 'wanted' | 'either' | 'any';
type Request = readonly [type: TextCommand['type'], stance: Stance, ...kinds: readonly RegExp[]];

const REQUESTS: readonly Request[] = [
  [
    'people',
    'asked',
    /谁|(?<![a-z])(?:whos?|who'?(?:s|re))(?![a-z])/,
    /牵头|负责|带头|主导|指挥|审批|拍板|都有谁|听谁的|谁在(?:群|里)|(?<![a-z])(?:leads?|leading|charge|running (?:the show|this))(?![a-z])|who(?: else)?(?:'s|s| is| are|'re)? (?:in|on|here)(?: here| this| it)?[?!.]*$|who (?:can|may)(?: (?:judge|decide|approve))?[?]+$/,
  ],
  [
    'help',
    'asked',
    /(?:bot|机器人|这个|这玩意儿?|你).{0,3}(?:怎么|咋|如何)(?:用|使)|how (?:do (?:i|we|you) use|does) (?:this|it|the bot|you)(?: (?:bot|thing))?(?: work)?(?![a-z])/,
  ],
  [
    'answer',
    'any',
    /^(?:给|发|来|打开)(?:我)?(?:一?个|张)?(?:表单?|表格)|^(?:give me|open|show me|send me) (?:the|a) form(?![a-z])/,
  ],
  [
    'not_reportable',
    'any',
    /^(?:先|暂时|那就|还是)?(?:不要|别|不用|不必)(?:再|先)?(?:上|往上)?报(?!警|案)了?[吧啦]?(?:[, ]*先?[停等]一?下)?[.!]*$|^(?:please )?(?:don'?t|do not) (?:report|file)(?: it| this)?(?:[, ]+(?:stop|hold|wait)(?: it| off)?)?(?: yet| for now)?[.!]*$/,
  ],
  [
    'catchup',
    'any',
    /(?:什么|啥|怎么个?)情况|what'?s (?:going on|happening|up)/,
    /刚起|刚醒|刚来|刚到|刚上|刚睡醒|just (?:woke up|got (?:here|in|up|on)|joined)/,
  ],
  [
    'another_level',
    'any',
    /(?:级别|等级|定级).{0,4}(?:不对|错了|定低了|定高了|低了|高了)|(?<![a-z])level.{0,10}(?:is|looks|seems) (?:wrong|too (?:low|high)|off)/,
  ],
  [
    'read',
    'either',
    /稿|首报|报告|(?<![a-z])(?:draft|report|text)(?![a-z])/,
    /好了|写|出来|在哪|哪里看|到哪|看|瞧|过目|(?<![a-z])(?:ready|finished|done (?:yet|already)|see|show|read)(?![a-z])/,
    /^(?!.*谁.{0,2}(?:在|写|起草))/,
  ],
  [
    'countdown',
    'asked',
    /截止|时限|期限|到期|逾期|来得及|赶得上|还?(?:剩|有)下?.{0,3}(?:多久|多长|多少时间|几个?小时|几分钟)|(?<![a-z])(?:deadline|cut-?off|due|late|overdue|in time|still time|time left|remaining time|time remaining)(?![a-z])|how (?:long|much time|many (?:hours|minutes)) .{0,12}(?:left|have|got|remain|until|till)/,
  ],
  [
    'countdown',
    'asked',
    REPORTING,
    /几点|(?:啥|什么)时候|几时|何时|多久|多长时间|几个?小时|最[晚迟]|(?<![a-z])(?:when|by when|what time|how long|latest)(?![a-z])/,
  ],
  ['owed', 'asked', TELLING, RECEIVING],
  [
    'owed',
    'asked',
    /哪个(?:部门|机关|主管)|(?<![a-z])(?:which|what) (?:authority|authorities|regulator|agency)(?![a-z])/,
  ],
  [
    'why',
    'asked',
    /[几哪什算定].{0,3}级|级别?.{0,4}(?:多少|几|什么|怎么|哪)|(?:凭|为|怎么|咋|算|不).{0,6}(?:较大|重大|定一般|算一般)|(?<![a-z])(?:(?:what|which|how).{0,16} (?:level|class|category)|how serious|how did .{0,12}(?:major|significant)|(?:why|how|is (?:this|it)|what|should).{0,24}(?:major|significant|particularly significant)|level.{0,6}(?:are we|is (?:it|this))|why.{0,20}(?:general|level))(?![a-z])/,
  ],
  [
    'items',
    'asked',
    /[差缺](?!点|不多|距)|没填|(?<![a-z])(?:missing|lacking)(?![a-z])/,
    /哪|几项|几条|(?<![a-z])(?:anything|report|form)(?![a-z])/,
  ],
  [
    'next',
    'asked',
    /做(?!了)|干(?!了)|弄(?!了)|搞(?!了)|办|整|填|提供|要我|差什么|下一步|接下来|接着/,
    /怎么|咋|嘛|啥|什么(?![人时])/,
    /^(?!.*(?:黑客|攻击者|对方|他们|[进出]来|的[?]*$))/,
  ],
  [
    'next',
    'asked',
    /^(?:(?:现在|那|接下来|下一步|然后|我|我们|该|咱们?)*(?:怎么|咋)(?:搞|办|弄|整)[了啊呀呢?!.~]*|.*(?:接下来|下一步|现在)该我(?:做|干).*|.*(?:怎么|咋)办[了啊呀呢?!.~]*|(?:and|so|ok) now[?]+)$/,
  ],
  [
    'next',
    'asked',
    /(?<![a-z])(?:whats?|what'?s|how|where|anything)(?![a-z])/,
    /(?<![a-z])(?:(?:i|we|me|us|my|you)(?![a-z]).*(?:do|need|want|proceed|start|step|supposed)(?![a-z])|next|still open|left to do|left open|now[?!.]*$|from (?:me|us))/,
    /^(?!.*(?<![a-z])(?:know|think|say|find|see|call|mean)(?![a-z]))/,
  ],
  ['download', 'wanted', /(?<![a-z])(?:word|docx?|pdf)(?![a-z])/],
];

/** Returns the command of a clause that requests a topic; undefined for any other clause. */
export function requestIn(clause: string): TextCommand['type'] | undefined {
  const asks = QUESTION.test(clause) && !PAST.test(clause);
  const wants = WISH.test(clause);
  const fits: Readonly<Record<Stance, boolean>> = { asked: asks, wanted: wants, either: asks || wants, any: true };
  return REQUESTS.find(([, stance, ...kinds]) => fits[stance] && kinds.every((kind) => kind.test(clause)))?.[0];
}
