import { z } from 'zod';
import type { Card, ViewRef } from '../../../conversation/cards/card.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Does, Outcome } from '../../../talk/acts.ts';
import { ticked } from '../../../talk/ticks.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { viewRefSchema } from '../../shared/does.ts';
import { keptValue } from '../kept-values.ts';
import { type Bound, unbind } from '../render/bind.ts';
import { choiceBlockPrefix } from '../render/blocks.ts';
import { isOnNewCard, replyTo } from './commands.ts';
import { acquainted, actorOf, delivery, type Handled, type Intake, NOTHING, spokenIn, spotIn } from './context.ts';
import { publishHome } from './home.ts';
import { openForm, openView, revisionOf, type Trigger } from './open.ts';
import type { BlockActions } from './payloads.ts';
import { welcome } from './private-room.ts';
import { cardView, handleOf, line, respond } from './reply.ts';

/** A pressed button with the value it carries. */
interface Pressed extends Trigger {
  readonly payload: BlockActions;
  readonly revision: number;
  readonly bound: Bound;
}

/** A button: an intent is committed before it is acknowledged; forms and views open afterwards. */
export async function actionTaken(intake: Intake, payload: BlockActions): Promise<Handled> {
  const [action] = payload.actions;
  // Ticks are read when they are submitted; a link opens by itself.
  if (action?.type !== 'button' || action.value === undefined) return NOTHING;
  const found = await unbind(action.value, (hash) => keptValue(intake.kept, hash));
  const at = await pressedAt(intake, payload, found?.bound.i || null);
  if (!found) return { after: () => respond(intake, at.handle, line('slack.old_button', at.caller.language)) };
  const pressed = { ...at, ...found, payload };
  const does = found.bound.d;
  switch (does.kind) {
    case 'form':
      return { after: () => openForm(intake, does.form, at) };
    case 'view':
      if (does.view.view === 'private') return moveToPrivate(intake, pressed, does.view);
      return { after: () => openView(intake, does.view, at) };
    case 'pick':
      return picked(intake, pressed, does);
    default:
      return committedBy(intake, pressed, does);
  }
}

async function pressedAt(intake: Intake, payload: BlockActions, incident: string | null): Promise<Trigger> {
  const { container, message, view } = payload;
  const channel = payload.channel?.id ?? container.channel_id;
  const ts = message?.ts ?? container.message_ts;
  if (payload.response_url !== undefined && channel !== undefined && ts !== undefined)
    intake.presses.keep({ channel, ts }, payload.response_url);
  const thread_ts = message?.thread_ts ?? container.thread_ts;
  const handle = handleOf({ ...payload, channel: { id: channel }, message: { ts, thread_ts } });
  const standing = channel ?? memoryOf(payload)?.channel;
  const spoken = standing === undefined ? undefined : await spokenIn(intake, incident, standing);
  const caller = actorOf(intake, payload, { spoken });
  const below = { ...handle, thread: handle.thread ?? message?.ts };
  return {
    ...spotIn(intake, caller, below, { channel: standing, name: payload.channel?.name }),
    trigger: payload.trigger_id,
    push: view !== null && view.type !== 'home',
  };
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

/** Several ticks, then one submit. What stands alone ("none", "don't know") is not mixed with anything. */
async function picked(
  intake: Intake,
  pressed: Pressed,
  { pick, alone = [] }: Extract<Bound['d'], { kind: 'pick' }>,
): Promise<Handled> {
  const { payload, caller, handle } = pressed;
  const values = payload.state?.values ?? payload.view?.state?.values ?? {};
  const chosen = Object.entries(values)
    .filter(([block]) => block.startsWith(choiceBlockPrefix(pick)))
    .flatMap(([, entries]) => Object.values(entries))
    .flatMap((entry) => entry.selected_options ?? []);
  const labelled = chosen.map(({ value, text }) => ({ value, label: text?.text ?? value }));
  const answer = ticked(pick, labelled, alone);
  if ('intent' in answer) return committedBy(intake, pressed, { kind: 'intent', intent: answer.intent });
  const { say, option } = answer;
  return { after: () => respond(intake, handle, line(say, caller.language, { option })) };
}

/** An intent, or the line of a button on the card that asks which incident was meant. */
async function committedBy(intake: Intake, pressed: Pressed, does: Exclude<Does, { kind: 'form' }>): Promise<Handled> {
  const { payload, bound, revision, place, handle } = pressed;
  const isLine = does.kind === 'line';
  // The lead decides on a request to join by the person's name.
  const isPersonal = isLine || (does.kind === 'intent' && does.intent.type === 'ask_to_join');
  const caller = isPersonal ? await acquainted(intake, pressed.caller) : pressed.caller;
  const body = [caller.account.id, revision, does];
  const by = delivery(`action:${payload.trigger_id}`, body);
  const outcome = await intake.talk.press({ caller, place, incident: bound.i, revision, does, delivery: by });
  const { change, declared } = outcome;
  const isRenewed = payload.view !== null && !isLine && !declared;
  const reply = isRenewed
    ? null
    : await replyTo(
        intake,
        outcome,
        { caller, place, handle },
        {
          ...(isLine ? { command: intake.talk.read(does.text), isPersonal } : {}),
          // A surface shows what became of it, to whoever sees the incident; a new card below it is seen there.
          onCard: async (done) => {
            if (isLine) return false;
            if (bound.s !== undefined && (await intake.app.state(bound.i, caller)) !== null) return true;
            return handle.isReply === true && isOnNewCard(done, pressed);
          },
        },
      );
  return {
    after: async () => {
      if (isRenewed) await renewView(intake, { ...pressed, caller }, outcome);
      else if (reply) await respond(intake, handle, reply);
      if (change?.kind === 'done') await welcome(intake, change.state);
    },
  };
}

const viewMemory = z.object({ view: viewRefSchema.nullable(), channel: z.string().optional() });
function memoryOf({ view }: BlockActions): z.infer<typeof viewMemory> | null {
  return view ? (viewMemory.safeParse(parseJson(view.private_metadata)).data ?? null) : null;
}

/** The modal or Home tab shows what is now, with what changed in front. */
async function renewView(intake: Intake, pressed: Pressed, { answers }: Outcome): Promise<void> {
  const { payload, caller, bound } = pressed;
  if (!payload.view) return;
  if (payload.view.type === 'home') return publishHome(intake, caller);
  const memory = memoryOf(payload);
  const shown = memory?.view ?? null;
  const about = { ...(await revisionOf(intake, bound.i || null, caller)), language: caller.language };
  const [answer] = answers;
  const outcome = answer?.kind === 'card' ? answer.card : null;
  const fresh = shown ? await intake.app.view(shown, caller) : null;
  const card = fresh && !('code' in fresh) ? withLine(fresh, outcome) : outcome;
  if (!card) return;
  try {
    const view = await cardView(intake, card, { ...about, channel: memory?.channel }, shown);
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
