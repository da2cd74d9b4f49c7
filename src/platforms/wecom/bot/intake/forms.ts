import type { FormRef } from '../../../../conversation/cards/card.ts';
import { type LocalForm, localised } from '../../../../conversation/cards/localise.ts';
import type { FormOutcome, Line } from '../../../../talk/acts.ts';
import { colonOf, isReply, type Openness, type Values, valuesOf } from '../../../../talk/form-lines.ts';
import { concluded } from './answers.ts';
import { delivery, type Intake, line, type Spot, say, sentence } from './context.ts';
import { keepPending, leaveForm, type Pending, pendingKey, pendingOf } from './pending-form.ts';

/** Takes a line as the answer to the form that is open, if it is one; rows that name none of its fields are a line of their own. */
export async function formAnswered(intake: Intake, spot: Spot, heard: Line, msgid: string): Promise<boolean> {
  const { text, about: named } = heard;
  const pending = await pendingOf(intake, spot);
  if (!pending) return false;
  const { ref, entered: earlier, wrong: asked } = pending;
  const incident = ref.args['incident'] ?? null;
  if (named !== null && named !== incident) return false;
  const form = await intake.app.form(ref, spot.caller);
  if ('code' in form || (await isFiled(intake, spot, pending))) {
    await intake.kept.remove(pendingKey(spot));
    return false;
  }
  const language = spot.language;
  const local = localised(form, language);
  const open = await opennessOf(intake, spot, pending, incident);
  const found = valuesOf(local, text, heard.command, language, { open, earlier, asked });
  if (!found) {
    const { type } = heard.command;
    if (type !== 'unknown' && type !== 'thanks' && !isReply(type)) await leaveForm(intake, spot, 'aside');
    return false;
  }
  await filled(intake, spot, { ref, local, values: found.values, msgid, text });
  if (found.left.length > 0) {
    const command = { type: 'rows', rows: found.left } as const;
    const by = delivery(`rows:${msgid}`, [spot.caller.account.id, text]);
    await concluded(intake, spot, await intake.talk.line({ ...heard, command, about: incident, delivery: by }));
  }
  return true;
}

/** Returns true if a filing was recorded after the entries of the form were read back. */
async function isFiled({ app }: Intake, { caller }: Spot, { ref, version }: Pending): Promise<boolean> {
  const incident = ref.args['incident'];
  const state = version === undefined || incident === undefined ? null : await app.state(incident, caller);
  return state?.filings.some((filing) => filing.version > (version ?? 0)) ?? false;
}

interface Filled {
  readonly ref: FormRef;
  readonly local: LocalForm;
  readonly values: Values;
  readonly msgid: string;
  readonly text: string;
}
/** Shows a result in the place of the card that was submitted; false if it has no room there. */
export interface FormPlace {
  asked(errors: Invalid['errors']): Promise<boolean>;
  done(outcome: Extract<FormOutcome, { kind: 'done' }>): Promise<boolean>;
}

/** Keeps refused entries, so that only wrong ones have to be sent again. `place`: where a card was submitted. */
export async function filled(
  intake: Intake,
  spot: Spot,
  { ref, local, values, msgid, text }: Filled,
  place?: FormPlace,
): Promise<void> {
  const incident = ref.args['incident'] ?? null;
  const { caller } = spot;
  const state = incident === null ? null : await intake.app.state(incident, caller);
  const version = state?.version ?? 0;
  const by = delivery(`form:${msgid}`, [caller.account.id, text]);
  const result = await intake.talk.fill({ ref, revision: version, values, caller, place: spot.place, delivery: by });
  const keepOpen = (open: Openness, wrong: readonly string[]): Promise<void> =>
    keepPending(intake, spot, { ref, at: intake.clock.now(), open, entered: values, wrong, version });
  if (result.kind === 'invalid') {
    await keepOpen('asked', Object.keys(result.errors));
    if (await place?.asked(result.errors)) return;
    const lines = wrongLines(local, result.errors, colonOf(spot.language));
    return say(intake, spot, sentence({ key: 'wecom.form_wrong' }, [], lines), { incident });
  }
  if (result.kind === 'refused') {
    const { field } = result.refusal;
    await keepOpen('aside', field === undefined ? [] : [field]);
    return say(intake, spot, result.card, { incident: result.incident });
  }
  const { change } = result;
  if (change) await intake.kept.remove(pendingKey(spot));
  else await keepOpen('aside', []);
  const isShown = (await place?.done(result)) ?? false;
  const isSame = change?.kind === 'done' && !change.replayed && change.state.version === state?.version;
  if (isSame && !isShown) await line(intake, spot, 'wecom.form_same', {}, incident);
  if (change || !isShown) await concluded(intake, spot, result, { isShown });
}

/** Openness of a form: a figure or a "no" answers a question posted after the form. */
async function opennessOf(
  { chats }: Intake,
  { chat }: Spot,
  { at, open }: Pending,
  incident: string | null,
): Promise<Openness> {
  const asked = open !== 'asked' || incident === null ? null : await chats.asked(chat.id, incident);
  return asked && asked.at > at ? 'behind' : open;
}

type Invalid = Extract<FormOutcome, { kind: 'invalid' }>;

export function wrongLines({ fields }: LocalForm, errors: Invalid['errors'], colon: string) {
  return Object.entries(errors).map(([id, error]) => {
    const label = fields.find((field) => field.id === id)?.label ?? '';
    return { list: [{ raw: label === '' ? '' : `${label}${colon}` }, error], joiner: 'none' as const };
  });
}
