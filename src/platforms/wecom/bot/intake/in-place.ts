import type { Card } from '../../../../conversation/cards/card.ts';
import { compose } from '../../cards/compose.ts';
import { type WecomMessage, withOwnKeys } from '../../cards/message.ts';
import { type Task, taskOf } from '../../cards/task.ts';
import type { Click } from '../sender.ts';
import { type Intake, languageOf, type Spot } from './context.ts';

/** A card that was pressed, and by whom. */
export interface PressedCard {
  readonly spot: Spot;
  readonly click: Click;
  readonly task: Task;
  readonly msgid: string;
}
type About = Pick<WecomMessage, 'incident' | 'revision' | 'surface'>;

/** The card of a reply as it may stand in the place of a pressed one: whole, in the language of the conversation. */
export function replacing(spot: Spot, card: Card, about: About): WecomMessage {
  return compose({ ...about, card, language: languageOf(spot) }, { flavour: 'bot' });
}

/** Shows a message in the place of the pressed card. False: it was not accepted; null: a card has no room for it. */
export async function putInPlace(
  { sender, tasks }: Intake,
  { spot, click, task }: PressedCard,
  message: WecomMessage,
  answered?: Task['answered'],
): Promise<boolean | null> {
  if (!message.card || message.markdown !== null) return null;
  const own = withOwnKeys(message);
  // Before it is shown: a press may come at once, or after a crash.
  await sender.rebind(spot.chat.id, click.task, own);
  if (answered) await tasks.put(click.task, { ...taskOf(own), answered });
  if (await sender.update(spot.chat.id, click, own.card ?? message.card)) return true;
  await tasks.put(click.task, answered ? { ...task, answered } : task);
  return false;
}
