import { strongBlock } from '../../../../conversation/cards/blocks.ts';
import type { Text } from '../../../../conversation/cards/card.ts';
import { localise } from '../../../../conversation/cards/localise.ts';
import { unreachedIn } from '../../../../conversation/record/command-confirmations.ts';
import type { Command } from '../../../../incident/commands.ts';
import { reveals } from '../../../../incident/visibility.ts';
import type { Press as Act } from '../../../../talk/acts.ts';
import { placeOfFiles } from '../../../../talk/given-files.ts';
import { seenSoFar } from '../../../../talk/seen-cards.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { type Entry, meant } from '../../cards/bound.ts';
import { withOwnKeys } from '../../cards/message.ts';
import { type Answered, taskOf } from '../../cards/task.ts';
import { CARD_COUNTS } from '../../limits.ts';
import { cut } from '../../text/cut.ts';
import { concluded, showThere, showView, statusSaid } from './answers.ts';
import { composed, delivery, IN_PLACE, type Intake, line, sentence, spotOf } from './context.ts';
import { formSubmitted } from './form-submitted.ts';
import { type EventFrame, type Press, pressOf } from './frames.ts';
import { answeredBy, answeredText, lockedCard, type PressedCard, putInPlace } from './in-place.ts';
import { leaveForm } from './pending-form.ts';

interface Pressed extends PressedCard {
  readonly entry: Entry;
}

/**
 * A button, or what was ticked. Nothing in the frame is believed but who pressed which card: what it means is looked up on
 * our side. It is committed first; the card is changed right after, within WeCom's five seconds.
 */
export async function cardPressed(intake: Intake, frame: EventFrame): Promise<void> {
  const press = pressOf(frame);
  if (!press) return;
  const at = intake.clock.now();
  // A second press on the same card waits for the first: it is answered with what that came to.
  await intake.presses.run(press.task_id, () => pressedAt(intake, frame, press, at));
}

async function pressedAt(intake: Intake, frame: EventFrame, press: Press, at: number): Promise<void> {
  const spot = spotOf(intake, frame.body);
  const task = await intake.tasks.get(press.task_id);
  if (!task) return line(intake, spot, 'wecom.old_card');
  const ticked = (press.selected_items?.selected_item ?? []).flatMap((item) => item.option_ids?.option_id ?? []);
  const click = { request: frame.headers.req_id, task: press.task_id, at };
  const card = { spot, click, task, msgid: frame.body.msgid };
  if (task.bound.form && press.event_key === task.bound.submit) return formSubmitted(intake, card, ticked);
  const found = meant(task.bound, press.event_key, ticked);
  if ('say' in found) {
    if (found.say === 'wecom.old_card' && (await shownAgain(intake, card))) return;
    return line(intake, spot, found.say, { option: { raw: found.option } }, task.incident || null);
  }
  const pressed = { ...card, entry: found };
  if (found.does.kind === 'form') return act(intake, pressed);
  await Promise.all([act(intake, pressed), leaveForm(intake, spot, 'behind')]);
}

/** A button that stood on the card before, pressed twice or by two people: the card is shown as it is now. */
async function shownAgain(intake: Intake, card: PressedCard): Promise<boolean> {
  const { task, spot } = card;
  if (task.bound.does[SURE]) return true;
  if (task.surface !== null && REPLACED.has(task.surface)) return (await renew(intake, card, task.surface)) === true;
  if (!task.answered || !reveals(await intake.app.visibility(task.incident, spot.caller), 'overview')) return false;
  const { result } = task.answered;
  return showLocked(intake, card, task.answered, result === undefined ? result : { raw: result }, task.revision);
}
/** Key of the button that confirms what cannot be taken back. */
const SURE = 'sure';

async function act(intake: Intake, pressed: Pressed): Promise<void> {
  const { spot, task, entry, msgid, click } = pressed;
  const { does } = entry;
  // A posted card is edited only when it is pressed: then what it held before the stop goes.
  if ((await isStopped(intake, pressed)) && (await renew(intake, pressed, 'status'))) return;
  if (entry.confirm !== undefined) return askFirst(intake, pressed, entry.confirm);
  if (does.kind === 'refresh') return renewed(intake, pressed);
  const of = does.kind === 'line' ? placeOfFiles(does.text) : null;
  if (of !== null) return (await intake.files.placed(spot, of)) ? undefined : line(intake, spot, 'wecom.upload');
  const { caller, place } = spot;
  const by = delivery(`click:${msgid}`, [caller.account.id, click.task, does]);
  const press = { caller, place, incident: task.incident, revision: task.revision, does, delivery: by };
  if (does.kind === 'intent' && does.intent.type !== 'declare') return intended(intake, pressed, press, does.intent);
  const outcome = await intake.talk.press(press);
  if (outcome.change) return concluded(intake, spot, outcome);
  await showThere(intake, spot, outcome, (alone) =>
    intake.talk.press({ ...press, caller: alone.caller, place: alone.place }),
  );
}

async function isStopped(intake: Intake, { spot, task, entry: { does } }: Pressed): Promise<boolean> {
  // Offers of the card of a stopped incident.
  const isOffered = does.kind === 'refresh' || (does.kind === 'intent' && does.intent.type === 'take_lead');
  if (task.incident === '' || isOffered) return false;
  const shown = await intake.app.visibility(task.incident, spot.caller);
  return shown.show === 'head' && shown.why === 'stopped';
}

