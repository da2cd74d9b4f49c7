import type { Card, Text } from '../../../../conversation/cards/card.ts';
import { unreachedIn } from '../../../../conversation/record/command-confirmations.ts';
import type { Command } from '../../../../incident/commands.ts';
import { reveals } from '../../../../incident/visibility.ts';
import { entryOf } from '../../../../law/lookup.ts';
import type { Submitted } from '../../../../use-cases/app.ts';
import { meant, picked } from '../../cards/choice.ts';
import { compose } from '../../cards/compose.ts';
import { type Entry, isAnswer } from '../../cards/does.ts';
import { withOwnKeys } from '../../cards/own-keys.ts';
import { type Task, taskOf } from '../../cards/task.ts';
import { CARD_COUNTS } from '../../limits.ts';
import { cut } from '../../text/cut.ts';
import type { Click } from '../sender.ts';
import { showAnswers } from './answers.ts';
import { delivery, type Intake, languageOf, line, type Spot, sentence, spotOf } from './context.ts';
import { leaveForm, offerForm } from './forms.ts';
import { type EventFrame, pressOf } from './frames.ts';
import { answeredBy, answeredText, lockedCard } from './locked.ts';
import { concluded } from './submitted.ts';
import { showView } from './views.ts';

const IN_PLACE = { flavour: 'bot', inPlace: true } as const;

/** A card that was pressed, and by whom. */
interface Pressed {
  readonly spot: Spot;
  readonly click: Click;
  readonly task: Task;
  readonly entry: Entry;
  readonly msgid: string;
}

/**
 * A button, or what was ticked. Nothing in the frame is believed but who pressed which card: what it means is looked up on
 * our side. It is committed first; the card is changed right after, within WeCom's five seconds.
 */
export async function cardPressed(intake: Intake, frame: EventFrame): Promise<void> {
  const press = pressOf(frame);
  if (!press) return;
  const spot = spotOf(intake, frame.body);
  const task = await intake.tasks.get(press.task_id);
  if (!task) return line(intake, spot, 'wecom.old_card');
  const ticked = (press.selected_items?.selected_item ?? []).flatMap((item) => item.option_ids?.option_id ?? []);
  const found = meant(task.bound, press.event_key, ticked);
  if ('say' in found) return line(intake, spot, found.say, { option: { raw: found.option } }, task.incident || null);
  const click = { request: frame.headers.req_id, task: press.task_id, at: intake.clock.now() };
  const pressed = { spot, click, task, entry: found, msgid: frame.body.msgid };
  if (found.does.kind === 'form') return act(intake, pressed);
  await Promise.all([act(intake, pressed), leaveForm(intake, spot, 'behind')]);
}

async function act(intake: Intake, pressed: Pressed): Promise<void> {
  const { spot, task, entry } = pressed;
  // A posted card is edited only when it is pressed: then what it held before the stop goes.
  if ((await isStopped(intake, pressed)) && (await renew(intake, pressed, 'status'))) return;
  if (entry.confirm !== undefined) return askFirst(intake, pressed, entry.confirm);
  switch (entry.does.kind) {
    case 'refresh':
      return renewed(intake, pressed);
    case 'view':
      return showView(intake, spot, entry.does.view);
    case 'form':
      return offerForm(intake, spot, entry.does.form);
    case 'line':
      return lineSaid(intake, pressed, entry.does.text);
    case 'intent':
      return intended(intake, pressed, entry.does.intent, task);
  }
}

async function isStopped(intake: Intake, { spot, task, entry: { does } }: Pressed): Promise<boolean> {
  // Offers of the card of a stopped incident.
  const isOffered = does.kind === 'refresh' || (does.kind === 'intent' && does.intent.type === 'take_lead');
  if (task.incident === '' || isOffered) return false;
  const shown = await intake.app.visibility(task.incident, spot.caller);
  return shown.show === 'head' && shown.why === 'stopped';
}

/** Runs the line of a button on the card that asks which incident was meant. */
async function lineSaid(intake: Intake, { spot, task, msgid }: Pressed, text: string): Promise<void> {
  const { caller, place } = spot;
  const by = delivery(`click:${msgid}`, [caller.account.id, text]);
  const does = { kind: 'line', text } as const;
  const { incident, revision } = task;
  const outcome = await intake.talk.press({ caller, place, incident, revision, does, delivery: by });
  return outcome.change ? concluded(intake, spot, outcome) : showAnswers(intake, spot, outcome);
}

/** Asked once more before something that cannot be taken back. */
async function askFirst(intake: Intake, { spot, click, task, entry }: Pressed, question: string): Promise<void> {
  const { confirm: _, ...sure } = entry;
  const language = languageOf(spot);
  const message = compose(
    {
      incident: task.incident,
      card: sentence({ raw: question }),
      language,
      revision: task.revision,
      surface: 'status',
    },
    IN_PLACE,
  );
  const card = message.card;
  if (card?.card_type !== 'button_interaction') return;
  const yes = { text: cut(entry.label, CARD_COUNTS.buttonText), key: 'sure', style: 3 as const };
  const asked = { ...card, button_list: [yes, ...card.button_list] };
  const bound = { ...message.bound, buttons: { ...message.bound.buttons, sure }, answers: [] };
  await intake.tasks.put(click.task, { ...taskOf(message), surface: task.surface, bound });
  if (!(await intake.sender.update(spot.chat.id, click, asked))) await line(intake, spot, 'wecom.not_updated');
}

