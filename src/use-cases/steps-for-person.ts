import { type LocalAction, localise, localised } from '../conversation/cards/localise.ts';
import { nextStep, waitingSteps } from '../conversation/next-step/next-step.ts';
import { isOffered } from '../conversation/rooms/abroad.ts';
import type { ClockSegment } from '../incident/commands/clock.ts';

import { shownTitle } from '../incident/record/without-words.ts';
import type { App, Caller } from './app.ts';
import { lookerOf } from './directory/access.ts';
import { openSeenBy } from './list.ts';
import type { IncidentRow } from './ports.ts';
import type { UseCaseContext } from './use-case-context.ts';

/** Steps of one incident that wait for a person, as sentences with their buttons. */
export interface WaitingRow {
  readonly id: string;
  readonly title: string;
  readonly drill: boolean;
  readonly revision: number;
  readonly due: string | null;
  /** Rate of incident time, in drills. */
  readonly segment: ClockSegment | null;
  readonly steps: readonly { readonly text: string; readonly actions: readonly LocalAction[] }[];
}

/** Open incident with its next step in one sentence, which names the people it waits for. */
export interface RunningRow
  extends Pick<IncidentRow, 'id' | 'title' | 'drill' | 'phase' | 'level' | 'nextDue' | 'version'>,
    Pick<WaitingRow, 'segment'> {
  readonly turn: string | null;
}

/** Open incidents of a person, real ones before drills, the next due first. */
export interface Desk {
  readonly waiting: readonly WaitingRow[];
  readonly running: readonly RunningRow[];
  /** Number of all open incidents the person may see. */
  readonly total: number;
}

/** Maximum number of open incidents that are searched for steps, and of those listed. */
const LOOKED_AT = 100;
const LISTED = 20;

/** Use cases: steps that wait for the caller in fully visible own incidents, and the other open incidents. */
export function createWaiting(context: UseCaseContext): Pick<App, 'waiting' | 'desk'> {
  const desk = async (caller: Caller, language: Parameters<App['desk']>[1]): Promise<Desk> => {
    const { rows, more } = await openSeenBy(context, caller, LOOKED_AT);
    const found = await Promise.all(rows.map((row, nth) => lookAt(context, caller, language, row, nth < LISTED)));
    const waiting = found.flatMap((one) => one.waiting ?? []);
    return {
      waiting: waiting.toSorted((a, b) => Number(a.drill) - Number(b.drill)),
      running: found.slice(0, LISTED).map((one) => one.running),
      total: rows.length + more,
    };
  };
  return { desk, waiting: async (caller, language) => (await desk(caller, language)).waiting };
}

async function lookAt(
  context: UseCaseContext,
  caller: Caller,
  language: Parameters<App['desk']>[1],
  row: IncidentRow,
  isListed: boolean,
): Promise<{ readonly waiting: WaitingRow | null; readonly running: RunningRow }> {
  const { id, title, drill, phase, level, nextDue, version } = row;
  const seen = await context.seen(id, caller);
  const segment = drill ? (seen?.state.segments.at(-1) ?? null) : null;
  const running = { id, title, drill, phase, level, nextDue, version, segment };
  if (seen?.shown.show !== 'all') return { waiting: null, running: { ...running, turn: null } };
  const { state } = seen;
  const looker = lookerOf(state, caller, context.engine.deps);
  const own = looker?.actors.some((actor) => actor in state.people) ? looker : null;
  const situation = context.engine.situation(state);
  const readers = { people: own ? [{ acting: own, sees: seen.shown }] : [], aloud: false };
  const steps = (own ? waitingSteps(situation, own) : []).map(({ text, actions }) => ({
    text: localise(text, language),
    actions: actions
      .filter(({ does }) => isOffered(does, situation, readers))
      .map((action) => localised(action, language)),
  }));
  const next = isListed ? nextStep(situation, own) : null;
  const waiting = { id, title: shownTitle(state), drill, revision: state.version, due: nextDue, segment, steps };
  return {
    waiting: steps.length > 0 ? waiting : null,
    running: { ...running, turn: next && localise(next.text, language) },
  };
}
