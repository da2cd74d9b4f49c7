import { BEIJING_OFFSET, type BeijingTime, beijing, beijingDeadline, sameBeijingDay } from '../i18n/format.ts';
import type { ReportLanguage } from '../incident/report-document.ts';
import type { Iso, Source } from '../law/types.ts';

// Reports are written in Beijing time whatever the reader's zone.
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Moment as printed, e.g. 2026年3月31日09时20分. */
export function momentOf(instant: Iso, language: ReportLanguage): string {
  const at = beijing(instant);
  return language === 'zh' ? `${day(at, 'zh')}${hours(at)}` : `${day(at, 'en')}, ${at.clock} (Beijing, UTC+8)`;
}
/** English of a text that states only a time, e.g. 约2026年3月31日09时20分 → about 31 March 2026, 09:20 …; else null. */
export function englishMoment(words: string): string | null {
  const [, about, ...parts] = /^(约)?(\d{4})年(\d{1,2})月(\d{1,2})日(\d{1,2})时(\d{1,2})分$/.exec(words) ?? [];
  const [year, month = 1, date, hour, minute] = parts.map(Number);
  if (year === undefined) return null;
  const at = new Date(Date.UTC(year, month - 1, date, hour, minute) - BEIJING_OFFSET).toISOString();
  return `${about ? 'about ' : ''}${momentOf(at, 'en')}`;
}
/** Day as printed, e.g. 2026年3月31日. */
export function dayOf(instant: Iso, language: ReportLanguage): string {
  return day(beijing(instant), language);
}
/** Instrument in Chinese title marks with its article; a title in Latin letters has no marks. */
export function citation({ instrument, article }: Pick<Source, 'instrument' | 'article'>): string {
  // A contract has no article and is not an instrument of law.
  if (article === '') return instrument;
  return /\p{Script=Han}/u.test(instrument) ? `《${instrument}》${article}` : `${instrument} ${article}`;
}
/** Time of an estimate, e.g. 12时50分; with its date unless it is the day of the report. */
export function asOfText(instant: Iso, report: Iso, language: ReportLanguage): string {
  if (!sameBeijingDay(instant, report)) return momentOf(instant, language);
  const at = beijing(instant);
  return language === 'zh' ? hours(at) : at.clock;
}

/** Time in tables of the internal version, e.g. 2026-03-31 09:20. */
export function stampOf(instant: Iso): string {
  return stamp(beijing(instant));
}

/** Due time as printed: midnight is 24:00 of the day that ends. */
export function dueStampOf(due: Iso): string {
  return stamp(beijingDeadline(due));
}
function stamp({ year, month, day, clock }: BeijingTime): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${year}-${two(month + 1)}-${two(day)} ${clock}`;
}

function day({ year, month, day }: BeijingTime, language: ReportLanguage): string {
  return language === 'zh' ? `${year}年${month + 1}月${day}日` : `${day} ${MONTHS[month] ?? ''} ${year}`;
}
function hours({ clock }: BeijingTime): string {
  return `${clock.replace(':', '时')}分`;
}

const DIGITS = '零一二三四五六七八九';

/** Chinese numeral up to 99: 1 → 一, 12 → 十二, 23 → 二十三. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens] ?? ''}十`;
  return `${head}${ones === 0 && tens > 0 ? '' : (DIGITS[ones] ?? '')}`;
}
/** Numbers in ascending order, runs of three or more as a range: 三至七 or 3–7, 三、五 or 3, 5. */
export function numberRanges(numbers: readonly number[], language: ReportLanguage): string {
  const said = (n: number): string => (language === 'zh' ? chineseNumber(n) : String(n));
  const runs: number[][] = [];
  for (const n of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === n - 1) run.push(n);
    else runs.push([n]);
  }
  const parts = runs.flatMap((run) => {
    const [first = 0] = run;
    const last = run.at(-1) ?? first;
    return run.length < 3 ? run.map(said) : [`${said(first)}${language === 'zh' ? '至' : '–'}${said(last)}`];
  });
  return parts.join(language === 'zh' ? '、' : ', ');
}
/** Number of a section: 一、 or 1. */
export function sectionNumber(n: number, language: ReportLanguage): string {
  return language === 'zh' ? `${chineseNumber(n)}、` : `${n}. `;
}
/** Number of a part: （一） or (1). */
export function partNumber(n: number, language: ReportLanguage): string {
  return language === 'zh' ? `（${chineseNumber(n)}）` : `(${n}) `;
}
