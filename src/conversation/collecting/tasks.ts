import { endsTasks } from '../../incident/closing.ts';
import type { Task } from '../../incident/state.ts';
import { itemsNow, owedOf } from '../../report/items.ts';
import type { Block, Card, Text } from '../cards/card.ts';
import { cardOf } from '../cards/headline.ts';
import { actionBlock, rowBlock, textBlock } from '../cards/sentence.ts';
import {
  dueAt,
  firstFiling,
  form,
  intent,
  joined,
  lawText,
  ofPart,
  personText,
  plain,
  type Situation,
  t,
} from '../cards/situation.ts';
import { needActions, needRows, needsNow } from '../closing.ts';
import { taskText } from '../filing/filing-lines.ts';

/** Tasks that are not finished and did not end with the incident, those with a date first. */
export function openTasks({ state }: Pick<Situation, 'state'>): readonly Task[] {
  const when = ({ due }: Task): number => (due === null ? Number.MAX_SAFE_INTEGER : Date.parse(due));
  return endsTasks(state) ? [] : state.tasks.filter((task) => !task.finished).toSorted((a, b) => when(a) - when(b));
}

/** Card of the work: open requests, points before closing, tasks and items to supplement, then finished tasks. */
export function tasksCard(situation: Situation): Card {
  const { state } = situation;
  const open = openTasks(situation);
  const done = state.tasks.filter(({ finished }) => finished && !finished.needless);
  const add = form('add_task', t('act.add_task'), 'task', { incident: state.id });
  const openRows = [
    ...requestRows(situation),
    ...needRows(situation, needsBesideRequests(situation)),
    ...open.map((task) => taskRow(situation, task)),
    ...toFollowRows(situation),
  ];
  const summary = t('tasks.summary', { n: openRows.length, done: done.length });
  const rows = [...openRows, ...done.map((task): Block => rowBlock('done', rowText(situation, task)))];
  return cardOf(situation, t('tasks.title'), summary, [
    ...(rows.length > 0 ? rows : [textBlock(summary)]),
    ...(state.closed ? [] : [actionBlock([add])]),
  ]);
}

function needsBesideRequests(situation: Situation): readonly string[] {
  const { state } = situation;
  return state.closed ? [] : needsNow(situation).filter((id) => state.requests.every((request) => request.id !== id));
}

/** Rows of authorities' requests that nobody has answered yet. */
function requestRows(situation: Situation): readonly Block[] {
  const { state, ia } = situation;
  return state.requests.flatMap(({ id, from, what, due, dropped }): readonly Block[] => {
    if (dropped || ia.obligations.some((duty) => duty.id === id && duty.filing)) return [];
    const params = { from: ofPart('texts', from), what: ofPart('texts', what) };
    const text = due ? t('event.request', { ...params, due: dueAt(situation, due) }) : t('event.request_open', params);
    return [rowBlock('open', text, needActions(situation, id))];
  });
}

export function taskRow(situation: Situation, task: Task): Block {
  return rowBlock('open', rowText(situation, task), [
    intent(`done_${task.id}`, t('act.task_done'), { type: 'finish_task', task: task.id }),
    form(`task_${task.id}`, t('act.change_task'), 'change_task', { incident: situation.state.id, task: task.id }),
  ]);
}

function rowText(situation: Situation, task: Task): Text {
  const params = { task: taskText(situation, task), owner: personText(situation.state, task.owner) };
  return task.due === null
    ? t('tasks.row', params)
    : t('tasks.row_due', { ...params, due: dueAt(situation, task.due) });
}

/** Rows after the first filing: every item that was to be supplemented, with its owner. */
function toFollowRows(situation: Situation): readonly Block[] {
  if (!firstFiling(situation) || situation.state.handlingEnded) return [];
  return itemsNow(situation).flatMap((item): readonly Block[] => {
    const owed = owedOf(item);
    if (owed.length === 0) return [];
    const text = t(item.required === 'now' ? 'tasks.item_required' : 'tasks.item', {
      n: item.n,
      fields: joined(owed.map(({ definition }) => lawText(definition.label))),
      owner: personText(situation.state, item.owner),
    });
    const args = { incident: situation.state.id, item: item.id };
    const actions = [
      form(`fill_${item.n}`, t('act.fill_in'), 'item', args),
      form(`assign_${item.n}`, t('act.assign'), 'assign', args),
    ];
    return [rowBlock(item.state === 'open' ? 'open' : 'partly', text, actions)];
  });
}

export function toSupplement(situation: Situation): boolean {
  return toFollowRows(situation).length > 0;
}

/** Card to the owner of tasks that are new or due. */
export function taskCard(situation: Situation, tasks: readonly Task[], due: boolean): Card {
  const { state } = situation;
  const text = due ? t('tasks.due', { id: plain(state.id) }) : t('tasks.yours', { id: plain(state.id) });
  return cardOf(
    situation,
    text,
    text,
    tasks.map((task) => taskRow(situation, task)),
  );
}

/** Card of items still incomplete, sent some time after the first report. */
export function followCard(situation: Situation): Card {
  const rows = toFollowRows(situation);
  const text = t(rows.length > 0 ? 'tasks.follow' : 'tasks.follow_none', { id: plain(situation.state.id) });
  return cardOf(situation, text, text, rows);
}
