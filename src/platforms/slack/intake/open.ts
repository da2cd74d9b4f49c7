import { z } from 'zod';
import type { FormRef, Text, ViewRef } from '../../../conversation/cards/card.ts';
import { type LocalForm, localise } from '../../../conversation/cards/localise.ts';
import { sentenceCard } from '../../../conversation/cards/sentence.ts';
import { fileRefusedCard } from '../../../conversation/filing/draft-card.ts';
import type { Language } from '../../../incident/identity.ts';
import { showsAll } from '../../../incident/visibility.ts';
import { parseJson } from '../../../ops/json.ts';
import { type About, showAnswers } from '../../../talk/showing.ts';
import type { Caller } from '../../../use-cases/app.ts';
import type { Place } from '../../../use-cases/ports.ts';
import { formRefSchema } from '../../shared/does.ts';
import type { OutgoingFile } from '../../shared/http-client.ts';
import { keepValues, keptValue } from '../kept-values.ts';
import { LIMITS } from '../limits.ts';
import { formView } from '../render/form.ts';
import { hashOf } from '../render/text.ts';
import { acquainted, type Intake, type Spot } from './context.ts';
import { cardView, line, respond, show } from './reply.ts';

/** Data of an open form. Contains a person's text only if the form was made from it. */
const formMemorySchema = z.strictObject({
  ...formRefSchema.shape,
  revision: z.number().int(),
  /** The channel it was opened in; its room is worked out again when it is submitted. */
  channel: z.string().optional(),
  /** A message the new incident was declared from: a candidate for awareness. */
  origin: z
    .strictObject({
      ...{ at: z.string(), author: z.string(), link: z.string(), text: z.string() },
      files: z.string().optional(),
    })
    .optional(),
});
export type FormMemory = z.infer<typeof formMemorySchema>;

/** An act with a live handle for a modal: good for three seconds and one use. */
export interface Trigger extends Spot {
  readonly trigger: string;
  /** Already inside a modal: the new one goes on top. */
  readonly push?: boolean;
}
export interface OpenOptions {
  readonly origin?: FormMemory['origin'];
  /** Lines above the form. */
  readonly intro?: readonly Text[];
}

/** Opens a form as it looks now, bound to the revision of now. */
export async function openForm(intake: Intake, ref: FormRef, by: Trigger, options: OpenOptions = {}): Promise<void> {
  const at = { ...by, caller: await acquainted(intake, by.caller) };
  const { origin, intro = [] } = options;
  await showAnswers(intake, at.caller, await intake.talk.form(ref, at.caller), {
    card: (card, about) => show(intake, at.handle, card, about),
    file: async () => {},
    form: async (form, { revision, language }) => {
      const channel = channelOf(at);
      const memory: FormMemory = {
        ...{ form: ref.form, args: { ...ref.args }, revision },
        ...(channel === undefined ? {} : { channel }),
        ...(origin === undefined ? {} : { origin }),
      };
      const shown = { ...form, intro: [...intro.map((text) => localise(text, language)), ...form.intro] };
      await openModal(intake, at, await viewOfForm(intake, shown, memory, language), ref.form === 'new_incident');
    },
  });
}

export async function viewOfForm(intake: Intake, form: LocalForm, memory: FormMemory, language: Language) {
  return formView(form, await remember(intake, memory), language);
}

/** Opens a card for the asker only, or sends them a file. */
export async function openView(intake: Intake, ref: ViewRef, by: Trigger): Promise<void> {
  const at = { ...by, caller: await acquainted(intake, by.caller) };
  await showAnswers(intake, at.caller, await intake.talk.view(ref, at.caller), {
    form: async () => {},
    file: (file, about) => sendFile(intake, file, ref, about, at),
    card: async (card, about, view) =>
      ref.view === 'download'
        ? show(intake, at.handle, card, about)
        : openModal(intake, at, await cardView(intake, card, { ...about, channel: channelOf(at) }, view)),
  });
}

function channelOf({ handle, caller }: Trigger): string | undefined {
  return handle.channel ?? caller.room?.address;
}

export async function revisionOf(
  intake: Intake,
  incident: string | null,
  caller: Caller,
): Promise<Pick<About, 'incident' | 'revision'>> {
  const state = incident === null ? null : await intake.app.state(incident, caller);
  return { incident, revision: state?.version ?? 0 };
}

export async function openModal(intake: Intake, at: Trigger, view: unknown, isNew = false): Promise<void> {
  try {
    await intake.api.call(at.push ? 'views.push' : 'views.open', { trigger_id: at.trigger, view });
  } catch (error) {
    intake.log.warn({ err: error }, 'a form could not be opened');
    const key = isNew ? 'slack.not_opened_new' : 'slack.not_opened';
    const params = { command: intake.config.command, bot: intake.directory.botName };
    await respond(intake, at.handle, line(key, at.caller.language, params));
  }
}

/** Sends a draft, an e-mail or a fax sheet. */
async function sendFile(
  intake: Intake,
  file: OutgoingFile,
  ref: ViewRef,
  about: About,
  { caller, place, handle }: Trigger,
): Promise<void> {
  const incident = about.incident ?? '';
  const card = sentenceCard({ raw: file.name });
  const body = intake.messenger.render({ ...about, incident, revision: 0, card, surface: null, ring: false });
  // In the thread the button stands in, if its room shows all of the incident; else only to the one who asked.
  let to: Place = { tenant: intake.directory.team, address: caller.account.id, thread: null };
  const state = place.kind === 'room' ? await intake.app.state(incident, caller) : null;
  if (state && place.kind === 'room' && handle.channel !== undefined && showsAll(state, place.room))
    to = { ...to, address: handle.channel, thread: handle.thread ?? null };
  const outcome = await intake.messenger.canSendFile?.sendFile(to, file, body, `download:${intake.ids.next()}`);
  if (outcome?.kind !== 'refused') return;
  intake.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await show(intake, handle, fileRefusedCard(file.name, outcome.detail, ref), about);
}

/** Stores the data of an open form, in Slack if it fits, otherwise in our kept values under its hash. */
async function remember(intake: Intake, memory: FormMemory): Promise<string> {
  const json = JSON.stringify(memory);
  if (json.length <= LIMITS.view.privateMetadata) return json;
  const hash = hashOf(json);
  await keepValues(intake, { [hash]: json });
  return `#${hash}`;
}

export async function recall(intake: Intake, memory: string): Promise<FormMemory | null> {
  const json = memory.startsWith('#') ? await keptValue(intake.kept, memory.slice(1)) : memory;
  return formMemorySchema.safeParse(parseJson(json)).data ?? null;
}
