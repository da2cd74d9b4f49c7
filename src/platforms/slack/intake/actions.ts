import { z } from 'zod';
import type { Card, ViewRef } from '../../../conversation/cards/card.ts';
import type { Command } from '../../../incident/commands.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Does, Outcome } from '../../../talk/acts.ts';
import { ticked } from '../../../talk/ticks.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { keptValue } from '../kept-values.ts';
import { type Bound, unbind } from '../render/bind.ts';
import { choiceBlockPrefix } from '../render/blocks.ts';
import { answerTo, isOnNewCard } from './commands.ts';
import {
  acquainted,
  actorOf,
  delivery,
  type Handled,
  type Intake,
  NOTHING,
  placeOf,
  spokenIn,
  standingIn,
  type Whereabouts,
  whereabouts,
} from './context.ts';
import { settleIn } from './declared.ts';
import { publishHome } from './home.ts';
import { openForm, openView, revisionOf, type Trigger } from './open.ts';
import type { BlockActions } from './payloads.ts';
import { welcome } from './private-room.ts';
import { cardView, type Handle, line, respond, sentence, show } from './reply.ts';

/** Context of a pressed button, beside the value it carries. */
interface Pressed {
  readonly payload: BlockActions;
  readonly caller: Caller;
  readonly where: Whereabouts | null;
  readonly handle: Handle;
  readonly revision: number;
  readonly bound: Bound;
}

/** A button: an intent is committed before it is acknowledged; forms and views open afterwards. */
export async function actionTaken(intake: Intake, payload: BlockActions): Promise<Handled> {
  const [action] = payload.actions;
  // Ticks are read when they are submitted; a link opens by itself.
  if (action?.type !== 'button' || action.value === undefined) return NOTHING;
  const pressed = await pressedButton(intake, payload, action.value);
  if (!('bound' in pressed)) {
    const { caller, handle } = pressed;
    return { after: () => respond(intake, handle, line('slack.old_button', caller.language)) };
  }
  const { bound } = pressed;
  const does = bound.d;
  const at: Trigger = {
    trigger: payload.trigger_id,
    caller: pressed.caller,
    handle: pressed.handle,
    push: inModal(payload),
  };
  switch (does.kind) {
    case 'form':
      return { after: () => openForm(intake, does.form, at) };
    case 'view':
      if (does.view.view === 'private') return moveToPrivate(intake, pressed, does.view);
      return { after: () => openView(intake, does.view, at) };
    case 'pick':
      return picked(intake, pressed, does);
    case 'line':
      return lineSaid(intake, pressed, does.text);
    case 'intent':
      return submitted(intake, pressed, does.intent);
  }
}

async function pressedButton(
  intake: Intake,
  payload: BlockActions,
  value: string,
): Promise<Pressed | Pick<Pressed, 'caller' | 'handle'>> {
  const found = await unbind(value, (hash) => keptValue(intake.kept, hash));
  const channel = payload.channel?.id ?? payload.container.channel_id;
  const standing = channel ?? memoryOf(payload)?.channel;
  const incident = found === null || found.bound.i === '' ? null : found.bound.i;
  const spoken = standing === undefined ? undefined : await spokenIn(intake, incident, standing);
  const caller = actorOf(intake, payload, { spoken });
  const where = standing === undefined ? null : whereabouts(intake, standing, caller, payload.channel?.name);
  const thread = payload.message?.thread_ts ?? payload.container.thread_ts;
  const own = payload.message?.ts ?? payload.container.message_ts;
  if (payload.response_url !== undefined && channel !== undefined && own !== undefined) {
    intake.presses.keep({ channel, ts: own }, payload.response_url);
  }
  const handle: Handle = {
    responseUrl: payload.response_url,
    channel,
    thread: thread ?? payload.message?.ts,
    isReply: thread !== undefined && thread !== own,
    user: payload.user.id,
  };
  return found ? { payload, caller: standingIn(caller, where), where, handle, ...found } : { caller, handle };
}

/** [Move to a private channel]: a job, since Slack has to be asked for the channel. */
async function moveToPrivate(intake: Intake, { caller, handle }: Pressed, ref: ViewRef): Promise<Handled> {
  const incident = ref.args['incident'] ?? '';
  const state = await intake.app.state(incident, caller);
  if (!state || handle.channel === undefined) return NOTHING;
  const asked = { user: caller.account.id, thread: handle.thread ?? null };
  const job = { kind: 'private', incident, channel: handle.channel, asked } as const;
  await committed(intake.jobs.add(`private:${incident}`, job));
  return NOTHING;
}

function inModal(payload: BlockActions): boolean {
  return payload.view !== null && payload.view.type !== 'home';
}

/** Several ticks, then one submit. What stands alone ("none", "don't know") is not mixed with anything. */
async function picked(intake: Intake, pressed: Pressed, does: Extract<Bound['d'], { kind: 'pick' }>): Promise<Handled> {
  const { payload, caller, handle } = pressed;
  const values = payload.state?.values ?? payload.view?.state?.values ?? {};
  const chosen = Object.entries(values)
    .filter(([block]) => block.startsWith(choiceBlockPrefix(does.pick)))
    .flatMap(([, entries]) => Object.values(entries))
    .flatMap((entry) => entry.selected_options ?? []);
  const labelled = chosen.map(({ value, text }) => ({ value, label: text?.text ?? value }));
  const answer = ticked(does.pick, labelled, does.alone ?? []);
  if ('intent' in answer) return submitted(intake, pressed, answer.intent);
  const { say, option } = answer;
  return { after: () => respond(intake, handle, line(say, caller.language, { option })) };
}