async function intended(intake: Intake, pressed: Pressed, intent: Command, task: Task): Promise<void> {
  const { spot, msgid } = pressed;
  const { caller, place } = spot;
  const press = {
    caller,
    place,
    incident: task.incident,
    revision: task.revision,
    does: { kind: 'intent', intent },
    delivery: delivery(`click:${msgid}`, [caller.account.id, pressed.click.task, intent]),
  } as const;
  if (intent.type === 'declare') return concluded(intake, spot, await intake.talk.press(press));
  const change = async () => {
    const outcome = await intake.talk.press(press);
    const isChanged = outcome.change !== null && (await lock(intake, pressed, outcome.change));
    return { outcome, isChanged };
  };
  const { outcome, isChanged } = await intake.renewals.during(task.incident, spot.chat.id, change);
  if (outcome.change === null || !isStale(outcome.change)) return concluded(intake, spot, outcome, isChanged);
  if (!isChanged) await concluded(intake, spot, outcome);
  return showView(intake, spot, { view: 'question', args: { incident: task.incident } });
}

function isStale(result: Submitted): result is Extract<Submitted, { kind: 'refused' }> {
  return result.kind === 'refused' && result.refusal.code === 'stale_revision';
}

/** Lists from which others go on taking things: a press renews them in their place instead of locking them. */
const LISTS: Readonly<Partial<Record<Command['type'], string>>> = { take_item: 'checklist', finish_task: 'tasks' };
const RENEWED: ReadonlySet<string> = new Set(['status', 'checklist', 'tasks', 'question', 'draft']);
/** They become another card: their buttons get keys of their own, so that a press on the card before it has no effect. */
const REPLACED: ReadonlySet<string> = new Set(['question', 'draft']);

function renewedAs({ task, entry: { does } }: Pressed): string | undefined {
  if (task.surface !== null && RENEWED.has(task.surface)) return task.surface;
  return task.bound.rows && does.kind === 'intent' ? LISTS[does.intent.type] : undefined;
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
    const isRenewed = task.answered ? null : await renew(intake, pressed, view, news);
    if (isRenewed === false && now) await intake.tasks.put(click.task, { ...task, answered: now });
    if (isRenewed !== null) return isRenewed;
  }
  const answered = task.answered ?? now;
  const revision = result.kind === 'done' ? result.state.version : task.revision;
  const card = lockedCard(task, answered, said);
  const message = compose(
    { incident: task.incident, card, language: languageOf(spot), revision, surface: null },
    IN_PLACE,
  );
  if (!message.card) return false;
  const updated = await intake.sender.update(spot.chat.id, click, message.card);
  // An update that got lost leaves the old buttons in place: they stay known, with who answered.
  const kept = updated ? taskOf(message) : task;
  await intake.tasks.put(click.task, { ...kept, ...(answered ? { answered } : {}) });
  return updated;
}

async function renewed(intake: Intake, pressed: Pressed): Promise<void> {
  if (await renew(intake, pressed, 'status')) return;
  const view = pressed.task.surface === 'question' ? 'question' : 'status';
  await showView(intake, pressed.spot, { view, args: { incident: pressed.task.incident } });
}

/** A card as it is now, in its place; first what changed on it. False: it was not accepted; null: it cannot stand there. */
async function renew(
  intake: Intake,
  { spot, click, task }: Pressed,
  view: string,
  changed: readonly Text[] = [],
): Promise<boolean | null> {
  const state = await intake.app.state(task.incident, spot.caller);
  const shown = await intake.app.view({ view, args: { incident: task.incident } }, spot.caller);
  if (!state || 'code' in shown) return false;
  const news: Card['blocks'] = changed.map((text) => ({ kind: 'text', text, strong: true }));
  const card = { ...shown, blocks: [...news, ...shown.blocks] };
  const isReplaced = REPLACED.has(view);
  const composed = compose(
    { incident: task.incident, card, language: languageOf(spot), revision: state.version, surface: view },
    isReplaced ? { flavour: 'bot' } : IN_PLACE,
  );
  // Words that go before a card cannot be put in its place.
  if (isReplaced && (!composed.card || composed.markdown !== null)) return null;
  const message = isReplaced ? withOwnKeys(composed) : composed;
  if (!message.card) return false;
  // Before it is shown: a press may come at once, or after a crash.
  await intake.sender.rebind(spot.chat.id, click.task, message);
  if (!(await intake.sender.update(spot.chat.id, click, message.card))) {
    await intake.tasks.put(click.task, task);
    return false;
  }
  intake.renewals.renewed(task.incident, spot.chat.id, shown, view);
  return true;
}

/** A bare number is one of the options of the card that was asked last about this incident, in this conversation. */
export async function numbered(
  intake: Intake,
  spot: Spot,
  incident: string,
  numbers: readonly number[],
  msgid: string,
): Promise<boolean> {
  const asked = await intake.chats.asked(spot.chat.id, incident);
  const task = asked && (await intake.tasks.get(asked.task));
  if (!task) return false;
  const { pick, choose, answers, buttons } = task.bound;
  const places = numbers.map((n) => n - 1);
  const [place = -1] = places.length === 1 ? places : [];
  const found = pick ? picked(pick, places.map(String)) : (choose?.[place] ?? entryOf(buttons, answers[place] ?? ''));
  if (!found) return false;
  if ('say' in found) {
    await line(intake, spot, found.say, { option: { raw: found.option } }, task.incident);
    return true;
  }
  if (found.does.kind !== 'intent' || !isAnswer(found) || found.confirm !== undefined) return false;
  const outcome = await intake.talk.press({
    caller: spot.caller,
    place: spot.place,
    incident: task.incident,
    revision: task.revision,
    does: found.does,
    delivery: delivery(`message:${msgid}`, [spot.caller.account.id, asked.task, numbers]),
  });
  await concluded(intake, spot, outcome);
  return true;
}
