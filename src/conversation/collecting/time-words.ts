import type { TimeWords } from '../../incident/decide/context.ts';
import type { ReportLanguage } from '../../incident/report-document.ts';
import { nameOfField } from '../../law/regime.ts';
import { dayOf, momentOf } from '../../report/format.ts';
import { fieldOf } from '../../report/items.ts';
import { languageOf } from '../../report/runs.ts';
import type { Written } from '../../report/sheet.ts';
import { interpretTime, splitLeadingTime, type TimeReading } from '../text/times/times.ts';
import { leadingTime, timeIn } from '../words-against-record.ts';

/**
 * Words of a time field with the instant they mean, e.g. "2小时前，由告警发现" → "约2026年3月31日11时05分，由告警发现". Refuses a time that
 * is impossible or has no hour. Words of other fields are returned unchanged.
 */
export function timeWords(written: Written, field: string, words: string): TimeWords {
  const from = fieldOf(written, field)?.field.from;
  if (words === '') return { words };
  if (nameOfField(field) === 'ransom_date') return { words: dated(written, words) ?? words };
  if (from !== 'awareness' && from !== 'occurrence') return { words };
  const read = understood(written, field, words);
  const stated = 'words' in read ? read.words : words;
  return impossible(written, { field, from, words: stated }) ?? read;
}

interface Stated {
  readonly field: string;
  readonly from: 'awareness' | 'occurrence';
  readonly words: string;
}

/** Refusal of a future time, or of a discovery before the start of the deadlines; null for any other text. */
function impossible({ ia }: Written, { field, from, words }: Stated): TimeWords | null {
  const told = timeIn(words, ia.now);
  if (told === null) return null;
  const params = { value: told.at, now: ia.now };
  if (Date.parse(told.at) > Date.parse(ia.now)) return { refusal: { code: 'in_the_future', field, params } };
  const start = from === 'awareness' ? ia.anchors.awareness : undefined;
  if (start === undefined || Date.parse(told.at) + told.margin >= Date.parse(start)) return null;
  return { refusal: { code: 'discovery_before_start', field, params: { ...params, start } } };
}

/** Pattern of a year. A date with its year stays as written. */
const YEAR = /(?:19|20)\d{2}/;
const HOUR = /\d\s*[:：时点]|\d\s*[ap]\.?m\b/i;
const NO_HOUR = /不详|不明|不清|待核|未知|无法确定|unknown|not known|not yet known|unclear/i;

function understood(written: Written, field: string, words: string): TimeWords {
  if (YEAR.test(words) && (HOUR.test(words) || NO_HOUR.test(words))) return { words };
  if (interpretTime(words, { now: written.ia.now }).kind === 'unknown') return { words };
  const read = dated(written, words, true);
  return read === null
    ? { refusal: { code: 'time_unclear', field, params: { words: [...words].slice(0, 40).join('') } } }
    : { words: read };
}

/** Words whose leading time is replaced by its date; null if there is none. `exact`: only a time with an hour. */
function dated({ ia: { now } }: Written, words: string, exact = false): string | null {
  const lead = leadingTime(words);
  if (!lead || (exact && !lead.exact)) return null;
  const language = lead.rest !== '' && languageOf(lead.rest) === 'en' ? 'en' : 'zh';
  const time = YEAR.test(lead.time) ? lead.time : timeText(interpretTime(lead.time, { now }), lead.time, language);
  return time === null ? null : `${time}${joiner(lead.rest, language)}${lead.rest}`;
}

function timeText(reading: TimeReading, words: string, language: ReportLanguage): string | null {
  const moment = (at: string): string => momentOf(at, language);
  switch (reading.kind) {
    case 'instant':
      if (reading.precision === 'day') return dayOf(reading.at, language);
      return `${isRough(reading, words) ? ABOUT[language] : ''}${moment(reading.at)}`;
    case 'future':
      return splitLeadingTime(words)?.exact ? moment(reading.at) : dayOf(reading.at, language);
    case 'since':
      return moment(reading.since);
    case 'span':
      return `${moment(reading.since)}${TO[language]}${moment(reading.until)}`;
    default:
      return null;
  }
}
const ABOUT = { zh: '约', en: 'about ' } as const;
const TO = { zh: '至', en: ' to ' } as const;

/** Returns true for "about", and for hours counted back from now: neither is exact to the minute. */
function isRough({ precision, assumed }: Extract<TimeReading, { kind: 'instant' }>, words: string): boolean {
  return assumed?.includes('approximate') === true || (precision === 'hour' && /前|ago/i.test(words));
}

function joiner(rest: string, language: ReportLanguage): string {
  if (rest === '' || /^(?:之?[前后]|起|左右|许|[（(])/.test(rest)) return '';
  return language === 'zh' ? '，' : ', ';
}
