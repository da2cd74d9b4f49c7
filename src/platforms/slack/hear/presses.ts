import type { View } from '@slack/types';
import type { FormRef, ViewRef } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import type { Filled } from '../../../talk/filling.ts';
import type { Pressed, Ticks } from '../../../talk/intake-options.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { keptValue } from '../kept-values.ts';
import { decode } from '../render/bind.ts';
import { choiceBlockPrefix } from '../render/draw.ts';
import { blockOf, formValues } from '../render/form.ts';
import { formModal, memoryOf } from './answers.ts';
import { filesOfArgument, givenFiles, remembered } from './material.ts';
import type { BlockActions, ViewSubmission } from './payloads.ts';
import { cardView, handleOf, line, respond } from './reply.ts';
import { type Ack, actorOf, type Handled, NOTHING, type SlackBot, type Spot, spokenIn, spotIn } from './spots.ts';

/** A button or ticks: committed before it is acknowledged; forms and views open afterwards. */
export async function actionTaken(bot: SlackBot, payload: BlockActions): Promise<Handled> {
  const [action] = payload.actions;
  // Ticks are read when they are submitted; a link opens by itself.
  if (action?.type !== 'button' || action.value === undefined) return NOTHING;
  const found = await decode(action.value, (hash) => keptValue(bot.kept, hash));
  const spot = await pressedAt(bot, payload, found?.i || null);
  if (!found || found.d.kind === 'fill')
    return { after: () => respond(bot, spot.at, line('slack.old_button', spot.caller.language)) };
  const { d, r: revision, i: incident, s: surface } = found;
  const does = d.kind === 'ticks' ? ticksIn(payload, d) : d;
  if (does.kind === 'view' && does.view.view === 'private') return moveToPrivate(bot, spot, does.view);
  const pressed = { incident, isOnSurface: surface !== undefined, view: payload.view };
  const opens = does.kind === 'view' && does.view.view !== 'download';
  const isLine = does.kind === 'line';
  const at = { ...spot.at, pressed, opens, ...(isLine ? { isReply: false } : {}) };
  const key = `action:${payload.trigger_id}`;
  const press: Pressed = { key, incident, revision, does };
  const { after, outcome } = await bot.intake.press(
    { ...spot, at },
    { ...press, body: [spot.caller.account.id, revision, does] },
  );
  // An offer that was used is taken away; what became of it is said anew.
  const isUsed = payload.container.is_ephemeral === true && outcome?.change?.kind === 'done';
  const offer = isUsed ? payload.response_url : undefined;
  if (offer === undefined) return { after };
  return { after: () => bot.api.respond(offer, { delete_original: true }).then(after, after) };
}

function ticksIn(
  { state, view }: BlockActions,
  of: { readonly fact: string; readonly alone: Readonly<Record<string, string>> },
): Ticks {
  const values = state?.values ?? view?.state?.values ?? {};
  const chosen = Object.entries(values)
    .filter(([block]) => block.startsWith(choiceBlockPrefix(of.fact)))
    .flatMap(([, entries]) => Object.values(entries))
    .flatMap((entry) => entry.selected_options ?? [])
    .map(({ value, text }) => ({ value, label: text?.text ?? value }));
  return { kind: 'ticks', fact: of.fact, alone: Object.keys(of.alone), chosen };
}

async function pressedAt(bot: SlackBot, payload: BlockActions, incident: string | null): Promise<Spot> {
  const { container, message, view } = payload;
  const channel = payload.channel?.id ?? container.channel_id;
  const ts = message?.ts ?? container.message_ts;
  if (payload.response_url !== undefined && channel !== undefined && ts !== undefined)
    bot.presses.keep({ channel, ts }, payload.response_url);
  const thread_ts = message?.thread_ts ?? container.thread_ts;
  const handle = handleOf({ ...payload, channel: { id: channel }, message: { ts, thread_ts } });
  const standing = channel ?? memoryOf(view)?.channel;
  const spoken = standing === undefined ? undefined : await spokenIn(bot, incident, standing);
  const caller = actorOf(bot, payload, { spoken });
  const push = view !== null && view.type !== 'home';
  const at = { ...handle, thread: handle.thread ?? message?.ts, trigger: payload.trigger_id, push };
  return spotIn(bot, caller, at, { channel: standing, name: payload.channel?.name });
}

