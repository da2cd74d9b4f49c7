import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Command } from '../../incident/commands.ts';
import { definitionOf } from '../../law/pack.ts';
import type { FactDefinition } from '../../law/regime.ts';
import { factOf, readFigure } from '../asking/read-answer.ts';
import { readNumber } from '../asking/value-readings.ts';
import type { Situation } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { meansNone } from '../text/commands/known-words.ts';
import { type Clause, type LineReading, type Mark, marksIn } from '../text/line-reading.ts';
import type { FoundFigure } from '../text/numbers/figures-in.ts';
import { interpretNumber } from '../text/numbers/numbers.ts';
import { answers, CONTRAST, type Find, type Finding, has, isAside, isRejected } from './finding.ts';

/** Finds figures with a unit: sure for the fact that is asked, or that the text names beside the figure. */
export const figures: Find = ({ reading, situation, question }) => {
  const asked = question ? definitionOf(situation.regime, factOf(question) ?? '') : null;
  const zero = zeroIn(reading, asked, situation);
  if (zero) return [zero];
  // Beside words of a part (其中), of counting (还没数完) or another figure, a figure may count all members or too few.
  const isPart = reading.clauses.some((clause) => has(clause, 'part', 'not_known', 'hedged') || hasOtherFigure(clause));
  const corrects = reading.clauses.some((clause) => has(clause, 'instead')) || RECOUNTED.test(fold(reading.text));
  const isTallied =
    reading.clauses.some((clause) => has(clause, 'tallied')) &&
    !reading.clauses.some((clause) => has(clause, 'not_known', 'denied'));
  // 120万条订单，去重是86万人: rows beside people are not the figure.
  const hasPeople = reading.clauses.some((clause) =>
    clause.figures.some(({ text, counted }) => counted === 'people' && !ANYBODY.test(text)),
  );
  return reading.clauses.flatMap((own, index) => {
    if (isAside(own) || has(own, 'supposed', 'earlier') || NO_FIGURE.test(fold(own.text))) return [];
    const clause = withTopic(own, reading.clauses[index - 1]);
    const words = fold(own.text);
    const meant = clause.figures.filter(
      (figure) =>
        !isIdle(figure, own) &&
        !isRejected(words, words.indexOf(fold(figure.text))) &&
        !(hasPeople && figure.counted === 'records') &&
        !(ANYBODY.test(figure.text) && !isAllFigure(own)),
    );
    const facts = meant.flatMap((figure) =>
      factsFor(clause, figure.text, asked, situation, corrects).map((definition) => ({ ...figure, definition })),
    );
    return facts.flatMap(({ text, counted, definition }): readonly Finding[] => {
      const read = readFigure(definition, text);
      const command = (value: StatedValue): Command => ({ type: 'answer', fact: definition.id, value });
      const named =
        sharesWord(clause, definition, SURE_TOPICS) || (definition === asked && isTallied && !has(clause, 'affected'));
      const isOfMoney = counted === undefined && definition.unit === 'people' && countsMoney(reading.text);
      const alone = definition === asked && (readFigure(definition, clause.text).ok || isAllFigure(own));
      if (read.ok) {
        const isCertain =
          !has(clause, 'hedged') &&
          !isPart &&
          !countsOwnStaff(own.text) &&
          !RATE.test(words) &&
          !isOfMoney &&
          !isLimit(read.value, text);
        const sure = counted !== undefined && (alone || named) && !has(clause, 'history', 'planned');
        return [answers(situation, text, isCertain && (sure || alone), command(read.value))];
      }
      return (read.offers ?? []).map((value) => answers(situation, text, false, command(value)));
    });
  });
};

/** Returns true for a guessed upper limit, which is asked about: 最多不超过五万. */
export const isLimit = (value: StatedValue, words: string): boolean =>
  typeof value === 'object' &&
  'max' in value &&
  (!('min' in value) || value.min === undefined) &&
  /最多|顶多|至多|撑死|大不了|不会超/.test(words);

/** Pattern of a count done anew, which replaces the figure on record. */
const RECOUNTED =
  /去重|重复|重新[数算统]|复核|(?<![a-z])(?:recount(?:ed)?|de-?dup\w*|(?:new|final|latest|updated?|revised|corrected) (?:count|number|figure|total)|(?:number|count|figure|total) (?:went|has gone|is) (?:up|down))(?![a-z])/;
/** Pattern of a figure for each unit of time, which is no sum: 按一小时8万算, "8 grand an hour". */
const RATE = /每|[按照]一?(?:小时|分钟|天)|(?<![a-z])(?:per|every|each|an?) (?:hour|minute|day)(?![a-z])/;