/** Asked once more before something that cannot be taken back. */
async function askFirst(intake: Intake, { spot, click, task, entry }: Pressed, question: string): Promise<void> {
  const { confirm: _, ...sure } = entry;
  const { incident, revision, surface } = task;
  const message = composed(spot, sentence({ raw: question }), { incident, revision, surface: 'status' }, IN_PLACE);
  const { card, bound } = withOwnKeys(message);
  if (card?.card_type !== 'button_interaction') return;
  const yes = { text: cut(entry.label, CARD_COUNTS.buttonText), key: SURE, style: 3 as const };
  const asked = { ...card, button_list: [yes, ...card.button_list] };
  const does = { ...bound.does, [SURE]: sure };
  await intake.tasks.put(click.task, { ...taskOf(message), surface, bound: { does, answers: [] } });
  if (!(await intake.sender.update(spot.chat.id, click, asked))) await line(intake, spot, 'wecom.not_updated');
}

async function intended(intake: Intake, pressed: Pressed, press: Act, intent: Command): Promise<void> {
  const { incident, surface } = pressed.task;
  const isQuestion = surface === 'question';
  const seen = isQuestion ? await seenSoFar(intake.app, press.caller, incident, true) : null;
  const spot = seen ? { ...pressed.spot, seen } : pressed.spot;
  const change = async () => {
    const outcome = await intake.talk.press(press);
    const isShown = outcome.change !== null && (await lock(intake, pressed, outcome.change));
    if (isShown && outcome.change.kind === 'done') await statusSaid(intake, spot, incident);
    return { outcome, isShown };
  };
  const { outcome, isShown } = await intake.renewals.during(incident, spot.chat.id, change);
  const renewal = isQuestion || intent.type === 'answer' ? { view: 'question', args: { incident } } : undefined;
  await concluded(intake, spot, outcome, { isShown, renewal });
}

function isStale(result: Submitted): boolean {
  return result.kind === 'refused' && result.refusal.code === 'stale_revision';
}

/** Lists from which others go on taking things: a press renews them in their place instead of locking them. */
const LISTS: Readonly<Partial<Record<Command['type'], string>>> = { take_item: 'checklist', finish_task: 'tasks' };
const RENEWED: ReadonlySet<string> = new Set(['status', 'checklist', 'tasks', 'question', 'draft']);
/** They become another card, and stand there whole or not at all. */
const REPLACED: ReadonlySet<string> = new Set(['question', 'draft']);

function renewedAs({ task, entry: { does } }: Pressed): string | undefined {
  if (task.surface !== null && RENEWED.has(task.surface)) return task.surface;
  return task.bound.isList && does.kind === 'intent' ? LISTS[does.intent.type] : undefined;
}

/** Updates the card with who answered what; a list or a status is renewed. Returns true if it was changed. */
async function lock(intake: Intake, pressed: Pressed, result: Submitted): Promise<boolean> {
  const { spot, click, task, entry } = pressed;
  if (result.kind === 'refused' && !isStale(result)) return false;
  const now = result.kind === 'done' ? answeredBy(entry, result, spot.caller.name, click.at) : undefined;
  const said = result.kind === 'done' ? result.said?.summary : intake.explain(result.refusal, result.state).summary;
  const view = renewedAs(pressed);
  if (view === 'status') return (await renew(intake, pressed, view)) === true;
  // Authors of answers are content as well.
  if (!reveals(await intake.app.visibility(task.incident, spot.caller), 'overview')) return false;
  if (view !== undefined) {
    const missed = said && unreachedIn(said);
    const news = now ? [answeredText(now), ...(missed ? [missed] : [])] : said ? [said] : [];
    // After an update that got lost the next press is answered with who answered first.
    const isRenewed = task.answered
      ? null
      : ((await renew(intake, pressed, view, news)) ??
        // A long name or answer must not cost a second message.
        (now ? await renew(intake, pressed, view, [answeredText({ ...now, as: 'brief' })]) : null));
    if (isRenewed === false && now) await intake.tasks.put(click.task, { ...task, answered: now });
    if (isRenewed !== null) return isRenewed;
  }
  const revision = result.kind === 'done' ? result.state.version : task.revision;
  const answered = task.answered ?? (now && { ...now, ...(said ? { result: localise(said, spot.language) } : {}) });
  return showLocked(intake, pressed, answered, said, revision);
}

/** Puts who answered what, and what came of it, in the place of a card. An update that got lost leaves its buttons known. */
async function showLocked(
  intake: Intake,
  pressed: PressedCard,
  answered: Answered | undefined,
  said: Text | undefined,
  revision: number,
): Promise<boolean> {
  const { task, spot } = pressed;
  const about = { incident: task.incident, revision };
  const message = composed(spot, lockedCard(task, answered, said), about, IN_PLACE);
  return (await putInPlace(intake, pressed, message, answered)) === true;
}

async function renewed(intake: Intake, pressed: Pressed): Promise<void> {
  if (await renew(intake, pressed, 'status')) return;
  const view = pressed.task.surface === 'question' ? 'question' : 'status';
  await showView(intake, pressed.spot, { view, args: { incident: pressed.task.incident } });
}

/** A card as it is now, in its place; first what changed on it. False: it was not accepted; null: it cannot stand there. */
async function renew(
  intake: Intake,
  pressed: PressedCard,
  surface: string,
  changed: readonly Text[] = [],
): Promise<boolean | null> {
  const { spot, task } = pressed;
  const { incident } = task;
  const state = await intake.app.state(incident, spot.caller);
  const shown = await intake.app.view({ view: surface, args: { incident } }, spot.caller);
  if (!state || 'code' in shown) return false;
  const card = { ...shown, blocks: [...changed.map(strongBlock), ...shown.blocks] };
  const about = { incident, revision: state.version, surface };
  const message = composed(spot, card, about, REPLACED.has(surface) ? undefined : IN_PLACE);
  const place = { incident, chat: spot.chat.id, surface };
  return intake.renewals.renewing(place, shown, () => putInPlace(intake, pressed, message));
}