/** [Move to a private channel]: a job, since Slack has to be asked for the channel. */
async function moveToPrivate(bot: SlackBot, { caller, at }: Spot, ref: ViewRef): Promise<Handled> {
  const incident = ref.args['incident'] ?? '';
  const state = await bot.app.state(incident, caller);
  if (!state || at.channel === undefined) return NOTHING;
  const asked = { user: caller.account.id, thread: at.thread ?? null };
  await committed(bot.jobs.add(`private:${incident}`, { kind: 'private', incident, channel: at.channel, asked }));
  return NOTHING;
}

/** A submitted form: committed, then closed; or what is wrong, at the field, with everything entered still there. */
export async function formSubmitted(bot: SlackBot, p: ViewSubmission): Promise<Handled> {
  const memory = await decode(p.view.private_metadata, (hash) => keptValue(bot.kept, hash));
  // The input is kept for the operator, and the person is informed that it was not accepted.
  if (memory?.d.kind !== 'fill') throw new Error('what this form is for is not known any more');
  const { form: ref, chat } = memory.d;
  const { values } = p.view.state;
  const person = actorOf(bot, p, {
    typed: JSON.stringify(values),
    spoken: await spokenIn(bot, memory.i || null, chat),
  });
  // The form was opened for them in that channel: who may not be asked about now is still who filled it in.
  const ack: Ack = { replies: [], later: [] };
  const spot = spotIn(bot, person, { channel: chat || undefined, user: person.account.id, ack });
  const { language } = spot.caller;
  const filling = { ref, revision: memory.r, key: `view:${p.view.id}` };
  const result = await bot.intake.fill(spot, { ...filling, entriesOf: (now) => formValues(now, values) });
  if (result.kind === 'closed') return errors(p, { '': localise(bot.explain(result.refusal, null).title, language) });
  if (result.kind === 'done') return recorded(bot, spot, ref, result);
  if (!result.isStale) return errors(p, result.errors);
  // The form as it is now, after another person's change, with what was entered and a line on that change.
  const fresh = { ...result.form, intro: [...Object.values(result.errors), ...result.form.intro] };
  return shown(await formModal(bot, fresh, { revision: result.revision, chat, language }));
}

const shown = (view: View): Handled => ({ ack: { response_action: 'update', view } });
const CLOSED: Handled = { ack: { response_action: 'clear' } };
type Done = Extract<Filled, { kind: 'done' }>;

async function recorded(bot: SlackBot, spot: Spot, { form, args }: FormRef, result: Done): Promise<Handled> {
  const { incident, state, asks } = result;
  const {
    caller,
    at: { channel, ack },
  } = spot;
  // A note made from a message: its edit or deletion is shown on the record too.
  if (args['link'] !== undefined) await remembered(bot, args['link'], incident);
  const files = givenFiles(filesOfArgument(args['files']), caller, { channel: channel ?? '' });
  if (files.length > 0) await bot.intake.give(spot, { key: result.key, files, about: incident });
  if (form !== 'new_incident') {
    // The form becomes the card that asks for something: a filing to confirm, a text of others to restore.
    const handled = asks ? shown(await cardView(bot, asks, { ...result, channel }, null)) : CLOSED;
    return { ...handled, after: result.after };
  }
  await result.after();
  const [note] = ack?.replies ?? [];
  if (!note) return CLOSED;
  // Nothing of it is visible in the channel, so the modal confirms it and shows the card.
  const ref = { view: 'status', args: { incident } };
  const status = await bot.app.view(ref, caller);
  if ('code' in status) return CLOSED;
  const about = { incident, revision: state.version, language: caller.language, channel };
  return shown(await cardView(bot, status, about, ref, [note.text]));
}

/** Errors go to the inputs they belong to; what belongs to none goes to the first. Slack shows nothing otherwise. */
function errors(p: ViewSubmission, entries: Readonly<Record<string, string>>): Handled {
  const inputs = p.view.blocks.filter((block) => block.type === 'input').flatMap((block) => block.block_id ?? []);
  const first = inputs[0] ?? Object.keys(p.view.state.values)[0];
  const found: Record<string, string> = {};
  for (const [field, text] of Object.entries(entries)) {
    const block = inputs.includes(blockOf(field)) ? blockOf(field) : first;
    if (block === undefined) continue;
    const before = found[block];
    found[block] = before === undefined ? text : `${before} ${text}`;
  }
  return { ack: { response_action: 'errors', errors: found } };
}
