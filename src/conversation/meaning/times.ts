import type { CommandOf } from '../../incident/commands.ts';
import { workingStart } from '../../incident/facts/assessment.ts';
import { readInstant } from '../asking/read-answer.ts';
import { fromZone, readPast } from '../asking/value-readings.ts';
import type { Text } from '../cards/card.ts';
import { at, intent, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { splitLeadingTime, zonedTimesIn } from '../text/times/times.ts';
import { answers } from './finding.ts';
import { commands, ifMeant, type Meaning, meaningOf, openForm, say } from './meaning.ts';

/** Returns a note whose text begins with a time. A time that cannot be read stays in the text, so nothing is lost. */
export function note({ text, happenedAt }: Extract<TextCommand, { type: 'note' }>, situation: Situation): Meaning {
  if (happenedAt === undefined) return commands({ type: 'add_note', text });
  const read = readPast(happenedAt, situation.ia.now);
  if (!read.ok || read.value === 'unknown') return commands({ type: 'add_note', text: `${happenedAt} ${text}` });
  // The words of a time of another zone stay in the text beside its conversion.
  const whole = zonedTimesIn(happenedAt).length > 0 ? `${happenedAt} ${text}` : text;
  return commands({ type: 'add_note', text: whole, happenedAt: read.value });
}

export function confirmClock(reason: string | undefined, situation: Situation): Meaning {
  const start = workingStart(situation.state);
  if (!start) return say(t('text.no_candidate'));
  if (reason === undefined) return openForm(situation, 'confirm_awareness');
  return commands({ type: 'confirm_awareness', candidate: start.candidate, reason });
}

/** Returns the meaning of "correct the start": a given time becomes a further candidate, as in the form. */
export function correctClock(text: string | undefined, situation: Situation): Meaning {
  if (text === undefined || NO_MINUTE.test(fold(text))) return openForm(situation, 'awareness');
  const split = splitLeadingTime(text);
  const read = readInstant(split?.time ?? text, situation.ia.now, (at) => awarenessOf(at, split?.rest ?? ''));
  const isUnknown = read.kind === 'commands' && read.commands.some((one) => 'at' in one && one.at === 'unknown');
  return isUnknown
    ? openForm(situation, 'awareness')
    : asMeaning(read, text, situation, NEAR.test(fold(split?.rest ?? '')));
}
/** Pattern of words behind a time that is only near: 三点不到的样子. */
const NEAR = /^ ?(?:不到|没到|未到|以[前后]|之[前后]|过后|or (?:so|earlier|later)(?![a-z]))/;

/** Pattern of words that name no minute: 刚对完, "just counted". */
const NO_MINUTE = /^(?:就?在?刚|just(?![a-z]))/;

export function occurred(text: string | undefined, situation: Situation): Meaning {
  if (text === undefined) return openForm(situation, 'occurrence');
  const read = readInstant(text, situation.ia.now, (value) => ({ type: 'answer', fact: 'occurrence', value }));
  return asMeaning(read, text, situation);
}

/** Returns the meaning of a time; an unsure one, or one of another zone, is confirmed in a sentence that names it. */
function asMeaning(
  reading: ReturnType<typeof readInstant>,
  words: string,
  situation: Situation,
  isUnsure = false,
): Meaning {
  const isAsked = isUnsure || zonedTimesIn(words).length > 0;
  const [only] = reading.kind === 'commands' && isAsked ? reading.commands : [];
  if (!only) return meaningOf(reading) ?? say(t('read.time.unclear'));
  const isStart = only.type === 'add_awareness';
  const what = isStart ? awarenessText(situation, only.at, words) : answers(situation, words, false, only).label;
  return ifMeant(what, intent('meant', what, only), situation);
}

/** Returns the text of a time of awareness, with its words if they name another zone. */
export function awarenessText(situation: Situation, instant: string, words: string): Text {
  return t('text.finding_awareness', { at: fromZone(words, t('read.time.ok', { at: at(situation, instant) })) });
}

/** Returns true for a name before a colon that means the time of discovery. Takes folded text. */
export const meansDiscovery = (name: string): boolean => name === '发现时间';

/** Returns true for a name before a colon that means the time of awareness. */
export const meansAwareness = (name: string): boolean =>
  /^(?:得知时间|获知时间|发现时间|起算时间|知悉时间|(?:time of )?(?:awareness|discovery)|discovery time|awareness time)$/i.test(
    name.trim(),
  );

type Awareness = CommandOf<'add_awareness'>;

/** Patterns for the source of awareness. The first match counts: a supplier's call is `supplier`, not `call`. */
const WORDS: readonly (readonly [source: Awareness['source'], words: RegExp])[] = [
  ['authority', /网信|公安|警方|监管|主管部门|通报|police|authorit|regulator|\bcac\b/],
  ['press', /媒体|新闻|记者|报道|\bpress\b|journalist|\bnews\b(?! to)|media/],
  ['customer', /客户|用户投诉|投诉|客服|customer|\bclient/],
  ['supplier', /供应商|服务商|厂商|外包|supplier|vendor|service provider/],
  ['alert', /告警|报警|警报|监测|监控|alert|alarm|\bsiem\b|\bsoc\b|\bedr\b|monitoring/],
  ['mail', /邮件|邮箱|e-?mail|\bmail/],
  ['call', /电话|来电|致电|\bcall|\bphone|\brang\b/],
  ['chat', /群里|群消息|微信|飞书|钉钉|\bchat\b|\bmessage\b/],
];

/** Words around a time that name no source, e.g. 发现的, "we noticed it"; the remaining words name the source. */
const NO_SOURCE =
  /左右|前后|大概|大约|差不多|应该|可能|我们|时候|发现|得知|获知|知道|看到|收到|接到|我|刚|就|才|是|在|的|了|吧|[\s\p{P}]|\b(?:we|i|it|at|around|about|noticed|found|discovered|detected|knew|first|out|was|think)\b/gu;

/** Returns true if the words name a source: 运维告警, "supplier call". */
export function isSource(words: string): boolean {
  const folded = fold(words);
  return WORDS.some(([, pattern]) => pattern.test(folded));
}

/** Returns true if the words say since when a supplier knew, not when it informed us: this never starts the clock. */
export function isKnownToSupplier(words: string): boolean {
  const folded = fold(words);
  return SUPPLIER_KNEW.test(folded) && !TOLD_US.test(folded);
}
const SUPPLIER_KNEW =
  /(?:供应商|服务商|厂商|外包).{0,20}(?:知道|发现|察觉)|(?:vendor|supplier|provider).{0,40}(?<![a-z])(?:knew|know|known|found|noticed|detected|spotted)(?![a-z])/;
const TOLD_US =
  /(?<![没未不]有?)(?:通知|告诉|告知|发给|打给|联系|提醒)(?:了)?(?:我|过来)|来电|来函|(?<![a-z]|nobody |no one |never |not |n't )(?:told|notified|called|informed|e-?mailed|rang|warned|alerted) us(?![a-z])/;

/**
 * Returns the candidate for the start of the clock, from a time and the words beside it, e.g. "alert" or "供应商来电": the
 * words decide the source. They become its description if they say more than the `time` among them and a source.
 */
export function awarenessOf(at: string, text: string, time = ''): Awareness {
  const words = text.trim();
  const folded = fold(words).replace(fold(time), ' ');
  const [source, pattern] = WORDS.find(([, one]) => one.test(folded)) ?? ['other', null];
  const isAll = (pattern === null ? folded : folded.replace(pattern, '')).replace(NO_SOURCE, '') === '';
  return { type: 'add_awareness', at, source, reachedUs: true, ...(isAll ? {} : { description: words }) };
}

/** Returns the meaning of a time and source, e.g. "08:20 own alert", as the awareness; null without a time. */
export function startMeant(text: string, situation: Situation): Meaning | null {
  const split = splitLeadingTime(text);
  const words = split?.time ?? text;
  const reading = readPast(words, situation.ia.now);
  if (!reading.ok && zonedTimesIn(words).length > 0) return say(reading.error);
  if (!reading.ok || reading.value === 'unknown') return null;
  return asMeaning({ kind: 'commands', commands: [awarenessOf(reading.value, split?.rest ?? '')] }, words, situation);
}
