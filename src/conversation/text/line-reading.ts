import { fold } from './characters.ts';
import data from './line-marks.json' with { type: 'json' };
import { type FoundFigure, figuresIn } from './numbers/figures-in.ts';
import { type FoundTime, timesFoundIn } from './times/times.ts';

/** Kinds of words that mark the subject of a clause, e.g. `knowing`: 发现, 收到, "noticed". */
export type Mark = keyof typeof data;

/** Part of a sentence between commas, with its times and figures. */
export interface Clause {
  readonly text: string;
  readonly marks: ReadonlySet<Mark>;
  readonly times: readonly FoundTime[];
  readonly figures: readonly FoundFigure[];
}

/** Result of reading a line once; all later decisions use it. */
export interface LineReading {
  readonly text: string;
  readonly clauses: readonly Clause[];
  /** True if the line asks, and states nothing beside it. */
  readonly asks: boolean;
  /** True if the line has rows, like a form or a pasted text. */
  readonly isRows: boolean;
}

const MARKS: readonly (readonly [Mark, RegExp])[] = Object.entries(data).flatMap(([mark, { zh, en }]) =>
  isMark(mark) ? [[mark, patternOf(zh, en)] as const] : [],
);

function isMark(name: string): name is Mark {
  return name in data;
}

/**
 * Returns the pattern of a mark's words, the longest first; English ones as whole words. `#` stands for a time, `~` for
 * particles of aspect: 拔~线 is 拔线, 拔了线 and 拔的线.
 */
function patternOf(zh: readonly string[], en: readonly string[]): RegExp {
  return new RegExp(`${alternatives(zh)}|(?<![a-z])(?:${alternatives(en)})(?![a-z])`, 'g');
}

