import type { Command } from '../../incident/commands.ts';
import { askOperator } from '../asking/context-questions.ts';
import { typeInTitle } from '../asking/incident-type-hints.ts';
import { typedForms } from '../asking/named-options.ts';
import { optionText } from '../cards/fact-text.ts';
import { localise } from '../cards/localise.ts';
import type { Situation } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import { type Clause, marksIn, withApostrophes } from '../text/line-reading.ts';
import { answers, type Find, type Finding, has, isRejected } from './finding.ts';

interface Kind {
  readonly id: string;
  readonly zh: string;
  readonly name: RegExp;
}

/** Usual names of types in either language, by a part of the Chinese name, beside the names of the standard. */
const USUAL: Readonly<Record<string, string>> = {
  勒索软件: '勒索(?:软件|病毒)?|ransome? ?wea?re?',
  数据泄露: '(?:客户|用户|会员)?(?:数据|资料|信息)(?:泄[露漏]|外泄)|data (?:leak|breach)|(?:leak|breach) of data',
  数据篡改: '数据(?:库)?被?篡改',
  网页篡改: '(?:网页|页面|首页|(?<!数据|库))被?篡改|defacement|(?:web ?)?page tampering',
  特洛伊木马: '木马(?:病毒|程序)?|trojan(?: horse)?',
  拒绝服务: '拒绝服务(?:攻击)?|ddos(?:攻击)?',
  网络钓鱼: '(?:网络)?钓鱼(?:邮件)?|phishing(?: (?:mail|e-?mail))?',
  挖矿: '挖矿(?:病毒|木马)?',
};

/** Everyday words of types, which are only offered, in order of trial. */
const DESCRIBED: readonly (readonly [RegExp, string])[] = [
  [/(?<![a-z])leak(?:s|ed|age)?(?![a-z])/, '数据泄露'],
  [/掉电|断电|停电|空调|(?<![a-z])ups(?![a-z])|power (?:cut|failure|outage|loss)/, '配套设施故障'],
  [/首页.{0,6}(?:被换|被改|变[了成])|骷髅|(?<![a-z])skull/, '网页篡改'],
  [/webshell|后门文件/, '后门植入'],
  [/(?:后缀|扩展名).{0,6}变|\.lock(?:ed|bit)/, '勒索软件'],
  [/bucket (?:was |is )?(?:left )?(?:public|open)|(?:public|open) bucket/, '配置合规'],
];
/** Words of an intrusion, which may belong to any other type. */
const INTRUDED =
  /入侵|黑进|攻进|被黑|被打进|失陷|被控|(?<![a-z])(?:intrusion|intruders?|intruded|broke in|got in|breached|hacked|compromised)(?![a-z])/;

/** Finds types of incident: sure only by the name of one, if the type is asked and the clause says hardly more. */
export const kinds: Find = ({ reading, situation, question }) => {
  const isAsked = question?.id === 'incident_type';
  const told = reading.clauses.filter(
    (clause) => !has(clause, 'denied', 'outgoing', 'history', 'planned', 'given_up', 'supposed', 'elsewhere'),
  );
  const all = kindsOf(situation.regime);
  const named = told.flatMap((clause) =>
    namedIn(clause, all).flatMap((kind) => {
      // 先拖库后勒索 names one kind and describes another.
      const beside = besideIn(fold(clause.text).replace(kind.name, ' '), all).filter((one) => one.kind !== kind);
      return [{ kind, isAll: isNameOf(clause, kind) && beside.length === 0 }, ...beside];
    }),
  );
  const text = fold(reading.text);
  const stated = situation.state.facts['incident_type']?.value;
  const isEither = EITHER.test(text);
  const read = named.length > 0 && !isEither ? named : [...named, ...describedIn(told, all)];
  const found = read.filter(({ kind }) => !rejectsKind(reading.text, kind.id, situation.regime));
  const ids = new Set(found.map(({ kind }) => kind.id));
  return found
    .filter(({ kind }, index) => found.findIndex((one) => one.kind === kind) === index)
    .filter(({ kind, isAll }) => {
      if (isAsked) return true;
      // A type other than the recorded one is offered only if a clause has hardly more than its name.
      return PLAIN.has(kind.zh) && (stated === undefined || (stated !== kind.id && isAll));
    })
    .slice(0, MOST)
    .map(({ kind }): Finding => {
      const sure = isAsked && ids.size === 1 && named.some((one) => one.isAll) && !isEither;
      const label = optionText(situation, 'incident_type', kind.id);
      const command: Command = { type: 'answer', fact: 'incident_type', value: kind.id };
      return { sure, words: localise(label, 'zh-CN'), label, command };
    });
};
const MOST = 3;

