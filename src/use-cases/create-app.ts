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
import { incidentsSeenBy } from './list.ts';
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
  /** Runs a request and says what changed. */
  finish(request: RunRequest, before: IncidentState | null): Promise<Submitted>;
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
    return submitted(outcome, before, request.commands, engine);
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
        commands: [command],
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
        commands: [input.intent],
        who: input.caller,
        revision: input.revision,
        delivery: input.delivery,
        room: input.room ?? null,
      },
      before,
    );
  };

  const kit: Kit = { ...deps, visible, finish, submit, declare };
  const views = createViews(kit);
  return {
    declare,
    submit,
    ...createForms(kit),
    ...views,
    ...createReports(kit),
    ...createFiles(kit),
    ...createTextDoor({ ...kit, view: views.view }),
    interpret,
    state: visible,
    incident: async (id, caller, language) => {
      const state = await visible(id, caller);
      if (!state) return null;
      const ia = engine.assess(state);
      return incidentJson(state, ia, regime, nextQuestion(state, ia, regime), language);
    },
    incidents: (caller, filter) => incidentsSeenBy(kit, caller, filter),
    record: async (id, caller) => ((await visible(id, caller)) ? store.record(id) : null),
    timeline: async (id, caller, language) => {
      const state = await visible(id, caller);
      if (!state) return null;
      return timelineOf({ state, ia: engine.assess(state), regime }, await store.events(id), language);
    },
  };
}

function submitted(
  outcome: ChangeOutcome,
  before: IncidentState | null,
  commands: readonly Command[],
  engine: Engine,
): Submitted {
  if (outcome.kind === 'refused') return { kind: 'refused', incident: outcome.id, refusal: outcome.refusal };
  const { id, state, replayed } = outcome;
  const command = commands[0];
  const said =
    replayed || !command
      ? null
      : saidAfter({
          command,
          before: before && { state: before, assessment: engine.assess(before) },
          after: { state, assessment: engine.assess(state) },
          regime: engine.deps.regime,
        });
  return { kind: 'done', incident: id, state, replayed, said };
}

/** Incident time now, ISO: what a person means by "now" in this incident. */
export function nowIn(state: IncidentState | null, wall: number): string {
  return isoOf(state ? toIncidentTime(state.segments, wall) : wall);
}
