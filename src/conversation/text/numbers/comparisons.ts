import type { Cursor } from '../cursor.ts';

/** Words around a number that make it a bound or an estimate. */
export type Comparison = 'at_least' | 'more_than' | 'at_most' | 'less_than' | 'nearly' | 'about';

/** Comparisons before a number, in order of trial: 不超过 before 超过, "no more than" before "more than". */
const BEFORE: readonly (readonly [RegExp, Comparison])[] = [
  [
    /(?:不超过|小于等于|小于或等于|不多于|不大于|不高于|不会超过|未超过|没超过|没有超过|最多|至多|顶多|最高|上限)/y,
    'at_most',
  ],
  [
    /(?:(?:no|not) (?:more|greater|higher) than|not (?:over|above|exceeding)|at (?:the )?most|up to|max(?:imum)?(?: of)?(?![a-z])|<=|≤)/y,
    'at_most',
  ],
  [/(?:至少|大于等于|大于或等于|不少于|不低于|不小于|起码|最少|最低|不下于?|达到)/y, 'at_least'],
  [
    /(?:(?:no|not) (?:fewer|less|lower) than|upwards? of|at (?:the )?least|min(?:imum)?(?: of)?(?![a-z])|>=|≥)/y,
    'at_least',
  ],
  [/(?:不到|不足|少于|小于|低于|不满|未满|未达到?|没到|没有到)/y, 'less_than'],
  [/(?:(?:less|fewer|lower|smaller) than|under|below|just under|short of|<)(?![a-z])/y, 'less_than'],
  [/(?:超过了?|多于|大于|高于|超出|超|逾|突破)/y, 'more_than'],
  [
    /(?:(?:more|greater|higher|larger) than|just over|over|above|exceed(?:s|ed|ing)?|in excess of|>)(?![a-z])/y,
    'more_than',
  ],
  [/上(?=[百千万亿])/y, 'at_least'],
  [/(?:将近|接近|近|差不多快|快要?|小)(?=[ \d一二三四五六七八九十百千万亿两半])/y, 'nearly'],
  [/(?:nearly|almost|close to|approaching|not quite)(?![a-z])/y, 'nearly'],
  [/(?:大约|大概|大致|约有|约为|约莫|约|估计|预计|初步统计|初步估计|可能|也许|应该|差不多)/y, 'about'],
  [
    /(?:about|around|roughly|approximately|approx\.?|circa|in the (?:region|neighbou?rhood|order) of|ca\.?|some|like|give or take|an estimated|estimated|perhaps|maybe|probably|i think|i guess|~)(?![a-z])/y,
    'about',
  ],
];

const BEHIND: readonly (readonly [RegExp, Comparison])[] = [
  [/(?:及以上|或以上|以上|往上|起步|打底|保底)/y, 'at_least'],
  [
    /(?:or (?:more|above|higher|over|longer)|and (?:more|above|up|over)|plus|\+|upwards|at least|at a minimum|minimum|easily|if not more)(?![a-z])/y,
    'at_least',
  ],
  [/(?:及以下|或以下|以下|以内|之内)/y, 'at_most'],
  [/(?:or (?:less|fewer|below|under|lower)|and below|at (?:the )?most|maximum|max|tops)(?![a-z])/y, 'at_most'],
  [/(?:不到|不足)(?:一?点点?|一些)(?!\d)/y, 'less_than'],
  [/(?:不到|不足)(?![\d一二两三四五六七八九十百千万几])/y, 'less_than'],
  [/(?:左右|上下|前后|的样子|吧|\?)/y, 'about'],
  [
    /(?:or so|or thereabouts|thereabouts|give or take|-?ish|approximately|approx\.?|roughly|about|i think|probably)(?![a-z])/y,
    'about',
  ],
];

export interface Comparing {
  /** Bound that the words name (never `about`); undefined if there is none. */
  bound?: Comparison;
  about: boolean;
  /** True for two contradicting bounds on one number (至少…以下). */
  contradiction: boolean;
}

export function noComparison(): Comparing {
  return { about: false, contradiction: false };
}

function note(comparing: Comparing, found: Comparison): void {
  if (found === 'about') comparing.about = true;
  else if (comparing.bound === undefined || comparing.bound === found) comparing.bound = found;
  else comparing.contradiction = true;
}

/** Reads all comparisons before a number into `comparing`. */
export function readBefore(cursor: Cursor, comparing: Comparing): void {
  for (;;) {
    cursor.skipSpaces();
    const found = cursor.oneOf(BEFORE);
    if (found === undefined) return;
    note(comparing, found);
    cursor.take(/[也都得怎么]{0,4}[有要]/y);
  }
}

/** Reads all comparisons after a number into `comparing`. */
export function readBehind(cursor: Cursor, comparing: Comparing): void {
  for (;;) {
    const start = cursor.at;
    cursor.skipSpaces();
    const found = cursor.oneOf(BEHIND);
    if (found === undefined) {
      cursor.at = start;
      return;
    }
    note(comparing, found);
  }
}
