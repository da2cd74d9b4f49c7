import { draftNeed, reportNeed } from '../closing.ts';
import type { CommandOf } from '../commands.ts';
import { allHappened, type Deciders, futureRefusal, happened, named, nothing, refused } from '../decide/context.ts';
import { groundsOf } from '../facts/waivers.ts';
import type { ActorId } from '../identity.ts';
import type { IncidentEvent, Reducers } from '../record/events.ts';
import type { IncidentState } from '../state.ts';
import { command, id, iso, line, prose, reason } from './parts.ts';

/** Requests of authorities, duties that are not owed, and tasks. */

/** `written`: written version of a phone report. `seal`: the sealed copy. `comment`: a request to change a draft. */
export const TASK_KINDS = ['written', 'seal', 'comment', 'other'] as const;

export const schemas = {
  add_request: command('add_request', {
    /** The authority, as it calls itself. */
    from: line,
    /** Kind of authority, in the regime's list of recipients. */
    recipient: id,
    what: prose,
    receivedAt: iso,
    due: iso.optional(),
  }),
  drop_request: command('drop_request', { request: id, reason }),
  /** States that a duty is not owed, or that a compiled report (`draft.N`) is not sent, with the reason. */
  not_owed: command('not_owed', { obligation: id, reason }),
  add_task: command('add_task', { text: line, item: id.optional(), person: id.optional(), due: iso.optional() }),
  change_task: command('change_task', { task: id, person: id.nullable().optional(), due: iso.nullable().optional() }),
  finish_task: command('finish_task', { task: id, note: reason.optional() }),
};

export interface Events {
  request_received: Omit<CommandOf<'add_request'>, 'type'> & { request: string };
  request_dropped: { request: string; reason: string };
  /**
   * `possible`: the duty was only possible at that time; once it is certain, it is owed. `news`: hash of the news of a
   * waived report (`OwedReport`); other news are owed. `floor`, `grounds`: level by the figures and grounds of the duty
   * (`groundsOf`) at that time; with a higher level or a further ground the duty is owed again. Absent in older records.
   */
  duty_not_owed: {
    obligation: string;
    reason: string;
    possible?: true;
    news?: string;
    floor?: string;
    grounds?: readonly string[];
  };
  task_added: TaskAdded;
  task_changed: { task: string; owner?: ActorId | null | undefined; due?: string | null | undefined };
  /** `needless`: the filing that the task belonged to was withdrawn. */
  task_finished: { task: string; note?: string | undefined; needless?: true };
}

