import type { TimeAssumption, TimeReading } from '../../../src/conversation/text/times/times.ts';

/** Short ways to write down what a phrase should mean; days without a month are in March 2026, in Shanghai. */

/** A Tuesday. */
export const NOW = '2026-03-31T09:44:00+08:00';

/** "30 23:00" → 30 March 2026, 23:00 in Shanghai; "02-29 …" or a full date for other months. */
export function on(short: string): string {
  const [day = '', clock = ''] = short.split(' ');
  const date = day.length > 5 ? day : day.length > 2 ? `2026-${day}` : `2026-03-${day}`;
  return `${date}T${clock}:00+08:00`;
}
export function at(short: string, precision: 'minute' | 'hour' | 'day', ...assumed: readonly TimeAssumption[]): object {
  return { kind: 'instant', at: on(short), precision, ...(assumed.length > 0 ? { assumed } : {}) };
}
export const minute = (short: string, ...assumed: readonly TimeAssumption[]) => at(short, 'minute', ...assumed);
export const hour = (short: string, ...assumed: readonly TimeAssumption[]) => at(short, 'hour', ...assumed);
export const day = (short: string, ...assumed: readonly TimeAssumption[]) => at(`${short} 00:00`, 'day', ...assumed);
export const since = (short: string, ...assumed: readonly TimeAssumption[]) => ({
  kind: 'since',
  since: on(short),
  ...(assumed.length > 0 ? { assumed } : {}),
});
export const span = (from: string, to: string, ...assumed: readonly TimeAssumption[]) => ({
  kind: 'span',
  since: on(from),
  until: on(to),
  ...(assumed.length > 0 ? { assumed } : {}),
});
export const future = (short: string, past?: string) => ({
  kind: 'future',
  at: on(short),
  ...(past === undefined ? {} : { past: on(past) }),
});
export const asks = (reason: string, ...candidates: readonly string[]) => ({
  kind: 'unclear',
  reason,
  candidates: candidates.map(on),
});
export const unknown: TimeReading = { kind: 'unknown' };
