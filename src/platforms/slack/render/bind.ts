import { parseJson } from '../../../ops/json.ts';
import { type Value, valueSchema } from '../../shared/card-view.ts';
import { LIMITS } from '../limits.ts';
import { hashOf } from './text.ts';

/**
 * Value of a button, or memory of a modal: `revision|JSON`, of at most `most` bytes. A longer one is kept on our side under
 * the hash of its content, in `kept`, and Slack gets the hash: `revision|#hash`.
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

/** Value of a pressed button; the content of kept values is loaded. Null: not one of ours, or no longer known. */
export async function decode(value: string, kept: (hash: string) => Promise<string | null>): Promise<Value | null> {
  const match = valuePattern.exec(value);
  if (!match) return null;
  const json = parseJson((match[2] === undefined ? match[3] : await kept(match[2])) ?? null);
  if (typeof json !== 'object' || json === null) return null;
  return valueSchema.safeParse({ ...json, r: Number(match[1]) }).data ?? null;
}

/** The part of a body a reader sees: revisions in button values are bound, not shown. */
export function withoutRevisions(body: string): string {
  return body.replace(/"value":"\d+\|/g, '"value":"|');
}
