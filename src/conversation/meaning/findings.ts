import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Command } from '../../incident/commands.ts';
import { definitionOf } from '../../law/pack.ts';
import { factOf } from '../asking/read-answer.ts';
import { readPast, readSpan } from '../asking/value-readings.ts';
import type { Text } from '../cards/card.ts';
import { type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { yesOrNoIn } from '../text/commands/command-words.ts';
import { type Clause, type Mark, marksIn } from '../text/line-reading.ts';
import { awareness, SINCE_KNOWN } from './awareness-findings.ts';
import { figures, lengths, TILL_NOW } from './figure-findings.ts';
import { type Asked, answers, type Find, type Finding, has, isAside, isJustNow, isRejected } from './finding.ts';
import { kinds, operators } from './kind-findings.ts';
import { systems } from './system-findings.ts';
import { awarenessText } from './times.ts';

/** Returns the facts that a sentence states, whatever the question; each finder handles one kind of fact. */
export function findingsIn(asked: Asked): readonly Finding[] {
  const read = FINDERS.flatMap((find) => find(asked));
  const found = read.filter(
    (one) => !read.some(({ command }) => isLengthOf(one.command, command) || isRoundOf(one.command, command)),
  );
  // Two values of one fact in a line make both unsure.
  const differs = ({ command: one }: Finding, { command: other }: Finding): boolean =>
    one.type === 'answer' && other.type === 'answer' && one.fact === other.fact && !isSame(one, other);
  const surest = found.toSorted((one, other) => Number(other.sure) - Number(one.sure));
  const single = found.filter((one) => surest.find(({ command }) => isSame(one.command, command)) === one);
  return single.map((one) => (found.some((other) => differs(one, other)) ? { ...one, sure: false } : one));
}

/** Returns true for a length that a span of the same fact has: 9:10到9:38，28分钟. */
function isLengthOf(one: Command, span: Command): boolean {
  if (one.type !== 'answer' || span.type !== 'answer' || one.fact !== span.fact || typeof one.value !== 'number')
    return false;
  const { value } = span;
  if (typeof value !== 'object' || !('since' in value) || value.until === undefined) return false;
  return Math.abs(Date.parse(value.until) - Date.parse(value.since) - one.value * MINUTE) <= MINUTE;
}

/** Returns true for a figure that is another one of its fact, rounded: "1.2 million, exact is 1,203,877". */
function isRoundOf(one: Command, other: Command): boolean {
  if (one.type !== 'answer' || other.type !== 'answer' || one.fact !== other.fact) return false;
  const [rough, exact] = [one.value, other.value];
  if (typeof rough !== 'number' || typeof exact !== 'number' || rough === exact) return false;
  const place = 10 ** (/0*$/.exec(String(rough))?.[0].length ?? 0);
  return exact % place !== 0 && Math.abs(rough - exact) < place;
}

const isSame = (one: Command, other: Command): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Returns the fact that a command states: "known since: yesterday 21:00"; null for any other command. `words`: those it is
 * read from, which may name another zone.
 */
export function statedText(command: Command, situation: Situation, words = ''): Text | null {
  if (command.type === 'add_awareness') return awarenessText(situation, command.at, words);
  return command.type === 'answer' ? answers(situation, words, false, command).label : null;
}

/** Finds start and end of a condition. An end needs a start or a length; "still" alone answers the question on it. */
const going: Find = ({ reading, situation, question }) => {
  const fact = question ? factOf(question) : null;
  const isSpan = fact === 'ongoing' || definitionOf(situation.regime, fact ?? '')?.kind === 'duration';
  const clauses = amended(reading.clauses).map(withoutRejected);
  const isCertain =
    isSpan &&
    !FLAPS.test(fold(reading.text)) &&
    !clauses.some(({ times }) => times.some(({ own }) => ROUGHLY.test(fold(own)))) &&
    !clauses.some((clause) => has(clause, 'hedged') || (has(clause, 'relayed') && !MACHINE.test(fold(clause.text))));
  const isOfSite = !isSpan && clauses.some((clause) => has(clause, 'site'));
  const of = isSpan && fact !== null ? fact : isOfSite ? SITE : 'ongoing';
  const { now } = situation.ia;
  const before = situation.state.facts[of]?.value;
  if (!isSpan && before !== undefined) return endOf(before, of, clauses, situation);
  const ended = clauses.find((clause) => has(clause, 'ended', 'contained'));
  const starts = clauses.filter(
    (clause) =>
      clause !== ended &&
      clause.times.length > 0 &&
      !isAside(clause) &&
      !has(clause, 'planned', 'earlier') &&
      (!has(clause, 'history') || has(clause, 'down')) &&
      (isSpan || !SINCE_KNOWN.test(fold(clause.text))),
  );
  const isStarting = ({ isPoint }: Clause['times'][number]): boolean => !isPoint;
  const begins = (clause: Clause): boolean =>
    has(clause, 'began', 'going', 'down') || (isSpan && clause.times.some(isStarting) && restOf(clause) <= BESIDE);
  const start = starts.find(begins) ?? (ended ? starts[0] : undefined);
  const first = start ?? (ended && ended.times.length > 1 ? ended : undefined);
  const since = instantOf(first?.times[0]?.text, now);
  const isStarted = start !== undefined && begins(start);
  const isOver =
    ended !== undefined ||
    clauses.some(
      (clause) =>
        !isAside(clause) &&
        !has(clause, 'history', 'planned') &&
        (isSpan ? has(clause, 'down') || clause.times.some(isStarting) : has(clause, 'down') && has(clause, 'site')),
    );
  const spans = isOver ? clauses.flatMap(({ times }) => times).flatMap(({ text }) => spanOf(text, now)) : [];
  const isOnlySpan = spans.length === 1;
  if (spans.length > 0)
    return spans.map((span) =>
      answers(situation, reading.text, isCertain && isOnlySpan, { type: 'answer', fact: of, value: span }),
    );
  if (ended) {
    // "I restarted it 8:48 and it came up": the time of the preceding act is only offered as the end.
    const act = clauses[clauses.indexOf(ended) - 1];
    const last = ended.times.at(-1) ?? (act !== start && act?.times.length === 1 ? act.times[0] : undefined);
    const until = first === ended && ended.times.length < 2 ? null : instantOf(last?.text, now);
    const end = until ?? (isJustNow(ended) ? now : null);
    if (since === null || end === null || Date.parse(end) < Date.parse(since)) return [];
    // "Down 8:10 SGT, back 8:48" leaves open whose clock showed the end.
    if (last && first?.times[0]?.isOfOtherZone !== last.isOfOtherZone) return [];
    const command: Command = { type: 'answer', fact: of, value: { since, until: end } };
    const isTold = ended.times.length > 0 || until === null;
    return [answers(situation, reading.text, isCertain && isStarted && isTold, command)];
  }
  if (since !== null && isStarted && !isLength(start.text)) {
    const isOnly = clauses.flatMap(({ times }) => times).length === 1;
    // 支付从8:55开始报错 tells of a part of the site.
    const isOfAll =
      of === 'ongoing' || clauses.some((clause) => has(clause, 'down', 'going')) || restOf(start) <= BESIDE;
    const isOfPart = of === SITE && OF_PART.test(fold(reading.text));
    const goesOn =
      start.times.some(isStarting) || clauses.some((clause) => has(clause, 'going') || TILL_NOW.test(clause.text));
    return [
      answers(situation, reading.text, isCertain && goesOn && isOnly && isOfAll && !isOfPart, {
        type: 'answer',
        fact: of,
        value: { since },
      }),
    ];
  }
  const [option] = question?.options ?? [];
  const told = clauses.filter(({ text }) => yesOrNoIn(fold(text)) === null);
  const goesOn = told.filter((clause) => has(clause, 'going') && !isAside(clause) && isOfIncident(clause.text));
  const isOnly = goesOn.some(({ text }) => ONGOING.test(fold(text)));
  const isGoing =
    goesOn.length > 0 &&
    goesOn.every((clause) => clause.figures.length === 0) &&
    (isOnly || (goesOn.length === told.length && lettersIn(goesOn.map(({ text }) => text).join(' ')) <= LONGEST_STILL));
  if (
    !isGoing ||
    question?.id !== 'ongoing' ||
    !option ||
    clauses.some((clause) => has(clause, 'ended', 'contained', 'not_known', 'hedged'))
  )
    return [];
  return [answers(situation, reading.text, !FLAPS.test(fold(reading.text)), option.intent)];
};
/** Returns the end of a condition on record that went on: "attack over since 9:45". It is asked about. */
function endOf(
  stated: StatedValue,
  fact: string,
  clauses: readonly Clause[],
  situation: Situation,
): readonly Finding[] {
  if (typeof stated !== 'object' || !('since' in stated) || stated.until !== undefined) return [];
  const { since } = stated;
  return clauses.flatMap((clause) => {
    const [time, other] = clause.times;
    const isEnd = has(clause, 'ended') && (fact === SITE || !BACK.test(fold(clause.text)));
    if (!time || other || !isEnd || isAside(clause) || has(clause, 'planned', 'history')) return [];
    const until = instantOf(time.own.replace(SINCE, ''), situation.ia.now);
    if (until === null || Date.parse(until) < Date.parse(since)) return [];
    return [answers(situation, time.text, false, { type: 'answer', fact, value: { since, until } })];
  });
}
const SINCE = /^(?:since|from|as of) /i;
/** Pattern of a site that works again, which ends its outage but not the incident. */
const BACK =
  /恢复|好了|能[用打登下]|(?<![a-z])(?:back|up again|up since|restored|recovered|work(?:s|ing)|green)(?![a-z])/;
/** Pattern of a time that is about right: "since about half eight". */
const ROUGHLY =
  /大概|大约|差不多|左右|^~|(?<![a-z])(?:about|around|roughly|approx|approximately|like|circa|or so)(?![a-z])/;
/** Pattern of sources that record times themselves, unlike people: "says the firewall log". */
const MACHINE =
  /日志|防火墙|监控|探针|流量|(?<![a-z])(?:logs?|firewall|monitor(?:ing)?|waf|edr|siem|nginx|grafana)(?![a-z])/;
const SITE = 'site_outage_minutes';
/** Pattern of a part of a site that fails while the rest works: 页面能开但是支付不行, "customers can't pay". */
const OF_PART =
  /(?<!不)能(?:打?开|访问|进去|浏览)|(?:支付|付款|下单|结算|结账|登录|搜索|图片|接口|部分|有的|有些).{0,6}(?:不了|不行|失败|报错|不上|转圈)|(?:can|could)(?:n'?t|not) (?:pay|check ?out|log ?in|order)|(?<![a-z])(?:payments?|checkout|logins?) (?:only|fail\w*|is|was|are)(?![a-z])/;
const LONGEST_STILL = 60;
/** Maximum number of letters beside the start of an ongoing condition: "from 7:30 on". */
const BESIDE = 6;
const lettersIn = (text: string): number => text.replace(/[一-龥]/g, '字字字').trim().length;
const restOf = ({ text, times }: Clause): number =>
  lettersIn(times.reduce((rest, { own }) => rest.replace(own, ''), text));

/** Returns true unless "still" is said of something else than the incident: 还在路上, "still on the train". */
function isOfIncident(text: string): boolean {
  const rest = fold(text).replace(STILL, ' ');
  if (rest === fold(text)) return !OF_ELSE.test(rest);
  const marks = marksIn(rest);
  return (
    ON.some((mark) => marks.has(mark)) ||
    CONDITION.test(rest) ||
    !/[a-z]{3}|[一-龥]{2}/.test(rest.replace(/(?<![a-z])(?:yes|yep|yeah)(?![a-z])|是的/, ''))
  );
}
const STILL = /还在|仍在|一直在|仍然|仍未|(?<![a-z])still(?![a-z])/g;
const ON: readonly Mark[] = ['going', 'leak', 'down', 'intruded'];
const CONDITION =
  /黑客|攻击者|[漏泄爬断]|传(?=\s*$|[出着走外]|数据)|流(?=\s*$|[出走量])|[打扫](?=\s*$|着|我们)|攻击|持续|继续|进行|加密|异常|(?<![a-z])(?:going|happening|flow|attack|encrypt|traffic|pull|upload|download|exfil|pour|stream|active|there|attackers?|hackers?|they|on$|out$|running$)/;
const OF_ELSE =
  /好意思|(?:fixed|restored|resolved|stopped) (?:my|a|any|the (?!leak|hole|site|shop|attack|issue|problem))/;
/** Pattern of a clause that states only that the condition is ongoing. */
const ONGOING =
  /^(?:(?:yes|yep|yeah|是的?|对)[, ]*)?(?:(?:it|the leak) ?(?:'s|is) )?(?:still )?(?:ongoing|going(?: on| strong)?|happening|leaking)$|^[还仍]在$|^[还仍仲](?:在)?(?:漏|传|外传|外泄|持续|继续|泄露)[紧着]?(?![一-龥]{5})/;

/** Pattern of a condition that ends and begins again: the end of one part is not its end. */
export const FLAPS =
  /断断续续|时断时续|时好时坏|一会儿?好一会儿?坏|又[挂断崩]|flap|on and off|off and on|comes? and goe?s?|up(?:,? and|,) down|intermittent|(?:down|dead|out|gone) again/;

/** Returns the clause without the times that it rejects: "ended 09:05, not 08:48". */
function withoutRejected(clause: Clause): Clause {
  const words = fold(clause.text);
  return { ...clause, times: clause.times.filter(({ own }) => !isRejected(words, words.indexOf(fold(own)))) };
}
/** Returns the clauses with a time put right in place of the wrong one, in doubt: "8:30 to 9:10, no wait 9:15". */
function amended(clauses: readonly Clause[]): readonly Clause[] {
  const at = clauses.findIndex((clause) => has(clause, 'instead'));
  const before = clauses.slice(0, Math.max(0, at)).findLast(({ times }) => times.length > 0);
  // In "wait no 9:15" the denial is that of the time before.
  const behind =
    at < 0 ? [] : clauses.slice(at).map((clause, index) => (index === 0 ? clause : withoutRejected(clause)));
  const [right] = behind.flatMap(({ times }) => times);
  const wrong = before?.times.at(-1);
  if (!before || !wrong || !right) return clauses;
  const own = wrong.own.replace(LAST_TIME, '$1') + right.own;
  const put = { ...right, own, text: wrong.text.replace(LAST_TIME, '$1') + right.text, isPoint: wrong.isPoint };
  const text = before.text.replace(wrong.own, own);
  const marks = new Set<Mark>([...before.marks, 'hedged']);
  const kept = clauses.slice(0, at);
  return kept.map((clause) =>
    clause === before ? { ...before, text, marks, times: [...before.times.slice(0, -1), put] } : clause,
  );
}
/** Pattern of the last of the times in words: 9:10 in "8:30 to 9:10". */
const LAST_TIME = /^(.*(?:-|~|到|至|to|till?|until) ?)?[^到至~-]+?$/;
const isLength = (words: string): boolean =>
  /(?:小时|分钟|分|hours?|minutes?|mins?)/.test(fold(words)) &&
  !/前|ago|[\d一二两三四五六七八九十]点/.test(fold(words));

const MINUTE = 60_000;

/** Returns start and end within the words of one time: 8点到9点. */
function spanOf(words: string, now: string): readonly { readonly since: string; readonly until: string }[] {
  const read = readSpan(words, '', now);
  if (!read.ok || read.value === 'unknown' || read.value.until === undefined) return [];
  return [{ since: read.value.since, until: read.value.until }];
}

function instantOf(words: string | undefined, now: string): string | null {
  const past = words === undefined ? null : readPast(words, now);
  return past?.ok && past.value !== 'unknown' ? past.value : null;
}

/** Finding of "not known" at the beginning of a sentence, for the fact that is asked: 不清楚，问老赵. */
const unknown: Find = ({ reading: { clauses, text }, question }) => {
  const fact = question ? (factOf(question) ?? (question.id === 'first_notice' ? 'first_notice' : null)) : null;
  const [first] = clauses;
  if (!question || fact === null || !first || !has(first, 'not_known') || lettersIn(first.text) > LONGEST_UNKNOWN)
    return [];
  const can = question.options.some(({ intent }) => intent.type === 'answer' && intent.value === 'unknown');
  if (!can || clauses.some(({ times, figures: counts }) => times.length + counts.length > 0)) return [];
  const label = t('ask.answer_of', { name: question.name, label: t('common.unknown') });
  return [{ sure: false, words: text, label, command: { type: 'answer', fact, value: 'unknown' } }];
};
/** Maximum number of letters of "not known". */
const LONGEST_UNKNOWN = 24;

const FINDERS: readonly Find[] = [awareness, figures, going, lengths, systems, kinds, operators, unknown];
