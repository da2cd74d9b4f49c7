import { digest } from '../../../ops/digest.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Clock, KeptValues } from '../../../use-cases/ports.ts';
import { type Value, valueSchema } from '../../shared/card-view.ts';
import { LIMITS } from '../limits.ts';

type Keeping = { readonly kept: KeptValues; readonly clock: Clock };
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

/**
 * Encodes the value of a button, or a modal's memory: `revision|JSON` in at most `most` bytes. Longer content is stored
 * here in `kept` under its hash, and Slack gets `revision|#hash`.
 */
type Kept = Record<string, string>;
export function encode({ r, ...rest }: Value, kept: Kept, most: number = LIMITS.button.value): string {
  const json = JSON.stringify(rest);
  const value = `${r}|${json}`;
  if (Buffer.byteLength(value) <= most) return value;
  const hash = digest(json);
  kept[hash] = json;
  return `${r}|#${hash}`;
}

const valuePattern = /^(\d{1,9})\|(?:#([\w-]{43})|(\{.*\}))$/s;

/** Decodes a pressed button's value and loads stored content. Null: not ours, or no longer known. */
export async function decode(value: string, kept: (hash: string) => Promise<string | null>): Promise<Value | null> {
  const match = valuePattern.exec(value);
  if (!match) return null;
  const json = parseJson((match[2] === undefined ? match[3] : await kept(match[2])) ?? null);
  if (typeof json !== 'object' || json === null) return null;
  return valueSchema.safeParse({ ...json, r: Number(match[1]) }).data ?? null;
}

/** Removes revisions in button values, which are invisible, from a body. */
export function withoutRevisions(body: string): string {
  return body.replace(/"value":"\d+\|/g, '"value":"|');
}
