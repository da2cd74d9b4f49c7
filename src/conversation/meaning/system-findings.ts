import type { System } from '../../incident/people/profile.ts';
import { fold } from '../text/characters.ts';
import { type Mark, marksIn } from '../text/line-reading.ts';
import { answers, type Find, has, isRejected } from './finding.ts';

/** Finds systems by parts of their names: sure if the system is asked and the clause says little else. */
export const systems: Find = ({ reading, situation, question }) => {
  const all = situation.state.organisation?.systems ?? [];
  const isAsked = question?.id === 'system';
  const stated = situation.state.facts['system']?.value;
  if (all.length === 0) return [];
  const told = reading.clauses.flatMap((clause) => {
    if (has(clause, 'outgoing', 'supposed') || (has(clause, 'not_known') && !has(clause, 'hedged'))) return [];
    // A clause with a time tells of the system only if it is hit.
    if (clause.times.length > 0 && !(isAsked && has(clause, 'began', ...HARM))) return [];
    // A further system is offered beside the recorded one only if the clause says that it is affected too.
    if (stated !== undefined && !(ALSO.test(fold(clause.text)) && has(clause, 'affected', 'down', 'leak', 'intruded')))
      return [];
    const places = all
      .flatMap((system) => placesIn(fold(clause.text), system, all))
      .toSorted((one, other) => one.at - other.at);
    return places.flatMap(({ id, rest, at }, index) => {
      // Words about one system end where the next is named: 商城没事，进销存挂了.
      const words = clause.text.slice(index === 0 ? 0 : at, places[index + 1]?.at);
      const marks = marksIn(words);
      const isElse = NEITHER.some((mark) => marks.has(mark)) || isRejected(fold(clause.text), at);
      return id === stated ? [] : [{ id, clause, rest, isElse }];
    });
  });
  const denied = new Set(told.flatMap(({ id, isElse }) => (isElse ? [id] : [])));
  const found = told.filter(({ isElse }) => !isElse);
  const ids = new Set(found.map(({ id }) => id));
  // "Both shop and the member app" names one system of the profile and another.
  const isBoth = isAsked && ids.size === 1 && BOTH.test(fold(reading.text));
  const isBeside = NEXT_TO.test(fold(reading.text));
  const named = found.slice(0, 3).map(({ id, clause, rest }) => {
    const sure =
      isAsked &&
      ids.size === 1 &&
      !denied.has(id) &&
      !isBoth &&
      !isBeside &&
      rest <= (has(clause, ...HARM) ? LITTLE : LEAST) &&
      clause.times.length === 0 &&
      !REQUEST.test(fold(clause.text)) &&
      !has(clause, 'hedged', 'relayed');
    return answers(situation, clause.text, sure, { type: 'answer', fact: 'system', value: id });
  });
  const other = answers(situation, reading.text, false, { type: 'answer', fact: 'system', value: 'other' });
  // 不是商城，是会员app and 会员app登不上，商城没问题 name a system that is not in the profile.
  const isOther = isAsked && told.length > 0 && !named.some(({ sure }) => sure) && OTHER.test(fold(reading.text));
  return isBoth || isOther ? [...named, other] : named;
};
/** Pattern of systems that a profile often lacks. */
const OTHER =
  /会员|小程序|公众号|官网|门户|邮箱|客服|报表|接口|网关|积分|(?<![a-z])(?:apps?|oa|crm|portal|gateway|intranet)(?![a-z])/;
/** Pattern of another thing beside a system: ERP旁边那个报表服务器. */
const NEXT_TO = /旁边|隔壁|上游|(?<![a-z])(?:next to|beside|behind|upstream of|downstream of|in front of)(?![a-z])/;
/** Pattern of words that join two things: 商城跟会员都有份, "both". */
const BOTH = /[跟和与].{1,8}(?:都|一起|全)|(?:两个|两边|两套).{0,4}都|(?<![a-z])both(?![a-z])/;
/** Pattern of a clause that asks somebody to act on a system, or says that the writer does: "call the shop", 重启商城. */
const REQUEST =
  /^(?:(?:先|去|再|快|赶紧|麻烦|请|帮我?|帮忙|我|你|谁|来|把)*(?:打给|打电话|问|查|看|重启|关|停|联系|通知|登|试|测|别动|保|修|拔|封|隔离)|(?:(?:please|pls|plz|ok|now|then|just|go|to|i|we|you|someone|somebody|can|could|let'?s|let me|lemme|don'?t|i'?ll|we'?ll|gonna) )*(?:call(?:ing)?|ring(?:ing)?|phone|ask(?:ing)?|check(?:ing)?|tell|ping|page|text|mail|e-?mail|message|inform|warn|restart(?:ing)?|reboot(?:ing)?|stop|shut(?:ting)?|close|open|kill|fix(?:ing)?|patch(?:ing)?|isolat(?:e|ing)|unplug|disconnect|look(?:ing)?|watch(?:ing)?|test(?:ing)?|try(?:ing)?|keep|leave|update|restor(?:e|ing)|back ?up|see|find|get|grab|start|block|search|show|scan(?:ning)?|wait|forget|ignore|avoid|use|move|save|protect|visit|touch|pull|switch|turn)(?![a-z]))/;
