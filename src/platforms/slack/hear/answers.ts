import type { View } from '@slack/types';
import { z } from 'zod';
import type { Card, FormRef, ViewRef } from '../../../conversation/cards/card.ts';
import { type LocalForm, localise } from '../../../conversation/cards/localise.ts';
import { buttons, sentenceCard } from '../../../conversation/cards/sentence.ts';
import { t } from '../../../conversation/cards/situation.ts';
import { moveAction } from '../../../conversation/cards/status-card.ts';
import { translate } from '../../../i18n/translate.ts';
import { showsAll } from '../../../incident/visibility.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Outcome } from '../../../talk/acts.ts';
import { type AnswerPort, sendFile } from '../../../talk/answering.ts';
import type { Filled } from '../../../talk/filling.ts';
import { rememberSource } from '../../../talk/sources.ts';
import type { Caller } from '../../../use-cases/app.ts';
import type { MadeFile } from '../../../use-cases/documents/document-port.ts';
import type { Place, SendOutcome } from '../../../use-cases/ports.ts';
import type { Value } from '../../shared/card-view.ts';
import { viewRefSchema } from '../../shared/does.ts';
import type { Acknowledging } from '../../shared/hearing.ts';
import { LIMITS } from '../limits.ts';
import { choiceBlockPrefix } from '../render/draw.ts';
import { blockOf, formValues, formView } from '../render/form.ts';
import { encode, keepValues } from '../render/values.ts';
import type { BlockActions } from '../shapes.ts';
import { publishHome } from './home.ts';
import { filesOfArgument, givenFiles } from './material.ts';
import {
  type About,
  cardView,
  line,
  noteSent,
  type Reply,
  replyOf,
  respond,
  sentence,
  show,
  withSaid,
} from './reply.ts';
import { type Handled, laterOf, type SlackBot, type SlackKinds, type Spot } from './spots.ts';

/** Returns ways to answer: in the acknowledgement, to the response address, in a modal, or by direct message. */
export function portOf(bot: SlackBot, spot: Spot): AnswerPort {
  const { caller, at } = spot;
  const { channel = caller.room?.address, intro = [], pressed } = at;
  const reply = async (answer: Reply): Promise<void> => {
    if (at.ack) at.ack.replies.push(answer);
    else await respond(bot, { ...at, since: spot.since }, answer);
  };
  return {
    say: (text) => reply(sentence(localise(text, caller.language))),
    card: async (card, about, view) => {
      if (at.opens) return openModal(bot, spot, await cardView(bot, card, { ...about, channel }, view));
      const shown = offerToMove(view, about.incident) ?? card;
      await reply(await replyOf(bot, withNotes(bot, spot, shown, about, view), about));
    },
    form: async (form, about, offer) => {
      const { ref } = form;
      const isNew = ref.form === 'new_incident';
      // The acknowledgement does not wait for the look-up of an unknown person, which precedes this form.
      if (at.ack && isNew) {
        const { ack: _, ...later } = at;
        at.ack.later.push(() => bot.intake.look({ ...spot, at: later }, { kind: 'form', form: ref }));
      } else if (at.ack || at.trigger === undefined) await reply(await replyOf(bot, offer, about));
      else {
        const shown = { ...form, intro: [...intro.map((text) => localise(text, about.language)), ...form.intro] };
        await openModal(bot, spot, await formModal(bot, shown, about, channel ?? ''), isNew);
      }
    },
    file: async (...asked) => {
      const { ack, ...later } = at;
      if (!ack) return fileSent(bot, spot, ...asked);
      ack.later.push(() => sendFile(portOf(bot, { ...spot, at: later }), ...asked));
      return null;
    },
    ...(pressed ? { inPlace: (outcome: Outcome) => shownInPlace(bot, caller, pressed, outcome) } : {}),
  };
}

/** Updates a modal or the Home tab in place; delivery edits surfaces. Returns true if people see the result. */
async function shownInPlace(
  bot: SlackBot,
  caller: Caller,
  { incident, isOnSurface, view }: NonNullable<Spot['at']['pressed']>,
  outcome: Outcome,
): Promise<boolean> {
  if (!view) {
    const isDone = outcome.change?.kind === 'done';
    return isDone && isOnSurface && (await bot.app.state(incident, caller)) !== null;
  }
  await renewView(bot, caller, incident, view, outcome);
  return true;
}

