import type { Command, CommandOf } from '../../incident/commands.ts';
import { factName as factLabel } from '../../report/values.ts';
import type { Question } from '../asking/question.ts';
import { fromZone } from '../asking/value-readings.ts';
import type { Text } from '../cards/card.ts';
import { valueText } from '../cards/fact-text.ts';
import { plain, type Situation, t } from '../cards/situation.ts';
import { fold } from '../text/characters.ts';
import type { Clause, LineReading, Mark } from '../text/line-reading.ts';

/** Fact that a sentence may state. A sure finding is recorded; any other is confirmed with a button first. */
export interface Finding {
  readonly sure: boolean;
  /** Text of the finding, name and value: "known since: yesterday 21:00". */
  readonly label: Text;
  /** Words of the sentence on which the finding is based; they tell several readings of one fact apart. */
  readonly words: string;
  readonly command: Command;
}

/** Input of a finder: the line, the incident, and the current question. */
export interface Asked {
  readonly reading: LineReading;
  readonly situation: Situation;
  readonly question: Question | null;
}
export type Find = (asked: Asked) => readonly Finding[];

export const has = (clause: Clause | undefined, ...marks: readonly Mark[]): boolean =>
  marks.some((mark) => clause?.marks.has(mark) === true);

/** Returns true for a clause that denies, or is about an outgoing message or others: none of its times and figures is a fact. */
export const isAside = (clause: Clause): boolean => has(clause, 'denied', 'outgoing', 'elsewhere');

/** Returns true if a text rejects the words at an index: 不是商城, "not 8"; 是不是商城 asks. Takes folded text. */
export const isRejected = (text: string, at: number): boolean =>
  // "No, 9:20" corrects.
  REJECTING.test(text.slice(0, at).replace(/\d/.test(text.charAt(at)) ? /(?<![a-z])(?:no,? )+$/ : /$^/, ''));
const REJECTING =
  /(?:防|反|(?<!是)不是|并非|而非|(?<![会该])不会是|不可能是|(?<!像)不像是?|(?:别|不要)[选填写报]|不能[叫算]|[算称谈]不上|排除|除了|(?<!有)没有?被|未被|没中|(?<!有)没有|(?<![a-z])(?:not|no|isn't|wasn't|never|rather than|instead of|except|anything but|no sign of|n't (?:look|seem|sound) like))(?: (?:at|the|a|in|on|really|actually|around|about))* ?$/;

/** Pattern of words that set two statements against each other. */
export const CONTRAST =
  /但(?!愿)|不过|可是|然而|(?<![a-z])(?:but|however|although|though|while|whereas|except)(?![a-z])/;

/** Returns true if a clause is about this moment: 刚收到, "just got it". */
export const isJustNow = ({ text }: Clause): boolean => /刚|\bjust\b/.test(fold(text));

/** Returns the text of a value; a span names the times of another zone too. */
function valueFrom(words: string, situation: Situation, { fact, value }: CommandOf<'answer'>): Text {
  const text = valueText(situation, fact, value);
  const isTime = fact === 'occurrence' || (typeof value === 'object' && 'since' in value);
  return isTime ? fromZone(words, text) : text;
}

/** Returns the finding of an answer, with the name of the fact and the value in words. */
export function answers(situation: Situation, words: string, sure: boolean, command: Command): Finding {
  const isAnswer = command.type === 'answer';
  const params = isAnswer
    ? { label: factLabel(situation.regime, command.fact), value: valueFrom(words, situation, command) }
    : { label: plain(''), value: plain(words) };
  return { sure, words, command, label: t('text.finding', params) };
}
