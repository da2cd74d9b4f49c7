import type { Command } from '../../incident/commands.ts';
import type { ActorId, Room } from '../../incident/identity.ts';
import { itemsNow } from '../../report/items.ts';
import type { AnswerReading } from '../asking/read-answer.ts';
import type { Action, FormRef, Text, ViewRef } from '../cards/card.ts';
import { intent, personText, primary, type Situation, t } from '../cards/situation.ts';
import { FORM_KINDS } from '../commands.ts';
import { formOf } from '../forms/form-kinds.ts';
import { refusalText } from '../record/refusals.ts';
import { opensOf } from '../text/commands/command-words.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import { filedIn } from './filing-words.ts';

/** Meaning of a line of text: commands, a form to fill in, a card to show, or a sentence with a choice. */
export type Meaning =
  /** Commands; `asks`: questions on the unclear parts of the line, in addition. */
  | { readonly kind: 'commands'; readonly commands: readonly Command[]; readonly asks?: readonly Ask[] }
  | { readonly kind: 'form'; readonly ref: FormRef; readonly label: Text }
  | { readonly kind: 'view'; readonly ref: ViewRef }
  /** Small talk and words to other people: no reply. */
  | { readonly kind: 'silent' }
  /** Sentence; `confirms`: command of its first button, so that a command that would be refused is refused at once. */
  | { readonly kind: 'say'; readonly text: Text; readonly actions?: readonly Action[]; readonly confirms?: Command };

/** Input for the meaning of a line: the incident, the room, and its writer (null for a person not in the incident). */
export interface Reader {
  readonly situation: Situation;
  readonly room: Room | null;
  readonly me: ActorId | null;
  /** Text of the message that the line quotes; null if it quotes none. */
  readonly quoted: string | null;
}

/** Question on an unclear line, with buttons for its possible meanings. */
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

/** Asks whether a command is meant; one that would record what is on record already only says so, and whose word it is. */
export function ifMeant(
  what: Text,
  meant: Action,
  { state }: Situation,
  others: readonly Action[] = [],
): Extract<Meaning, { kind: 'say' }> {
  const by = meant.does.kind === 'intent' ? recordedBy(meant.does.intent, state) : undefined;
  if (by !== undefined) return say(t('text.on_record', { what, by: personText(state, by) }));
  return say(t('text.is_meant', { what }), [primary({ ...meant, label: t('common.yes') }), ...others]);
}

/** Person whose statement is on record with the same value; undefined while a second person has to confirm it. */
function recordedBy(command: Command, { candidates, declared, facts, standing }: Situation['state']) {
  if (command.type === 'add_awareness')
    // The time of the declaration is nobody's statement.
    return candidates.find(
      ({ instant, reachedUs }) =>
        instant !== declared.at && reachedUs === command.reachedUs && Date.parse(instant) === Date.parse(command.at),
    )?.by;
  const entry = command.type === 'answer' ? facts[command.fact] : undefined;
  if (command.type !== 'answer' || !entry || standing.some((one) => one.facts[command.fact])) return undefined;
  return JSON.stringify(entry.value) === JSON.stringify(command.value) ? entry.by : undefined;
}

/** Returns the meaning of an answer as read; null if it is no answer. `others`: buttons besides its readings. */
export function meaningOf(reading: AnswerReading, others: readonly Action[] = []): Meaning | null {
  if (reading?.kind !== 'ask') return reading;
  const offers = reading.offers.map(({ label, command }, index) => intent(`reading_${index}`, label, command));
  return say(reading.error, [...offers, ...others]);
}

/** Runs `then` with the item of this number; without such an item, asks for the number. */
export function withItem(n: number | undefined, situation: Situation, then: (item: string) => Meaning): Meaning {
  const items = itemsNow(situation);
  const item = items.find((one) => one.n === n);
  return item ? then(item.id) : say(t('text.which_item', { n: items.length }));
}

/** Returns the form or card that a command opens; if there is nothing to fill in now, a sentence says so. */
export function opened(command: TextCommand, situation: Situation): Meaning | null {
  const { view, form } = opensOf(command.type);
  if (form !== undefined) return openForm(situation, form, wordsBehind(command, situation));
  return view === undefined ? null : openView(situation, view);
}

/** Returns the form with the name of a command that has no other meaning, e.g. `relate`. */
export function namesake(command: TextCommand, situation: Situation): Meaning | null {
  return Object.hasOwn(FORM_KINDS, command.type)
    ? openForm(situation, command.type, wordsBehind(command, situation))
    : null;
}

/** Returns the words after a command as prefilled fields of its form: 登记报送 回执2026-0331-17, 暂不报告 未达标准. */
function wordsBehind(command: TextCommand, situation: Situation): Readonly<Record<string, string>> {
  const words = 'reason' in command ? command.reason : 'text' in command ? command.text : undefined;
  if (words === undefined) return {};
  return command.type === 'file' ? filedIn(words, situation) : { reason: words.slice(0, LONGEST_WORDS) };
}
/** Maximum length of words in a form's arguments, which platforms store in their messages. */
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

/** Returns the button [Add as a note], which records the text unchanged. */
export function noteAction(text: string): Action {
  return intent('add_note', t('text.add_note'), { type: 'add_note', text });
}