const viewMemory = z.object({ view: viewRefSchema.nullable(), channel: z.string().optional() });
/** Returns the view a modal shows, and the channel in which it was opened. */
export function memoryOf(view: { readonly private_metadata: string } | null): Partial<z.infer<typeof viewMemory>> {
  return viewMemory.safeParse(parseJson(view?.private_metadata ?? null)).data ?? {};
}

/** Updates the modal or Home tab to the current state, with the change first. */
async function renewView(
  bot: SlackBot,
  caller: Caller,
  incident: string,
  modal: NonNullable<BlockActions['view']>,
  { answers, change, revision }: Outcome,
): Promise<void> {
  const [answer] = answers;
  const said = answer?.kind === 'card' ? answer.card : null;
  if (modal.type === 'home') return publishHome(bot, caller, said);
  const { view: shown = null, channel } = memoryOf(modal);
  const fresh = shown ? await bot.app.view(shown, caller) : null;
  const isThere = change?.kind === 'done' && change.shown.says() === (shown?.view ?? '');
  const card = fresh && !('code' in fresh) ? withSaid(fresh, isThere ? null : said) : said;
  if (!card) return;
  try {
    const about = { incident: incident || null, revision, language: caller.language, channel };
    await bot.api.call('views.update', { view_id: modal.id, view: await cardView(bot, card, about, shown) });
  } catch (error) {
    bot.log.warn({ err: error }, 'a view could not be renewed');
  }
}

/** Returns a card with the button that makes a private channel; other platforms only explain how. */
function offerToMove(view: ViewRef | null, id: string | null): Card | null {
  if (id === null || view?.view !== 'private') return null;
  const { confirm, ...move } = moveAction({ state: { id } });
  return confirm ? sentenceCard(confirm, buttons([move])) : null;
}

/** Adds notes to a requested card: how to address the bot, and why an unknown person sees less. */
function withNotes(
  { config, directory }: SlackBot,
  { caller, at }: Spot,
  card: Card,
  about: About,
  view: ViewRef | null,
): Card {
  if (about.change) return card;
  const isUnmet = at.isPersonal === true && directory.people.person(caller.account.id) === null;
  const how = t('slack.how', { command: { raw: config.command }, bot: { raw: directory.botName } });
  const notes = [...(isUnmet ? [t('slack.not_known_yet')] : []), ...(view?.view === 'help' ? [how] : [])];
  return { ...card, blocks: [...notes.map((text) => ({ kind: 'note' as const, text })), ...card.blocks] };
}

/** Draws a form as a modal that stores its revision and channel; submission determines the room again. */
async function formModal(
  bot: SlackBot,
  form: LocalForm,
  { revision, language }: Pick<About, 'revision' | 'language'>,
  chat: string,
): Promise<View> {
  const kept: Record<string, string> = {};
  const value: Value = { r: revision, i: form.ref.args['incident'] ?? '', d: { kind: 'fill', form: form.ref, chat } };
  const memory = encode(value, kept, LIMITS.view.privateMetadata);
  await keepValues(bot, kept);
  return formView(form, memory, language);
}

export async function openModal(bot: SlackBot, { at, caller }: Spot, view: unknown, isNew = false): Promise<void> {
  try {
    await bot.api.call(at.push ? 'views.push' : 'views.open', { trigger_id: at.trigger, view });
  } catch (error) {
    bot.log.warn({ err: error }, 'a form could not be opened');
    const key = isNew ? 'slack.not_opened_new' : 'slack.not_opened';
    const params = { command: bot.config.command, bot: bot.directory.botName };
    await respond(bot, at, line(key, caller.language, params));
  }
}

/** Sends a draft, e-mail or fax sheet as a file. */
async function fileSent(
  bot: SlackBot,
  { caller, place, at, since }: Spot,
  file: MadeFile,
  about: About,
  view: ViewRef,
): Promise<SendOutcome | null> {
  const incident = about.incident ?? '';
  const card = sentenceCard({ raw: file.name });
  const body = bot.messenger.render({ ...about, incident, revision: 0, card, surface: null, ring: false });
  const state = place.kind === 'room' ? await bot.app.state(incident, caller) : null;
  // The file goes to the button's thread if its room shows all of the incident; otherwise to the person alone.
  const channel = state && place.kind === 'room' && showsAll(state, place.room) ? at.channel : undefined;
  const address = channel ?? caller.account.id;
  const thread = channel === undefined ? null : (at.thread ?? null);
  const to: Place = { tenant: bot.directory.team, address, thread };
  const outcome = await bot.messenger.canSendFile?.sendFile(to, file, body, `download:${bot.ids.next()}`);
  if (outcome?.kind === 'sent')
    await noteSent(bot, caller.account.id, { address, ref: outcome.ref, holds: view, isFile: true, since });
  return outcome ?? null;
}

