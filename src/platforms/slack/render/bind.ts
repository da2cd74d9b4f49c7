import { z } from 'zod';
import type { LocalAction } from '../../../conversation/cards/localise.ts';
import { parseJson } from '../../../ops/json.ts';
import { DOES, doesOf } from '../../shared/does.ts';
import { LIMITS } from '../limits.ts';
import { hashOf } from './text.ts';

/** Buttons name their effect by its first field, which is shorter: `{"line":"…"}`. */
function withoutKind({ kind, ...does }: Bound['d']): object {
  return kind === 'line' && 'text' in does ? { line: does.text } : does;
}
function withKind(does: unknown): unknown {
  if (typeof does !== 'object' || does === null) return does;
  return 'line' in does ? { kind: 'line', text: does.line } : { kind: Object.keys(does)[0], ...does };
}

/**
 * Value of a button: its effect, the incident, and the revision the card was made for. Slack gives a button 2,000
 * bytes; a longer value is kept on our side under the hash of its content, and the button carries the hash.
 */
const boundSchema = z.strictObject({
  /** Incident; empty for what is about none. */
  i: z.string(),
  /** Surface the button is on: the effect is shown there, so no other answer is posted. */
  s: z.string().optional(),
  d: z.preprocess(
    withKind,
    z.discriminatedUnion('kind', [
      ...DOES,
      /** Submits the ticks of a choice: the fact they answer, and the options that stand alone. */
      z.strictObject({ kind: z.literal('pick'), pick: z.string(), alone: z.array(z.string()).optional() }),
    ]),
  ),
});
export type Bound = z.infer<typeof boundSchema>;

/** Binding of one card's actions, and the values that had to be kept on our side. */
export interface Binding {
  readonly incident: string;
  readonly revision: number;
  readonly surface: string | null;
  /** Filled while rendering: hash → JSON of a `Bound`. */
  readonly kept: Record<string, string>;
}

export function newBinding(incident: string, revision: number, surface: string | null = null): Binding {
  return { incident, revision, surface, kept: {} };
}

/** The value of a button: `revision|JSON`, or `revision|#hash` if the rest is kept. */
export function bind(does: Bound['d'], { incident, surface, revision, kept }: Binding): string {
  const json = JSON.stringify({ i: incident, ...(surface === null ? {} : { s: surface }), d: withoutKind(does) });
  const value = `${revision}|${json}`;
  if (Buffer.byteLength(value) <= LIMITS.button.value) return value;
  const hash = hashOf(json);
  kept[hash] = json;
  return `${revision}|#${hash}`;
}

/** Target of a link; null if a reader of Slack cannot follow it. */
export function linkOf({ does }: Pick<LocalAction, 'does'>): string | null {
  const isOpenable = does.kind === 'link' && /^https?:\/\//.test(does.url) && does.url.length <= LIMITS.button.url;
  return isOpenable ? does.url : null;
}

/** An action that can do nothing here is not shown. */
export function isUsable(action: Pick<LocalAction, 'does'>): boolean {
  return doesOf(action.does) !== null || linkOf(action) !== null;
}

const valuePattern = /^(\d{1,9})\|(?:#([\w-]{43})|(\{.*\}))$/s;

/** A button value as it came back; the content of kept ones is asked for. Null: not one of ours, or no longer known. */
export async function unbind(
  value: string,
  kept: (hash: string) => Promise<string | null>,
): Promise<{ readonly revision: number; readonly bound: Bound } | null> {
  const match = valuePattern.exec(value);
  if (!match) return null;
  const json = match[2] === undefined ? match[3] : await kept(match[2]);
  const parsed = boundSchema.safeParse(parseJson(json ?? null));
  return parsed.success ? { revision: Number(match[1]), bound: parsed.data } : null;
}

/** The part of a body a reader sees: revisions in button values are bound, not shown. */
export function withoutRevisions(body: string): string {
  return body.replace(/"value":"\d+\|/g, '"value":"|');
}
