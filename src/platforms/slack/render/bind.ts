import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FormRef, ViewRef } from '../../../conversation/cards/card.ts';
import type { LocalAction } from '../../../conversation/cards/localise.ts';
import { type Command, commandSchema } from '../../../incident/commands.ts';
import { parseJson } from '../../../ops/json.ts';
import { downloadAt } from '../../../use-cases/platform-support.ts';
import { LIMITS } from '../limits.ts';

/**
 * Value of a button: its action, the incident, and the revision the card was made for. Slack gives a button 2,000
 * bytes; a longer value is kept on our side under the hash of its content, and the button carries the hash.
 */
const refArgs = z.record(z.string(), z.string());
const formRef = z.strictObject({ form: z.string(), args: refArgs });
const viewRef = z.strictObject({ view: z.string(), args: refArgs });
export const boundSchema = z.strictObject({
  /** Incident; empty for what is about none. */
  i: z.string(),
  /** Surface the button is on: the effect is shown there, so no other answer is posted. */
  s: z.string().optional(),
  d: z.union([
    z.strictObject({ intent: commandSchema }),
    z.strictObject({ form: formRef }),
    z.strictObject({ view: viewRef }),
    z.strictObject({ line: z.string() }),
    /** Submits the ticks of a choice: the fact they answer. */
    z.strictObject({ pick: z.string(), alone: z.array(z.string()).optional() }),
  ]),
});
export type Bound = z.infer<typeof boundSchema>;

export type Does =
  | { readonly intent: Command }
  | { readonly form: FormRef }
  | { readonly view: ViewRef }
  | { readonly line: string }
  | { readonly pick: string; readonly alone?: readonly string[] };

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
export function bind(does: Does, binding: Binding): string {
  const json = JSON.stringify({
    i: binding.incident,
    ...(binding.surface === null ? {} : { s: binding.surface }),
    d: does,
  });
  const value = `${binding.revision}|${json}`;
  if (Buffer.byteLength(value) <= LIMITS.button.value) return value;
  const hash = createHash('sha256').update(json).digest('base64url');
  binding.kept[hash] = json;
  return `${binding.revision}|#${hash}`;
}

/** Effect of an action, as a button value carries it; null for a link, which the browser follows by itself. */
export function doesOf(action: Pick<LocalAction, 'does'>): Does | null {
  const does = action.does;
  switch (does.kind) {
    case 'intent':
      return { intent: does.intent };
    case 'form':
      return { form: does.form };
    case 'view':
      return { view: does.view };
    case 'line':
      return { line: does.text };
    case 'link': {
      const view = downloadAt(does.url);
      return view && { view };
    }
  }
}

/** Target of a link; null if a reader of Slack cannot follow it. */
export function linkOf(action: Pick<LocalAction, 'does'>): string | null {
  if (action.does.kind !== 'link') return null;
  const { url } = action.does;
  return /^https?:\/\//.test(url) && url.length <= LIMITS.button.url ? url : null;
}

/** An action that can do nothing here is not shown. */
export function isUsable(action: Pick<LocalAction, 'does'>): boolean {
  return doesOf(action) !== null || linkOf(action) !== null;
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
