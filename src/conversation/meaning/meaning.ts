import type { Command } from '../../incident/commands.ts';
import type { ActorId, Room } from '../../incident/identity.ts';
import { entryOf } from '../../law/lookup.ts';
import { itemsNow } from '../../report/items.ts';
import type { AnswerReading } from '../asking/read-answer.ts';
import type { Action, FormRef, Text, ViewRef } from '../cards/card.ts';
import { intent, type Situation, t } from '../cards/situation.ts';
import { formOf } from '../forms/form-kinds.ts';
import { refusalText } from '../record/refusals.ts';
import { type TextCommand, WORDS } from '../text/commands/commands.ts';

/** Meaning of a line of text: commands, a form to fill in, a card to show, or a sentence that asks back. */
export type Meaning =
  /** `asks`: questions on the unclear parts of the line, beside the recorded ones. */
  | { readonly kind: 'commands'; readonly commands: readonly Command[]; readonly asks?: readonly Ask[] }
  | { readonly kind: 'form'; readonly ref: FormRef; readonly label: Text }
  | { readonly kind: 'view'; readonly ref: ViewRef }
  /** `confirms`: the decision that its first button records; one that would be refused is refused at once. */
  | { readonly kind: 'say'; readonly text: Text; readonly actions?: readonly Action[]; readonly confirms?: Command };

/** Input for the meaning of a line: the incident, the room, and its writer (null before they take part). */
export interface Reader {
  readonly situation: Situation;
  readonly room: Room | null;
  readonly me: ActorId | null;
  /** Text of the message the line quotes; null if it quotes none. */
  readonly quoted: string | null;
}

/** Sentence that asks back, and its possible answers. */
export interface Ask {
  readonly text: Text;
  readonly actions: readonly Action[];
}

export const commands = (...list: readonly Command[]): Meaning => ({ kind: 'commands', commands: list });
export const say = (text: Text, actions: readonly Action[] = []): Extract<Meaning, { kind: 'say' }> => ({
  kind: 'say',
  text,
  actions,
});

/** Meaning of a reading that records or asks back; null for neither. `others`: further buttons beside its readings. */
export function meaningOf(reading: AnswerReading, others: readonly Action[] = []): Meaning | null {
  if (reading?.kind !== 'ask') return reading;
  const offers = reading.offers.map(({ label, command }, index) => intent(`reading_${index}`, label, command));
  return say(reading.error, [...offers, ...others]);
}

/** Runs `then` with the item of a number; without such an item, the text that asks for one. */
export function withItem(n: number | undefined, situation: Situation, then: (item: string) => Meaning): Meaning {
  const items = itemsNow(situation);
  const item = items.find((one) => one.n === n);
  return item ? then(item.id) : say(t('text.which_item', { n: items.length }));
}

/** Form or card of a command; if there is nothing to fill in now, a text that states it instead of a button without effect. */
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
/** Most characters of the words in the arguments of a form: platforms keep them in their messages. */
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

/** [Add as a note]: the text is recorded unchanged. */
export function noteAction(text: string): Action {
  return intent('add_note', t('text.add_note'), { type: 'add_note', text });
}