/** Types of the law in force with the pattern of their names; `zh`: the part of the name without 事件. */
function kindsOf(regime: Situation['regime']): readonly Kind[] {
  const before = known.get(regime.types);
  if (before) return before;
  const usual = Object.entries(USUAL);
  const all = regime.types.flatMap(({ types }) =>
    types.map(({ id, name }) => {
      const [part = name.zh, words] = usual.find(([key]) => name.zh.includes(key)) ?? [];
      const official = [...typedForms(name.zh), ...typedForms(name.en)].filter(
        (one) => one.length >= (/[a-z]/.test(one) ? 6 : 4) && !/^其他|other|accident/.test(one),
      );
      return { id, zh: part, name: new RegExp([...official, ...(words ? [words] : [])].map(wordOf).join('|') || '$^') };
    }),
  );
  known.set(regime.types, all);
  return all;
}
/** Cache by the list of types, because each line needs the patterns of all names. */
const known = new WeakMap<Situation['regime']['types'], readonly Kind[]>();
const wordOf = (word: string): string => (/^[a-z]/.test(word) ? `(?<![a-z])(?:${word})(?![a-z])` : word);

/** Returns the types that a clause names and does not reject. */
function namedIn({ text }: Clause, all: readonly Kind[]): readonly Kind[] {
  const words = fold(text);
  return all.filter(({ name }) => {
    const at = words.search(name);
    return at >= 0 && !isRejected(words, at);
  });
}

/** Returns true if a line rejects a type: "not ddos!", "ruled out: ransomware", 勒索已排除. */
export function rejectsKind(line: string, id: string, regime: Situation['regime']): boolean {
  const words = withApostrophes(fold(line));
  const found = kindsOf(regime)
    .find((one) => one.id === id)
    ?.name.exec(words);
  if (!found) return RULED_OUT.test(words);
  const { index } = found;
  return (
    isRejected(words, index) ||
    RULED_OUT.test(words.slice(0, index)) ||
    OUT_BEHIND.test(words.slice(index + found[0].length))
  );
}
/** Pattern of words that rule out what stands behind them, up to another statement; 不排除 leaves it possible. */
const RULED_OUT =
  /(?:(?<!not |n't |cannot |never |to )(?:rul(?:ed?|ing) out|exclud(?:ed?|ing))|(?<![不没未]|不能|无法|尚未|难以)排除)(?!.*(?:(?<![a-z])(?:but|instead|it'?s|it is|it was)(?![a-z])|而是|但|应该是|就是|确认|[,，;；。] ?是)).*$/;
/** Pattern of words behind a type that reject it: 勒索已排除, "ransomware ruled out", "ransomware: no". */
const OUT_BEHIND =
  /^(?:软件|病毒|事件|攻击)?(?:的?可能性?)?[\s,:?？，：]*(?:(?:已经?|可以|基本|应该)*(?:被)?(?:排除|不是|否$|没有$|不可能|[删去拿]掉)(?!了?[吗么])|(?:(?:is|was|has been|have been|can be|got|already|now|definitely) )*(?:ruled out|excluded|out of the question|off the (?:table|list)|not it(?![a-z])|no(?:[.!]|$)))/;

function describedIn(told: readonly Clause[], all: readonly Kind[]) {
  const own = told.map((clause) => all.reduce((rest, { name }) => rest.replace(name, ' '), fold(clause.text)));
  const text = own.join(' ');
  const found = besideIn(text, all);
  return INTRUDED.test(text) ? [...found, ...kindOf('失陷主机', all)] : found;
}

/** Returns the kind that words describe without its name. */
function besideIn(text: string, all: readonly Kind[]) {
  const zh =
    DESCRIBED.find(([pattern]) => pattern.test(text) && !isRejected(text, text.search(pattern)))?.[1] ??
    typeInTitle({ title: text.replace(NOT, ' ') });
  return zh === null ? [] : kindOf(zh, all);
}

function kindOf(zh: string, all: readonly Kind[]) {
  const kind = all.find((one) => one.zh.includes(zh));
  return kind ? [{ kind, isAll: false }] : [];
}

/** Pattern of a denied word: "not encrypted". */
const NOT = /(?<![a-z])(?:not|no|never|isn't|wasn't|aren't|weren't) [a-z]+/g;

