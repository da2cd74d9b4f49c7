import type { FormRef } from '../../../../conversation/cards/card.ts';
import { type LocalForm, localised } from '../../../../conversation/cards/localise.ts';
import type { Line } from '../../../../talk/acts.ts';
import type { Filled } from '../../../../talk/filling.ts';
import { colonOf, isReply, type Openness, type Values, valuesOf } from '../../../../talk/form-lines.ts';
import type { After } from '../../../../talk/intake-options.ts';
import { keepPending, leaveForm, type Pending, pendingKey, pendingOf } from './open-forms.ts';
import { line, type Spot, say, sentence, type WecomBot } from './spots.ts';

/**
 * Takes a line as the answer to the form that is open; null if it is none. Rows that name none of its fields are a line of
 * their own.
 */
export async function formAnswered(bot: WecomBot, spot: Spot, heard: Line): Promise<After | null> {
  const { text, about: named } = heard;
  const pending = await pendingOf(bot, spot);
  if (!pending) return null;
  const { ref, entered: earlier, wrong: asked, revision } = pending;
  const incident = ref.args['incident'] ?? null;
  if (named !== null && named !== incident) return null;
  const form = await bot.app.form(ref, spot.caller);
  if ('code' in form || (await isFiled(bot, spot, pending))) {
    await bot.kept.remove(pendingKey(spot));
    return null;
  }
  const { language, act } = spot.at;
  const local = localised(form, language);
  const open = await opennessOf(bot, spot, pending, incident);
  const found = valuesOf(local, text, heard.command, language, { open, earlier, asked });
  if (!found) {
    const { type } = heard.command;
    if (type === 'cancel') await bot.kept.remove(pendingKey(spot));
    else if (type !== 'unknown' && type !== 'thanks' && !isReply(type)) await leaveForm(bot, spot, 'aside');
    return null;
  }
  const { values, left } = found;
  const answer = await filled(bot, spot, { ref, local, values, revision, atEnd: true });
  if (left.length === 0) return answer;
  const command = { type: 'rows', rows: left } as const;
  const rest = await bot.intake.line(spot, { key: `rows:${act}`, text, about: incident }, command);
  return async () => {
    await answer();
    await rest();
  };
}

/** Returns true if a filing was recorded after the entries of the form were read back. */
async function isFiled({ app }: WecomBot, { caller }: Spot, { ref, version }: Pending): Promise<boolean> {
  const incident = ref.args['incident'];
  const state = version === undefined || incident === undefined ? null : await app.state(incident, caller);
  return state?.filings.some((filing) => filing.version > (version ?? 0)) ?? false;
}

interface Entered {
  readonly ref: FormRef;
  readonly local: LocalForm;
  readonly values: Values;
  /** Version of the record for which the form was opened. */
  readonly revision: number;
  readonly atEnd: boolean;
}
type Errors = Readonly<Record<string, string>>;
/** Shows a result in the place of the card that was submitted; false if it has no room there. */
export interface FormPlace {
  asked(errors: Errors): Promise<boolean>;
  done(outcome: Extract<Filled, { kind: 'done' }>): Promise<boolean>;
}

/**
 * Commits what was entered; keeps refused entries, so that only wrong ones have to be sent again. `place`: where a card was
 * submitted.
 */
export async function filled(
  bot: WecomBot,
  spot: Spot,
  { ref, local, values, revision, atEnd }: Entered,
  place?: FormPlace,
): Promise<After> {
  const incident = ref.args['incident'] ?? null;
  const { language, act } = spot.at;
  const state = incident === null ? null : await bot.app.state(incident, spot.caller);
  const version = state?.version ?? 0;
  const how = { key: `form:${act}`, entriesOf: () => values, language, atEnd };
  const result = await bot.intake.fill(spot, { ref, revision, ...how });
  const keepOpen = (open: Openness, wrong: readonly string[], now = revision): Promise<void> =>
    keepPending(bot, spot, { ref, at: bot.clock.now(), open, entered: values, wrong, version, revision: now });
  if (result.kind === 'closed') return () => say(bot, spot, bot.explain(result.refusal, null), { incident });
  if (result.kind === 'again') {
    const { card, errors, isStale } = result;
    if (isStale) await keepOpen('asked', [], result.revision);
    else
      await keepOpen(
        card ? 'aside' : 'asked',
        Object.keys(errors).filter((id) => id !== ''),
      );
    if (card) return () => say(bot, spot, card, { incident });
    return async () => {
      if (await place?.asked(errors)) return;
      const lines = wrongLines(local, errors, colonOf(language));
      await say(bot, spot, sentence({ key: 'wecom.form_wrong' }, [], lines), { incident });
    };
  }
  const { change } = result;
  if (change) await bot.kept.remove(pendingKey(spot));
  else await keepOpen('aside', []);
  return async () => {
    const isShown = (await place?.done(result)) ?? false;
    const isSame = change?.kind === 'done' && !change.replayed && change.state.version === state?.version;
    if (isSame && !isShown) await line(bot, spot, 'wecom.form_same', {}, incident);
    if (change || !isShown) await result.after(isShown);
  };
}

/** Openness of a form: a figure or a "no" answers a question posted after the form. */
async function opennessOf(
  { chats }: WecomBot,
  { at: { chat } }: Spot,
  { at, open }: Pending,
  incident: string | null,
): Promise<Openness> {
  const asked = open !== 'asked' || incident === null ? null : await chats.asked(chat.id, incident);
  return asked && asked.at > at ? 'behind' : open;
}

export function wrongLines({ fields }: LocalForm, errors: Errors, colon: string) {
  return Object.entries(errors).map(([id, error]) => {
    const label = fields.find((field) => field.id === id)?.label ?? '';
    return { list: [{ raw: label === '' ? '' : `${label}${colon}` }, { raw: error }], joiner: 'none' as const };
  });
}
