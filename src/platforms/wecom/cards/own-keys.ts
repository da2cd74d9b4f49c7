import type { WecomMessage } from './compose.ts';
import type { Bound } from './does.ts';

/**
 * The message with keys that no other revision of its card has: a card that takes the place of another keeps its task id,
 * and a press on what stood there before must not be taken for one on what stands there now.
 */
export function withOwnKeys(message: WecomMessage): WecomMessage {
  const own = (key: string): string => `${key}-${message.revision}`;
  const { card, bound } = message;
  if (card?.card_type === 'button_interaction') {
    const button_list = card.button_list.map((button) => ({ ...button, key: own(button.key) }));
    return { ...message, card: { ...card, button_list }, bound: renamed(bound, own) };
  }
  if (card?.card_type !== 'vote_interaction') return message;
  const submit_button = { ...card.submit_button, key: own(card.submit_button.key) };
  return { ...message, card: { ...card, submit_button }, bound: { ...bound, submit: submit_button.key } };
}

function renamed({ buttons, rows, answers, ...rest }: Bound, own: (key: string) => string): Bound {
  const keys = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).map(([key, value]) => [own(key), value]));
  const byRow = rows && Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, keys(row)]));
  return { ...rest, buttons: keys(buttons), ...(byRow ? { rows: byRow } : {}), answers: answers.map(own) };
}
