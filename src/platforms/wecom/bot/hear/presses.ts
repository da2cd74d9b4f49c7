import type { Text } from '../../../../conversation/cards/card.ts';
import { localise } from '../../../../conversation/cards/localise.ts';
import { strongBlock } from '../../../../conversation/cards/sentence.ts';
import { unreachedIn } from '../../../../conversation/commands/items.ts';
import type { Command } from '../../../../incident/commands.ts';
import { reveals } from '../../../../incident/visibility.ts';
import { entryOf } from '../../../../law/lookup.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { type Effect, meant } from '../../cards/button-effects.ts';
import { type Answered, taskOf, withOwnKeys } from '../../cards/task.ts';
import { CARD_COUNTS } from '../../limits.ts';
import { cut } from '../../text/cut.ts';
import { formSubmitted } from './drawn-forms.ts';
import { type EventFrame, type Press, pressOf } from './frames.ts';
import { answeredBy, answeredText, lockedCard, type PressedCard, putInPlace } from './in-place.ts';
import { composed, IN_PLACE, line, sentence, spotOf, type WecomBot } from './spots.ts';

/** A pressed button with its effect. */
export interface Pressed extends PressedCard {
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
    if (found.say === 'wecom.old_card' && (await shownAgain(bot, card))) return;
    return line(bot, spot, found.say, { option: { raw: found.option } }, task.incident || null);
  }
  const pressed = { ...card, entry: found };
  if (found.does.kind === 'form') return act(bot, pressed);
  await Promise.all([act(bot, pressed), bot.intake.forms.leave(spot, 'behind')]);
}

/** Shows the current card after a press on a button it no longer has (pressed twice, or by two people). */
async function shownAgain(bot: WecomBot, card: PressedCard): Promise<boolean> {
  const { task, spot } = card;
  if (task.bound.does[SURE]) return true;
  if (task.surface !== null && entryOf(RENEWED, task.surface) === 'whole')
    return (await renew(bot, card, task.surface)) === true;
  if (!task.answered || !reveals(await bot.app.visibility(task.incident, spot.caller), 'overview')) return false;
  const { result } = task.answered;
  return showLocked(bot, card, task.answered, result === undefined ? result : { raw: result }, task.revision);
}
/** Key of the button that confirms an irreversible act. */
const SURE = 'sure';

async function act(bot: WecomBot, pressed: Pressed): Promise<void> {
  const { spot, task, entry, msgid, click } = pressed;
  const { does } = entry;
  // Posted cards can be edited only after a press: content from before the stop is removed then.
  if ((await isStopped(bot, pressed)) && (await renew(bot, pressed, 'status'))) return;
  if (entry.confirm !== undefined) return askFirst(bot, pressed, entry.confirm);
  if (does.kind === 'refresh') return renewed(bot, pressed);
  const { incident, revision, surface } = task;
  const isQuestion = surface === 'question';
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

async function isStopped(bot: WecomBot, { spot, task, entry: { does } }: Pressed): Promise<boolean> {
  // These buttons remain on the card of a stopped incident.
  const isOffered = does.kind === 'refresh' || (does.kind === 'intent' && does.intent.type === 'take_lead');
  if (task.incident === '' || isOffered) return false;
  const shown = await bot.app.visibility(task.incident, spot.caller);
  return shown.show === 'head' && shown.why === 'stopped';
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

function isStale(result: Submitted): boolean {
  return result.kind === 'refused' && result.refusal.code === 'stale_revision';
}

/** Lists used by several people: a press updates the list in place instead of locking it. */
const LISTS: Readonly<Partial<Record<Command['type'], string>>> = { take_item: 'checklist', finish_task: 'tasks' };
/** Cards updated by a press. A question and a draft become another card, shown whole or not at all. */
const RENEWED: Readonly<Record<string, 'shortened' | 'whole'>> = {
  ...{ status: 'shortened', checklist: 'shortened', tasks: 'shortened' },
  ...{ question: 'whole', draft: 'whole' },
};

function renewedAs({ task, entry: { does } }: Pressed): string | undefined {
  if (task.surface !== null && entryOf(RENEWED, task.surface)) return task.surface;
  return task.bound.isList && does.kind === 'intent' ? LISTS[does.intent.type] : undefined;
}

/** Replaces the card by who answered what; a list or status card shows its new state. Returns true if changed. */
export async function lock(bot: WecomBot, pressed: Pressed, result: Submitted): Promise<boolean> {
  const { spot, click, task, entry } = pressed;
  if (result.kind === 'refused' && !isStale(result)) return false;
  const now = result.kind === 'done' ? answeredBy(entry, result, spot.caller.name, click.at) : undefined;
  const said = result.kind === 'done' ? result.said?.summary : bot.explain(result.refusal, result.state).summary;
  const view = renewedAs(pressed);
  if (view === 'status') return (await renew(bot, pressed, view)) === true;
  // Names of those who answered are content as well.
  if (!reveals(await bot.app.visibility(task.incident, spot.caller), 'overview')) return false;
  if (view !== undefined) {
    const missed = said && unreachedIn(said);
    const news = now ? [answeredText(now), ...(missed ? [missed] : [])] : said ? [said] : [];
    // The update may have been lost; then the next press is answered with the first person's name.
    const isRenewed = task.answered
      ? null
      : ((await renew(bot, pressed, view, news)) ??
        // The brief sentence saves a second message if a long name or answer does not fit.
        (now ? await renew(bot, pressed, view, [answeredText({ ...now, as: 'brief' })]) : null));
    if (isRenewed === false && now) await bot.tasks.put(click.task, { ...task, answered: now });
    if (isRenewed !== null) return isRenewed;
  }
  const revision = result.kind === 'done' ? result.state.version : task.revision;
  const answered = task.answered ?? (now && { ...now, ...(said ? { result: localise(said, spot.at.language) } : {}) });
  return showLocked(bot, pressed, answered, said, revision);
}

/** Replaces a card by its answer: actor, choice, result. Its buttons stay stored in case the update is lost. */
async function showLocked(
  bot: WecomBot,
  pressed: PressedCard,
  answered: Answered | undefined,
  said: Text | undefined,
  revision: number,
): Promise<boolean> {
  const { task, spot } = pressed;
  const about = { incident: task.incident, revision };
  const message = composed(spot, lockedCard(task, answered, said), about, IN_PLACE);
  return (await putInPlace(bot, pressed, message, answered)) === true;
}

async function renewed(bot: WecomBot, pressed: Pressed): Promise<void> {
  if (await renew(bot, pressed, 'status')) return;
  const view = pressed.task.surface === 'question' ? 'question' : 'status';
  await bot.intake.look(pressed.spot, { kind: 'view', view: { view, args: { incident: pressed.task.incident } } });
}

/** Replaces a card by its current state, with changes first. False: not accepted; null: too much for a card. */
async function renew(
  bot: WecomBot,
  pressed: PressedCard,
  surface: string,
  changed: readonly Text[] = [],
): Promise<boolean | null> {
  const { spot, task } = pressed;
  const { incident } = task;
  const state = await bot.app.state(incident, spot.caller);
  const shown = await bot.app.view({ view: surface, args: { incident } }, spot.caller);
  if (!state || 'code' in shown) return false;
  const card = { ...shown, blocks: [...changed.map(strongBlock), ...shown.blocks] };
  const about = { incident, revision: state.version, surface };
  const message = composed(spot, card, about, entryOf(RENEWED, surface) === 'whole' ? undefined : IN_PLACE);
  const place = { incident, chat: spot.at.chat.id, surface };
  return bot.renewals.renewing(place, shown, () => putInPlace(bot, pressed, message));
}
