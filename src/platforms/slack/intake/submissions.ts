import { createHash } from 'node:crypto';
import type { Form, FormField } from '../../../conversation/cards/card.ts';
import { localise, localiseForm } from '../../../conversation/cards/localise.ts';
import type { FormOutcome } from '../../../talk/acts.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { blockOf, type FormMemory, formValues } from '../render/form.ts';
import {
  callerOf,
  delivery,
  type Handled,
  type Intake,
  placeOf,
  spokenIn,
  standingIn,
  type Whereabouts,
  whereabouts,
} from './context.ts';
import { noteText, settleIn } from './declared.ts';
import { filesOfArgument, keepFiles } from './files.ts';
import { recall, revisionOf, viewOfForm } from './open.ts';
import type { ViewSubmission } from './payloads.ts';
import { welcome } from './private-room.ts';
import { cardView, refusalSentence } from './reply.ts';
import { remembered } from './sources.ts';

/** A submitted form: committed, then closed; or what is wrong, at the field, with everything entered still there. */
export async function formSubmitted(intake: Intake, p: ViewSubmission): Promise<Handled> {
  const team = p.user.team_id ?? p.team?.id ?? intake.directory.team;
  const memory = await recall(intake, p.view.private_metadata);
  // The input is kept for the operator, and the person is informed that it was not accepted.
  if (!memory) throw new Error('what this form is for is not known any more');
  const person = callerOf(intake, {
    id: p.user.id,
    team,
    handle: p.user.name ?? p.user.username,
    typed: JSON.stringify(p.view.state.values),
    spoken: await spokenIn(intake, memory.args['incident'] ?? null, memory.channel ?? ''),
  });
  const where: Whereabouts = memory.channel ? whereabouts(intake, memory.channel, person) : { kind: 'direct' };
  // The form was opened for them in that channel: who may not be asked about now is still who filled it in.
  if (memory.channel && where.kind !== 'direct') intake.directory.seenIn(p.user.id, memory.channel);
  const caller = standingIn(person, where);
  const ref = { form: memory.form, args: memory.args };
  const form = await intake.app.form(ref, caller);
  if ('code' in form) {
    return errorAt(p, null, refusalSentence(intake, { refusal: form, state: null }, caller.language));
  }
  const values = formValues(localiseForm(form, caller.language), p.view.state.values);
  const entered = JSON.stringify([memory, values]);
  // The same entries of the same form are the same act; corrected entries are another.
  const key = `view:${p.view.id}:${createHash('sha256').update(entered).digest('base64url').slice(0, 22)}`;
  const result = await intake.talk.fill({
    ref,
    revision: memory.revision,
    values,
    caller,
    place: placeOf(where),
    delivery: delivery(key, entered),
  });
  return concluded(intake, p, { caller, memory, form, values, where, key }, result);
}

interface Submission {
  readonly caller: Caller;
  readonly memory: FormMemory;
  readonly form: Form;
  readonly values: ReturnType<typeof formValues>;
  readonly where: Whereabouts;
  readonly key: string;
}

async function concluded(intake: Intake, p: ViewSubmission, s: Submission, result: FormOutcome): Promise<Handled> {
  const { language } = s.caller;
  if (result.kind === 'invalid') {
    const entries = Object.entries(result.errors).map(([id, text]) => [id, localise(text, language)] as const);
    return errors(p, entries);
  }
  if (result.kind === 'refused') {
    const said = localise(result.card.title, language);
    if (result.isStale) return renewed(intake, s, said);
    return errorAt(p, fieldOf(s.form, result.refusal.field), said);
  }
  if (s.memory.origin) await candidate(intake, s, result.incident, s.memory.origin);
  // A note made from a message: its edit or deletion is shown on the record too.
  if (s.memory.args['link'] !== undefined) await remembered(intake, s.memory.args['link'], result.incident);
  const files = filesOfArgument(s.memory.args['files'] ?? s.memory.origin?.files);
  const { id: user, tenant: team } = s.caller.account;
  await keepFiles(intake, result.incident, files, { user, team, channel: s.memory.channel ?? '' });
  if (s.memory.form !== 'new_incident') {
    const view = await shownAfter(intake, s, result);
    const ack = view ? { response_action: 'update', view } : { response_action: 'clear' };
    return { ack, after: () => welcome(intake, result.state) };
  }
  await settleIn(intake, result.state, s.where);
  const about = { incident: result.incident, revision: result.state.version, language, channel: s.memory.channel };
  const note = noteText(intake, s.where, result.incident, language);
  if (note === null) return { ack: { response_action: 'clear' } };
  // Nothing of it is visible in the channel, so the modal confirms it and shows the card.
  const status = await intake.app.view({ view: 'status', args: { incident: result.incident } }, s.caller);
  if ('code' in status) return { ack: { response_action: 'clear' } };
  const view = await cardView(intake, status, about, { view: 'status', args: { incident: result.incident } }, [note]);
  return { ack: { response_action: 'update', view } };
}

