import { askAwareness } from '../asking/context-questions.ts';
import { readPast } from '../asking/value-readings.ts';
import { fold } from '../text/characters.ts';
import { type Clause, type LineReading, type Mark, marksIn } from '../text/line-reading.ts';
import { interpretTime } from '../text/times/times.ts';
import { CONTRAST, type Find, has, isAside, isJustNow, isRejected } from './finding.ts';
import { awarenessOf, awarenessText, isKnownToSupplier, isSource } from './times.ts';

/** Time in a line that may be the time of awareness. */
interface Candidate {
  readonly words: string;
  /** True if a word of knowing, e.g. 发现, stands beside the time. */
  readonly known: boolean;
  readonly sure: boolean;
}

/** Finds times: sure only by a word of knowing, a source or a short answer to `first_notice`, if none is recorded. */
export const awareness: Find = ({ reading, situation, question }) => {
  const { clauses, text } = reading;
  const isAsked = question?.id === 'first_notice';
  const isOpen = askAwareness(situation) !== null;
  const { now } = situation.ia;
  const read = candidatesIn(reading, isAsked).flatMap(({ words, known, sure }) =>
    instantsOf(words, known, now).map(({ instant, isOnly }) => ({ words, sure: sure && isOnly, instant })),
  );
  const isNow = clauses.some((clause) => has(clause, 'knowing') && isJustNow(clause) && !isAside(clause));
  const all = read.length === 0 && isNow && isAsked ? [{ words: text.trim(), sure: false, instant: now }] : read;
  return all.map(({ words, sure, instant }) => ({
    sure: sure && isOpen && all.length === 1,
    words,
    label: awarenessText(situation, instant, words),
    command: awarenessOf(instant, sourceBehind(text, words) ?? text, words),
  }));
};

/** Returns the name of a source if a line has nothing else after its time: 昨晚11点 供应商来电; null for a sentence. */
function sourceBehind(line: string, time: string): string | null {
  const words = line.trim();
  const rest = words.startsWith(time) ? words.slice(time.length).replace(/^[\s,，:：;；-]+/, '') : '';
  return isSource(rest) && SOURCE_NAME.test(fold(rest)) ? rest : null;
}
const SOURCE_NAME =
  /^(?!.*[的了我说])(?:[一-龥a-z]{0,8}(?:告警|报警|警报|来电|电话|邮件|通报|来函|投诉|短信)|(?!the |our |from |by )(?:[a-z]+ ){0,2}(?:alert|alarm|call|e-?mail|notice|report))$/;

/** Returns the times of a line that may be those of awareness, in their order. */
function candidatesIn({ clauses, text }: LineReading, isAsked: boolean): readonly Candidate[] {
  const corrected = correctedFrom(clauses);
  // 客户说9:30，但日志写的9:11: two times stand against each other.
  const isDisputed = CONTRAST.test(fold(text)) && clauses.filter(({ times }) => times.length > 0).length > 1;
  if (clauses.some((clause) => has(clause, 'supposed'))) return [];
  return clauses.flatMap((clause, index) => {
    if (index < corrected || isAside(clause) || has(clause, 'ended', 'contained', 'going', 'down')) return [];
    const knows = has(clause, 'knowing', 'alarm');
    if ((has(clause, 'began', 'intruded') && !has(clause, 'knowing')) || isOfLast(clause)) return [];
    const beside = [clauses[index + 1], index === 0 ? undefined : clauses[index - 1]];
    const near = [clause, ...beside.filter((one) => one?.times.length === 0)];
    const known = near.some((one) => has(one, 'knowing', 'alarm') && one !== undefined && !isAside(one));
    const isAnswer = isAsked && index === corrected && SHORT.test(restOf(clause));
    const told = known || isAnswer || (clause.times.length > 0 && isSource(text));
    if (has(clause, 'earlier') || (has(clause, 'history', 'planned') && !knows && !isDisputed) || !(told || isAsked))
      return [];
    const hedged =
      isDisputed ||
      ABROAD.test(fold(text)) ||
      near.some((one) => has(one, 'hedged', 'not_known') || UNREAD.test(fold(one?.text ?? ''))) ||
      near.some((one) => one !== undefined && isOfBusiness(fold(one.text))) ||
      isKnownToSupplier(text);
    const isBare = index === 0 && clause.times.length === 0 && clause.figures.length === 0;
    const [, hour, minute] = (isBare && BARE.exec(clause.text)) || [];
    // 0922 and 9.15 may mean something other than times, so the bot asks before it records them.
    if (hour !== undefined && minute !== undefined) return [{ words: `${hour}:${minute}`, known, sure: false }];
    const words = fold(clause.text);
    return clause.times.flatMap((time) => {
      const from = words.indexOf(fold(time.own));
      const behind = words.slice(from + time.own.length);
      if (BEFORE.test(behind) || isRejected(words, from)) return [];
      const front = words.slice(0, from);
      const isBound =
        BOUND_FRONT.test(front) ||
        BOUND_BEHIND.test(behind) ||
        MORE_BEHIND.test(behind) ||
        ROUGH.test(fold(time.own)) ||
        AGO.test(fold(time.own)) ||
        (/^0\d{3}$/.test(time.own) && IS_SOMETHING.test(behind)) ||
        STAMP.test(time.own) ||
        namesSpan(words);
      // "The alert came at 8, Wang Lei says" and 李伟说他八点就知道 are words of others, 8点20客户打来说 is a source.
      const before = front.trim() === '' ? null : marksIn(front);
      const isOfOthers = WORDS_OF_OTHERS.some((mark) => before?.has(mark));
      return [
        {
          words: time.text,
          known: known || (isAnswer && time.isOfOtherZone),
          sure: told && !hedged && (!has(clause, 'began') || SINCE_KNOWN.test(words)) && !isBound && !isOfOthers,
        },
      ];
    });
  });
}

