import type { MessageLanguage } from './translate.ts';

/** Offset of Beijing time (UTC+8), the zone of the Measures' deadlines, in which all times are shown. */
export const BEIJING_OFFSET = 8 * 3_600_000;
const MINUTE = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `time` 10:42 · `short` 31 Mar 10:42 · `dated` adds the year · `full` adds year and zone · `date` without a time · `deadline` as `short`, a midnight as 24:00 of the day that ends. */
export type InstantStyle = 'time' | 'short' | 'dated' | 'full' | 'date' | 'deadline';

export interface BeijingTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
}

export function beijing(iso: string): BeijingTime {
  const shifted = new Date(Date.parse(iso) + BEIJING_OFFSET);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth(),
    day: shifted.getUTCDate(),
    clock: `${two(shifted.getUTCHours())}:${two(shifted.getUTCMinutes())}`,
  };
}

/** Returns a due time in Beijing; midnight is 24:00 of the day that ends. */
export function beijingDeadline(iso: string): BeijingTime {
  const at = beijing(iso);
  if (at.clock !== '00:00') return at;
  return { ...beijing(new Date(Date.parse(iso) - MINUTE).toISOString()), clock: '24:00' };
}

export function formatInstant(iso: string, language: MessageLanguage, style: InstantStyle = 'time'): string {
  const at = style === 'deadline' ? beijingDeadline(iso) : beijing(iso);
  if (style === 'time') return at.clock;
  if (style === 'date')
    return language === 'en' ? `${day(at, language)} ${at.year}` : `${at.year}年${day(at, language)}`;
  if (style === 'dated')
    return language === 'en'
      ? `${day(at, language)} ${at.year} ${at.clock}`
      : `${at.year}年${day(at, language)}${at.clock}`;
  if (language === 'en') {
    return style === 'full'
      ? `${day(at, language)} ${at.year}, ${at.clock} (Beijing, UTC+8)`
      : `${day(at, language)} ${at.clock}`;
  }
  return style === 'full'
    ? `${at.year}年${day(at, language)}${at.clock}（北京时间）`
    : `${day(at, language)}${at.clock}`;
}

function day(at: BeijingTime, language: MessageLanguage): string {
  return language === 'en' ? `${at.day} ${MONTHS[at.month] ?? ''}` : `${at.month + 1}月${at.day}日`;
}

/** Returns true if two instants (ISO 8601) fall on the same day in Beijing. */
export function sameBeijingDay(a: string, b: string): boolean {
  return nextBeijingDay(a) === nextBeijingDay(b);
}

/** Midnight in Beijing (epoch ms) that ends the day of an instant (ISO 8601). */
export function nextBeijingDay(iso: string): number {
  const length = DAY_MINUTES * MINUTE;
  return (Math.floor((Date.parse(iso) + BEIJING_OFFSET) / length) + 1) * length - BEIJING_OFFSET;
}

/** Returns the shortest clear style of a time near `now`; another year is always shown. */
export function nearStyle(iso: string, now: string): 'time' | 'short' | 'dated' {
  if (sameBeijingDay(iso, now)) return 'time';
  return beijing(iso).year === beijing(now).year ? 'short' : 'dated';
}

/** Formats a duration in whole minutes: "3 h 58 min", 3小时58分. Minutes are omitted beyond two days. */
export function formatDuration(minutes: number, language: MessageLanguage): string {
  const total = Math.max(0, Math.floor(minutes));
  const zh = language === 'zh-CN';
  if (total < HOUR_MINUTES) return zh ? `${total}分钟` : `${total} min`;
  const days = total >= 2 * DAY_MINUTES ? Math.floor(total / DAY_MINUTES) : 0;
  const hours = Math.floor((total - days * DAY_MINUTES) / HOUR_MINUTES);
  const rest = total % HOUR_MINUTES;
  const parts: string[] = [];
  if (days > 0) parts.push(zh ? `${days}天` : `${days} d`);
  if (hours > 0) parts.push(zh ? `${hours}小时` : `${hours} h`);
  if (days === 0 && rest > 0) parts.push(zh ? `${rest}分` : `${rest} min`);
  return parts.join(zh ? '' : ' ');
}

/** Formats a quantity without rounding: 1.2 million, 120万, 1.2亿; grouped digits if words would lose precision. */
export function formatAmount(value: number, language: MessageLanguage): string {
  const scales =
    language === 'en'
      ? ([
          [1e9, 1e6, ' billion'],
          [1e6, 1e3, ' million'],
        ] as const)
      : ([
          [1e8, 1e6, '亿'],
          [1e4, 1e2, '万'],
        ] as const);
  for (const [size, grain, word] of scales) {
    if (value >= size && value % grain === 0) return `${trimmed(value / size, language)}${word}`;
  }
  const [whole = '0', fraction] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function trimmed(value: number, language: MessageLanguage): string {
  const text = String(Math.round(value * 1_000) / 1_000);
  return language === 'en' ? text.replace(/\B(?=(\d{3})+(\.|$))/g, ',') : text;
}
