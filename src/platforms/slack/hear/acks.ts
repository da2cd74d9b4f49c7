import type { View } from '@slack/types';
import type { FormRef } from '../../../conversation/cards/card.ts';
import { localise } from '../../../conversation/cards/localise.ts';
import { translate } from '../../../i18n/translate.ts';
import type { Filled } from '../../../talk/filling.ts';
import type { Acknowledging } from '../../shared/hearing.ts';
import { choiceBlockPrefix } from '../render/draw.ts';
import { blockOf, formValues } from '../render/form.ts';
import { formModal, portOf } from './answers.ts';
import { filesOfArgument, givenFiles, remembered } from './material.ts';
import { cardView, show } from './reply.ts';
import { type Entered, type Handled, laterOf, type SlackBot, type SlackKinds, type Spot } from './spots.ts';

/** Acknowledgements of Slack: they close, redraw or replace a form; for a press they are empty. */
export function acksOf(bot: () => SlackBot): Acknowledging<SlackKinds> {
  return {
    refused: (spot, text) => ({ after: async () => void (await portOf(bot(), spot).say(text)) }),
    pressed: ({ at: { offer } }, outcome, after) => {
      // A used offer is removed; its result is posted anew.
      if (offer === undefined || outcome?.change?.kind !== 'done') return { after };
      return { after: () => bot().api.respond(offer, { delete_original: true }).then(after, after) };
    },
    filled: async (spot, { event, form: { form, chat } }, result) => {
      const { language } = spot.caller;
      const wrong = (errors: Readonly<Record<string, string>>): Handled => errorsAt(event.entered, errors);
      if (result === null) return wrong({ '': translate(language, 'chat.shared') });
      if (result.kind === 'closed') return wrong({ '': localise(bot().explain(result.refusal, null).title, language) });
      if (result.kind === 'done') return recorded(bot(), spot, form, result);
      if (!result.isStale) return wrong(result.errors);
      // Current form after another person's change, with the submitted entries and a line on that change.
      const fresh = { ...result.form, intro: [...Object.values(result.errors), ...result.form.intro] };
      return shown(await formModal(bot(), fresh, { revision: result.revision, chat, language }));
    },
    offered: async ({ caller, at }, { about: what, card }, incident) => {
      if ((await bot().offered.markSeen(`${what}:${incident}:${caller.account.id}`)) === 'known') return async () => {};
      const state = await bot().app.state(incident, caller);
      const about = { incident, revision: state?.version ?? 0, language: caller.language };
      return () => show(bot(), at, card, about);
    },
    entries: (form, { values }) => formValues(form, values),
    ticks: ({ values }, fact) =>
      Object.entries(values)
        .filter(([block]) => block.startsWith(choiceBlockPrefix(fact)))
        .flatMap(([, entries]) => Object.values(entries))
        .flatMap((entry) => (entry.selected_options ?? []).map(({ value }) => value)),
  };
}

const shown = (view: View): Handled => ({ ack: { response_action: 'update', view } });
const CLOSED: Handled = { ack: { response_action: 'clear' } };
type Done = Extract<Filled, { kind: 'done' }>;

async function recorded(bot: SlackBot, spot: Spot, { form, args }: FormRef, result: Done): Promise<Handled> {
  const { incident, state, asks } = result;
  const {
    caller,
    at: { channel, ack },
  } = spot;
  // A note made from a message: its edit or deletion is shown on the record too.
  if (args['link'] !== undefined) await remembered(bot, args['link'], incident);
  const files = givenFiles(filesOfArgument(args['files']), caller, { channel: channel ?? '' });
  if (files.length > 0) await bot.intake.give(spot, { key: result.key, files, about: incident });
  const after = async (): Promise<void> => {
    await result.after();
    await laterOf(ack)();
  };
  // The form becomes the card that asks for something: a filing to confirm, a text of others to restore.
  if (form !== 'new_incident')
    return { ...(asks ? shown(await cardView(bot, asks, { ...result, channel }, null)) : CLOSED), after };
  await after();
  const [note] = ack?.replies ?? [];
  if (!note) return CLOSED;
  // The channel shows no message of it, so the modal confirms the entry and shows the card.
  const ref = { view: 'status', args: { incident } };
  const status = await bot.app.view(ref, caller);
  if ('code' in status) return CLOSED;
  const about = { incident, revision: state.version, language: caller.language, channel };
  return shown(await cardView(bot, status, about, ref, [note.text]));
}

/** Errors are shown at their inputs; errors without an input at the first one. Slack shows no other errors. */
function errorsAt({ inputs, values }: Entered, entries: Readonly<Record<string, string>>): Handled {
  const first = inputs[0] ?? Object.keys(values)[0];
  const found: Record<string, string> = {};
  for (const [field, text] of Object.entries(entries)) {
    const block = inputs.includes(blockOf(field)) ? blockOf(field) : first;
    if (block === undefined) continue;
    const before = found[block];
    found[block] = before === undefined ? text : `${before} ${text}`;
  }
  return { ack: { response_action: 'errors', errors: found } };
}
