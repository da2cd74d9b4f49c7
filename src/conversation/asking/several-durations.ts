import type { StatedValue } from '../../incident/commands/parts.ts';
import type { Iso } from '../../law/types.ts';
import { figureOf } from '../text/numbers/numerals-zh.ts';
import { interpretTime } from '../text/times/times.ts';
import { readNumber } from './value-readings.ts';

type Duration = Extract<StatedValue, { readonly spans: unknown }>['spans'][number];

/** Separators of one outage from the next. A comma is none: behind a span it may bring its length. */
const BETWEEN = /[;；\n、]|和|以及|\s+and\s+/iu;
const TIMES =
  /^(?:一共|总共|先后|分)?(?:断了|中断了?)?(?:(\d{1,2}|[两二三四五六七八九十])次|(twice)|(\d{1,2}|two|three|four|five) times)[,，:：]?\s*(?:每次|各|都是|均为|for\s|of\s)?\s*(.+?)(?:\s+each)?[.。]?$/iu;
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, 两: 2 };
const MOST = 20;

/**
 * Several outages of one answer, e.g. "9:00至9:06；10:00至10:06", "6 minutes and 7 minutes", 两次各6分钟. Null for anything else, also
 * where one of them is neither a length with its unit nor a span; only the last may go on.
 */
export function readSeveral(text: string, now: Iso): Extract<StatedValue, { readonly spans: unknown }> | null {
  const times = TIMES.exec(text.trim());
  const words = times?.[4] ?? text;
  const pieces = words
    .split(BETWEEN)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const read = pieces.map((piece, index) => durationOf(piece, now, index === pieces.length - 1));
  const spans = read.filter((one) => one !== null);
  if (spans.length !== read.length || spans.length > MOST) return null;
  const count = times ? countOf(times) : spans.length;
  const [only] = spans;
  if (spans.length === 1 && typeof only === 'number' && count > 1 && count <= MOST)
    return { spans: Array.from({ length: count }, () => only) };
  return spans.length > 1 && spans.length === count ? { spans } : null;
}

function countOf([, chinese, twice, english]: RegExpExecArray): number {
  const word = chinese ?? english?.toLowerCase() ?? '';
  return twice === undefined ? (COUNTS[word] ?? figureOf(word)) : 2;
}

function durationOf(piece: string, now: Iso, isLast: boolean): Duration | null {
  const length = /\p{L}/u.test(piece) ? readNumber(piece, 'minutes') : null;
  if (length?.ok && typeof length.value === 'number') return length.value;
  const time = interpretTime(piece, { now });
  if (time.kind === 'span') return { since: time.since, until: time.until };
  return time.kind === 'since' && isLast ? { since: time.since } : null;
}
