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
export function opened(command: TextCommand, situation: Situation): Meaning | null {
  const opens = entryOf(WORDS, command.type);
  if (opens?.form !== undefined) return openForm(situation, opens.form, wordsBehind(command));
  return opens?.view === undefined ? null : openView(situation, opens.view);
}

/** Words behind a command as the first value of a field of its form: 登记报送 回执2026-0331-17, 暂不报告 未达标准. */
function wordsBehind(command: TextCommand): Readonly<Record<string, string>> {
  const words = 'reason' in command ? command.reason : 'text' in command ? command.text : undefined;
  if (words === undefined) return {};
  return { [command.type === 'file' ? 'receipt' : 'reason']: words.slice(0, LONGEST_WORDS) };
}
/** A platform keeps the arguments of a form in its messages, where there is little room. */
const LONGEST_WORDS = 500;

export function openForm(situation: Situation, form: string, args: Readonly<Record<string, string>> = {}): Meaning {
  const ref = { form, args: { incident: situation.state.id, ...args } };
  const exists = formOf(ref, { ...situation, now: situation.ia.now }) !== null;
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
