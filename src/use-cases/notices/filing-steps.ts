import { isAwaited } from '../../incident/approvals.ts';
import type { DueStep } from '../../incident/decide/context.ts';
import type { IncidentAssessment } from '../../incident/facts/assessment.ts';
import type { IncidentState } from '../../incident/state.ts';
import { isSameStep } from '../../incident/steps.ts';
import { formOf } from '../../law/regime.ts';
import { CALL_WAIT, callingOf } from '../directory/calls.ts';

type Planned = DueStep & { readonly key: string };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Reminders beside the clocks: approvals that wait, what is to be supplemented, tasks with a date, calls without an answer. */
export function filingSteps(state: IncidentState, assessment: IncidentAssessment): readonly Planned[] {
  const steps = [approvalSteps(state, assessment), followSteps(state, assessment), taskSteps(state), callSteps(state)];
  return steps
    .flat()
    .filter(
      ({ step, obligation, at }) =>
        !state.reminders.some(
          (said) =>
            [said.step, ...said.collapsed].some((one) => isSameStep(one, step)) &&
            said.obligations.includes(obligation) &&
            Date.parse(said.dueAt) >= Date.parse(at),
        ),
    );
}

/** Shares of the time left when it was asked for; without a clock, or with one that has run out, fixed waits. */
const SHARES = [0.5, 0.75, 0.9] as const;
const OVERDUE_WAITS = [5 * MINUTE, 10 * MINUTE, 15 * MINUTE] as const;
const FREE_WAITS = [HOUR, 4 * HOUR, DAY] as const;

function approvalSteps(state: IncidentState, { clocks }: IncidentAssessment): readonly Planned[] {
  const latest = state.approvals.at(-1);
  if (!latest || state.closed || !isAwaited(state, latest)) return [];
  const form = formOf(state.drafts.find(({ draft }) => draft === latest.draft)?.role ?? 'first');
  const dues = clocks
    .filter((clock) => clock.form === form && !clock.filing && clock.status !== 'void')
    .map(({ due }) => Date.parse(due));
  const asked = Date.parse(latest.at);
  const left = dues.length > 0 ? Math.min(...dues) - asked : null;
  const waits =
    left === null ? FREE_WAITS : left <= 0 ? OVERDUE_WAITS : SHARES.map((share) => Math.round(left * share));
  return waits.map((wait, index) => {
    const at = new Date(asked + wait).toISOString();
    return {
      step: { kind: 'approval', round: index + 1 },
      obligation: `approval.${latest.version}`,
      at,
      key: `a:${latest.version}:${index + 1}`,
    };
  });
}

/** Days after the first filing on which items still to follow are remembered: 1, 3, then weekly for five weeks. */
const FOLLOW_DAYS = [1, 3, 7, 14, 21, 28, 35] as const;

function followSteps(state: IncidentState, { obligations }: IncidentAssessment): readonly Planned[] {
  const first = obligations.find(({ form, filing }) => form === 'first' && filing)?.filing;
  if (!first || state.handlingEnded || state.closed) return [];
  const filed = Date.parse(first.filedAt);
  return FOLLOW_DAYS.map((days) => {
    const at = new Date(filed + days * DAY).toISOString();
    return { step: { kind: 'follow', days }, obligation: 'follow', at, key: `f:${Date.parse(at)}` };
  });
}

/** Steps of tasks that are due, also after the incident is closed: corrective actions outlive it. */
function taskSteps(state: IncidentState): readonly Planned[] {
  return state.tasks.flatMap(({ id, due, finished }) =>
    due === null || finished
      ? []
      : [{ step: { kind: 'task', task: id }, obligation: id, at: due, key: `t:${id}:${Date.parse(due)}` }],
  );
}

/** Calls one after the other, the last one to the room, until somebody answers or the limit is reached. */
function callSteps(state: IncidentState): readonly Planned[] {
  const calling = callingOf(state);
  if (!calling || calling.asked.length + calling.next.length === 0) return [];
  const { version, at: askedAt, until } = calling;
  return [...calling.next, null].flatMap((_, index) => {
    const instant = askedAt + (index + 1) * CALL_WAIT;
    const at = new Date(instant).toISOString();
    const round = index + 1;
    return instant < until
      ? [{ step: { kind: 'call', round }, obligation: `call.${version}`, at, key: `c:${version}:${round}` }]
      : [];
  });
}
