import { approvalOf, draftInForce } from '../../incident/approvals.ts';
import type { Clock } from '../../incident/facts/owed.ts';
import type { Filing } from '../../incident/state.ts';
import { formOf, reportWith } from '../../law/regime.ts';
import type { Action } from '../cards/card.ts';
import { fill, form, intent, openInitial, type Situation, t, view } from '../cards/situation.ts';

/**
 * Button that compiles a report with one press: unknown points are printed as "to be supplemented". A text that is
 * approved, or waits for approval, is not replaced.
 */
export function reportAction(situation: Situation, role: 'first' | 'final'): Action {
  const { state } = situation;
  const draft = draftInForce(state);
  const status = draft?.role === role ? approvalOf(state, draft.draft).status : 'none';
  if (draft && status === 'asked') {
    return view('review', t('act.review'), 'text', { incident: state.id, draft: String(draft.draft) });
  }
  if (status === 'approved') return fileAction(situation);
  return compileAction(situation, role, `${reportWith(situation.regime, role)}_report`);
}

const COMPILE = {
  first: 'act.first_report',
  supplement: 'act.supplement',
  update: 'act.follow_up',
  final: 'act.summary_report',
} as const;

/** Button that compiles the report of a role, e.g. the first report. */
export function compileAction({ regime }: Situation, role: keyof typeof COMPILE, id?: string): Action {
  const report = reportWith(regime, role);
  return intent(id ?? `compile_${report}`, t(COMPILE[role]), { type: 'compile_draft', report, cannotDetermine: [] });
}

/** Button for the filing form: of the duty or, without one, of the draft in force; in a drill the practice form. */
export function fileAction({ state }: Situation, obligation: string | null = null): Action {
  const draft = obligation === null ? draftInForce(state) : undefined;
  const args = {
    incident: state.id,
    ...(draft ? { draft: String(draft.draft) } : {}),
    ...(obligation === null ? {} : { obligation }),
  };
  const id = obligation === null ? 'file' : `file_${obligation}`;
  return state.drill ? form(id, t('act.practise'), 'practise', args) : form(id, t('act.file'), 'filing', args);
}

/** Button for the paper that meets a duty, or for the form that writes it; null if no law in force has such a paper. */
export function noticeAction(situation: Situation, id: string): Action | null {
  const { state, ia, regime } = situation;
  const args = { incident: state.id };
  const duty = ia.obligations.find((one) => one.id === id);
  const draft = draftInForce(state);
  if (duty?.form && draft && formOf(draft.role) === duty.form)
    return view(`read_${id}`, t('act.read'), 'text', { ...args, draft: String(draft.draft) });
  if (duty?.form === 'first') return form(`write_${id}`, t('act.first_report_now'), 'first_report', args);
  if (duty?.form === 'final') return compileAction(situation, 'final', `write_${id}`);
  const isRequest = state.requests.some((request) => request.id === id);
  const paper = regime.papers.some(({ duties, requests }) => duties.includes(id) || (isRequest && requests === true));
  return paper ? view(`write_${id}`, t('act.write_notice'), 'papers', { ...args, obligation: id }) : null;
}

/** Returns true if a first report has a clock of an hour or less: the call then precedes the approved text. */
export function isPhoneFirst(situation: Situation): boolean {
  return !situation.state.drill && openInitial(situation).some((clock) => !clock.provisional && isOfAnHour(clock));
}

/** Returns true for a limit of an hour or less. */
export function isOfAnHour({ dueMinutes }: Pick<Clock, 'dueMinutes'>): boolean {
  return (dueMinutes ?? HOUR + 1) <= HOUR;
}
const HOUR = 60;

/** Button for the form that adds a late receipt, or corrects a filing recorded by mistake. */
export function correctAction(situation: Situation, { version }: Filing): Action {
  return fill(situation, 'correct_filing', { filing: String(version) }, `correct_filing_${version}`);
}
