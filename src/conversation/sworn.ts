import type { Command } from '../incident/commands.ts';
import type { Action, FormRef } from './cards/card.ts';
import { at, form, intent, ofPart, plain, primary, type Situation, t } from './cards/situation.ts';
import { type FormValues, several } from './forms/form-kind.ts';
import { formOf, parseForm } from './forms/form-kinds.ts';
import { say } from './meaning/meaning.ts';

/** Commands of decisions that are read back before they are recorded, whether typed or entered in a form. */
export const SWORN: ReadonlySet<Command['type']> = new Set([
  ...(['not_reportable', 'send_back', 'end_handling', 'close', 'reopen', 'return_to_chat', 'explain_delay'] as const),
]);

/** Button that cancels a read-back; the reply says that nothing was changed. */
export const CANCEL: Action = { id: 'cancel', label: t('act.cancel'), does: { kind: 'line', text: '取消' } };

/** Maximum length of an entry that is kept in a form's arguments, because platforms store them in messages. */
const LONGEST_ENTRY = 500;

/**
 * Read-back of a decision from a form: the decision, its reason, and [Confirm], [Change…] with the same entries,
 * [Cancel]. Null if the commands contain no such decision.
 */
export function readBack(situation: Situation, ref: FormRef, values: FormValues, commands: readonly Command[]) {
  const command = commands.find(({ type }) => SWORN.has(type));
  if (!command) return null;
  const what =
    command.type === 'end_handling'
      ? t('proposal.ended', { at: at(situation, command.at) })
      : command.type === 'not_reportable'
        ? t('proposal.not_reportable', { at: at(situation, command.reviewAt) })
        : (formOf(ref, { ...situation, now: situation.ia.now })?.title ?? plain(ref.form));
  // The reason of a delay is for counsel, so it is not repeated.
  const text =
    command.type === 'explain_delay'
      ? t('text.read_back_unseen', { what })
      : t('text.read_back', { what, reason: ofPart('texts', reasonOf(command)) });
  const entered: Record<string, string> = {};
  for (const id of Object.keys(values)) entered[id] = several(values, id).join('\n').slice(0, LONGEST_ENTRY);
  const actions = [
    primary(intent('confirmed', t('act.confirm'), command)),
    form('change', t('text.change'), ref.form, { ...ref.args, ...entered }),
    CANCEL,
  ];
  return { ...say(text, actions), confirms: command };
}

function reasonOf(command: Command): string {
  if (command.type === 'send_back') return command.comments.map(({ text }) => text).join('; ');
  return 'reason' in command ? (command.reason ?? '') : '';
}

/** Read-back of a decision stated in words, which are the entries of its form; null if the form needs more entries. */
export function readBackWords(situation: Situation, ref: FormRef, words: FormValues) {
  const context = { ...situation, now: situation.ia.now };
  const parsed = parseForm(ref, words, context);
  return 'commands' in parsed ? readBack(situation, ref, words, parsed.commands) : null;
}