/** Pattern of "one" that counts nothing beside other words: 一个人可能好几条, "one person can have many rows". */
export const ANYBODY =
  /^(?:一个?(?:[人条]|用户|客户|会员)?(?:的?个人信息)?|(?:one|a|an|1) (?:person|user|customer|member|account|record|row|client|employee))$/i;

/** Clauses whose figures state how exact another figure is: 一位不多, 误差一两万. */
const NO_FIGURE =
  /^一[个位名人条]?也?不[多少]|^(?:上下)?(?:误差|浮动|正负)|^(?:margin|plus or minus|give or take)(?![a-z])/;

/** Returns true for a figure that counts nobody: 几 in 一个人好几条 and 几个人不知道, and a sample, 抽了20条比对. */
export const isIdle = ({ text, counted }: FoundFigure, { text: words, marks }: Clause): boolean =>
  (/^几/.test(text) && (counted === 'records' || marks.has('not_known'))) || /抽[了查样取检]|样本|比对/.test(words);

/** Adds the topic of the clause before to a clause that is only a figure: 泄露的人数核出来了，31,046人. */
function withTopic(clause: Clause, before: Clause | undefined): Clause {
  if (
    !before ||
    before.figures.length > 0 ||
    isAside(before) ||
    !COUNTED.test(fold(before.text)) ||
    !isAllFigure(clause)
  )
    return clause;
  return { ...clause, marks: new Set([...clause.marks, ...before.marks]) };
}

/** Returns true if a line is a figure of people or their records and nothing else: 120万人, "1,200 records". */
export function isPeopleAlone({ clauses: [only, other] }: LineReading): boolean {
  const counted = only?.figures[0]?.counted;
  return only !== undefined && !other && UNITS[counted ?? ''] === 'people' && isAllFigure(only);
}

/** Returns true if a clause has nothing beside its only figure but words of counting: 受影响自然人共计73,918人. */
function isAllFigure({ text, figures: counts }: Clause): boolean {
  const [only, other] = counts;
  if (!only || other) return false;
  const rest = fold(text.replace(only.text, ' ')).replace(COUNTING, '');
  return /^[\s\p{P}]*$/u.test(rest);
}
/** Returns true for words that count the writers' own people: 我们一共有600个员工. */
export const countsOwnStaff = (text: string): boolean => OWN_STAFF.test(fold(text));
const OWN_STAFF =
  /我们.{0,8}(?:有|就|共).*(?:员工|同事)|(?<![a-z])we (?:have|are|employ)(?![a-z]).*(?:staff|employees|colleagues)/;
/** Returns true for words of money, beside which a bare figure counts no people: 损失大概八十万. */
export const countsMoney = (text: string): boolean => MONEY.test(fold(text));
const MONEY =
  /损失|亏|赔|货款|转账|打款|退款|赎金|财务|钱|(?<![a-z])(?:loss(?:es)?|lose|lost|cost(?:s|ing)?|money|financially|refund(?:s|ed)?|ransom|damages?|paid)(?![a-z])/;