/** The form becomes the card that asks for something: a filing to confirm, a text of others to restore. Null if none does. */
async function shownAfter(
  intake: Intake,
  s: Submission,
  { answers, incident, state }: Extract<FormOutcome, { kind: 'done' }>,
) {
  const [answer] = answers;
  if (answer?.kind !== 'card' || answer.card.blocks.length === 0) return null;
  const about = { incident, revision: state.version, language: s.caller.language, channel: s.memory.channel };
  return cardView(intake, answer.card, about, null);
}

/** The message an incident was declared from is a candidate for awareness, with its author, time and address. */
async function candidate(
  intake: Intake,
  s: Submission,
  incident: string,
  origin: NonNullable<FormMemory['origin']>,
): Promise<void> {
  const { revision } = await revisionOf(intake, incident, s.caller);
  await committed(
    intake.app.submit({
      incident,
      intent: {
        type: 'add_awareness',
        at: origin.at,
        source: 'chat',
        description: [origin.author, origin.text].filter(Boolean).join(': ').slice(0, 2_000),
        reachedUs: true,
        link: origin.link,
      },
      revision,
      caller: s.caller,
      delivery: delivery(`${s.key}:awareness`, origin),
    }),
  );
  await remembered(intake, origin.link, incident);
}

/** Form as it is now, after another person's change, with the values entered and a line on that change. */
async function renewed(intake: Intake, s: Submission, said: string): Promise<Handled> {
  const { revision } = await revisionOf(intake, s.memory.args['incident'], s.caller);
  const fields = s.form.fields.map((field): FormField => withEntered(field, s.values[field.id]));
  const form: Form = { ...s.form, intro: [{ raw: said }, ...s.form.intro], fields };
  const view = await viewOfForm(intake, form, { ...s.memory, revision }, s.caller);
  return { ack: { response_action: 'update', view } };
}

function withEntered(field: FormField, value: string | readonly string[] | undefined): FormField {
  if (value === undefined || field.kind === 'file') return field;
  if (field.kind === 'many') return { ...field, value: typeof value === 'string' ? [value] : value };
  return { ...field, value: typeof value === 'string' ? value : (value[0] ?? '') };
}

function fieldOf(form: Form, field: string | undefined): string | null {
  return form.fields.find((one) => one.id === field)?.id ?? null;
}

function errorAt(p: ViewSubmission, field: string | null, text: string): Handled {
  return errors(p, [[field ?? '', text]]);
}

/** Errors go to the inputs they belong to; what belongs to none goes to the first. Slack shows nothing otherwise. */
function errors(p: ViewSubmission, entries: readonly (readonly [string, string])[]): Handled {
  const inputs = p.view.blocks.filter((block) => block.type === 'input').flatMap((block) => block.block_id ?? []);
  const first = inputs[0] ?? Object.keys(p.view.state.values)[0];
  const found: Record<string, string> = {};
  for (const [field, text] of entries) {
    const block = inputs.includes(blockOf(field)) ? blockOf(field) : first;
    if (block === undefined) continue;
    const before = found[block];
    found[block] = before === undefined ? text : `${before} ${text}`;
  }
  return { ack: { response_action: 'errors', errors: found } };
}