function alternatives(words: readonly string[]): string {
  return words
    .toSorted((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('~', '[了的掉过完好住着]{0,2}'))
    .join('|');
}

/** Marks found in a text. A consumed word counts for one mark only: in 没停 the word 停 is no end. */
export function marksIn(text: string): ReadonlySet<Mark> {
  const words = withApostrophes(fold(text)).replace(NO_END, '$1').replace(CHOICE, '');
  const blank = (word: string): string => ' '.repeat(word.length);
  const lasting = words.replace(NOT_ENDED, blank);
  let rest = lasting.replace(TO_END, blank);
  const found = new Set<Mark>();
  if (lasting !== words) found.add('going');
  if (rest !== lasting) found.add('planned');
  for (const [mark, pattern] of MARKS) {
    const without = rest.replace(pattern, blank);
    if (without === rest) continue;
    found.add(mark);
    if (CONSUMED.has(mark)) rest = without;
  }
  if (OTHER_YEAR.test(words)) found.add('earlier');
  if (found.has('earlier')) found.add('history');
  return found;
}
/** Pattern of an incident named by its year: "in the 2023 case". */
const OTHER_YEAR =
  /(?<![a-z])(?:back in|in|the|from|during|of) (?:the )?20\d\d(?:$|[,.?!]| (?:thing|one|case|incident|breach|leak|hack|attack|event|outage|affair|mess|story|time|when|we|it|they|there)(?![a-z]))/;
/** Returns folded text with the apostrophes that people leave out: hasnt, cant. */
export const withApostrophes = (folded: string): string => folded.replace(UNMARKED, "$1n't");
const UNMARKED = /(?<![a-z])(is|are|was|were|has|have|had|do|does|did|ca|wo|could|would|should)nt(?![a-z])/g;
/** Pattern of a doubt in the form of a choice, which denies nothing: 是不是, 会不会是. */
const CHOICE = /是不是|会不会是?|该不会是?|有没有可能是?|像不像/g;
/** Pattern of verbs with "up" that end nothing: "our monitoring woke up at 9:17". */
const NO_END = /(?<![a-z])(w[oa]ke|waking|popped|showed|shows|turned|picked|looked|cropped) up(?![a-z])/g;
/** Pattern of a denied end, which means that the condition goes on: 没有掐断, 尚未阻断, "not plugged", "isn't dropping". */
const NOT_ENDED = new RegExp(
  `(?:没有|没能|没|未|尚未)(?:${alternatives(data.contained.zh.filter((word) => !word.startsWith('没')))})|(?<![a-z])(?:not|n't)(?: yet)?(?: been)? (?:${alternatives(data.contained.en)}|dropping|slowing|stopping|ending|calming|easing|letting up|dying down|going (?:down|away))(?![a-z])`,
  'g',
);
/** Pattern of an end that is still to come: 两小时能恢复, "back in an hour". */
const TO_END =
  /(?:(?<!不|没)(?:能|会|可以|可望|才能|需要?|要|争取|肯定|应该|内|后)[一-龥]{0,2}?(?:恢复|修好|解决|结束|搞定)|(?:恢复|修好|解决|结束)(?:还|大概|起码|估计)?(?:需要?|要))(?!了)|(?<![a-z])(?:back|up again|restored|fixed|done) in(?= (?:an?|half|about|around|\d|one|two|three|a few))/g;
/** Marks whose words count for no other mark. */
const CONSUMED: ReadonlySet<Mark> = new Set([
  'alarm',
  'going',
  'contained',
  'ended',
  'denied',
  'outgoing',
  'not_known',
] as const);

/** Returns the words of a clause with `#` for each time that is a point, so that 半小时之前 is not a mark of history. */
function masked(words: string, times: readonly FoundTime[]): string {
  return times.reduce((rest, { own, isPoint }) => (isPoint ? rest.replace(own, '#') : rest), words);
}

/** Longest text that is read as a sentence; longer ones are pasted. */
const LONGEST = 300;
const BETWEEN =
  /(?:[，。；;！!？?\n：]|:(?=\s|[一-龥])|,(?!\d)|\.(?=\s|$)|(?<!anything|everything|(?:come|goe?)s?|on|off|again|over|up|down)\s+(?:but|and|-|–|—)(?=\s)|\s\/(?=\s)|——|(?<=(?:nobody|no one|\bnot|n't|never|nothing)[^,.;]*)\s+until(?=\s)|(?<=没[^，。；]*)直到)+|(?<=[一-龥])\s+(?=[一-龥])|(?<=[^\s是])\s*(?=不是)|(?<=不是[^，。；是]{2,})(?=是)/g;
/** Pattern of a space that ends a clause where a further time begins behind it: 8:15挂的 8:48恢复的. */
const SPACE = /(?<=[一-龥])\s+(?=\d)/g;
/** Pattern of the end of a question; 还没完呢 and 我盯着呢 are none. */
const ASKS = /(?:[?？吗]|(?<!着|[还没正在][^，,。]{0,8})呢)\s*$/;
/** Pattern of a clause that asks without a mark: 是不是商城, "is it the shop", "when did we know". */
const ASKING =
  /是不是|^不是.*吗|^(?:was|is)n't (?:it|that)(?![a-z])|有没有|要不要|能不能|会不会|该不该|对不对|(?<![成能计概]是)谁(?!都|也)|为什么|为啥|(?:^|[^管论])怎么(?!也|都|说|查|样)|哪[个台里儿边些天](?!都|也)|几点(?!了)|什么时候|多少(?!都|也)|^(?:who|why|how come)(?![a-z])|^(?:so |and |wait |hey )?(?:(?:is|was|are|were|did|does|do|has|have|can|could|should|will|would) (?:it|we|you|they|he|she|i|this|that|there|anyone|anybody|someone|somebody|any|the)|(?:when|who|why|where|what|which|how) ?(?:'s|did|do|does|is|are|was|were|many|much|long|come|should|can))(?![a-z])/;

/** Pattern of a clause that guesses in the form of a choice: 是不是勒索, 会不会是商城, 该不会是挖矿吧. */
const GUESSES =
  /^(?:你[说看]|那|这)?(?:个|边)?(?:是不是|会不会是?|该不会是?|不会是|莫非是?|有没有可能是?|像不像)(?!.*[谁什啥几哪怎多要得该能])/;

const HEDGES = patternOf(data.hedged.zh, data.hedged.en);
const HEDGE = new RegExp(HEDGES.source);

/** Returns true for words that only doubt: 不敢确定, "i guess". */
export function isDoubt({ text, marks }: Pick<Clause, 'text' | 'marks'>): boolean {
  return (
    marks.has('hedged') &&
    fold(text)
      .replace(HEDGES, '')
      .replace(/[一-龥]/g, '字字字')
      .trim().length <= LITTLE
  );
}
/** Returns true for a last clause in doubt, which answers although it has a question mark: 进销存？ "should be over i think??" */
const isShortDoubt = (clause: Clause | undefined): boolean =>
  clause?.marks.has('hedged') === true &&
  !/[谁什么几多怎哪啥吗呢没]/.test(clause.text) &&
  clause.text.length <= (/[一-龥]/.test(clause.text) ? 6 : SHORT_DOUBT) &&
  (clause.text.length <= SHORTER_DOUBT || IN_DOUBT.test(fold(clause.text)));
/** Longest English answers in doubt: "phishing perhaps?", and one that says so: "should be over i think??". */
const [SHORTER_DOUBT, SHORT_DOUBT] = [18, 40];
const IN_DOUBT =
  /^(?!is|are|was|were|do|does|did|can|could|should we|who|what|when|how|why|any).*(?<![a-z])(?:i (?:think|guess|believe|suppose)|probably|maybe|perhaps|should be|might be)(?![a-z])/;

/** Maximum number of other letters in a clause of doubt: "wouldn't bet on it". */
const LITTLE = 5;

/** Pattern of a clause that only names who said the one before it: "says the contractor", 驻场的说的. */
const ATTRIBUTES =
  /^(?:(?:so )?(?:says?|said|claims?|thinks?|reckons?|according to|per) (?:[a-z'-]+ ?){1,5}|(?:the |our |my )?[a-z'-]+(?: [a-z'-]+){0,2} (?:says?|said|claims?|thinks?|reckons?)(?: so)?|[一-龥]{2,8}(?:[说讲]的?|告诉我们?的))$/;

/** Pattern of quoted words, which are those of others: "120 minutes of downtime" is what the vendor writes. */
const QUOTED = /["“「『][^"“”「」『』]{5,}["”」』]/g;

let last: LineReading | null = null;

/** Reads a line once, for all rules; uses neither a clock nor the record. The last reading is kept for the next rule. */
export function readLine(text: string): LineReading {
  if (last?.text !== text) last = readAnew(text);
  return last;
}

function readAnew(text: string): LineReading {
  const head = text.slice(0, LONGEST);
  const times = timesFoundIn(head);
  const figures = figuresIn(head).filter(({ from, to }) => !times.some((one) => one.from < to && from < one.to));
  const quoted = [...head.matchAll(QUOTED)].map(({ index, 0: words }) => [index, index + words.length] as const);
  const clauses: Clause[] = [];
  const add = (from: number, to: number): void => {
    const words = head.slice(from, to);
    if (words.trim() === '') return;
    const within = (one: { readonly from: number }): boolean => one.from >= from && one.from < to;
    const own = times.filter(within);
    const marks = marksIn(masked(words, own));
    // 可能8点20 is read as one time, whose doubt counts for the clause.
    const isInDoubt =
      /^\s*[?？]/.test(head.slice(to)) ||
      quoted.some(([start, end]) => start < to && from < end) ||
      own.some((time) => time.isOfOtherZone || HEDGE.test(fold(time.own)));
    clauses.push({
      text: words.trim(),
      marks: isInDoubt ? new Set([...marks, 'hedged']) : marks,
      times: own,
      figures: figures.filter(within),
    });
  };
  let from = 0;
  const further = [...head.matchAll(SPACE)].filter(({ index }) => {
    const end = head.slice(index).search(/\S/) + index;
    return times.some((one) => one.from === end) && times.some((one) => one.to <= index);
  });
  for (const match of [...head.matchAll(BETWEEN), ...further].toSorted((one, other) => one.index - other.index)) {
    // A comma within a time or figure does not end the clause.
    if ([...times, ...figures].some((one) => one.from < match.index && match.index < one.to - 1)) continue;
    if (match.index < from) continue;
    add(from, match.index);
    from = match.index + match[0].length;
  }
  add(from, head.length);
  for (const [index, clause] of clauses.entries()) {
    if (!isDoubt(clause)) continue;
    // A doubt is about the clause before it; at the beginning of a line about the one behind it: 我猜哈，是商城.
    const about = clauses.slice(0, index).every(isDoubt) ? index + 1 : index - 1;
    const other = clauses[about];
    if (other) clauses[about] = { ...other, marks: new Set([...other.marks, 'hedged']) };
  }
  for (const [index, { text: words }] of clauses.entries()) {
    const about = clauses[index - 1];
    if (about && ATTRIBUTES.test(fold(words)))
      clauses[index - 1] = { ...about, marks: new Set([...about.marks, 'relayed']) };
  }
  const isTold = (clause: Clause): boolean => clause.marks.has('not_known') || !ASKING.test(fold(clause.text));
  // 会不会升级 beside a figure asks about it.
  const hasValue = clauses.some(({ times: at, figures: counts }) => at.length + counts.length > 0);
  const told = clauses.flatMap((clause): readonly Clause[] => {
    if (!hasValue && GUESSES.test(clause.text)) return [{ ...clause, marks: new Set([...clause.marks, 'hedged']) }];
    return isTold(clause) ? [clause] : [];
  });
  return {
    text,
    clauses: told,
    asks:
      (ASKS.test(text) && !isShortDoubt(told.at(-1)) && !GUESSES.test(told.at(-1)?.text ?? '')) || told.length === 0,
    isRows: text.trim().includes('\n'),
  };
}
