import { approvalOf, draftInForce } from '../../incident/approvals.ts';
import type { Action } from '../cards/card.ts';
import { form, intent, type Situation, t, view } from '../cards/situation.ts';

/**
 * One tap to the first report: what is not known is printed as to be supplemented. A text that waits for its approver, or
 * is approved, is not replaced by a new one.
 */
export function firstReportAction(situation: Situation): Action {
  const { state } = situation;
  const draft = draftInForce(state);
  const status = draft ? approvalOf(state, draft.draft).status : 'none';
  if (draft && status === 'asked') {
    return view('review', t('act.review'), 'text', { incident: state.id, draft: String(draft.draft) });
  }
  if (status === 'approved') return fileAction(situation);
  const order = { type: 'compile_draft' as const, report: 'initial' as const, cannotDetermine: [] };
  return intent('first_report', t('act.first_report'), order);
}

/** Opens the form that records the filing of the draft in force; in a drill the one that plays it. */
export function fileAction({ state }: Situation): Action {
  const draft = draftInForce(state);
  const args = { incident: state.id, ...(draft ? { draft: String(draft.draft) } : {}) };
  return state.drill ? form('file', t('act.practise'), 'practise', args) : form('file', t('act.file'), 'filing', args);
}