/** Returns true for a clause about the last of many events, which neither began the condition nor made anybody aware. */
export const isOfLast = ({ text }: Clause): boolean => LAST_SEEN.test(fold(text));
const LAST_SEEN =
  /最后一[次个波条]|(?<![a-z])(?:last|latest) (?:one|wave|hit|requests?|attempts?|login|packets?|activity|traffic|seen)(?![a-z])/;

/** Returns true for a call or mail about everyday business, which tells of no incident: 客户9点打来问发货的. */
const isOfBusiness = (text: string): boolean => BUSINESS.test(text) && !OF_HARM.test(text);
const BUSINESS =
  /(?:来|打|问|催|咨询|找|谈|聊|约|要|说|讲|邮件|电话)[^，,]{0,6}(?:发货|物流|快递|退[货款换]|换货|发票|开票|合同|报价|价格|优惠|活动|订单|送货|尺码|库存|面试|入职|保险|贷款|推销|续费|对账|周报|月报|报销|会议|培训|团建|午饭|外卖)|(?<![a-z])(?:about|asking (?:for|about|where|when)|wants? (?:a|to)) (?:[a-z]+ ){0,3}(?:deliver\w*|shipping|parcel|order|refund|invoice|price|quote|contract|meeting|discount|size|return|interview|insurance|renewal)(?![a-z])/;
