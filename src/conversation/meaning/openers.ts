import type { Action } from '../cards/card.ts';
import { intent, type Situation, t } from '../cards/situation.ts';
import { formOf } from '../forms/form-kinds.ts';
import { refusalText } from '../record/refusals.ts';
import type { TextCommand } from '../text/commands/commands.ts';
import type { Meaning } from './meaning.ts';

/**
 * Words that only open what a button opens: the form, or the card that has the button where there may be several of it.
 */
export const OPENS: Partial<Record<TextCommand['type'], { readonly form: string } | { readonly view: string }>> = {
  not_reportable: { form: 'not_reportable' },
  file: { form: 'filing' },
  release: { form: 'release_abroad' },
  withdraw_release: { form: 'withdraw_release' },
  rooms: { form: 'rooms' },
  correct_clock: { form: 'awareness' },
  ask_legal: { form: 'judgements' },
  add_information: { form: 'note' },
  request: { form: 'request' },
  statement: { form: 'statement' },
  add_task: { form: 'task' },
  hold: { form: 'hold' },
  release_hold: { form: 'release_hold' },
  erase: { form: 'erase' },
  practise: { form: 'practise' },
  phone_report: { form: 'phone_report' },
  status: { view: 'status' },
  refresh: { view: 'status' },
  countdown: { view: 'status' },
  switch: { view: 'status' },
  people: { view: 'people' },
  items: { view: 'checklist' },
  wording: { form: 'wordings' },
  write_first_report: { form: 'first_report' },
  choose: { view: 'checklist' },
  question: { view: 'question' },
  why: { view: 'why' },
  law: { view: 'law' },
  timeline: { view: 'timeline' },
  score: { view: 'score' },
  script: { view: 'script' },
  read: { view: 'text' },
  send: { view: 'send' },
  papers: { view: 'papers' },
  assessment: { view: 'assessment' },
  tasks: { view: 'tasks' },
  owed: { view: 'owed' },
  answers: { view: 'answers' },
  explain_delay: { form: 'explain_delay' },
  correct_filing: { view: 'draft' },
  download: { view: 'download' },
  more: { view: 'more' },
  console: { view: 'more' },
};

/**
 * Form or card of a command; if there is nothing to fill in now, a text that states it instead of a button without
 * effect.
 */
export function opened(type: TextCommand['type'], situation: Situation): Meaning | null {
  const opens = OPENS[type];
  if (!opens) return null;
  return 'form' in opens ? openForm(situation, opens.form) : openView(situation, opens.view);
}

export function openForm(situation: Situation, form: string, args: Readonly<Record<string, string>> = {}): Meaning {
  const ref = { form, args: { incident: situation.state.id, ...args } };
  const exists = formOf(ref, situation.state, situation.ia, situation.regime, situation.ia.now) !== null;
  return exists
    ? { kind: 'form', ref, label: t('act.fill_in') }
    : { kind: 'say', text: refusalText({ code: 'nothing_to_fill', params: { form } }, situation) };
}

export function openView(situation: Situation, view: string, args: Readonly<Record<string, string>> = {}): Meaning {
  return { kind: 'view', ref: { view, args: { incident: situation.state.id, ...args } } };
}

/** [Add as a note]: what was written goes on the record as it is. */
export function noteAction(text: string): Action {
  return intent('add_note', t('text.add_note'), { type: 'add_note', text });
}
