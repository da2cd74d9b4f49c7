/** Server time, incident time of drills, their formats, and countdowns: elements with `data-due`, in drills `data-segment`. */
import type { ClockSegment } from '../../../../incident/commands/clock.ts';
import { shaped } from './shapes.ts';
import { language, t } from './words.ts';

const BEIJING = 'Asia/Shanghai';
const MINUTE = 60_000;
/** Milliseconds before a deadline from which its clock is red, as on cards: a value of the server. */
export const URGENT = Number(document.body.dataset.urgent) * MINUTE;
let offset = 0;

/** Sets the page's clock to the server's; half a round trip is more exact than most machines' clocks. */
export function serverSaid(iso: string, sentAt: number = Date.now()) {
  offset = Date.parse(iso) - (sentAt + Date.now()) / 2;
}
export const serverNow = () => Date.now() + offset;

export function incidentNow(segment: ClockSegment | null) {
  if (!segment) return serverNow();
  const elapsed = serverNow() - Date.parse(segment.wall);
  return Date.parse(segment.incidentTime) + elapsed * segment.rate;
}

/** Formats a duration: `3:58:07`, beyond two days `29 d 04:12`. */
export function countdown(ms: number) {
  const total = Math.floor(Math.abs(ms) / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const days = Math.floor(total / 86_400);
  if (days >= 2)
    return `${days} ${t('time.d')} ${two(Math.floor((total % 86_400) / 3600))}:${two(Math.floor((total % 3600) / 60))}`;
  return `${Math.floor(total / 3600)}:${two(Math.floor((total % 3600) / 60))}:${two(total % 60)}`;
}

/** Formats a duration in words, for screen readers: "3 h 58 min". */
export function spoken(ms: number) {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const parts = [days > 0 && `${days} ${t('time.d')}`, hours > 0 && `${hours} ${t('time.h')}`];
  return [...parts, days === 0 && `${minutes % 60} ${t('time.min')}`].filter(Boolean).join(' ');
}

/** Cached formats: creating one takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function written(iso: string, options: Intl.DateTimeFormatOptions, timeZone: string) {
  const locale = language() === 'en' ? 'en-GB' : 'zh-CN';
  const key = JSON.stringify([locale, timeZone, options]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formats.set(key, format);
  return format.format(new Date(iso));
}
export function clockTime(iso: string, zone: string = BEIJING) {
  return written(iso, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);
}
export function day(iso: string, zone: string = BEIJING) {
  return written(iso, { day: 'numeric', month: language() === 'en' ? 'short' : 'long' }, zone);
}
/** Formats an instant with its day. */
export const dayTime = (iso: string) => `${day(iso)} ${clockTime(iso)}`;
/** Formats a due time, with its day unless it is today; midnight is 24:00 of the day that ends. */
export function deadline(iso: string, now?: number) {
  if (clockTime(iso) !== '00:00') return shortTime(iso, now);
  return shortTime(new Date(Date.parse(iso) - 1).toISOString(), now).replace('23:59', '24:00');
}
/** Formats an instant in the reader's time zone; null if it equals Beijing's. */
export function ownTime(iso: string) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return clockTime(iso, timeZone) === clockTime(iso) ? null : shortTime(iso, serverNow(), timeZone);
}
/** Formats a time, with its day unless it is today. */
export function shortTime(iso: string, now: number = serverNow(), zone: string = BEIJING) {
  const [date, time] = [day(iso, zone), clockTime(iso, zone)];
  return date === day(new Date(now).toISOString(), zone) ? time : `${date} ${time}`;
}
export function size(bytes: number) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function tickOne(element: HTMLElement) {
  const segment = shaped('segment', element.dataset.segment ?? 'null');
  const left = Date.parse(element.dataset.due ?? '') - incidentNow(segment);
  const digits = countdown(left);
  const text = left < 0 ? `+${digits}` : digits;
  if (element.textContent !== text) element.textContent = text;
  // The label has no seconds: a screen reader would not finish reading one before the next.
  const label = left < 0 ? t('clock.overdue_by', { time: spoken(left) }) : t('clock.left', { time: spoken(left) });
  if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label);
  const host = element.closest('[data-clock]');
  if (!(host instanceof HTMLElement)) return;
  const tone = left < 0 ? 'overdue' : left <= URGENT ? 'urgent' : 'running';
  if (host.dataset.clock !== tone) host.dataset.clock = tone;
  const whole = Number(host.dataset.whole);
  if (whole > 0) host.style.setProperty('--spent', String(Math.min(1, Math.max(0, 1 - left / (whole * MINUTE)))));
}

export function tickAll() {
  for (const element of document.querySelectorAll('[data-due]')) if (element instanceof HTMLElement) tickOne(element);
}

export function startTicking() {
  const beat = () => {
    tickAll();
    // A drill at 60× moves a minute per second, so it is updated four times a second.
    const fast = document.querySelector('[data-segment]') !== null;
    setTimeout(beat, fast ? 250 : 1000 - (Date.now() % 1000));
  };
  beat();
}
