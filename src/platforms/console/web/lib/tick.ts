/** Countdowns of the page, updated by one timer. Elements have `data-due` (ISO) and, in drills, `data-segment`. */
import { URGENT } from './rules.ts';
import { shaped } from './shapes.ts';
import { countdown, incidentNow, spoken } from './time.ts';
import { t } from './words.ts';

const MINUTE = 60_000;

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