/** Words that leave several types possible. */
const EITHER = /或者|或是|要么|又.{1,6}又|还是|二选一|(?<![a-z])(?:or|either)(?![a-z])/;
/** Words beside the name of a type that add no meaning, e.g. 本次, "it's". */
const AROUND =
  /本次|这次|此次|属于|确认|就是|经.{0,4}研判|攻击|事件|咱家|我们|incident|attack|type|by the way|confirmed|verdict|it(?:'s| is)|this is/g;

/** Returns true if a clause has hardly more than the name of a type, and states it without doubt. */
function isNameOf({ text, marks: own }: Clause, { name }: Kind): boolean {
  const rest = fold(text).replace(name, ' ');
  const letters = rest
    .replace(AROUND, '')
    .replace(/[一-龥]/g, '字字字')
    .trim();
  // The name itself may contain a word of knowing: 钓鱼邮件.
  const marks = marksIn(rest);
  return letters.length <= LITTLE && !own.has('hedged') && !DOUBTFUL.some((mark) => marks.has(mark));
}
const DOUBTFUL = ['not_known', 'knowing', 'relayed'] as const;
/** Maximum number of other letters beside the name of a type. */
const LITTLE = 12;

/** Types whose words are unambiguous, so that they are suggested whatever is asked. */
const PLAIN: ReadonlySet<string> = new Set(['勒索软件', '数据泄露', '数据篡改', '网页篡改', '拒绝服务', '挖矿']);

/**
 * Finds what a clause says about the kind of operator that the regime asks for: 不是关基, "we are not CII". It decides
 * the first deadline, so that words about it are confirmed with a button, whatever is asked last.
 */
export const operators: Find = ({ reading, situation }) => {
  const { operatorQuestion: asked, operators: kinds } = situation.regime;
  const kind = kinds.find(({ id }) => id === asked?.asked);
  if (!asked || !kind || reading.asks || askOperator(situation) === null) return [];
  const names = [kind.name, kind.short ?? kind.name].flatMap(({ zh, en }) => [zh, en]);
  const name = names.map((one) => fold(one).replace(IN_CLAUSE, '').trim()).join('|');
  return reading.clauses.flatMap((clause) => {
    const words = withApostrophes(fold(clause.text));
    const [, before, behind] = new RegExp(`^(.*?)(?:${name})(?![a-z])(.*)$`).exec(words) ?? [];
    if (before === undefined || behind === undefined || has(clause, 'planned', 'supposed', 'earlier')) return [];
    const isNone = NO_SUCH.test(before) ? SUCH_BEHIND.test(behind) : NONE_BEHIND.test(behind) && SUCH.test(before);
    if (!isNone && !(SUCH.test(before) && SUCH_BEHIND.test(behind))) return [];
    const value = isNone ? asked.usual : asked.asked;
    return value === undefined
      ? []
      : [answers(situation, clause.text, false, { type: 'answer', fact: 'operator', value })];
  });
};
/** Pattern of what a clause has beside the name: 涉及关基, "CII (…) is involved". */
const IN_CLAUSE = /^(?:涉及|属于?)| (?:is|are) involved$| ?\([^)]*\)/g;
/** Patterns of the whole of a clause before the name and behind it, with and without a denial. */
const [NO_SUCH, SUCH, SUCH_BEHIND, NONE_BEHIND] = [
  /^(?:[一-龥]{0,8}?(?:(?<!是)不(?:是|涉及?|属于?|算|含)|并非|非|[没未](?:有|涉及)+|(?:不是|不在)什么)|(?:(?:no|ok|so)[, ]+)*(?:(?:we|it|this|that|the (?:system|shop|company))(?: is| are|'s|'re)?(?: |(?=n't))|is(?= )|there(?: is|'s) )?(?:(?:n't|not|no|non|never|without)(?: (?:a|any|an|part of|designated|about))*))[ -]?$/,
  /^(?!.*是[不否])(?:[一-龥]{0,6}?(?:是|涉及|属于?|算|[和跟与])?|(?:(?:yes|ok|so)[, ]+)*(?:(?:we|it|this|that|the (?:system|shop|company))(?: is|'s| are|'re))?(?: (?:a|part of|designated))*)? ?$/,
  /^(?:系统|单位|运营者|企业|的|了|哦|哈|吧|(?: is| are)? involved| here| operators?)*[ .!~]*$/,
  /^(?:系统|这?些?)?(?:[没无](?:有|什么|啥|任何)*(?:关系?|关联)|不沾边|没涉及|不涉及|(?: is| are)?(?: not|n't)(?: involved| concerned)?|: ?(?:no|否|不是))[了的吧哦.! ]*$/,
];