async function submitted(intake: Intake, pressed: Pressed, intent: Command): Promise<Handled> {
  const { where } = pressed;
  // The lead decides on a request to join by the person's name.
  const caller = intent.type === 'ask_to_join' ? await acquainted(intake, pressed.caller) : pressed.caller;
  const outcome = await pressedIn(intake, { ...pressed, caller }, { kind: 'intent', intent });
  const { change, declared } = outcome;
  if (declared && change?.kind === 'done') {
    const note = await settleIn(intake, change.state, where ?? { kind: 'direct' }, caller.language);
    return note === null ? NOTHING : { after: () => respond(intake, pressed.handle, sentence(note)) };
  }
  if (declared) return { after: () => sayAll(intake, pressed.handle, outcome) };
  return {
    after: async () => {
      await answered(intake, { ...pressed, caller }, outcome);
      if (change?.kind === 'done') await welcome(intake, change.state);
    },
  };
}

function pressedIn(intake: Intake, { payload, caller, where, bound, revision }: Pressed, does: Does): Promise<Outcome> {
  const body = [caller.account.id, revision, does.kind === 'intent' ? does.intent : does];
  const by = delivery(`action:${payload.trigger_id}`, body);
  return intake.talk.press({ caller, place: placeOf(where), incident: bound.i, revision, does, delivery: by });
}

/** Runs the line of a button on the card that asks which incident was meant. */
async function lineSaid(intake: Intake, pressed: Pressed, text: string): Promise<Handled> {
  const caller = await acquainted(intake, pressed.caller);
  const outcome = await pressedIn(intake, { ...pressed, caller }, { kind: 'line', text });
  const where = pressed.where ?? { kind: 'direct' };
  const answer = await answerTo(intake, outcome, { caller, where, isShown: true, command: intake.talk.read(text) });
  return answer === null ? NOTHING : { after: () => respond(intake, pressed.handle, answer) };
}

async function sayAll(intake: Intake, handle: Handle, outcome: Outcome): Promise<void> {
  for (const answer of outcome.answers) if (answer.kind === 'card') await show(intake, handle, answer.card, outcome);
}

/**
 * Posts the answer only where no surface shows it: in a modal, in a direct message, below a reminder, or after a
 * refusal.
 */
async function answered(intake: Intake, pressed: Pressed, outcome: Outcome): Promise<void> {
  const { payload, caller, handle, bound } = pressed;
  const { change } = outcome;
  if (payload.view) return renewView(intake, pressed, outcome);
  if (change?.kind === 'done') {
    // A surface shows what became of it, to whoever sees the incident.
    if (bound.s !== undefined && (await intake.app.state(bound.i, caller))) return;
    if (handle.isReply && isOnNewCard(change, pressed.where)) return;
  }
  await sayAll(intake, handle, outcome);
}

const viewMemory = z.object({
  view: z.object({ view: z.string(), args: z.record(z.string(), z.string()) }).nullable(),
  channel: z.string().optional(),
});
function memoryOf({ view }: BlockActions): z.infer<typeof viewMemory> | null {
  return view ? (viewMemory.safeParse(parseJson(view.private_metadata)).data ?? null) : null;
}

/** The modal or Home tab shows what is now, with what changed in front. */
async function renewView(intake: Intake, pressed: Pressed, { answers }: Outcome): Promise<void> {
  const { payload, caller, bound } = pressed;
  if (!payload.view) return;
  if (payload.view.type === 'home') return publishHome(intake, caller);
  const memory = memoryOf(payload);
  const shown: ViewRef | null = memory?.view ?? null;
  const { incident, revision } = await revisionOf(intake, bound.i === '' ? undefined : bound.i, caller);
  const about = { incident, revision, language: caller.language, channel: memory?.channel };
  const [answer] = answers;
  const outcome = answer?.kind === 'card' ? answer.card : null;
  const fresh = shown ? await intake.app.view(shown, caller) : null;
  const card: Card | null = fresh && !('code' in fresh) ? withLine(fresh, outcome) : outcome;
  if (!card) return;
  try {
    const view = await cardView(intake, card, about, shown);
    await intake.api.call('views.update', { view_id: payload.view.id, view });
  } catch (error) {
    intake.log.warn({ err: error }, 'a view could not be renewed');
  }
}

function withLine(card: Card, outcome: Card | null): Card {
  if (!outcome) return card;
  const said = JSON.stringify(outcome.summary);
  // The question card itself shows the change by the last answer.
  const isThere = card.blocks.some((block) => block.kind === 'note' && JSON.stringify(block.text) === said);
  return isThere ? card : { ...card, blocks: [{ kind: 'note', text: outcome.summary }, ...card.blocks] };
}
