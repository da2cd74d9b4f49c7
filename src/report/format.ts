import { DateTime } from 'luxon';
import type { Iso } from '../law/types.ts';
import type { ReportLanguage } from './model.ts';

/** Reports are written in Beijing time whatever the reader's zone. */
const ZONE = 'Asia/Shanghai';
const FORMATS = {
  zh: { moment: "yyyy'年'M'月'd'日'HH'时'mm'分'", clock: "HH'时'mm'分'", day: "yyyy'年'M'月'd'日'" },
  en: { moment: "d MMMM yyyy, HH:mm '(Beijing, UTC+8)'", clock: 'HH:mm', day: 'd MMMM yyyy' },
} as const;

type Style = keyof (typeof FORMATS)['zh'];

function written(instant: Iso, language: ReportLanguage, style: Style): string {
  return DateTime.fromISO(instant, { zone: ZONE }).setLocale('en').toFormat(FORMATS[language][style]);
}

/** 2026年3月31日09时20分 */
export function momentOf(instant: Iso, language: ReportLanguage): string {
  return written(instant, language, 'moment');
}
/** 2026年3月31日 */
export function dayOf(instant: Iso, language: ReportLanguage): string {
  return written(instant, language, 'day');
}
/** The time alone on the day of the report, otherwise with its date: 12时50分. */
export function asOfText(instant: Iso, report: Iso, language: ReportLanguage): string {
  const sameDay = written(instant, 'zh', 'day') === written(report, 'zh', 'day');
  return written(instant, language, sameDay ? 'clock' : 'moment');
}

/** 2026-03-31 09:20: in tables of the internal version. */
export function stampOf(instant: Iso): string {
  return DateTime.fromISO(instant, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm');
}

const DIGITS = '零一二三四五六七八九';

/** 1 → 一, 12 → 十二, 23 → 二十三; up to 99. */
export function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${DIGITS[tens] ?? ''}十`;
  return `${head}${ones === 0 && tens > 0 ? '' : (DIGITS[ones] ?? '')}`;
}
/** 一、 or 1. */
export function sectionNumber(n: number, language: ReportLanguage): string {
  return language === 'zh' ? `${chineseNumber(n)}、` : `${n}. `;
}
/** （一） or (1) */
export function partNumber(n: number, language: ReportLanguage): string {
  return language === 'zh' ? `（${chineseNumber(n)}）` : `(${n}) `;
}
