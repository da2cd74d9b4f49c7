import { localise } from '../../../conversation/cards/localise.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { type Filled, fillForm } from '../../shared/fill-form.ts';
import { PLATFORM } from '../api-shapes.ts';
import { blockOf, formValues } from '../render/form.ts';
import {
  actorOf,
  delivery,
  type Handled,
  type Intake,
  placeOf,
  spokenIn,
  standingIn,
  type Whereabouts,
  whereabouts,
} from './context.ts';
import { settleIn } from './declared.ts';
import { filesOfArgument, keepFiles } from './files.ts';
import { type FormMemory, recall, viewOfForm } from './open.ts';
import type { ViewSubmission } from './payloads.ts';
import { welcome } from './private-room.ts';
import { cardView } from './reply.ts';
import { remembered } from './sources.ts';

/** A submitted form: committed, then closed; or what is wrong, at the field, with everything entered still there. */
export async function formSubmitted(intake: Intake, p: ViewSubmission): Promise<Handled> {
  const memory = await recall(intake, p.view.private_metadata);
  // The input is kept for the operator, and the person is informed that it was not accepted.
  if (!memory) throw new Error('what this form is for is not known any more');
  const person = actorOf(intake, p, {
    typed: JSON.stringify(p.view.state.values),
    spoken: await spokenIn(intake, memory.args['incident'] ?? null, memory.channel ?? ''),
  });
  // The form was opened for them in that channel: who may not be asked about now is still who filled it in.
  const where: Whereabouts = memory.channel ? whereabouts(intake, memory.channel, person) : { kind: 'direct' };
  const caller = standingIn(person, where);
  const result = await fillForm(intake, {
    ref: { form: memory.form, args: memory.args },
    ...{ revision: memory.revision, platform: PLATFORM, key: `view:${p.view.id}` },
    ...{ caller, place: placeOf(where), entriesOf: (form) => formValues(form, p.view.state.values) },
  });
  const { language } = caller;
  if (result.kind === 'closed')
    return errors(p, { '': localise(intake.explain(result.refusal, null).title, language) });
  if (result.kind === 'done') return recorded(intake, { caller, memory, where }, result);
  if (!result.isStale) return errors(p, result.errors);
  // The form as it is now, after another person's change, with what was entered and a line on that change.
  const form = { ...result.form, intro: [...Object.values(result.errors), ...result.form.intro] };
  const view = await viewOfForm(intake, form, { ...memory, revision: result.revision }, language);
  return { ack: { response_action: 'update', view } };
}

interface Submission {
  readonly caller: Caller;
  readonly memory: FormMemory;
  readonly where: Whereabouts;
}
type Done = Extract<Filled, { kind: 'done' }>;

async function recorded(intake: Intake, s: Submission, result: Done): Promise<Handled> {
  const { language } = s.caller;
  if (s.memory.origin) await candidate(intake, s, result, s.memory.origin);
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
  const note = await settleIn(intake, result.state, s.where, language);
  const about = { incident: result.incident, revision: result.state.version, language, channel: s.memory.channel };
  if (note === null) return { ack: { response_action: 'clear' } };
  // Nothing of it is visible in the channel, so the modal confirms it and shows the card.
  const status = await intake.app.view({ view: 'status', args: { incident: result.incident } }, s.caller);
  if ('code' in status) return { ack: { response_action: 'clear' } };
  const view = await cardView(intake, status, about, { view: 'status', args: { incident: result.incident } }, [note]);
  return { ack: { response_action: 'update', view } };
}

/** The form becomes the card that asks for something: a filing to confirm, a text of others to restore. Null if none does. */
async function shownAfter(intake: Intake, s: Submission, result: Done) {
  const [answer] = result.answers;
  if (answer?.kind !== 'card' || answer.card.blocks.length === 0) return null;
  return cardView(intake, answer.card, { ...result, channel: s.memory.channel }, null);
}

/** The message an incident was declared from is a candidate for awareness, with its author, time and address. */
async function candidate(
  intake: Intake,
  { caller }: Submission,
  { incident, state, key }: Done,
  origin: NonNullable<FormMemory['origin']>,
): Promise<void> {
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
      revision: state.version,
      caller,
      delivery: delivery(`${key}:awareness`, origin),
    }),
  );
  await remembered(intake, origin.link, incident);
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
