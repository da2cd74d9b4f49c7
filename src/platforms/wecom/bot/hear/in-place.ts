import type { Answered } from '../../../../conversation/cards/answered-card.ts';
import { tagOf } from '../../../../conversation/text/commands/command-lead.ts';
import type { PressedCard } from '../../../../talk/pressed-card.ts';
import { type Task, taskOf, type WecomMessage, withOwnKeys } from '../../cards/task.ts';
import type { Click } from '../sender.ts';
import { composed, IN_PLACE, type Spot, type WecomBot } from './spots.ts';

/** Clicked card, with the person who clicked it. */
export interface Clicked {
  readonly spot: Spot;
  readonly click: Click;
  readonly task: Task;
  readonly msgid: string;
}

/** Returns a clicked card for the core, which decides what replaces it. */
export function pressedCard(bot: WecomBot, clicked: Clicked): PressedCard {
  const { spot, click, task } = clicked;
  const { incident, revision, surface, answered, bound } = task;
  return {
    ...{ incident, revision, surface, answered, spot, chat: spot.at.chat.id, at: click.at },
    heading: task.heading.replace(tagOf(incident), ''),
    isList: bound.isList === true,
    put: (card, about, isWhole, now) =>
      putInPlace(bot, clicked, composed(spot, card, about, isWhole ? undefined : IN_PLACE), now),
    keep: (now) => bot.tasks.put(click.task, { ...task, answered: now }),
  };
}

/** Replaces the clicked card by a message. False: not accepted; null: the message does not fit on a card. */
export async function putInPlace(
  { sender, tasks }: WecomBot,
  { spot, click, task }: Clicked,
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
