import { unsentDraft } from '../../incident/closing.ts';
import { endsReporting } from '../../incident/facts/owed.ts';
import type { Draft } from '../../incident/state.ts';
import { formOf } from '../../law/regime.ts';
import { type ItemStatus, itemsNow, missingNow, owedOf } from '../../report/items.ts';
import type { Action } from '../cards/card.ts';
import { URGENT_MINUTES } from '../cards/headline.ts';
import {
  dueAt,
  fill,
  firstFiling,
  form,
  intent,
  minutesUntil,
  openClocks,
  openInitial,
  personText,
  reportText,
  type Situation,
  show,
  t,
  view,
} from '../cards/situation.ts';
import { type DraftStanding, redraftAction, standingOf } from '../filing/approval-status.ts';
import { fileAction, isPhoneFirst, reportAction } from '../filing/report-actions.ts';
import { type Looker, type Step, step } from './step.ts';

/** Minutes to the first report's earliest non-provisional deadline, else to the latest possible one; null if none. */
function minutesLeft(situation: Situation): number | null {
  const open = openInitial(situation);
  const clock = open.find(({ provisional }) => !provisional) ?? open.at(-1);
  return clock ? minutesUntil(situation, clock.due) : null;
}

/** Step toward the first report: a call if time is short, then the facts it needs, then its draft. */
export function firstReportStep(situation: Situation, looker: Looker | null): Step | null {
  const { state, ia } = situation;
  const ended = endsReporting(state, ia.regime, ia.assessment);
  const isOver = firstFiling(situation) || state.handlingEnded || ended;
  if (isOver || (openInitial(situation).length === 0 && state.levelDecision === null)) return null;
  const left = minutesLeft(situation);
  if (unsentDraft(state) !== null) return isLate(left) ? callStep(situation) : null;
  if (isPhoneFirst(situation) || isLate(left)) {
    const call = callStep(situation);
    if (call) return call;
  }
  const missing = itemsNow(situation).filter((item) => missingNow(item).length > 0);
  if (missing.length > 0 && (left === null || left > URGENT_MINUTES)) return missingStep(situation, missing, looker);
  return compileStep(situation, left, missing.length === 0);
}

/** Step for a non-provisional first report whose deadline has passed: it comes before every question. */
export function lateReportStep(situation: Situation, looker: Looker | null): Step | null {
  const [clock] = openInitial(situation);
  if (!clock || clock.provisional || minutesUntil(situation, clock.due) >= 0) return null;
  return firstReportStep(situation, looker);
}

/** Returns true once the deadline has passed: then a call is the quickest way. */
function isLate(left: number | null): boolean {
  return left !== null && left <= 0;
}

function callStep(situation: Situation): Step | null {
  const { state } = situation;
  const [clock] = openInitial(situation);
  if (!clock || state.drill) return null;
  const key = minutesUntil(situation, clock.due) < 0 ? 'next.call_late' : 'next.call';
  return {
    text: t(key, { due: dueAt(situation, clock.due) }),
    actions: [show(situation, 'script')],
  };
}

/** Step for the facts that the first report needs, in one form; if only wordings are unconfirmed, their form. */
function missingStep(situation: Situation, missing: readonly ItemStatus[], looker: Looker | null): Step {
  const fields = missing.flatMap(missingNow);
  const n = fields.length;
  if (fields.every(({ state }) => state === 'unconfirmed')) {
    return {
      text: t('next.wordings', { n }),
      actions: [fill(situation, 'wordings')],
      about: 'checklist',
    };
  }
  const actions = [writeAction(situation)];
  const own = missing.filter(({ owner }) => owner !== null && looker?.actors.includes(owner));
  if (own.length > 0) return { text: t('next.missing_yours', { n, mine: count(own) }), actions, about: 'checklist' };
  if (missing.some(({ owner }) => owner === null))
    return { text: t('next.missing', { n }), actions, about: 'checklist' };
  return step('next.missing', { n }, actions, { people: ownersOf(missing), about: 'checklist' });
}

