import data from './words.json' with { type: 'json' };

/** A verb of the grammar; kinds of report are verbs of their own. */
export type Verb = keyof typeof data.verbs;

interface VerbWords {
  /** Folded. The first English and the first Chinese word are the ones help and suggestions use. */
  readonly en: readonly string[];
  readonly zh: readonly string[];
  /** The form or card the verb opens, as a button does. */
  readonly form?: string;
  readonly view?: string;
  /** A hint may propose the verb: it shows, opens or notes something. It starts or ends no legal clock and decides nothing. */
  readonly hint?: boolean;
}

/** The words of each verb. They are matched at the beginning of a line, the longest first. */
export const WORDS: Readonly<Record<Verb, VerbWords>> = data.verbs;

export interface Word {
  readonly word: string;
  readonly verb: Verb;
  readonly language: 'zh' | 'en';
}

const VERBS = Object.keys(WORDS).filter((key): key is Verb => key in WORDS);

/** All words, the longest first, so that 新建事件 is tried before 新建 and "take lead" before "take". */
export const ALL_WORDS: readonly Word[] = VERBS.flatMap((verb): readonly Word[] => [
  ...WORDS[verb].en.map((word): Word => ({ word, verb, language: 'en' })),
  ...WORDS[verb].zh.map((word): Word => ({ word, verb, language: 'zh' })),
]).sort((left, right) => right.word.length - left.word.length);

/** Chinese verbs whose object may follow without a space: 确认较大, 改为重大. What follows is still checked. */
export const TIGHT: ReadonlySet<string> = new Set(data.tight);

/** As above, but only in front of the name of a field: 记录措施：断网. */
export const TIGHT_BEFORE_FIELD: ReadonlySet<string> = new Set(data.tightBeforeField);

/** Names of fields people use in front of a colon, beside the labels of the regime in force. */
export const FIELD_WORDS: readonly string[] = data.fields;