const OF_HARM =
  /[没打登进下付]不|不[能了上开]|异常|报错|失败|泄|漏|盗|黑|骗|假|诈|攻击|入侵|勒索|病毒|中毒|挂|崩|瘫|宕|告警|报警|警报|别人的?|多扣|少了|出问题|故障|(?<![a-z])(?:can'?t|cannot|fail\w*|error|hack\w*|leak\w*|scam|fraud|stolen|down|alert|alarm|broken|weird|wrong|someone else)(?![a-z])/;
/** Pattern of people abroad, whose clock may be another: 印度那边六点二十发现的. */
const ABROAD =
  /(?:印度|美国|欧洲|德国|法国|英国|日本|韩国|新加坡|澳洲|澳大利亚|海外|境外|国外)(?:那边|那头|那里|同事|团队)/;

/** Pattern of an alert that nobody read, so that it made nobody aware. */
const UNREAD = /[没无]人[看理管]|(?<![a-z])(?:nobody|no one) (?:looked|saw|read|noticed|reacted)/;
/** Marks in front of a time that make it a saying or a plan of somebody. */
const WORDS_OF_OTHERS: readonly Mark[] = ['relayed', 'planned'];

/** Returns the instants a time may mean. A time later today is an appointment unless a word of knowing is beside it. */
function instantsOf(words: string, known: boolean, now: string) {
  const past = readPast(words, now);
  if (past.ok) return past.value === 'unknown' ? [] : [{ instant: past.value, isOnly: true }];
  const { offers: read = [] } = past;
  const isLater = isAhead(read, now) || interpretTime(words, { now, ahead: true }).kind === 'future';
  const offers = known || !isLater ? read : [];
  return offers.map((instant) => ({ instant, isOnly: false }));
}

/** Returns true if a time on either half of the day is nearer ahead than behind: 十点半 at 09:52. */
export const isAhead = (offers: readonly string[], now: string): boolean =>
  offers.length > 1 && offers.every((at) => Date.parse(now) - Date.parse(at) > QUARTER_DAY);
const QUARTER_DAY = 6 * 3_600_000;

/** Words before the time since which somebody knew, which is not the start of the condition: "aware since 8:14". */
export const SINCE_KNOWN = /(?<![a-z])(?:aware|known|knew|knows?) (?:of (?:it|this) )?since(?![a-z])/;

/** Figures in front of a sentence that may be a clock time: 0922, 922, 9.15; not those of a count: 120台, "120 servers". */
const BARE =
  /^([01]?\d|2[0-3])\.?([0-5]\d)(?=\s|[一-龥]|$)(?!\s?[个台家套次起])(?!\s(?!(?:was|is|this|has|as)(?![a-z]))[a-z]+s(?![a-z]))/;
/** Words after a time that make it a bound, not the time itself: 9点前. */
const BEFORE = /^(?:之前|以前|前)/;
/** Words beside a time that make it a bound, so that the bot asks: 9点不到, 过了9点, "before 9". */
const BOUND_FRONT =
  /(?:不到|没到|未到|过了|不晚于|差[^,，]{1,5}[分刻]钟?到?|(?<![a-z])(?:not quite|before|after|past|gone|until|till|later than)) ?$/;
/** Pattern of a figure directly behind a time, which may be its minutes: "9 uhr 15". */
const MORE_BEHIND =
  /^ (?:uhr )?(?:\d{1,2}|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty)(?![\w:.%])(?! (?:[a-z]+s|people)(?![a-z]))/;
const BOUND_BEHIND = /^ ?(?:不到|没到|还没到|未到|以后|之后|过后|(?:or (?:so )?(?:earlier|later|before))(?![a-z]))/;
/** Pattern of a rough time, which is asked about: 9ish, "eight forty-something". */
const ROUGH = /\d-?ish(?![a-z])|something$|^(?:大[概约]|差不多|约摸?)/;
/** Pattern of a rough time told from now, in words: "twenty minutes ago"; figures as in "20 minutes ago" are meant. */
const AGO = /^\D*(?:前|ago)$/;
/** Pattern behind figures that are the number of something: "0855 is the ticket". */
const IS_SOMETHING = /^ ?(?:is|was|是|为)(?![a-z])/;
/** Pattern of a time that a machine wrote: a person says when somebody read it. */
const STAMP = /\d:\d\d:\d\d/;
/** Returns true for a span, which is no time of awareness: 从零点二十停到三点四十. */
export const namesSpan = (text: string): boolean => SPAN.test(fold(text));
const SPAN = /从.*\d?[点:时].*[到至]|(?<![a-z])from .*\d.* (?:to|till?|until) /;
/** Pattern of a text so short that it can only be a correction: 不对九点30. */
const SHORT = /^.{0,12}$/;

/**
 * Returns the index of the clause from which a correction applies: the one with the correcting word, or the next, as in
 * "8:30 was wrong, it was 8:20"; a rejected time beside another corrects too: "9:20 not 9:10", "not 9:30, 9:20".
 */
function correctedFrom(clauses: readonly Clause[]): number {
  const timed = (from: number): boolean => clauses.slice(from).some(({ times }) => times.length > 0);
  const index = clauses.findIndex((clause, at) => has(clause, 'instead') && timed(at));
  const wrong = clauses.findIndex(rejectsTime);
  if (index < 0 && wrong >= 0) return timed(wrong + 1) ? wrong + 1 : wrong;
  const clause = clauses[index];
  const isBehind = clause !== undefined && clause.times.length > 0 && WRONG_BEFORE.test(fold(clause.text));
  return isBehind && timed(index + 1) ? index + 1 : index;
}
function rejectsTime({ text, times }: Clause): boolean {
  const words = fold(text);
  return times.some(({ own }) => isRejected(words, words.indexOf(fold(own))));
}
const WRONG_BEFORE = /(?:错了|不对|wrong|not right)[\s!.]*$/;

const restOf = ({ text, times }: Clause): string => times.reduce((rest, { own }) => rest.replace(own, ''), text).trim();