export const deciders: Deciders<keyof typeof schemas> = {
  /** Turns an authority's request with a due time into an obligation with a clock. */
  add_request: (state, command, context) => {
    if (!context.catalogue.hasRecipient(command.recipient)) return refused('unknown_recipient', { field: 'recipient' });
    const future = futureRefusal(state, context, 'receivedAt', [command.receivedAt]);
    if (future) return future;
    if (command.due !== undefined && Date.parse(command.due) <= Date.parse(command.receivedAt)) {
      return refused('must_be_future', { field: 'due', params: { value: command.due } });
    }
    const known = state.requests.some(
      (r) =>
        r.from === command.from &&
        r.what === command.what &&
        r.receivedAt === command.receivedAt &&
        r.recipient === command.recipient &&
        r.due === command.due,
    );
    if (known) return nothing;
    const { type: _, ...payload } = command;
    return happened('request_received', { ...payload, request: `request.${state.requests.length + 1}` });
  },
  /** Drops a request that its authority withdrew; the request stays on the record. */
  drop_request: (state, command) => {
    const request = state.requests.find(({ id }) => id === command.request);
    if (!request) return refused('unknown_obligation', { field: 'request' });
    if (request.dropped) return nothing;
    return happened('request_dropped', { request: request.id, reason: command.reason });
  },
  /** Waives a duty or an unsent report; a reason is always required, so that no omission goes unrecorded. */
  not_owed: (state, { obligation, reason }, context) => {
    const duty = context.assess(state).obligations.find(({ id }) => id === obligation);
    const report = context.owedReports(state).find(({ role }) => reportNeed(role) === obligation);
    if (!duty && !report && !state.drafts.some(({ draft }) => draftNeed(draft) === obligation)) {
      return refused('unknown_obligation', { field: 'obligation' });
    }
    if (duty?.filing) return refused('filed_already', { field: 'obligation' });
    const request = state.requests.find(({ id }) => id === obligation);
    if (request) return request.dropped ? nothing : happened('request_dropped', { request: obligation, reason });
    const { regime, assessment, now } = context.assess(state);
    const rule = regime.obligations.findLast(({ id }) => id === obligation);
    if (rule?.exemption?.allowed === false) {
      const { quote, article } = rule.exemption.source;
      return refused('no_exemption', { field: 'reason', params: { quote, article } });
    }
    // A first report of a level that is reached stays owed: only a decision on another level ends the duty.
    if (duty?.form === 'first' && !duty.provisional && duty.status !== 'void') {
      return refused('level_reached', { params: { floor: assessment.floor } });
    }
    const waiver = {
      ...{ obligation, reason },
      ...(duty?.provisional ? { possible: true as const } : {}),
      ...(duty?.provisional === false
        ? { floor: assessment.floor, grounds: groundsOf(state, regime, obligation, now) }
        : {}),
      ...(report ? { news: report.news } : {}),
    };
    const { by: _by, at: _at, version: _version, ...known } = state.notOwed[obligation] ?? {};
    const isSame = JSON.stringify({ obligation, ...known }) === JSON.stringify(waiver);
    return isSame ? nothing : happened('duty_not_owed', waiver);
  },
  add_task: (state, command, context) => {
    const { text, item, person, due } = command;
    if (item !== undefined && !context.catalogue.hasItem(item)) return refused('unknown_item', { field: 'item' });
    const found = person === undefined ? { actor: null } : named(state, person);
    if ('refusal' in found) return found.refusal;
    const owner = found.actor;
    return allHappened(taskAdded(state, 0, { kind: 'other', text, item: item ?? null, owner, due: due ?? null }));
  },
  change_task: (state, command) => {
    const task = state.tasks.find(({ id }) => id === command.task);
    if (!task) return refused('unknown_task', { field: 'task' });
    const found = typeof command.person === 'string' ? named(state, command.person) : { actor: command.person };
    if ('refusal' in found) return found.refusal;
    const owner = found.actor;
    const isOwner = owner === undefined || owner === task.owner;
    if (isOwner && (command.due === undefined || command.due === task.due)) return nothing;
    return happened('task_changed', {
      task: task.id,
      ...(owner === undefined ? {} : { owner }),
      ...(command.due === undefined ? {} : { due: command.due }),
    });
  },
  finish_task: (state, command) => {
    const task = state.tasks.find(({ id }) => id === command.task);
    if (!task) return refused('unknown_task', { field: 'task' });
    if (task.finished) return nothing;
    const note = command.note === undefined ? {} : { note: command.note };
    return happened('task_finished', { task: task.id, ...note });
  },
};

export const reducers: Reducers<keyof Events> = {
  request_received: (s, { request, ...p }, stamp) => ({
    requests: [...s.requests, { ...stamp, ...p, id: request, dropped: null }],
  }),
  request_dropped: (s, p, stamp) => ({
    requests: s.requests.map((r) => (r.id === p.request ? { ...r, dropped: { ...stamp, reason: p.reason } } : r)),
  }),
  duty_not_owed: (s, { obligation, ...p }, stamp) => ({ notOwed: { ...s.notOwed, [obligation]: { ...stamp, ...p } } }),
  task_added: (s, { task, ...p }, stamp) => ({
    tasks: [...s.tasks, { ...stamp, ...p, id: task, changed: stamp, finished: null }],
  }),
  task_changed: (s, { task, owner, due }, stamp) => ({
    tasks: s.tasks.map((one) =>
      one.id === task
        ? {
            ...one,
            owner: owner === undefined ? one.owner : owner,
            due: due === undefined ? one.due : due,
            changed: stamp,
          }
        : one,
    ),
  }),
  task_finished: (s, p, stamp) => ({
    tasks: s.tasks.map((task) =>
      task.id === p.task
        ? { ...task, finished: { ...stamp, note: p.note ?? null, ...(p.needless ? { needless: p.needless } : {}) } }
        : task,
    ),
  }),
};

export interface TaskAdded {
  readonly task: string;
  readonly kind: (typeof TASK_KINDS)[number];
  /** Words of a person; null for tasks the bot sets, which are worded in the reader's language. */
  readonly text: string | null;
  readonly item: string | null;
  readonly owner: ActorId | null;
  readonly due: string | null;
  /** The obligation whose oral report is to be followed by a written one. */
  readonly obligation?: string;
}

/** The event of a new task; `index` counts the tasks one command sets. */
export function taskAdded(
  state: IncidentState,
  index: number,
  task: Pick<TaskAdded, 'kind'> & Partial<Omit<TaskAdded, 'task' | 'kind'>>,
): IncidentEvent {
  return {
    type: 'task_added',
    payload: { text: null, item: null, owner: null, due: null, ...task, task: `t${state.tasks.length + index + 1}` },
  };
}
