import { parseJson } from '../../../ops/json.ts';
import { type Value, valueSchema } from '../../shared/card-view.ts';
import { LIMITS } from '../limits.ts';
import { hashOf } from './text.ts';

/**
 * Encodes the value of a button, or a modal's memory: `revision|JSON` in at most `most` bytes. Longer content is stored
 * here in `kept` under its hash, and Slack gets `revision|#hash`.
 */
export function encode(
  { r, ...rest }: Value,
  kept: Record<string, string>,
  most: number = LIMITS.button.value,
): string {
  const json = JSON.stringify(rest);
  const value = `${r}|${json}`;
  if (Buffer.byteLength(value) <= most) return value;
  const hash = hashOf(json);
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