/** Returns Slack's acknowledgements: for a form they close, redraw or replace it; for a press they are empty. */
export function acksOf(bot: () => SlackBot): Acknowledging<SlackKinds> {
  return {
    refused: (spot, text) => ({ after: async () => void (await portOf(bot(), spot).say(text)) }),
    pressed: ({ at: { offer } }, outcome, after) => {
      // Used offers are removed; their result is posted anew.
      if (offer === undefined || outcome?.change?.kind !== 'done') return { after };
      return { after: () => bot().api.respond(offer, { delete_original: true }).then(after, after) };
    },
    filled: async (spot, { event, form: { form, chat } }, result) => {
      const { language } = spot.caller;
      const wrong = (errors: Readonly<Record<string, string>>): Handled => errorsAt(event.entered, errors);
      if (result === null) return wrong({ '': translate(language, 'chat.shared') });
      if (result.kind === 'closed') return wrong({ '': localise(bot().explain(result.refusal, null).title, language) });
      if (result.kind === 'done') return recorded(bot(), spot, form, result);
      if (!result.isStale) return wrong(result.errors);
      // The form is redrawn after another person's change, with the submitted entries and a line on that change.
      const fresh = { ...result.form, intro: [...Object.values(result.errors), ...result.form.intro] };
      return shown(await formModal(bot(), fresh, { ...result, language }, chat));
    },
    offered: async ({ caller, at }, { about: what, card }, incident) => {
      if ((await bot().offered.markSeen(`${what}:${incident}:${caller.account.id}`)) === 'known') return async () => {};
      const state = await bot().app.state(incident, caller);
      const about = { incident, revision: state?.version ?? 0, language: caller.language };
      return () => show(bot(), at, card, about);
    },
    entries: (form, { values }) => formValues(form, values),
    ticks: ({ values }, fact) =>
      Object.entries(values)
        .filter(([block]) => block.startsWith(choiceBlockPrefix(fact)))
        .flatMap(([, entries]) => Object.values(entries))
        .flatMap((entry) => (entry.selected_options ?? []).map(({ value }) => value)),
  };
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
  // The note comes from a message, so the record also shows when that is edited or deleted.
  if (args['link'] !== undefined) await rememberSource(bot.kept, args['link'], incident);
  const files = givenFiles(filesOfArgument(args['files']), caller, { channel: channel ?? '' });
  if (files.length > 0) await bot.intake.give(spot, { key: result.key, files, about: incident });
  const after = async (): Promise<void> => {
    await result.after();
    await laterOf(ack)();
  };
  // The modal then shows the next card that needs an answer, e.g. to confirm a filing or restore a replaced text.
  if (form !== 'new_incident')
    return { ...(asks ? shown(await cardView(bot, asks, { ...result, channel }, null)) : CLOSED), after };
  await after();
  const [note] = ack?.replies ?? [];
  if (!note) return CLOSED;
  // The channel shows nothing of the incident, so the modal confirms the entry and shows the card.
  const ref = { view: 'status', args: { incident } };
  const status = await bot.app.view(ref, caller);
  if ('code' in status) return CLOSED;
  const about = { incident, revision: state.version, language: caller.language, channel };
  return shown(await cardView(bot, status, about, ref, [note.text]));
}

/** Shows errors at their inputs, and errors without an input at the first input: Slack shows errors nowhere else. */
function errorsAt({ inputs, values }: SlackKinds['entered'], entries: Readonly<Record<string, string>>): Handled {
  const first = inputs[0] ?? Object.keys(values)[0];
  const found: Record<string, string> = {};
  for (const [field, text] of Object.entries(entries)) {
    const block = inputs.includes(blockOf(field)) ? blockOf(field) : first;
    if (block === undefined) continue;
    const before = found[block];
    found[block] = before === undefined ? text : `${before} ${text}`;
  }
  return { ack: { response_action: 'errors', errors: found } };
}
