import { z } from 'zod';
import type { Command } from '../../incident/commands.ts';
import type { Action, Card, Text } from './card.ts';
import { buttons, sentenceCard, strongBlock, textBlock } from './sentence.ts';

/** First answer to a card, for its later readers; for an item that was taken `what` is its number. */
export const answeredSchema = z.strictObject({
  by: z.string(),
  at: z.number(),
  what: z.string(),
  as: z.enum(['answer', 'taken', 'approved', 'other']),
  /** Sentence on the result of the press. */
  result: z.string().optional(),
});
export type Answered = z.infer<typeof answeredSchema>;

/** Pressed button; `intent` null: it opened or showed something. */
export interface PressedButton {
  readonly label: string;
  readonly intent: Command | null;
}

/** Returns true for an answer to a question; decisions are none. */
export function isAnswerTo(intent: Command | null): boolean {
  return intent?.type === 'answer' || intent?.type === 'add_awareness';
}

/** Returns the answer that a press gave. `said`: its confirmation; `at`: epoch ms. */
export function answeredBy({ label, intent }: PressedButton, said: Text | undefined, by: string, at: number): Answered {
  const item = intent?.type === 'take_item' ? itemIn(said) : null;
  if (item !== null) return { by, at, what: item, as: 'taken' };
  return { by, at, what: label, as: intent?.type === 'approve' ? 'approved' : isAnswerTo(intent) ? 'answer' : 'other' };
}

/** Returns the number of the item in the confirmation that it was taken; null if it names none. */
function itemIn(said: Text | undefined): string | null {
  if (!said) return null;
  const [first = said] = 'list' in said ? said.list : [];
  const what = 'key' in first ? first.params?.['what'] : undefined;
  const n = typeof what === 'object' && 'key' in what ? what.params?.['n'] : undefined;
  return typeof n === 'number' ? String(n) : null;
}

/** Returns a sentence such as "Li Wei at 13:06: approved". */
export function answeredText({
  by,
  at,
  what,
  as,
}: Omit<Answered, 'as'> & { readonly as: Answered['as'] | 'brief' }): Text {
  const time = { instant: new Date(at).toISOString(), style: 'time' } as const;
  return { key: `chat.pressed.${as}`, params: { by: { raw: by }, at: time, what: { raw: what } } };
}

/** Returns the card that replaces an answered one: who answered, the result `said`, and the next step. */
export function answeredCard(
  { incident, heading }: { readonly incident: string; readonly heading: string },
  answered: Answered | undefined,
  said: Text | undefined,
): Card {
  const lines = [...(answered ? [answeredText(answered)] : []), ...(said ? [said] : [])];
  const title: Text = heading === '' ? (lines[0] ?? { raw: incident }) : { raw: heading };
  const blocks = lines.map((text, index) => (index === 0 ? strongBlock(text) : textBlock(text)));
  const args = { incident };
  const ways: readonly Action[] = [
    {
      id: 'question',
      label: { key: 'chat.pressed.question' },
      does: { kind: 'view', view: { view: 'question', args } },
    },
    { id: 'answers', label: { key: 'act.answers' }, does: { kind: 'view', view: { view: 'answers', args } } },
  ];
  return sentenceCard(title, [...blocks, ...buttons(ways)]);
}