function writeAction({ state }: Situation): Action {
  return form('first_report', t('act.first_report_now'), 'first_report', { incident: state.id });
}

function count(items: readonly ItemStatus[]): number {
  return items.reduce((sum, item) => sum + missingNow(item).length, 0);
}

export function ownersOf(items: readonly ItemStatus[]): readonly string[] {
  return [...new Set(items.flatMap(({ owner }) => owner ?? []))];
}

export function fillActions({ state }: Situation, item: ItemStatus | undefined): readonly Action[] {
  return item ? [form(`fill_${item.n}`, t('act.fill_in'), 'item', { incident: state.id, item: item.id })] : [];
}

function compileStep(situation: Situation, left: number | null, isComplete: boolean): Step {
  if (isComplete) return { text: t('next.compile'), actions: [writeAction(situation)], about: 'checklist' };
  const isOver = left !== null && left <= 0;
  const text = isOver ? t('next.compile_late') : t('next.compile_now', { left: { minutes: left ?? 0 } });
  return { text, actions: [reportAction(situation, 'first')] };
}

/** Step for a draft that was compiled but not sent. */
export function draftStep(situation: Situation): Step | null {
  const n = unsentDraft(situation.state);
  const draft = situation.state.drafts.find((one) => one.draft === n);
  return draft ? { ...stepOfDraft(situation, draft, standingOf(situation, draft)), about: 'draft' } : null;
}

function stepOfDraft(
  situation: Situation,
  draft: Draft,
  { changes, status, approval, levelRose }: DraftStanding,
): Step {
  const { state } = situation;
  const n = draft.draft;
  const about = draftParams(situation, draft);
  const args = { incident: state.id, draft: String(n) };
  if (draft.text && changes.length > 0 && status === 'approved' && !levelRose && !state.drill) {
    const { actions, ...filing } = fileStep(situation, draft);
    return { ...filing, text: t('next.as_approved', about), actions: [...actions.slice(0, 1), redraftAction(draft)] };
  }
  if (!draft.text || changes.length > 0) return { text: t('next.redraft', about), actions: [redraftAction(draft)] };
  if (status === 'asked') {
    const read = view('review', t('act.review'), 'text', args);
    const people = approval?.approvers ?? [];
    return step('next.approve', about, [read], { needs: 'approve', ...(people.length > 0 ? { people } : {}) });
  }
  if (status === 'approved') return fileStep(situation, draft);
  if (status === 'sent_back') {
    const by = personText(state, approval?.sentBack?.by ?? null);
    const items = view('checklist', t('items.title_plain'), 'checklist', { incident: state.id });
    return { text: t('next.sent_back', { ...about, by }), actions: [items] };
  }
  const ask = intent('ask_approval', t('act.ask_approval'), { type: 'request_approval', draft: n });
  const gaps = itemsNow(situation).flatMap(draft.role === 'final' ? owedOf : missingNow).length;
  const text = gaps > 0 ? t('next.ask_approval_gaps', { ...about, gaps }) : t('next.ask_approval', about);
  return { text, actions: [ask] };
}

/** Name of a draft: a sentence that is read alone, e.g. on a lock screen, says of which report it is. */
function draftParams({ regime }: Situation, { draft, report }: Draft) {
  return { n: draft, kind: reportText(regime, report) };
}

function fileStep(situation: Situation, draft: Draft): Step {
  const { state } = situation;
  const about = draftParams(situation, draft);
  const file = fileAction(situation);
  if (state.drill) return step('next.practise', about, [file], { needs: 'practise_filing' });
  const clock = openClocks(situation).find((one) => one.form === formOf(draft.role));
  const send = show(situation, 'send');
  const params = { ...about, due: clock ? t('next.by', { due: dueAt(situation, clock.due) }) : t('next.promptly') };
  return step('next.file', params, [file, send], { needs: 'record_filing' });
}
