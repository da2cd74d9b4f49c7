import { z } from 'zod';
import type { FormRef } from '../../../../conversation/cards/card.ts';
import { type LocalForm, localised } from '../../../../conversation/cards/localise.ts';
import { translate } from '../../../../i18n/translate.ts';
import { parseJson } from '../../../../ops/json.ts';
import type { FormOutcome, Line } from '../../../../talk/acts.ts';
import {
  colonOf,
  howTo,
  isReply,
  linesOf,
  OPENNESS,
  type Openness,
  type Values,
  valuesOf,
} from '../../../../talk/form-lines.ts';
import { formCard } from '../../cards/form-card.ts';
import { personalFormLink } from '../../form/session.ts';
import { delivery, type Intake, languageOf, line, type Spot, say, sent, sentence } from './context.ts';
import { replacing } from './in-place.ts';
import { concluded } from './submitted.ts';

/**
 * No card of WeCom takes text, so a form is a list of lines to send back. A form with one thing to fill in is answered
 * without its label. What is not sent stays as it is.
 */
const pendingSchema = z.strictObject({
  ref: z.strictObject({ form: z.string(), args: z.record(z.string(), z.string()) }),
  at: z.number(),
  open: z.enum(OPENNESS),
  /** Entries that were refused or are being confirmed, and the fields among them that are wrong. */
  entered: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])).optional(),
  wrong: z.array(z.string()).readonly().optional(),
  /** Version of the record they are about. */
  version: z.number().optional(),
});
type Pending = z.infer<typeof pendingSchema>;
const PENDING_FOR = 30 * 60_000;

function pendingKey({ chat, caller }: Spot): string {
  return `form:${encodeURIComponent(chat.id)}:${caller.account.id}`;
}

async function pendingOf(intake: Intake, spot: Spot): Promise<Pending | null> {
  const pending = pendingSchema.safeParse(parseJson(await intake.kept.get(pendingKey(spot))));
  return pending.success && intake.clock.now() - pending.data.at <= PENDING_FOR ? pending.data : null;
}

/** Asks for the fields of a form: as drop-downs where it is mostly choices, otherwise as lines. */
export async function offerForm(intake: Intake, spot: Spot, ref: FormRef, isWhole = false): Promise<void> {
  const form = await intake.app.form(ref, spot.caller);
  const incident = ref.args['incident'] ?? null;
  if ('code' in form) return say(intake, spot, intake.explain(form, null), { incident });
  const language = languageOf(spot);
  const local = localised(form, language);
  await intake.kept.put(pendingKey(spot), JSON.stringify({ ref, at: intake.clock.now(), open: 'asked' }));
  const link = linkOf(intake, spot, ref);
  const card = link === null && !isWhole ? formCard(local, { page: 0, values: {}, language }) : null;
  if (card) {
    await sent(intake, spot, card);
    return;
  }
  const notes = [...howTo(local, language), ...local.intro, ...linesOf(local, language)].map((raw) => ({ raw }));
  const about = { incident: incident ?? '', revision: 0, surface: null };
  const message = replacing(spot, sentence({ raw: local.title }, [], notes), about);
  const markdown = [message.markdown, link].filter((part) => part !== null).join('\n');
  await sent(intake, spot, { ...message, markdown });
}

/** Link to the same form as a page. It identifies the person it was made for, so no group sees it. */
function linkOf({ pages, ids, clock }: Intake, { chat, caller }: Spot, ref: FormRef): string | null {
  if (!pages || chat.kind !== 'single') return null;
  const link = personalFormLink(ref, caller.account, { ...pages, nonce: ids.next(), now: clock.now() });
  return `[${translate(caller.language, 'wecom_app.form.enter')}](${link})`;
}

/** Lowers the openness of the open form when the person turns to something else. */
export async function leaveForm(intake: Intake, spot: Spot, open: 'behind' | 'aside'): Promise<void> {
  const pending = await pendingOf(intake, spot);
  if (!pending || pending.open === open || pending.open === 'aside') return;
  await intake.kept.put(pendingKey(spot), JSON.stringify({ ...pending, open }));
}