const NEITHER: readonly Mark[] = ['history', 'planned', 'denied', 'given_up', 'elsewhere', 'instead'];
const ALSO = /也|还有|同样|另外|一起|(?<![a-z])(?:also|too|as well|both)(?![a-z])/;

/** Returns the ids of the systems that a text names, in any words, and of those which it rejects. */
export function systemsNamed(text: string, all: readonly System[]) {
  const words = fold(text);
  const places = all.flatMap((system) => placesIn(words, system, all));
  return {
    named: places.map(({ id }) => id),
    rejected: places.filter(({ at }) => isRejected(words, at)).map(({ id }) => id),
  };
}

/** Words beside a name that say nothing else: 就是商城那套, "definitely the shop database". */
const FILLING =
  /受影响(?:的)?|系统|平台|数据库|服务器|后台|[那这]?[套边个]|我们|咱们?|确认|肯定|确定|刚刚?|已经|就|是|的|了|被|出问题|出事|中招|(?<![a-z])(?:the|an?|it|its|it'?s|is|was|are|this|that|that'?s|our|just|only|so|ok|well|yes|yeah|definitely|certainly|clearly|for sure|confirmed|affected|effected|impacted|hit|broken|down|systems?|database|db|servers?|platform|side|involved|now|web|online)(?![a-z])|[\s\p{P}]/gu;
/** Maximum number of letters beside a name that is sure; a Chinese character counts as three. */
const [LITTLE, LEAST] = [15, 9];
/** Marks of harm, beside which more may be said. */
const HARM: readonly Mark[] = ['affected', 'down', 'leak', 'intruded'];

const restIn = (text: string): number => text.replace(FILLING, '').replace(/[一-龥]/g, '字字字').length;

interface Place {
  readonly id: string;
  readonly at: number;
  /** Number of characters in the clause besides the name; all of them if the name is only similar. */
  readonly rest: number;
}

/** Returns the places of a system in a clause, by a part of its name, its id or a misspelling; empty if unnamed. */
function placesIn(text: string, { id, name, aliases = [] }: System, all: readonly System[]): readonly Place[] {
  const others = all.filter((one) => one.id !== id).flatMap((one) => [one.name, ...(one.aliases ?? [])]);
  // "Webshop" is written for "Web shop".
  const spellings = aliases.map(fold).flatMap((one) => [one, one.replaceAll(' ', '')]);
  const alias = spellings.find((one) => text.includes(one));
  const part = alias ?? partIn(text, [name, id], others);
  if (part !== null)
    return [{ id, at: text.indexOf(part), rest: part === fold(name) ? 0 : restIn(text.replace(part, '')) }];
  const keys = [id, ...aliases.flatMap((one) => fold(one).split(' ')).filter((word) => !GENERIC.test(word))];
  const like = keys.map(fold).find((key) => key.length >= SHORTEST_ID && text.includes(key));
  const at = like === undefined ? text.search(inLetters(name)) : text.indexOf(like);
  return at < 0 ? [] : [{ id, at, rest: Number.POSITIVE_INFINITY }];
}

/** Returns the pattern of a Chinese name in Latin letters, by initials or in pinyin: jxc and jinxiaocun for 进销存. */
function inLetters(name: string): RegExp {
  const before = letters.get(name);
  if (before) return before;
  const initials = Array.from(name.replace(/系统|平台|网站/g, '').replace(/[^一-龥]/g, ''), initialOf);
  const syllables = initials.map((one) => `${/[aeo]/.test(one) ? '' : `${one}h?`}[aeiouv]{1,3}(?:ng|n|r)?`).join(' ?');
  const pattern = new RegExp(
    initials.length < LEAST_SYLLABLES ? '$^' : `(?<![a-z])(?:${initials.join('')}|${syllables})(?![a-z])`,
  );
  letters.set(name, pattern);
  return pattern;
}
const letters = new Map<string, RegExp>();
/** Least length of a name that is known by letters; English words look like two syllables. */
const LEAST_SYLLABLES = 3;
/** First characters of the initials in the order of pinyin. */
const [FIRST, INITIALS] = ['阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥仨他穵夕丫帀', 'abcdefghjklmnopqrstwxyz'];
const inPinyin = new Intl.Collator('zh-CN-u-co-pinyin');
const initialOf = (character: string): string =>
  INITIALS.charAt(Array.from(FIRST).findLastIndex((one) => inPinyin.compare(one, character) <= 0));
const SHORTEST_ID = 4;

const GENERIC = /^(?:系统|平台|网站|服务|数据|中心|system|platform|service)$/;

/** Returns the longest part of a name in a text that no other name shares; null if there is none. */
function partIn(text: string, names: readonly string[], others: readonly string[]): string | null {
  for (const name of names.map(fold)) {
    if (/^[\w-]+$/.test(name)) {
      if (new RegExp(`(?<![a-z0-9-])${name.replace(/-/g, '\\-')}(?![a-z0-9-])`).test(text)) return name;
      continue;
    }
    for (let length = name.length; length >= 2; length -= 1) {
      for (let from = 0; from + length <= name.length; from += 1) {
        const part = name.slice(from, from + length).trim();
        const isOwn = part.length >= 2 && !GENERIC.test(part) && !others.some((other) => fold(other).includes(part));
        if (isOwn && text.includes(part)) return part;
      }
    }
  }
  return null;
}