const COUNTED = /人数|数字|多少人|(?<![a-z])(?:number|count|how many|figure)/;
const COUNTING =
  /汇报|各位|下来|其实|实际|真正|应该|只有|只是|左右|我估的?|吧|领导|报告|经|去重|统计|核实|最新|受影响|影响|涉及|波及|泄[露漏]|自然人|用户|客户|共计|合计|总计|总共|一共|共|有|是|为|的|了|人数|个人信息|身份证号码?|手机号码?|(?<![a-z])(?:only|just|more|actually|really|affected|users?|customers?|people|persons|distinct|unique|in total|total|exactly|it's|it is|there are)(?![a-z])/g;

/** Returns true if a clause has digits that belong to none of its times and figures: the figure beside them is then unsure. */
function hasOtherFigure({ text, times, figures: counts }: Clause): boolean {
  const rest = [...times.map(({ own }) => own), ...counts.map((one) => one.text)].reduce(
    (left, words) => left.replace(words, ' '),
    text,
  );
  return (
    /(?<![a-z\d-])\d/i.test(rest) ||
    /(?<![a-z])(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)(?![a-z])/i.test(rest)
  );
}

/** Returns the finding of zero for the figure that is asked: a bare zero beside words ("none afaik, 0"), or 没人受影响. */
function zeroIn({ clauses }: LineReading, asked: FactDefinition | null, situation: Situation): Finding | null {
  const isBare =
    ((clauses.length > 1 && clauses.some(({ text }) => meansNone(fold(text)))) ||
      ZERO_FIRST.test(clauses[0]?.text ?? '')) &&
    !clauses.some((clause) => has(clause, 'not_known') || clause.figures.length > 0);
  const isZero =
    isBare ||
    clauses.some(
      (one) =>
        (has(one, 'affected', 'leak', 'personal') || NO_DATA.test(fold(one.text))) &&
        NOBODY.test(fold(one.text)) &&
        one.times.length === 0,
    );
  if (!isZero || asked?.kind !== 'number') return null;
  return answers(situation, '0', false, { type: 'answer', fact: asked.id, value: 0 });
}

const NOBODY =
  /^(?:[一半][个条](?:人|用户|客户|会员|数据)?的?(?:个人)?(?:信息|数据)?[也都]没|没有?人|没有?用户|无人|nobody|no ?one|no (?:people|users?|customers?|personal (?:data|information))|(?:没有?|不涉及|不含|无)(?:任何|什么)?(?:个人信息|(?:用户|客户|会员)(?:的?个人)?的?(?:数据|信息|资料))|not a single|none of)/;

/** Pattern of a bare zero before a sentence: 0 没碰到用户表. */
const ZERO_FIRST = /^[0零]\s+[一-龥]/;
const NO_DATA = /^(?:没有?|不涉及|不含|无).*(?:数据|信息|资料)$/;

const UNITS: Readonly<Record<string, string>> = {
  people: 'people',
  records: 'people',
  money: 'cny',
  percent: 'percent',
};

/**
 * Returns the facts that a figure may state: the fact that is asked, otherwise those of its unit that the sentence
 * names. "Affected" people may belong to any fact that counts people.
 */
function factsFor(
  clause: Clause,
  text: string,
  asked: FactDefinition | null,
  { regime, state }: Situation,
  corrects: boolean,
): readonly FactDefinition[] {
  const counted = clause.figures.find((one) => one.text === text)?.counted;
  // 损失300万 counts money, although it names no currency.
  const unit = counted ?? (has(clause, 'loss') ? 'money' : undefined);
  if (asked?.kind === 'number' && (unit === undefined || asked.unit === UNITS[unit])) return [asked];
  // Users alone in a clause may correct the figure on record: "it's only 90 thousand users".
  const isOfUsers = USERS.test(fold(text)) && isAllFigure(clause);
  const isAny = has(clause, 'affected', 'tallied') && !has(clause, ...SURE_TOPICS);
  const fits = regime.factDefinitions.filter(
    (fact) =>
      unit !== undefined &&
      fact.kind === 'number' &&
      fact.unit === UNITS[unit] &&
      (isAny ||
        ((corrects || isOfUsers) && state.facts[fact.id] !== undefined) ||
        sharesWord(clause, fact, SURE_TOPICS)),
  );
  // A correction concerns facts on record; any other figure concerns facts that are not stated yet.
  const open = fits.filter(({ id }) => (state.facts[id] !== undefined) === corrects);
  const found = open.length > 0 ? open : fits;
  return isAny || found.length === 1 ? found : [];
}

const USERS = /用户|会员|客户|顾客|(?<![a-z])(?:users?|members?|customers?|clients?|people)$/;

/** Words that identify one fact. */
const SURE_TOPICS: readonly Mark[] = ['leak', 'personal', 'loss'];

function sharesWord({ marks }: Clause, { label }: FactDefinition, topics: readonly Mark[]): boolean {
  const own = marksIn(`${label.zh} ${label.en}`);
  return topics.some((topic) => marks.has(topic) && own.has(topic));
}

/**
 * Finds a length for the duration that is asked, e.g. "almost two hours now"; with a word like "now" the duration is
 * ongoing.
 */
export const lengths: Find = ({ reading, situation, question }) => {
  const asked = question ? definitionOf(situation.regime, factOf(question) ?? '') : null;
  const isEarlier = reading.clauses.some((clause) => has(clause, 'earlier'));
  // "Will restart, expect a 2 minute blip" is still to come.
  const isDown = reading.clauses.some((clause) => has(clause, 'down'));
  const named = reading.clauses.flatMap((clause) =>
    isAside(clause) || isEarlier || (has(clause, 'planned') && (has(clause, 'ended') || !isDown))
      ? []
      : clause.figures.filter(
          ({ text, counted }) =>
            counted === 'minutes' && !isRejected(fold(clause.text), fold(clause.text).indexOf(fold(text))),
        ),
  );
  const [only] = named;
  if (asked?.kind !== 'duration') return [];
  const zero = (sure: boolean): readonly Finding[] => [
    answers(situation, '0', sure, { type: 'answer', fact: asked.id, value: 0 }),
  ];
  const isDoubted = reading.clauses.some((clause) => has(clause, 'hedged', 'relayed', 'not_known'));
  if (reading.clauses.some(({ text }) => NO_DOWNTIME.test(fold(text)))) return zero(!isDoubted);
  const never = reading.clauses.filter(({ text }) => NEVER_DOWN.test(fold(text)));
  // Said twice it is sure: 没断，网站一直正常.
  if (never.length > 0) return zero(never.length > 1 && never.length === reading.clauses.length);
  if (!only) return [];
  const ends = reading.clauses.some((clause) => has(clause, 'ended'));
  const goesOn = (TILL_NOW.test(fold(reading.text)) && !ends) || reading.clauses.some((clause) => has(clause, 'going'));
  const isOver =
    reading.clauses.some((clause) => has(clause, 'down', 'ended') || isWhole(clause)) &&
    !reading.clauses.some((clause) => has(clause, ...UNSURE));
  const isPlain =
    isOver &&
    named.length === 1 &&
    reading.clauses.every((clause) => clause.times.length === 0 && !hasOtherFigure(clause)) &&
    !CONTRAST.test(fold(reading.text));
  return named.flatMap(({ text }) => {
    const read = readNumber(text, 'minutes');
    // For a range of lengths the longest one gives the start, so that an ongoing duration is not too short.
    const { value: length } = read.ok ? read : { value: 'unknown' as const };
    const ends = typeof length === 'object' && 'max' in length ? length.max : undefined;
    const longest = typeof length === 'number' ? length : ends;
    if (longest === undefined) return [];
    const start = new Date(Date.parse(situation.ia.now) - longest * MINUTE);
    const isSure =
      isPlain && !goesOn && !isRough(text) && !ROUGHLY.test(fold(reading.text).replace(/不多[,，]?不少/g, ''));
    const values = goesOn ? [{ since: start.toISOString() }, length] : [length];
    return values.map((value) => answers(situation, text, isSure, { type: 'answer', fact: asked.id, value }));
  });
};
/** Returns true for an approximate length, e.g. "about two hours", and for one with only an upper limit. */
export const isRough = (words: string): boolean => {
  const reading = interpretNumber(words, { unit: 'minutes' });
  return reading.kind === 'range'
    ? reading.min === undefined
    : reading.kind === 'value' && reading.approximate === true;
};
const ROUGHLY = /大概|大约|差不多|左右|来|多|(?<![a-z])(?:about|around|roughly|like|or so|almost|nearly)(?![a-z])/;
/** Returns true for a clause that states only a length as a whole: "75 minutes in total", but not 总共睡了75分钟. */
function isWhole({ text, figures: [figure] }: Clause): boolean {
  const words = fold(text);
  return (
    IN_ALL.test(words) &&
    words
      .replace(IN_ALL, '')
      .replace(fold(figure?.text ?? ''), '')
      .replace(IT_WAS, '') === ''
  );
}
const IT_WAS = /(?:(?:it|that|this)(?:'s| was| is)?|was|for|是|有|就|了|吧|\s)+/g;
const IN_ALL = /一共|总共|前后|(?<![a-z])(?:in total|altogether|all in all|all told|overall)(?![a-z])/;
const UNSURE: readonly Mark[] = ['hedged', 'history', 'planned', 'denied', 'part', 'relayed', 'elsewhere'];
const NO_DOWNTIME =
  /^(?:there (?:was|is|has been) |we had )?(?:zero|no|0) (?:downtime|outage|interruption)s?(?: at all| whatsoever| tonight| today)?$|^零(?:中断|停机)$/;
const NEVER_DOWN =
  /没有?(?:挂|断|宕|中断|停)(?!过?没|.{0,6}那么)|一直(?:都|很)?(?:正常|能|可以|在线|好的)|全程正常|(?:stayed|remained|always|never stopped being) (?:up|online|available|reachable)|(?:reachable|up|online|available) (?:the (?:whole|entire) (?:time|night|day|morning)|all (?:the time|night|day|morning)|throughout|all along)|(?:never|not|n't)(?: \w+)? (?:down|offline|unavailable)(?![a-z])/;
const MINUTE = 60_000;
export const TILL_NOW = /到现在|至今|到目前|(?<![a-z])(?:now|so far|already)(?![a-z])/;
