import type { PressedButton } from '../../../../conversation/cards/answered-card.ts';
import { renewed, shownAgain, stoppedShown } from '../../../../talk/pressed-card.ts';
import { type Effect, meant } from '../../cards/button-effects.ts';
import { taskOf, withOwnKeys } from '../../cards/task.ts';
import { CARD_COUNTS } from '../../limits.ts';
import { cut } from '../../text.ts';
import { formSubmitted } from './drawn-forms.ts';
import { type EventFrame, type Press, pressOf } from './frames.ts';
import { type Clicked, pressedCard } from './in-place.ts';
import { composed, IN_PLACE, line, sentence, spotOf, type WecomBot } from './spots.ts';

export interface Pressed extends Clicked {
  readonly entry: Effect;
}

/**
 * Handles a button, or ticks. Only the person and card in a frame are trusted; the effect is read from our store. The
 * act is committed first; the card is changed right after, within WeCom's five seconds.
 */
export async function cardPressed(bot: WecomBot, frame: EventFrame): Promise<void> {
  const press = pressOf(frame);
  if (!press) return;
  const at = bot.clock.now();
  // Presses on the same card wait for the first, and get the same answer.
  await bot.presses.run(press.task_id, () => pressedAt(bot, frame, press, at));
}

async function pressedAt(bot: WecomBot, frame: EventFrame, press: Press, at: number): Promise<void> {
  const spot = spotOf(bot, frame.body);
  const task = await bot.tasks.get(press.task_id);
  if (!task) return line(bot, spot, 'wecom.old_card');
  const ticked = (press.selected_items?.selected_item ?? []).flatMap((item) => item.option_ids?.option_id ?? []);
  const click = { request: frame.headers.req_id, task: press.task_id, at };
  const card = { spot, click, task, msgid: frame.body.msgid };
  if (task.bound.form && press.event_key === task.bound.submit) return formSubmitted(bot, card, ticked);
  const found = meant(task.bound, press.event_key, ticked);
  if ('say' in found) {
    // A second click on a button that was replaced by its confirmation does nothing.
    if (task.bound.does[SURE]) return;
    if (found.say === 'wecom.old_card' && (await shownAgain(bot, pressedCard(bot, card)))) return;
    return line(bot, spot, found.say, { option: { raw: found.option } }, task.incident || null);
  }
  const pressed = { ...card, entry: found };
  if (found.does.kind === 'form') return act(bot, pressed);
  await Promise.all([act(bot, pressed), bot.intake.forms.leave(spot, 'behind')]);
}

/** Key of the button that confirms an irreversible act. */
const SURE = 'sure';

export const buttonOf = ({ entry: { label, does } }: Pressed): PressedButton => ({
  label,
  intent: does.kind === 'intent' ? does.intent : null,
});

async function act(bot: WecomBot, pressed: Pressed): Promise<void> {
  const { spot, task, entry, msgid, click } = pressed;
  const { does } = entry;
  const { incident, revision, surface } = task;
  const isQuestion = surface === 'question';
  const card = pressedCard(bot, pressed);
  // Posted cards can be edited only after a press: content from before the stop is removed then.
  if (await stoppedShown(bot, card, buttonOf(pressed))) return;
  if (entry.confirm !== undefined) return askFirst(bot, pressed, entry.confirm);
  if (does.kind === 'refresh') {
    if (await renewed(bot, card, 'status')) return;
    const view = { view: isQuestion ? 'question' : 'status', args: { incident } };
    return bot.intake.look(spot, { kind: 'view', view });
  }
  const isAsked = isQuestion || (does.kind === 'intent' && does.intent.type === 'answer');
  const { after } = await bot.intake.press(
    { ...spot, at: { ...spot.at, pressed } },
    {
      ...{ key: `click:${msgid}`, incident, revision, does, atEnd: isQuestion },
      ...(isAsked ? { surface: 'question' } : {}),
      body: [spot.caller.account.id, click.task, does],
    },
  );
  await after();
}

/** Asks again before an irreversible act. */
async function askFirst(bot: WecomBot, { spot, click, task, entry }: Pressed, question: string): Promise<void> {
  const { confirm: _, ...sure } = entry;
  const { incident, revision, surface } = task;
  const message = composed(spot, sentence({ raw: question }), { incident, revision, surface: 'status' }, IN_PLACE);
  const { card, bound } = withOwnKeys(message);
  if (card?.card_type !== 'button_interaction') return;
  const yes = { text: cut(entry.label, CARD_COUNTS.buttonText), key: SURE, style: 3 as const };
  const asked = { ...card, button_list: [yes, ...card.button_list] };
  const does = { ...bound.does, [SURE]: sure };
  await bot.tasks.put(click.task, { ...taskOf(message), surface, bound: { does, answers: [] } });
  if (!(await bot.sender.update(spot.at.chat.id, click, asked))) await line(bot, spot, 'wecom.not_updated');
}
