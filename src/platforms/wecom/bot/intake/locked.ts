import type { Action, Card, Text } from '../../../../conversation/cards/card.ts';
import { sentenceCard } from '../../../../conversation/cards/sentence.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { type Entry, isAnswer } from '../../cards/bound.ts';
import { tagOf } from '../../cards/head.ts';
import type { Answered, Task } from '../../cards/task.ts';

const SENTENCES = {
  answer: 'wecom.answered',
  taken: 'wecom.taken',
  approved: 'wecom.approved',
  other: 'wecom.done',
  brief: 'wecom.answered_brief',
} as const;

/** Result of a press, as it is shown to the others. */
export function answeredBy(
  entry: Entry,
  result: Extract<Submitted, { kind: 'done' }>,
  by: string,
  at: number,
): Answered {
  const item = itemTaken(entry, result.said?.summary);
  if (item !== null) return { by, at, what: item, as: 'taken' };
  const isApproval = entry.does.kind === 'intent' && entry.does.intent.type === 'approve';
  return { by, at, what: entry.label, as: isApproval ? 'approved' : isAnswer(entry) ? 'answer' : 'other' };
}

/** Number of the item taken, for the reply to the person who took it; null for other acts. */
function itemTaken({ does }: Entry, said: Text | undefined): string | null {
  if (!said || does.kind !== 'intent' || does.intent.type !== 'take_item') return null;
  const [first = said] = 'list' in said ? said.list : [];
  const what = 'key' in first ? first.params?.['what'] : undefined;
  const n = typeof what === 'object' && 'key' in what ? what.params?.['n'] : undefined;
  return typeof n === 'number' ? String(n) : null;
}

/** "Li Wei at 13:06: approved". */
export function answeredText({
  by,
  at,
  what,
  as,
}: Omit<Answered, 'as'> & { readonly as: keyof typeof SENTENCES }): Text {
  const params = {
    by: { raw: by },
    at: { instant: new Date(at).toISOString(), style: 'time' as const },
    what: { raw: what },
  };
  return { key: SENTENCES[as], params };
}

/** In the place of a card that is answered: by whom, what came of it, and the way on. */
export function lockedCard(task: Task, answered: Answered | undefined, said: Text | undefined): Card {
  const heading = task.heading.replace(tagOf(task.incident), '');
  const [first, ...more] = [...(answered ? [answeredText(answered)] : []), ...(said ? [said] : [])];
  const title: Text = heading === '' ? (first ?? { raw: task.incident }) : { raw: heading };
  return sentenceCard(title, [
    ...(first ? [{ kind: 'text' as const, text: first, strong: true }] : []),
    ...more.map((text) => ({ kind: 'text' as const, text })),
    { kind: 'actions', actions: wayOn(task.incident) },
  ]);
}

function wayOn(incident: string): readonly Action[] {
  const args = { incident };
  return [
    { id: 'question', label: { key: 'wecom.current' }, does: { kind: 'view', view: { view: 'question', args } } },
    { id: 'answers', label: { key: 'act.answers' }, does: { kind: 'view', view: { view: 'answers', args } } },
  ];
}
