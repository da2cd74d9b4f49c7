import { type OwedRole, reportNeed, unsentDraft } from '../../incident/closing.ts';
import type { OwedObligation } from '../../incident/facts/owed.ts';
import { openProposals } from '../../incident/proposals.ts';
import { incompleteNow, itemsNow, owedOf, toFollow } from '../../report/items.ts';
import { owedReports, updatesSince } from '../../report/updates.ts';
import { present } from '../cards/sentence.ts';
import {
  at,
  dueAt,
  fill,
  firstFiling,
  form,
  intent,
  numbers,
  openInitial,
  type Situation,
  show,
  t,
} from '../cards/situation.ts';
import { needsNow, needText } from '../closing.ts';
import { openTasks } from '../collecting/tasks.ts';
import { taskText } from '../filing/filing-lines.ts';
import { compileAction, fileAction, noticeAction } from '../filing/report-actions.ts';
import { urgencyText } from '../level/duties.ts';
import { fillActions, ownersOf } from './report-steps.ts';
import { type Looker, type Step, step } from './step.ts';

/** Step after the first practised filing of a guided drill: confirm the start, then see the score. */
export function drillDoneStep(situation: Situation): Step | null {
  const { state } = situation;
  if (!state.scenario?.coach || state.filings.length === 0) return null;
  if (!state.awareness) return startStep(situation);
  return { text: t('next.drill_done'), actions: [form('close', t('drill.end'), 'close', { incident: state.id })] };
}

/** Step for a non-provisional duty that is due before the first report, or overdue. */
export function urgentDutyStep(situation: Situation): Step | null {
  const [first] = openInitial(situation);
  const before = first?.due ?? situation.ia.now;
  const urgent = openDuties(situation).find(
    ({ due, provisional, form }) =>
      due !== null && !provisional && form !== 'first' && Date.parse(due) <= Date.parse(before),
  );
  return dutyStep(situation, urgent);
}

/** Step for the next non-provisional duty beside the reports; a duty with a due time precedes those owed promptly. */
export function nextDutyStep(situation: Situation): Step | null {
  const certain = dutiesBeside(situation).find(({ provisional }) => !provisional);
  return dutyStep(situation, certain);
}

/** Step for a possible duty that no question can settle, so that a person decides; none after handling has ended. */
export function possibleDutyStep(situation: Situation): Step | null {
  return situation.state.handlingEnded ? null : dutyStep(situation, dutiesBeside(situation)[0]);
}

function dutiesBeside(situation: Situation): readonly OwedObligation[] {
  return openDuties(situation).filter(
    (duty) =>
      duty.form !== 'final' && (duty.form !== 'first' || firstFiling(situation)) && !isProposed(situation, duty.id),
  );
}

/** Returns true if a proposal that the duty is not owed waits for a second person. */
function isProposed({ state }: Situation, id: string): boolean {
  return openProposals(state).some(({ command }) => command.type === 'not_owed' && command.obligation === id);
}

/** Step for any open duty: the fallback, so that no open duty is without a step. */
export function anyDutyStep(situation: Situation): Step | null {
  return dutyStep(situation, openDuties(situation)[0]);
}

/** Steps of the open duties that `looker` owns. */
export function ownDutySteps(situation: Situation, { actors }: Looker): readonly Step[] {
  const { owners } = situation.state;
  return openDuties(situation)
    .filter(({ id }) => actors.includes(owners[id]?.owner ?? ''))
    .flatMap((duty) => dutyStep(situation, duty) ?? []);
}

function openDuties({ ia }: Situation): readonly OwedObligation[] {
  const when = ({ due }: OwedObligation): number => (due === null ? Number.MAX_SAFE_INTEGER : Date.parse(due));
  return ia.obligations
    .filter(({ id }) => ia.owed.includes(id))
    .toSorted((a, b) => Number(a.provisional) - Number(b.provisional) || when(a) - when(b));
}

function dutyStep(situation: Situation, duty: OwedObligation | undefined): Step | null {
  if (!duty) return null;
  const { state, ia } = situation;
  const what = needText(situation, duty.id);
  if (duty.provisional) {
    return { text: t('next.duty_possible', { what }), actions: [show(situation, 'owed')], about: 'owed' };
  }
  const actions = present(noticeAction(situation, duty.id), fileAction(situation, duty.id));
  const who = { needs: state.drill ? 'practise_filing' : 'record_filing', about: 'owed' } as const;
  if (duty.due === null) return step('next.duty_promptly', { what, word: urgencyText(situation, duty) }, actions, who);
  const key = Date.parse(duty.due) < Date.parse(ia.now) ? 'next.duty_late' : 'next.duty_due';
  return step(key, { what, due: dueAt(situation, duty.due) }, actions, who);
}

