import { z } from 'zod';
import type { Card, FormRef, Text, ViewRef } from '../../../conversation/cards/card.ts';
import { type LocalForm, localise } from '../../../conversation/cards/localise.ts';
import { sentenceCard } from '../../../conversation/cards/sentence.ts';
import { fileRefusedCard } from '../../../conversation/filing/draft-card.ts';
import type { Language } from '../../../incident/identity.ts';
import { showsAll } from '../../../incident/visibility.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Caller } from '../../../use-cases/app.ts';
import type { Place } from '../../../use-cases/ports.ts';
import { type About, showAnswers } from '../../shared/answers.ts';
import { formRefSchema } from '../../shared/does.ts';
import type { OutgoingFile } from '../../shared/http-client.ts';
import { keepValues, keptValue } from '../kept-values.ts';
import { LIMITS } from '../limits.ts';
import { formView } from '../render/form.ts';
import { hashOf } from '../render/text.ts';
import { acquainted, type Intake, whereabouts } from './context.ts';
import { cardView, type Handle, line, respond, show } from './reply.ts';

/** Data of an open form. Contains a person's text only if the form was made from it. */
const formMemorySchema = z.strictObject({
  ...formRefSchema.shape,
  revision: z.number().int(),
  /** The channel it was opened in; its room is worked out again when it is submitted. */
  channel: z.string().optional(),
  /** A message the new incident was declared from: a candidate for awareness. */
  origin: z
    .strictObject({
      at: z.string(),
      author: z.string(),
      link: z.string(),
      text: z.string(),
      files: z.string().optional(),
    })
    .optional(),
});
export type FormMemory = z.infer<typeof formMemorySchema>;

/** A live handle for a modal: good for three seconds and one use. */
export interface Trigger {
  readonly trigger: string;
  readonly caller: Caller;
  /** Address of the answer if the modal cannot be opened. */
  readonly handle: Handle;
  /** Already inside a modal: the new one goes on top. */
  readonly push: boolean;
}
export interface OpenOptions {
  readonly origin?: FormMemory['origin'];
  /** Lines above the form. */
  readonly intro?: readonly Text[];
}

/** Opens a form as it looks now, bound to the revision of now. */
export async function openForm(intake: Intake, ref: FormRef, at: Trigger, options: OpenOptions = {}): Promise<void> {
  const caller = await acquainted(intake, at.caller);
  await showAnswers(intake, caller, await intake.talk.form(ref, caller), {
    card: (card, about) => show(intake, at.handle, card, about),
    file: async () => {},
    form: async (form, { revision, language }) => {
      const channel = channelOf(at);
      const memory: FormMemory = {
        ...{ form: ref.form, args: { ...ref.args }, revision },
        ...(channel === undefined ? {} : { channel }),
        ...(options.origin === undefined ? {} : { origin: options.origin }),
      };
      const intro = [...(options.intro ?? []).map((text) => localise(text, language)), ...form.intro];
      const view = await viewOfForm(intake, { ...form, intro }, memory, language);
      await openModal(intake, at, view, ref.form === 'new_incident');
    },
  });
}

export async function viewOfForm(intake: Intake, form: LocalForm, memory: FormMemory, language: Language) {
  return formView(form, await remember(intake, memory), language);
}

/** Opens a card for the asker only, or sends them a file. */
export async function openView(intake: Intake, ref: ViewRef, at: Trigger): Promise<void> {
  const caller = await acquainted(intake, at.caller);
  const isFile = ref.view === 'download';
  await showAnswers(intake, caller, await intake.talk.view(ref, caller), {
    form: async () => {},
    file: (file, about) => sendFile(intake, file, ref, about, { ...at, caller }),
    card: async (card, about, view) =>
      isFile
        ? show(intake, at.handle, card, about)
        : openModal(intake, at, await cardView(intake, card, { ...about, channel: channelOf(at) }, view)),
  });
}

function channelOf({ handle, caller }: Trigger): string | undefined {
  return handle.channel ?? caller.room?.address;
}

export async function revisionOf(
  intake: Intake,
  incident: string | undefined,
  caller: Caller,
): Promise<{ readonly incident: string | null; readonly revision: number }> {
  if (incident === undefined) return { incident: null, revision: 0 };
  const state = await intake.app.state(incident, caller);
  return { incident, revision: state?.version ?? 0 };
}

async function openModal(intake: Intake, at: Trigger, view: unknown, isNew = false): Promise<void> {
  try {
    await intake.api.call(at.push ? 'views.push' : 'views.open', { trigger_id: at.trigger, view });
  } catch (error) {
    intake.log.warn({ err: error }, 'a form could not be opened');
    const key = isNew ? 'slack.not_opened_new' : 'slack.not_opened';
    const params = { command: intake.command, bot: intake.directory.botName };
    await respond(intake, at.handle, line(key, at.caller.language, params));
  }
}

/** Sends a draft, an e-mail or a fax sheet. */
async function sendFile(
  intake: Intake,
  { name, mediaType, content }: OutgoingFile,
  ref: ViewRef,
  about: About,
  { caller, handle }: Trigger,
): Promise<void> {
  const incident = about.incident ?? '';
  const card: Card = sentenceCard({ raw: name });
  const body = intake.messenger.render({ ...about, incident, revision: 0, card, surface: null, ring: false });
  const place = await placeForFile(intake, incident, caller, handle);
  const key = `download:${intake.ids.next()}`;
  const outcome = await intake.messenger.canSendFile?.sendFile(place, { name, mediaType, content }, body, key);
  if (outcome?.kind !== 'refused') return;
  intake.log.warn({ detail: outcome.detail, reason: outcome.reason }, 'a file was refused');
  await show(intake, handle, fileRefusedCard(name, outcome.detail, ref), about);
}

/**
 * The thread the button stands in, if its room shows all of the incident; from any other room, and from a modal, the file
 * goes only to the one who asked.
 */
async function placeForFile(intake: Intake, incident: string, caller: Caller, handle: Handle): Promise<Place> {
  const tenant = intake.directory.team;
  const direct = { tenant, address: caller.account.id, thread: null };
  if (handle.channel === undefined) return direct;
  const where = whereabouts(intake, handle.channel, caller);
  if (where.kind !== 'room') return direct;
  const state = await intake.app.state(incident, caller);
  if (!state || !showsAll(state, where.room)) return direct;
  return { tenant, address: handle.channel, thread: handle.thread ?? null };
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
  const parsed = formMemorySchema.safeParse(parseJson(json));
  return parsed.success ? parsed.data : null;
}
