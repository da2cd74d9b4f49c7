import type { Action, Card, Text } from '../../../../conversation/cards/card.ts';
import { buttons, sentenceCard, strongBlock, textBlock } from '../../../../conversation/cards/sentence.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { type Effect, isAnswer } from '../../cards/button-effects.ts';
import { tagOf } from '../../cards/head.ts';
import { type Answered, type Task, taskOf, type WecomMessage, withOwnKeys } from '../../cards/task.ts';
import type { Click } from '../sender.ts';
import type { Spot, WecomBot } from './spots.ts';

/** Pressed card, with the person who pressed it. */
export interface PressedCard {
  readonly spot: Spot;
  readonly click: Click;
  readonly task: Task;
  readonly msgid: string;
}

/** Replaces the pressed card by a message. False: not accepted; null: the message does not fit on a card. */
export async function putInPlace(
  { sender, tasks }: WecomBot,
  { spot, click, task }: PressedCard,
  message: WecomMessage,
  answered?: Answered,
): Promise<boolean | null> {
  if (!message.card || message.markdown !== null) return null;
  const own = withOwnKeys(message);
  // Buttons are stored before the card is shown: a press may arrive at once, or after a crash.
  await sender.rebind(spot.at.chat.id, click.task, own);
  if (answered) await tasks.put(click.task, { ...taskOf(own), answered });
  if (await sender.update(spot.at.chat.id, click, own.card ?? message.card)) return true;
  await tasks.put(click.task, answered ? { ...task, answered } : task);
  return false;
}

const SENTENCES = {
  answer: 'wecom.answered',
  taken: 'wecom.taken',
  approved: 'wecom.approved',
  other: 'wecom.done',
  brief: 'wecom.answered_brief',
} as const;

/** Returns the result of a press for the other members. */
export function answeredBy(
  entry: Effect,
  result: Extract<Submitted, { kind: 'done' }>,
  by: string,
  at: number,
): Answered {
  const item = itemTaken(entry, result.said?.summary);
  if (item !== null) return { by, at, what: item, as: 'taken' };
  const isApproval = entry.does.kind === 'intent' && entry.does.intent.type === 'approve';
  return { by, at, what: entry.label, as: isApproval ? 'approved' : isAnswer(entry) ? 'answer' : 'other' };
}

/** Returns the number of the item taken, for the reply to the person; null for other acts. */
function itemTaken({ does }: Effect, said: Text | undefined): string | null {
  if (!said || does.kind !== 'intent' || does.intent.type !== 'take_item') return null;
  const [first = said] = 'list' in said ? said.list : [];
  const what = 'key' in first ? first.params?.['what'] : undefined;
  const n = typeof what === 'object' && 'key' in what ? what.params?.['n'] : undefined;
  return typeof n === 'number' ? String(n) : null;
}

type Said = Omit<Answered, 'as'> & { readonly as: keyof typeof SENTENCES };

/** Returns a sentence such as "Li Wei at 13:06: approved". */
export function answeredText({ by, at, what, as }: Said): Text {
  const time = { instant: new Date(at).toISOString(), style: 'time' } as const;
  return { key: SENTENCES[as], params: { by: { raw: by }, at: time, what: { raw: what } } };
}

/** Returns the card that replaces an answered one: who answered, the result, and the next step. */
export function lockedCard(task: Task, answered: Answered | undefined, said: Text | undefined): Card {
  const heading = task.heading.replace(tagOf(task.incident), '');
  const lines = [...(answered ? [answeredText(answered)] : []), ...(said ? [said] : [])];
  const title: Text = heading === '' ? (lines[0] ?? { raw: task.incident }) : { raw: heading };
  const blocks = lines.map((text, index) => (index === 0 ? strongBlock(text) : textBlock(text)));
  return sentenceCard(title, [...blocks, ...buttons(wayOn(task.incident))]);
}

function wayOn(incident: string): readonly Action[] {
  const args = { incident };
  return [
    { id: 'question', label: { key: 'wecom.current' }, does: { kind: 'view', view: { view: 'question', args } } },
    { id: 'answers', label: { key: 'act.answers' }, does: { kind: 'view', view: { view: 'answers', args } } },
  ];
}
