import { parseJson } from '../../../ops/json.ts';
import { type Value, valueSchema } from '../../shared/card-view.ts';
import { LIMITS } from '../limits.ts';
import { hashOf } from './text.ts';

/** Buttons name their effect by its first field, which is shorter: `{"line":"…"}`. */
function shortened({ kind, ...does }: Value['d']): object {
  if (kind === 'line' && 'text' in does) return { line: does.text };
  if (kind !== 'ticks' || !('alone' in does)) return does;
  const alone = Object.keys(does.alone);
  return { pick: does.fact, ...(alone.length > 0 ? { alone } : {}) };
}
function whole(does: unknown): unknown {
  if (typeof does !== 'object' || does === null) return does;
  if ('line' in does) return { kind: 'line', text: does.line };
  if (!('pick' in does)) return { kind: Object.keys(does)[0], ...does };
  const alone: readonly unknown[] = 'alone' in does && Array.isArray(does.alone) ? does.alone : [];
  return { kind: 'ticks', fact: does.pick, alone: Object.fromEntries(alone.map((one) => [String(one), String(one)])) };
}

/**
 * Value of a button: `revision|JSON`. Slack gives a button 2,000 bytes; a longer one is kept on our side under the hash of its
 * content, in `kept`, and the button carries the hash: `revision|#hash`.
 */
export function encode({ r, i, s, d }: Value, kept: Record<string, string>): string {
  const json = JSON.stringify({ i, ...(s === undefined ? {} : { s }), d: shortened(d) });
  const value = `${r}|${json}`;
  if (Buffer.byteLength(value) <= LIMITS.button.value) return value;
  const hash = hashOf(json);
  kept[hash] = json;
  return `${r}|#${hash}`;
}

const valuePattern = /^(\d{1,9})\|(?:#([\w-]{43})|(\{.*\}))$/s;

/** A button value as it came back; the content of kept ones is asked for. Null: not one of ours, or no longer known. */
export async function decode(value: string, kept: (hash: string) => Promise<string | null>): Promise<Value | null> {
  const match = valuePattern.exec(value);
  if (!match) return null;
  const json = parseJson((match[2] === undefined ? match[3] : await kept(match[2])) ?? null);
  if (typeof json !== 'object' || json === null || !('d' in json)) return null;
  return valueSchema.safeParse({ ...json, r: Number(match[1]), d: whole(json.d) }).data ?? null;
}

/** The part of a body a reader sees: revisions in button values are bound, not shown. */
export function withoutRevisions(body: string): string {
  return body.replace(/"value":"\d+\|/g, '"value":"|');
}
