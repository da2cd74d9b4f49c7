import { fold } from '../characters.ts';
import type { LevelWords } from './command-arguments.ts';
import type { TextCommand } from './command-types.ts';

/**
 * Sentences with the meaning of a command but without its verb: 我下班了，交给王磊, "hand over to Wang Lei, I'm off". Each clause
 * is read alone, so that the words around it do not matter. Each act is one that was done or is wanted. Takes folded text.
 */

/** Longest line that is read as a command; longer ones are reports of events. */
const LONGEST = 120;

/** Pattern of a question, a plan, a denial or words of others, none of which reports an act: 报警了没, "should we call". */
const NO_ACT =
  /[?？吗呢]\s*$|[了过]没|没|未|不(?!用)|别|占线|无人|最多|顶多|至多|要不要|该不该|准备|打算|待会|等会|回头|说(?!了)|觉得|建议|如果|(?<![a-z])(?:why|how|not|no|nobody|did|do|should|shall|will|can|could|must|need|if|whether|before|going to|busy|engaged|tried|failed|says?|said|thinks?|wants?)(?![a-z])|n't/;
/** Pattern of words that look like a denial but deny nothing: "no, forget it", "officer no 3321". */
const CALLED_OFF =
  /^(?:(?:nah|no|ok|oh|well|actually|ah)[, ]+)+|(?:officer|badge|receipt|ref|case|ticket|agent) no(?![a-z])|(?<=(?:we|i|[a-z])(?:'ll)?) ?(?:'ll|can|will)(?= (?:take|have|file|go|call|lead))|(?<=i )would(?= (?:file|go))|不(?:用|弄|搞|填|管|做|写)了?|没问题/g;

const NAME = '@?[一-龥]{2,4}?|[a-z][a-z.]*(?: [a-z][a-z.]*)?';
/** Words in the place of a name that name nobody. */
const NOBODY =
  /^(?:ill |我|咱|你|他|她|谁|有人|没人|别人|大家|前面|后面|下一|i$|i |we$|we |you|they|he$|she$|it$|who|nobody|somebody|someone|phoned|called|just)/;
const END = '(?: ?(?:了|吧|啊|哈|哦|负责|接|接手|来|审批|now|then|please))*$';

type Spoken = readonly [type: TextCommand['type'], pattern: RegExp];

/** Rules for acts and decisions told in a clause; they do not apply to a question, a plan or a denial. */
const ACTS: readonly Spoken[] = [
  [
    'hand_over',
    new RegExp(
      `(?:(?<!提|转|上|递)(?:交给|交班给|交接给)|^(?:现在|接下来|后面|我|那)?换(?!成|为|个|一))(?<who>${NAME})${END}`,
    ),
  ],
  [
    'hand_over',
    new RegExp(
      `(?:(?<![a-z])(?:hand|pass)(?:ing)?(?: (?:it|this|the (?:lead|shift)))?(?: (?:over|on))?|^over) to (?<who>${NAME})${END}`,
    ),
  ],
  [
    'hand_over',
    new RegExp(
      `^(?:后面|接下来|之后)?(?:由|让|请)?(?<who>${NAME})(?:来|去)?(?:接手|接班|接管|顶班|顶上|接我(?:的班)?|替我|负责(?=了|吧|$))[了吧啊哈]*$`,
    ),
  ],
  [
    'take_over',
    /^(?:那|好|行|ok)?(?:现在|接下来|后面)?(?:由|换)?我(?:来|去)?(?:接手|接班|接管|顶班|顶上)[了吧啊哈]*$|^(?:ok |so )?i(?:'m|'ve| am| have)? ?(?:take|taking|taken|have|got|had) (?:it |this )?(?:over|from here)(?: from [a-z]+| now| then)*$/,
  ],
  [
    'lead',
    /^(?:ok )?i(?:'m|'ve|ll| am)? ?(?:take|taking|have|got)(?: the| over the)? lead(?: now)?$|^(?:ok |so |from now on )*i(?:'m| am) in charge(?: here| now| of this)*$/,
  ],
  [
    'police',
    /(?:打|拨|报|(?<![a-z])(?:called|phoned|rang|dialed|dialled))[^,]{0,4}110(?!\d)|(?<!\d)110.{0,2}(?:打|报|拨)(?:了|过|完|通)/,
  ],
  [
    'end',
    /^(?:都|全|已经?)?(?:处置|处理)(?:完毕?|好|完成)了?(?: ?(?:可以)?(?:结束|收工)了?)?$|^(?:it'?s |all )?(?:handled|dealt with|done)$/,
  ],
  [
    'close',
    /^(?:结束|停止|终止|完成)(?:本次|这次|这场)?演练[了吧啊]*$|^(?:本次|这次|这场)?演练 ?(?:到此|可以|就)*(?:结束|完了|完成|终止|停止)[了吧啊]*$|^(?:please )?(?:end|stop|finish|close) (?:the |this )?drill(?: now| please)?$|^(?:the |this )?drill(?:'s| is| has)? (?:over|ended|finished|done)$/,
  ],
  ['close', /^(?:(?:please|let's|we can|you can|ok) )*close (?:the|this) (?:case|incident)(?: now| please)?$/],
];

/** Words of deciding before the name of a level, and behind it: 按较大走, "file it as major". */
const DECIDING =
  /(?:按|定|报|升|降|改|调|往|同意|就|走|选)(?:成|为|到|个|作|是|着|至)?$|(?<![a-z])(?:as|to|with|at|it|call it|level) $/;
const DECIDED =
  /^级?(?:别)?(?:走|报|定|来|研判|没问题|可以|吧|了|上报|处理|算|then|now|please|to be (?:safe|sure)|\s|[,.!~])*$/;

/** Pattern of a false alarm with nothing beside it, and of one with a doubt: 我看是误报吧. */
const FALSE_ALARM =
  /^(?:(?:这|那|就|应该|搞错了|肯定|确认|确定|原来|都|我看|可能|估计|感觉|八成|多半|大概|好像)*是?(?:个|一场)?(?:误报|虚惊一场)(?:误报)*(?:了|吧|啊|呀|哈|而已)*|(?:it(?:'?s| is| was)|its|this is|just|only|ok|sorry|probably|maybe|i think|looks like|seems|turns out|turned out|to be|and|a|,| )*(?:an? )?(?:false|wrong) (?:alarm|positive)(?: (?:guys|everyone|everybody|folks|all|people|sorry|then|after all))*|(?:it )?(?:(?:'s|was|is|were|turned out to be|turned out) )+(?:nothing|harmless)|(?:(?:so|ok|please|let's|we can) )*call (?:it|this) off)[.!~]*$/;
/** Pattern of an earlier alarm: "same alert last week and it was a false positive". */
const EARLIER =
  /上次|上回|上周|上个?月|去年|那次|以前|(?<![a-z])(?:last (?:time|week|month|year)|yesterday|before|previous(?:ly)?|back then|used to)(?![a-z])/;
const DOUBT = /我看|可能|估计|感觉|八成|多半|大概|好像|吧|probably|maybe|think|looks like|seems|nothing|harmless|call/;
/** Pattern of words that close what is open. */
const CANCEL =
  /^(?:算了|当我没说|不用了|取消|先不|不弄了)(?:[, ]|算了|吧|啊|哈|还是|先|再?不?(?:弄|搞|填|管|做|写|报)[了吧]?)*[.!~]*$|^(?:(?:nah|no|ok|oh|well|actually|ah)[, ]+)+(?:forget it|never ?mind|cancel|leave it|scrap it)|^leave it(?:[, ]+(?:it )?(?:does ?n'?t|doesnt) matter)?[.!]*$|^(?:forget it|never ?mind|scrap it)[, ]+(?:it )?(?:doesn'?t|does not) matter/;

/** Returns the command that a sentence means; undefined for none. `raw` and `folded` have equal lengths. */
export function readSpokenLine(raw: string, folded: string, levels: readonly LevelWords[]): TextCommand | undefined {
  if (folded.length > LONGEST || folded.includes('\n')) return undefined;
  const whole = folded.trim();
  if (CANCEL.test(whole)) return { type: 'cancel' };
  const clauses = whole
    .split(ENDS)
    .map((clause) => clause.replace(/[\s,.;!~]+$/, '').trim())
    .filter((clause) => clause !== '');
  const [named, said] = clauses;
  const agreed = CONFIRMED.test(said ?? '') && levels.find(({ words }) => words.some((word) => fold(word) === named));
  if (agreed) return { type: 'confirm_level', level: agreed.id };
  for (const clause of clauses) {
    const words = clause.replace(CALLED_OFF, '').trim();
    const bare = words.replace(/[?]+$/, '');
    const isAsked = words !== bare;
    // 误报? asks, and 误报,确定吗? doubts: neither withdraws.
    if (FALSE_ALARM.test(bare) && !isAsked && !EARLIER.test(whole))
      return { type: 'withdraw_declaration', ...(DOUBT.test(bare) || ASKED.test(whole) ? { unsure: true } : {}) };
    if (isAsked || NO_ACT.test(words)) continue;
    const level = levelIn(bare, levels);
    if (level) return level;
    for (const [type, pattern] of ACTS) {
      const match = pattern.exec(bare);
      const who = match?.groups?.['who'] ?? '';
      if (match && !(type === 'hand_over' && NOBODY.test(who)) && !(RECORDED.has(type) && ASKED.test(whole)))
        return commandOf(type, raw, folded, who);
    }
  }
  return undefined;
}
/** Acts that are recorded at once. */
const RECORDED: ReadonlySet<TextCommand['type']> = new Set(['hand_over', 'take_over', 'lead'] as const);
/** Pattern of a question at the end of a line, or directly behind its verb. */
export const ASKED = /^[?？]|(?:[?？]|吗)\s*$/;
const CONFIRMED = /^(?:我?确认|confirm(?:ed)?)$/;
/** Pattern between clauses: behind a mark or at "and", but not within a figure. */
const ENDS = /(?<=[,.;!?])(?=\s|[一-龥]|$)|\s+(?:and|but|then)\s+/;

/** Returns the decision on a level in a clause: the form opens with the named level. */
function levelIn(clause: string, levels: readonly LevelWords[]): TextCommand | undefined {
  for (const { id, words } of levels)
    for (const word of words.map(fold)) {
      const at = clause.indexOf(word);
      const isDecided = at >= 0 && DECIDING.test(clause.slice(0, at)) && DECIDED.test(clause.slice(at + word.length));
      if (isDecided) return { type: 'another_level', level: id };
    }
  return undefined;
}

function commandOf(type: TextCommand['type'], raw: string, folded: string, who: string): TextCommand | undefined {
  switch (type) {
    case 'hand_over': {
      const from = folded.indexOf(who);
      return { type, who: raw.slice(from, from + who.length) };
    }
    case 'police':
      return { type, text: raw };
    case 'lead':
    case 'take_over':
    case 'end':
    case 'close':
      return { type };
    default:
      return undefined;
  }
}
