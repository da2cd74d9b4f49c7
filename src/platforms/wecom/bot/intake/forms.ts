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
import { formRefSchema } from '../../../shared/does.ts';
import { formCard } from '../../cards/form-card.ts';
import { personalFormLink } from '../../form/session.ts';
import { concluded } from './answers.ts';
import { composed, delivery, type Intake, line, type Spot, say, sent, sentence } from './context.ts';

/**
 * No card of WeCom takes text, so a form is a list of lines to send back. A form with one thing to fill in is answered
 * without its label. What is not sent stays as it is.
 */
const pendingSchema = z.strictObject({
  ref: formRefSchema,
  at: z.number(),
  open: z.enum(OPENNESS),
  /** Entries that were refused or are being confirmed, and the fields among them that are wrong. */
  entered: z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()])).default({}),
  wrong: z.array(z.string()).readonly().default([]),
  /** Version of the record they are about. */
  version: z.number().optional(),
});
type Pending = z.infer<typeof pendingSchema>;
const PENDING_FOR = 30 * 60_000;

function pendingKey({ chat, caller }: Spot): string {
  return `form:${encodeURIComponent(chat.id)}:${caller.account.id}`;
}

async function pendingOf(intake: Intake, spot: Spot): Promise<Pending | null> {
  const pending = pendingSchema.safeParse(parseJson(await intake.kept.get(pendingKey(spot)))).data;
  return pending && intake.clock.now() - pending.at <= PENDING_FOR ? pending : null;
}

function keep(intake: Intake, spot: Spot, pending: z.input<typeof pendingSchema>): Promise<void> {
  return intake.kept.put(pendingKey(spot), JSON.stringify(pending));
}

/** Asks for the fields of a form: as drop-downs where it is mostly choices, otherwise as lines. */
export async function offerForm(intake: Intake, spot: Spot, ref: FormRef, isWhole = false): Promise<void> {
  const form = await intake.app.form(ref, spot.caller);
  const incident = ref.args['incident'] ?? null;
  if ('code' in form) return say(intake, spot, intake.explain(form, null), { incident });
  const language = spot.language;
  const local = localised(form, language);
  await keep(intake, spot, { ref, at: intake.clock.now(), open: 'asked' });
  const link = linkOf(intake, spot, ref);
  const card = link === null && !isWhole ? formCard(local, { page: 0, values: {}, language }) : null;
  const notes = [...howTo(local, language), ...local.intro, ...linesOf(local, language)].map((raw) => ({ raw }));
  const message = card ?? composed(spot, sentence({ raw: local.title }, [], notes), { incident });
  const markdown = [message.markdown, link].filter((part) => part !== null).join('\n');
  await sent(intake, spot, card ?? { ...message, markdown });
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
  await keep(intake, spot, { ...pending, open });
}

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
  const found = valuesOf(local, text, language, { open, earlier, asked });
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
    keep(intake, spot, { ref, at: intake.clock.now(), open, entered: values, wrong, version });
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