/** Step for changes since the last report: important ones are reported promptly (续报), others are supplemented. */
export function followUpStep(situation: Situation): Step | null {
  const { state } = situation;
  if (!firstFiling(situation) || state.handlingEnded || unsentDraft(state) !== null) return null;
  const updates = updatesSince(situation);
  if (!updates || (updates.changes.length === 0 && !updates.levelChanged)) return null;
  return newsStep(situation, updates.important ? 'update' : 'supplement');
}

function newsStep(situation: Situation, role: OwedRole): Step {
  const text = t(role === 'update' ? 'next.follow_up' : 'next.draft_supplement');
  return { text, actions: [compileAction(situation, role)], about: 'draft' };
}

/** Step for the items that the first report lacked: those it had to contain, otherwise those it announced as following. */
export function supplementStep(situation: Situation, looker: Looker | null): Step | null {
  if (!firstFiling(situation) || situation.state.handlingEnded) return null;
  const all = itemsNow(situation);
  const required = incompleteNow(all);
  const due = new Set(required.length > 0 ? required : toFollow(all));
  const items = all.filter(({ n }) => due.has(n));
  if (items.length === 0) return null;
  const own = items.find(({ owner }) => owner !== null && looker?.actors.includes(owner));
  const free = items.find(({ owner }) => owner === null);
  const actions = fillActions(situation, own ?? free ?? items[0]);
  const params = { n: items.length, items: numbers(items.map(({ n }) => n)) };
  const key = required.length > 0 ? 'next.required' : 'next.supplement';
  if (own || free) return { text: t(key, params), actions, about: 'checklist' };
  return step(key, params, actions, { people: ownersOf(items), about: 'checklist' });
}

/** Step to confirm the working start. */
export function startStep(situation: Situation): Step | null {
  const { state, ia } = situation;
  const start = ia.anchors.awareness;
  if (state.awareness || !start || (situation.state.notReportable && state.filings.length === 0)) return null;
  const params = { at: at(situation, start) };
  const confirm = form('confirm_start', t('act.confirm_start', params), 'confirm_awareness', { incident: state.id });
  return step('next.start', params, [confirm], { needs: 'confirm_awareness', about: 'status' });
}

/** Step for a task of `looker`, or for one without an owner. */
export function taskStep(situation: Situation, looker: Looker | null): Step | null {
  const task = openTasks(situation).find(({ owner }) => owner === null || !looker || looker.actors.includes(owner));
  if (!task) return null;
  const done = intent(`done_${task.id}`, t('act.task_done'), { type: 'finish_task', task: task.id });
  return { text: t('next.task', { task: taskText(situation, task) }), actions: [done] };
}

/** Steps at the end: record the end of handling, which the summary report needs; send that report; close. */
export function endStep(situation: Situation): Step | null {
  const { state, ia } = situation;
  if (!state.handlingEnded) {
    const isDecided = state.notReportable || state.levelDecision || firstFiling(situation) || state.drill;
    if (!isDecided) return null;
    return step('next.handling', {}, [fill(situation, 'end_handling')], { needs: 'end_handling' });
  }
  const summary = ia.obligations.find(({ form, id }) => form === 'final' && ia.owed.includes(id));
  if (summary) return summaryStep(situation, summary);
  const [report] = owedReports(situation).filter(({ role }) => needsNow(situation).includes(reportNeed(role)));
  if (report && unsentDraft(state) === null) return newsStep(situation, report.role);
  return needsNow(situation).length > 0 ? null : closeStep(situation);
}

function closeStep(situation: Situation): Step {
  return step('next.close', {}, [fill(situation, 'close')], { needs: 'close' });
}

function summaryStep(situation: Situation, { due }: OwedObligation): Step {
  const parts = itemsNow(situation).filter((part) => owedOf(part).length > 0);
  const by = due === null ? t('next.promptly') : t('next.by', { due: dueAt(situation, due) });
  const actions = fillActions(situation, parts[0]);
  if (parts.length > 0) return { text: t('next.parts', { n: parts.length, due: by }), actions, about: 'checklist' };
  return { text: t('next.summary', { due: by }), actions: [compileAction(situation, 'final')] };
}

/** Step after a state-secret stop: only the duties remain, and people handle them outside the bot. */
export function stoppedStep(situation: Situation): Step {
  const { state } = situation;
  const [duty] = state.drill ? [] : openDuties(situation);
  if (!duty) return closeStep(situation);
  const what = needText(situation, duty.id);
  return step('next.stopped', { what }, [fileAction(situation, duty.id)], { needs: 'record_filing' });
}
