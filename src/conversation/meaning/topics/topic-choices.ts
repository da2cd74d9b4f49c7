import type { Action, Text } from '../../cards/card.ts';
import { primary, type Situation, t } from '../../cards/situation.ts';
import { formOf } from '../../forms/form-kinds.ts';
import { CANCEL } from '../../sworn.ts';
import { languageIn } from '../../text/characters.ts';
import { wordsOf } from '../../text/commands/command-words.ts';
import { type Meaning, noteAction, say } from '../meaning.ts';

/** Buttons for the possible meanings of a line, when no single one is sure. */

/** Most buttons beside the note. */
const MOST = 4;

/** Returns the button that sends the shortest words of a command, in the language of the line. */
export function commandChoice(type: string, line: string): readonly Action[] {
  const [word] = wordsOf(type, languageIn(line) === 'en' ? 'en' : 'zh');
  return word === undefined ? [] : [{ id: type, label: { raw: word }, does: { kind: 'line', text: word } }];
}

/** Returns the buttons of an offer, each with its own subject in place of [Yes]. */
export function choicesOf(meaning: Meaning | null, situation: Situation): readonly Action[] {
  if (meaning?.kind === 'form') {
    const title = formOf(meaning.ref, { ...situation, now: situation.ia.now })?.title ?? meaning.label;
    return [{ id: meaning.ref.form, label: title, does: { kind: 'form', form: meaning.ref } }];
  }
  if (meaning?.kind !== 'say') return [];
  const what =
    'key' in meaning.text && meaning.text.key === 'text.is_meant' ? meaning.text.params?.['what'] : undefined;
  const own = (meaning.actions ?? []).filter((action) => !isNote(action) && action.id !== CANCEL.id);
  return own.map(({ style, ...action }) => (style === 'primary' && isText(what) ? { ...action, label: what } : action));
}

/** Asks which of several meanings a line has; null without any. */
export function oneOf(all: readonly Action[], line: string): Meaning | null {
  const kept = all.filter(
    ({ does }, index) => all.findIndex((other) => JSON.stringify(other.does) === JSON.stringify(does)) === index,
  );
  const [only, other] = kept;
  if (!only) return null;
  const noNote = { ...noteAction(line.trim()), label: t('text.no_note') };
  if (!other)
    return say(t('text.is_meant', { what: only.label }), [primary({ ...only, label: t('common.yes') }), noNote]);
  return say(t('text.which_meant'), [
    ...kept.slice(0, MOST).map((action, index) => ({ ...action, id: `meant_${index}` })),
    noNote,
  ]);
}

const isNote = ({ does }: Action): boolean => does.kind === 'intent' && does.intent.type === 'add_note';
const isText = (what: unknown): what is Text => typeof what === 'object' && what !== null && !('instant' in what);
