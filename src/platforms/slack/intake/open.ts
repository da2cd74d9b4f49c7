import { createHash } from 'node:crypto';
import type { Card, Form, FormRef, Text, ViewRef } from '../../../conversation/cards/card.ts';
import { localiseForm } from '../../../conversation/cards/localise.ts';
import { parseJson } from '../../../ops/json.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { keepValues, keptValue } from '../kept-values.ts';
import { LIMITS } from '../limits.ts';
import { type FormMemory, formMemorySchema, formView } from '../render/form.ts';
import { acquainted, type Intake } from './context.ts';
import { cardView, type Handle, line, refusalReply, respond } from './reply.ts';

/** A live handle for a modal: good for three seconds and one use. */
export interface Trigger {
  readonly trigger: string;
  readonly caller: Caller;
  /** Address of the answer if the modal cannot be opened. */
  readonly handle: Handle;
  /** Already inside a modal: the new one goes on top. */
  readonly push: boolean;
}

type Origin = FormMemory['origin'];

/** Opens a form as it looks now, bound to the revision of now. */
export async function openForm(
  intake: Intake,
  ref: FormRef,
  at: Trigger,
  more: { readonly origin?: Origin; readonly intro?: readonly Text[] } = {},
): Promise<void> {
  const caller = await acquainted(intake, at.caller);
  const { incident, revision } = await revisionOf(intake, ref.args['incident'], caller);
  const form = await intake.app.form(ref, caller);
  if ('code' in form) {
    await respond(
      intake,
      at.handle,
      await refusalReply(intake, { refusal: form, state: null }, { incident, revision, language: caller.language }),
    );
    return;
  }
  const channel = channelOf(at);
  const memory: FormMemory = {
    form: ref.form,
    args: { ...ref.args },
    revision,
    ...(channel === undefined ? {} : { channel }),
    ...(more.origin === undefined ? {} : { origin: more.origin }),
  };
  const shown = { ...form, intro: [...(more.intro ?? []), ...form.intro] };
  await show(intake, at, await viewOfForm(intake, shown, memory, caller), ref.form === 'new_incident');
}

export async function viewOfForm(intake: Intake, form: Form, memory: FormMemory, caller: Caller) {
  return formView(localiseForm(form, caller.language), await remember(intake, memory), caller.language);
}

/** Opens a card for the asker only. */
export async function openView(intake: Intake, ref: ViewRef, at: Trigger): Promise<void> {
  const caller = await acquainted(intake, at.caller);
  const { incident, revision } = await revisionOf(intake, ref.args['incident'], caller);
  const card = await intake.app.view(ref, caller);
  const about = { incident, revision, language: caller.language, channel: channelOf(at) };
  const shown: Card = 'code' in card ? intake.explain(card, null) : card;
  await show(intake, at, await cardView(intake, shown, about, 'code' in card ? null : ref));
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

async function show(intake: Intake, at: Trigger, view: unknown, isNew = false): Promise<void> {
  try {
    await intake.api.call('answer', at.push ? 'views.push' : 'views.open', { trigger_id: at.trigger, view });
  } catch (error) {
    intake.log.warn({ err: error }, 'a form could not be opened');
    const key = isNew ? 'slack.not_opened_new' : 'slack.not_opened';
    const params = { command: intake.command, bot: intake.directory.botName };
    await respond(intake, at.handle, line(key, at.caller.language, params));
  }
}

/** Stores the data of an open form, in Slack if it fits, otherwise in our kept values under its hash. */
async function remember(intake: Intake, memory: FormMemory): Promise<string> {
  const json = JSON.stringify(memory);
  if (json.length <= LIMITS.view.privateMetadata) return json;
  const hash = createHash('sha256').update(json).digest('base64url');
  await keepValues(intake, { [hash]: json });
  return `#${hash}`;
}

export async function recall(intake: Intake, memory: string): Promise<FormMemory | null> {
  const json = memory.startsWith('#') ? await keptValue(intake.kept, memory.slice(1)) : memory;
  const parsed = formMemorySchema.safeParse(parseJson(json));
  return parsed.success ? parsed.data : null;
}