/** Takes a line as the answer to the form that is open, if it is one; rows that name none of its fields are a line of their own. */
export async function formAnswered(intake: Intake, spot: Spot, heard: Line, msgid: string): Promise<boolean> {
  const { text, about: named } = heard;
  const pending = await pendingOf(intake, spot);
  if (!pending) return false;
  const { ref } = pending;
  const incident = ref.args['incident'] ?? null;
  if (named !== null && named !== incident) return false;
  const form = await intake.app.form(ref, spot.caller);
  if ('code' in form || (await isFiled(intake, spot, pending))) {
    await intake.kept.remove(pendingKey(spot));
    return false;
  }
  const language = languageOf(spot);
  const local = localised(form, language);
  const found = valuesOf(local, text, language, {
    open: await opennessOf(intake, spot, pending, incident),
    ...(pending.entered ? { earlier: pending.entered } : {}),
    ...(pending.wrong ? { asked: pending.wrong } : {}),
  });
  if (!found) {
    const { type } = heard.command;
    if (type !== 'unknown' && type !== 'thanks' && !isReply(type)) await leaveForm(intake, spot, 'aside');
    return false;
  }
  await filled(intake, spot, { ref, local, values: found.values, msgid, text });
  if (found.left.length > 0) {
    const command = { type: 'rows', rows: found.left } as const;
    const by = delivery(`rows:${msgid}`, [spot.caller.account.id, text]);
    const outcome = await intake.talk.line({ ...heard, command, about: incident, delivery: by });
    await concluded(intake, spot, outcome);
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
/** Shows a result in the place of the card that was submitted; false if there is none, or it has no room. */
export interface FormPlace {
  asked(errors: Invalid['errors']): Promise<boolean>;
  done(outcome: Extract<FormOutcome, { kind: 'done' }>): Promise<boolean>;
}
const NOWHERE: FormPlace = { asked: async () => false, done: async () => false };

/** Keeps refused entries, so that only wrong ones have to be sent again. */
export async function filled(
  intake: Intake,
  spot: Spot,
  { ref, local, values, msgid, text }: Filled,
  place: FormPlace = NOWHERE,
): Promise<void> {
  const incident = ref.args['incident'] ?? null;
  const state = incident === null ? null : await intake.app.state(incident, spot.caller);
  const result = await intake.talk.fill({
    ref,
    revision: state?.version ?? 0,
    values,
    caller: spot.caller,
    place: spot.place,
    delivery: delivery(`form:${msgid}`, [spot.caller.account.id, text]),
  });
  const keep = (open: Openness, wrong: readonly string[]): Promise<void> =>
    intake.kept.put(
      pendingKey(spot),
      JSON.stringify({
        ref,
        at: intake.clock.now(),
        open,
        entered: values,
        wrong,
        version: state?.version ?? 0,
      } satisfies Pending),
    );
  if (result.kind === 'invalid') {
    const wrong = Object.keys(result.errors);
    await keep('asked', wrong);
    if (await place.asked(result.errors)) return;
    const lines = wrongLines(local, result.errors, colonOf(languageOf(spot)));
    return say(intake, spot, sentence({ key: 'wecom.form_wrong' }, [], lines), { incident });
  }
  if (result.kind === 'refused') {
    const { field } = result.refusal;
    await keep('aside', field === undefined ? [] : [field]);
    return say(intake, spot, result.card, { incident: result.incident });
  }
  const { change } = result;
  if (change === null) {
    await keep('aside', []);
    return (await place.done(result)) ? undefined : concluded(intake, spot, result);
  }
  await intake.kept.remove(pendingKey(spot));
  if (await place.done(result)) return concluded(intake, spot, result, true);
  if (change.kind === 'done' && !change.replayed && change.state.version === state?.version)
    await line(intake, spot, 'wecom.form_same', {}, incident);
  await concluded(intake, spot, result);
}

/** Openness of a form: a figure or a "no" answers a question posted after the form. */
async function opennessOf(
  { chats }: Intake,
  { chat }: Spot,
  { at, open }: Pending,
  incident: string | null,
): Promise<Openness> {
  if (open !== 'asked') return open;
  const asked = incident === null ? null : await chats.asked(chat.id, incident);
  return asked && asked.at > at ? 'behind' : 'asked';
}

type Invalid = Extract<FormOutcome, { kind: 'invalid' }>;

export function wrongLines({ fields }: LocalForm, errors: Invalid['errors'], colon: string) {
  return Object.entries(errors).map(([id, error]) => {
    const label = fields.find((field) => field.id === id)?.label ?? '';
    return { list: [{ raw: label === '' ? '' : `${label}${colon}` }, error], joiner: 'none' as const };
  });
}
