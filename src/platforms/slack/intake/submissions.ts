import type { View } from '@slack/types';
import { localise } from '../../../conversation/cards/localise.ts';
import { type Filled, fillForm } from '../../../talk/filling.ts';
import type { Caller } from '../../../use-cases/app.ts';
import { committed } from '../../../use-cases/platform-support.ts';
import { PLATFORM } from '../api-shapes.ts';
import { blockOf, formValues } from '../render/form.ts';
import { settleIn } from './commands.ts';
import { actorOf, delivery, type Handled, type Intake, type Spot, spokenIn, spotIn } from './context.ts';
import { filesOfArgument, keepFiles, remembered } from './material.ts';
import { type FormMemory, recall, viewOfForm } from './open.ts';
import type { ViewSubmission } from './payloads.ts';
import { welcome } from './private-room.ts';
import { cardView } from './reply.ts';

/** A submitted form: committed, then closed; or what is wrong, at the field, with everything entered still there. */
export async function formSubmitted(intake: Intake, p: ViewSubmission): Promise<Handled> {
  const memory = await recall(intake, p.view.private_metadata);
  // The input is kept for the operator, and the person is informed that it was not accepted.
  if (!memory) throw new Error('what this form is for is not known any more');
  const { form, args, revision, channel } = memory;
  const { values } = p.view.state;
  const person = actorOf(intake, p, {
    typed: JSON.stringify(values),
    spoken: await spokenIn(intake, args['incident'] ?? null, channel ?? ''),
  });
  // The form was opened for them in that channel: who may not be asked about now is still who filled it in.
  const spot = spotIn(intake, person, { channel: channel || undefined, user: person.account.id });
  const { language } = spot.caller;
  const result = await fillForm(intake, {
    ...{ ref: { form, args }, revision, platform: PLATFORM, key: `view:${p.view.id}` },
    ...{ caller: spot.caller, place: spot.place, entriesOf: (now) => formValues(now, values) },
  });
  if (result.kind === 'closed')
    return errors(p, { '': localise(intake.explain(result.refusal, null).title, language) });
  if (result.kind === 'done') return recorded(intake, spot, memory, result);
  if (!result.isStale) return errors(p, result.errors);
  // The form as it is now, after another person's change, with what was entered and a line on that change.
  const fresh = { ...result.form, intro: [...Object.values(result.errors), ...result.form.intro] };
  return shown(await viewOfForm(intake, fresh, { ...memory, revision: result.revision }, language));
}

const shown = (view: View): Handled => ({ ack: { response_action: 'update', view } });
const CLOSED: Handled = { ack: { response_action: 'clear' } };
type Done = Extract<Filled, { kind: 'done' }>;

async function recorded(intake: Intake, spot: Spot, memory: FormMemory, result: Done): Promise<Handled> {
  const { incident, state, asks } = result;
  const { caller } = spot;
  const { args, origin, channel } = memory;
  if (origin) await candidate(intake, caller, result, origin);
  // A note made from a message: its edit or deletion is shown on the record too.
  if (args['link'] !== undefined) await remembered(intake, args['link'], incident);
  const files = filesOfArgument(args['files'] ?? origin?.files);
  await keepFiles(intake, incident, files, caller, { channel: channel ?? '' });
  if (memory.form !== 'new_incident') {
    // The form becomes the card that asks for something: a filing to confirm, a text of others to restore.
    const handled = asks ? shown(await cardView(intake, asks, { ...result, channel }, null)) : CLOSED;
    return { ...handled, after: () => welcome(intake, state) };
  }
  const note = await settleIn(intake, state, spot);
  if (note === null) return CLOSED;
  // Nothing of it is visible in the channel, so the modal confirms it and shows the card.
  const ref = { view: 'status', args: { incident } };
  const status = await intake.app.view(ref, caller);
  if ('code' in status) return CLOSED;
  const about = { incident, revision: state.version, language: caller.language, channel };
  return shown(await cardView(intake, status, about, ref, [note]));
}

/** The message an incident was declared from is a candidate for awareness, with its author, time and address. */
async function candidate(
  intake: Intake,
  caller: Caller,
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
