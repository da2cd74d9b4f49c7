/** Server time, incident time of drills, and the format of both. */
import { language, t } from './words.js';

/** @typedef {{ wall: string, incidentTime: string, rate: number }} Segment */

const BEIJING = 'Asia/Shanghai';
let offset = 0;

/** Sets the page's clock to the server's; half a round trip is more exact than most machines' clocks. @param {string} iso @param {number} [sentAt] */
export function serverSaid(iso, sentAt = Date.now()) {
  offset = Date.parse(iso) - (sentAt + Date.now()) / 2;
}
export function serverNow() {
  return serverAt(Date.now());
}
/** @param {number} local the page's own clock */
export function serverAt(local) {
  return local + offset;
}

/** Returns the current time of an incident. @param {Segment | null | undefined} segment */
export function incidentNow(segment) {
  if (!segment) return serverNow();
  const elapsed = serverNow() - Date.parse(segment.wall);
  return Date.parse(segment.incidentTime) + elapsed * segment.rate;
}

/** Formats a duration: `3:58:07`, beyond two days `29 d 04:12`. @param {number} ms */
export function countdown(ms) {
  const total = Math.floor(Math.abs(ms) / 1000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const days = Math.floor(total / 86_400);
  if (days >= 2)
    return `${days} ${t('time.d')} ${two(Math.floor((total % 86_400) / 3600))}:${two(Math.floor((total % 3600) / 60))}`;
  return `${Math.floor(total / 3600)}:${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;
}

/** Formats a duration in words, for screen readers: "3 h 58 min". @param {number} ms */
export function spoken(ms) {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [];
  if (days > 0) parts.push(`${days} ${t('time.d')}`);
  if (hours > 0) parts.push(`${hours} ${t('time.h')}`);
  if (days === 0) parts.push(`${minutes % 60} ${t('time.min')}`);
  return parts.join(' ');
}

/** Cached formats: creating one takes a hundred times as long as using it. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} iso @param {Intl.DateTimeFormatOptions} options @param {string} timeZone */
function written(iso, options, timeZone) {
  const locale = language() === 'en' ? 'en-GB' : 'zh-CN';
  const key = JSON.stringify([locale, timeZone, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formats.set(key, format);
  return format.format(new Date(iso));
}
/** Formats a time of day: 10:42 @param {string} iso @param {string} [zone] */
export function clockTime(iso, zone = BEIJING) {
  return written(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);
}
/** Formats a date: 31 Mar · 3月31日 @param {string} iso @param {string} [zone] */
export function day(iso, zone = BEIJING) {
  return written(iso, { day: 'numeric', month: language() === 'en' ? 'short' : 'long' }, zone);
}
/** Formats a due time, with its day unless it is today; midnight is 24:00 of the day that ends. @param {string} iso @param {number} [now] */
export function deadline(iso, now) {
  if (clockTime(iso) !== '00:00') return shortTime(iso, now);
  return shortTime(new Date(Date.parse(iso) - 1).toISOString(), now).replace('23:59', '24:00');
}
/** Formats an instant in the reader's time zone; null if it equals Beijing's. @param {string} iso */
export function ownTime(iso) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return clockTime(iso, timeZone) === clockTime(iso) ? null : shortTime(iso, serverNow(), timeZone);
}
/** Formats a time, with its day unless it is today. @param {string} iso @param {number} [now] @param {string} [zone] */
export function shortTime(iso, now = serverNow(), zone = BEIJING) {
  const [date, time] = [day(iso, zone), clockTime(iso, zone)];
  return date === day(new Date(now).toISOString(), zone) ? time : `${date} ${time}`;
}
/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
