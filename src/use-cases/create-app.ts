import { nextQuestion } from '../conversation/questions.ts';
import { saidAfter } from '../conversation/said.ts';
import type { Command } from '../incident/commands.ts';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import type { IncidentState } from '../incident/state.ts';
import { maySee } from './access.ts';
import type { App, Caller, Submitted } from './app.ts';
import { DUPLICATE_WINDOW, type Engine, type RunRequest } from './engine.ts';
import { createFiles } from './files.ts';
import { createForms } from './forms.ts';
import { incidentJson } from './incident-json.ts';
import { interpret } from './interpret.ts';
import type { ChangeOutcome } from './ports.ts';
import { createReports, type ReportRenderer } from './reports.ts';
import { createTextDoor } from './text-door.ts';
import { timelineOf } from './timeline.ts';
import { createViews } from './views.ts';

export interface AppDependencies {
  readonly engine: Engine;
  /** Whether a caller is a member of a room, as its platform knows it. */
  readsRoom(room: string, caller: Caller): boolean;
  readonly renderReport: ReportRenderer;
}

/** What every use case may use. */
export interface Kit extends AppDependencies {
  /** The state if the caller may see the incident, otherwise null: what one may not see does not exist. */
  visible(id: string, caller: Caller | 'api'): Promise<IncidentState | null>;
  submit: App['submit'];
  declare: App['declare'];
}

/** The doors of the house (see `App`). */
export function createApp(deps: AppDependencies): App {
  const { engine } = deps;
  const { store, regime } = engine.deps;

  const visible = async (id: string, caller: Caller | 'api'): Promise<IncidentState | null> => {
    const state = await store.incident(id);
    return state && maySee(state, caller, deps.readsRoom) ? state : null;
  };

  const finish = async (request: RunRequest, before: IncidentState | null): Promise<Submitted> => {
    const outcome = await engine.run(request);
    return submitted(outcome, before, request.command, engine);
  };

  const declare: App['declare'] = (input) => {
    const command: Command = {
      type: 'declare',
      title: input.title,
      ...(input.awareness === undefined ? {} : { awareness: input.awareness }),
      ...(input.drill === undefined ? {} : { drill: input.drill }),
      ...(input.speed === undefined ? {} : { speed: input.speed }),
    };
    const guarded = input.caller !== 'api' && input.anyway !== true;
    return finish(
      {
        target: { series: input.drill ? 'DRILL' : 'INC' },
        command,
        who: input.caller,
        revision: null,
        delivery: input.delivery,
        room: input.room,
        ...(guarded ? { recentSince: engine.deps.clock.now() - DUPLICATE_WINDOW } : {}),
      },
      null,
    );
  };

  const submit: App['submit'] = async (input) => {
    const before = await visible(input.incident, input.caller);
    if (!before) {
      return { kind: 'refused', incident: null, refusal: { code: 'unknown_incident', params: { id: input.incident } } };
    }
    return finish(
      {
        target: { incident: input.incident },
        command: input.intent,
        who: input.caller,
        revision: input.revision,
        delivery: input.delivery,
        room: input.room ?? null,
      },
      before,
    );
  };

  const kit: Kit = { ...deps, visible, submit, declare };
  return {
    declare,
    submit,
    ...createForms(kit),
    ...createViews(kit),
    ...createReports(kit),
    ...createFiles(kit),
    ...createTextDoor(kit),
    interpret,
    state: visible,
    incident: async (id, caller, language) => {
      const state = await visible(id, caller);
      if (!state) return null;
      const ia = engine.assess(state);
      return incidentJson(state, ia, regime, nextQuestion(state, ia, regime), language);
    },
    incidents: async (caller, filter) => {
      const rows = await store.incidents(filter);
      if (caller === 'api') return rows;
      const actor = await store.actorOf(caller.account);
      return rows.filter(
        (row) =>
          (actor !== null && row.participants.includes(actor)) ||
          row.rooms.some((room) => deps.readsRoom(room, caller)),
      );
    },
    record: async (id, caller) => ((await visible(id, caller)) ? store.record(id) : null),
    timeline: async (id, caller, language) => {
      const state = await visible(id, caller);
      return state ? timelineOf(state, await store.events(id), regime, language) : null;
    },
  };
}

function submitted(outcome: ChangeOutcome, before: IncidentState | null, command: Command, engine: Engine): Submitted {
  if (outcome.kind === 'refused') return { kind: 'refused', incident: outcome.id, refusal: outcome.refusal };
  const { id, state, replayed } = outcome;
  const said =
    replayed || !before
      ? null
      : saidAfter({
          command,
          before: { state: before, assessment: engine.assess(before) },
          after: { state, assessment: engine.assess(state) },
          regime: engine.deps.regime,
        });
  return { kind: 'done', incident: id, state, replayed, said };
}

/** Incident time now, ISO: what a person means by "now" in this incident. */
export function nowIn(state: IncidentState | null, wall: number): string {
  return isoOf(state ? toIncidentTime(state.segments, wall) : wall);
}
