import type { MessageLanguage } from '../i18n/translate.ts';
import { onFirstUse } from '../law/kept-for.ts';
import words from './i18n/zh-CN.json' with { type: 'json' };

/**
 * Chinese sentences that operators read in the terminal. Findings of `doctor` and configuration errors are English
 * sentences written beside their cause in many modules; they are translated here by the whole sentence, as in gettext,
 * with `{name}` for each variable part. A sentence without a translation stays English.
 */
interface Sentence {
  /** Pattern whose variable parts end at "; ", so that a list of sentences does not match as one. */
  readonly clause: RegExp;
  readonly whole: RegExp;
  readonly chinese: string;
}

const escaped = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
/** Figure in a sentence, `{n}`: without a space, so that a sentence which begins with one matches no longer one. */
const FIGURES = '\\S+';
const patternOf = (english: string, part: string): RegExp =>
  new RegExp(
    `^${escaped(english).replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>${name === 'n' ? FIGURES : part})`)}$`,
  );

const literal = (english: string): number => english.replace(/\{\w+\}/g, '').length;

/** Sentences ordered by their fixed letters, most first, so that a general one does not match before a precise one. */
const sentences = onFirstUse((): readonly Sentence[] =>
  Object.entries(words.sentences)
    .toSorted(([a], [b]) => literal(b) - literal(a))
    .map(([english, chinese]) => ({
      clause: patternOf(english, '(?:(?!; ).)+?'),
      whole: patternOf(english, '.+?'),
      chinese,
    })),
);
const subjects: ReadonlyMap<string, string> = new Map(Object.entries(words.subjects));

/** Translates sentences, one per line or column, into the terminal's language, e.g. "empty" → 暂无记录. */
export function sentenceIn(language: MessageLanguage, english: string): string {
  if (language === 'en') return english;
  return english
    .split('\n')
    .map((line) => line.split('  ').map(inChinese).join('  '))
    .join('\n');
}

function inChinese(english: string): string {
  const clauses = english.split('; ').map((clause) => matched(clause, 'clause'));
  const inClauses = clauses.every((clause) => clause !== null) ? clauses.join('；') : null;
  return matched(english, 'clause') ?? inClauses ?? matched(english, 'whole') ?? behindPlace(english) ?? english;
}

/** Translates a problem after its place, e.g. `acme.yaml:12: duties[0].from: unknown anchor x`; null if unknown. */
function behindPlace(english: string): string | null {
  const at = english.indexOf(': ');
  if (at < 0) return null;
  const problem = english.slice(at + 2);
  const chinese = inChinese(problem);
  return chinese === problem ? null : `${english.slice(0, at)}：${chinese}`;
}

/** Returns the first matching sentence with its variable parts translated too; null if none matches. */
function matched(english: string, as: 'clause' | 'whole'): string | null {
  for (const sentence of sentences()) {
    const match = sentence[as].exec(english);
    if (match)
      return sentence.chinese.replace(/\{(\w+)\}/g, (_, name: string) => inChinese(match.groups?.[name] ?? ''));
  }
  return null;
}

/**
 * Translates the subject of a `doctor` line, e.g. "room slack/T1/C1" → 群 slack/T1/C1; names of platforms, roles, tokens and settings
 * stay the same.
 */
export function subjectIn(language: MessageLanguage, subject: string): string {
  if (language === 'en') return subject;
  const [kind = '', ...name] = subject.split(' ');
  return subjects.get(subject) ?? [subjects.get(kind) ?? kind, ...name].join(' ');
}
