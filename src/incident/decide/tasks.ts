import type { IncidentEvent, TaskAdded } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { type Decider, happened, nothing, refused } from './context.ts';
import { participantOf } from './items.ts';

/** The event of a new task; `index` counts the tasks one command sets. */
export function taskAdded(
  state: IncidentState,
  index: number,
  task: Pick<TaskAdded, 'kind'> & Partial<Omit<TaskAdded, 'task' | 'kind'>>,
): IncidentEvent {
  return {
    type: 'task_added',
    payload: {
      text: null,
      item: null,
      owner: null,
      due: null,
      ...task,
      task: `t${state.tasks.length + index + 1}`,
    },
  };
}

export const addTask: Decider<'add_task'> = (state, command, context) => {
  const { text, item, person, due } = command;
  if (item !== undefined && !context.catalogue.hasItem(item)) return refused('unknown_item', { field: 'item' });
  const owner = person === undefined ? null : participantOf(state, person);
  if (person !== undefined && owner === null) return refused('unknown_person', { field: 'person' });
  return happened(taskAdded(state, 0, { kind: 'other', text, item: item ?? null, owner, due: due ?? null }));
};

export const changeTask: Decider<'change_task'> = (state, command) => {
  const task = state.tasks.find(({ id }) => id === command.task);
  if (!task) return refused('unknown_task', { field: 'task' });
  const owner = typeof command.person === 'string' ? participantOf(state, command.person) : command.person;
  if (typeof command.person === 'string' && owner === null) return refused('unknown_person', { field: 'person' });
  const isOwner = owner === undefined || owner === task.owner;
  if (isOwner && (command.due === undefined || command.due === task.due)) return nothing;
  return happened({
    type: 'task_changed',
    payload: {
      task: task.id,
      ...(owner === undefined ? {} : { owner }),
      ...(command.due === undefined ? {} : { due: command.due }),
    },
  });
};

export const finishTask: Decider<'finish_task'> = (state, command) => {
  const task = state.tasks.find(({ id }) => id === command.task);
  if (!task) return refused('unknown_task', { field: 'task' });
  if (task.finished) return nothing;
  const note = command.note === undefined ? {} : { note: command.note };
  return happened({ type: 'task_finished', payload: { task: task.id, ...note } });
};
