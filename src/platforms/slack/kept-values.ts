import type { Clock, KeptKey, KeptValues } from '../../use-cases/ports.ts';

interface Keeping {
  readonly kept: KeptValues;
  readonly clock: Clock;
}

const PREFIX = 'value:';
/** Retention (ms) of button values: a button not shown again for so long is out of date, and says so when pressed. */
const KEPT_FOR = 180 * 86_400_000;
const AT_ONCE = 500;
/** First characters of hashes, by which kept values are read in portions. */
const HEADS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');

/** Stores button values, with the time, before the buttons are shown. */
export async function keepValues({ kept, clock }: Keeping, values: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(
    Object.entries(values).map(([hash, json]) => kept.put(`${PREFIX}${hash}`, `${clock.now()}|${json}`)),
  );
}

export async function keptValue(kept: KeptValues, hash: string): Promise<string | null> {
  const value = await kept.get(`${PREFIX}${hash}`);
  return value === null ? null : value.slice(value.indexOf('|') + 1);
}

/** Drops values of messages and forms not shown in the last half year. */
export async function pruneValues({ kept, clock }: Keeping): Promise<void> {
  for (const head of HEADS) {
    for (const { key, value } of await kept.list(`${PREFIX}${head}`, AT_ONCE)) {
      if (Number(value.slice(0, value.indexOf('|'))) < clock.now() - KEPT_FOR) await kept.remove(key);
    }
  }
}

/** Returns the key under which a file's id is stored before the file is shared, so that the file can be found later. */
export function uploadKey(key: string): KeptKey {
  return `upload:${key}`;
}
