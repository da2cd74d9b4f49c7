import { entryOf } from '../../law/lookup.ts';
import type { Action } from '../cards/card.ts';
import { intent, type Situation, t } from '../cards/situation.ts';
import { formOf } from '../forms/form-kinds.ts';
import { refusalText } from '../record/refusals.ts';
import { type TextCommand, WORDS } from '../text/commands/commands.ts';
import { type Meaning, say } from './meaning.ts';

/**
 * Form or card of a command; if there is nothing to fill in now, a text that states it instead of a button without
 * effect.
 */
export function opened(type: TextCommand['type'], situation: Situation): Meaning | null {
  const opens = entryOf(WORDS, type);
  if (opens?.form !== undefined) return openForm(situation, opens.form);
  return opens?.view === undefined ? null : openView(situation, opens.view);
}

export function openForm(situation: Situation, form: string, args: Readonly<Record<string, string>> = {}): Meaning {
  const ref = { form, args: { incident: situation.state.id, ...args } };
  const exists = formOf(ref, situation.state, situation.ia, situation.regime, situation.ia.now) !== null;
  return exists
    ? { kind: 'form', ref, label: t('act.fill_in') }
    : say(refusalText({ code: 'nothing_to_fill', params: { form } }, situation));
}

export function openView(situation: Situation, view: string, args: Readonly<Record<string, string>> = {}): Meaning {
  return { kind: 'view', ref: { view, args: { incident: situation.state.id, ...args } } };
}

/** [Add as a note]: what was written goes on the record as it is. */
export function noteAction(text: string): Action {
  return intent('add_note', t('text.add_note'), { type: 'add_note', text });
}
