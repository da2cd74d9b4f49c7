import { subscribe } from 'node:diagnostics_channel';
import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import type { GaugeSources } from '../ops/metrics.ts';
import { systemClock } from '../ops/system-clock.ts';
import type { Clock } from '../use-cases/ports.ts';

/** Maximum number of hosts whose clocks are remembered; platforms have only a few. */
const MOST = 20;

/** Returns how many seconds each answering host's clock is ahead of `clock`, by the Date header of its answers. */
export function answeredSkews(clock: Pick<Clock, 'now'>): ReadonlyMap<string, number> {
  const skews = new Map<string, number>();
  subscribe('undici:request:headers', (message) => {
    const { host, date } = answerOf(message);
    if (host === '' || Number.isNaN(date) || (skews.size >= MOST && !skews.has(host))) return;
    skews.set(host, skewOf(date, clock.now()));
  });
  return skews;
}

/** Returns the skew in seconds. Date headers omit the fraction of the second, so half a second is added. */
function skewOf(date: number, now: number): number {
  return Math.round((date + 500 - now) / 1_000);
}

const answerSchema = z.object({
  request: z.object({ origin: z.union([z.string(), z.instanceof(URL)]) }),
  response: z.object({ headers: z.array(z.unknown()) }),
});

/** Returns the host that answered and its Date (epoch ms; NaN without one). */
function answerOf(message: unknown): { readonly host: string; readonly date: number } {
  const answer = answerSchema.safeParse(message).data;
  const origin = String(answer?.request.origin);
  const headers = answer?.response.headers ?? [];
  const at = headers.findIndex((part, index) => index % 2 === 0 && /^date$/i.test(String(part)));
  return {
    host: URL.canParse(origin) ? new URL(origin).host : '',
    date: at < 0 ? Number.NaN : Date.parse(String(headers[at + 1])),
  };
}

/** Returns the machine's figures for `/metrics`. `clock` times the deadlines: it is the database's if one is set. */
export function machineFigures(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  clock: Pick<Clock, 'now'>,
): Pick<GaugeSources, 'diskFree' | 'clockSkew'> {
  const skews = answeredSkews(clock);
  return {
    diskFree: async () => {
      const disk = await statfs(dataDir).catch(() => null);
      return disk && disk.bavail * disk.bsize;
    },
    clockSkew: () =>
      databaseUrl === null
        ? skews
        : [...skews, ['machine', Math.round((systemClock.now() - clock.now()) / 1_000)] as const],
  };
}
