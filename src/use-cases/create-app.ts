import { mayBeBoth } from '../incident/decide/admission.ts';
import { withVisibilityChecked } from './abroad.ts';
import type { App } from './app.ts';
import { withExportsAudited } from './audited.ts';
import { createUseCaseContext } from './change-incident.ts';
import { lookerOf, readersFor } from './directory/access.ts';
import { createNaming } from './directory/naming.ts';
import { createBundles, disclosed } from './documents/bundle.ts';
import { createFiles } from './documents/files.ts';
import { createReports } from './documents/reports.ts';
import { createSending } from './documents/sending.ts';
import { createDrills } from './drills.ts';
import { createForms } from './forms.ts';
import { incidentJson } from './incident-json.ts';
import { createIntake } from './intake/intake.ts';
import { interpret } from './interpret.ts';
import { createLines } from './lines.ts';
import { incidentsSeenBy, openSeenBy } from './list.ts';
import { createPlaces } from './notices/places.ts';
import { noteAnswer } from './notices/sent-messages.ts';
import { createOverheard } from './overheard.ts';
import { createPapers } from './papers.ts';
import type { RecordRow } from './ports.ts';
import { createRegister } from './register.ts';
import { timelineOf } from './timeline.ts';
import type { AppDependencies, UseCaseContext } from './use-case-context.ts';
import { createViews } from './views.ts';
import { createWaiting } from './waiting.ts';

/** Use cases without the guard that decides what may be shown. */
export type UncheckedUseCases = Omit<App, 'visibility' | 'cards' | 'page'>;

/** Creates all use cases (see `App`). */
export function createApp(deps: AppDependencies): App {
  const context = createUseCaseContext(deps);
  const views = createViews(context);
  const intake = createIntake(context);
  const app: UncheckedUseCases = {
    declare: context.declare,
    submit: (input) => context.submit(input),
    named: createNaming(deps.engine),
    answered: (answer) => noteAnswer(deps.engine, answer),
    roomMade: (input) => roomMade(context, input),
    ...createPlaces(context),
    ...createForms(context),
    ...views,
    ...createReports(context),
    ...createBundles(context),
    ...createSending(context),
    ...createPapers(context),
    ...createDrills(context),
    ...createFiles(context),
    // Cards a line of text asks for are looked at like any other.
    ...createOverheard(context),
    ...createLines({ ...context, ...intake, view: (ref, caller) => shown.view(ref, caller) }),
    ...createReads(context),
    ...createRegister(context),
    ...createWaiting(context),
    ...intake,
    interpret,
  };
  const shown = withVisibilityChecked(app, context);
  return deps.audit ? withExportsAudited(shown, deps, deps.audit) : shown;
}

/** Adds a room on behalf of the bot itself, which alone may vouch for one. */
async function roomMade(
  { engine, finish }: UseCaseContext,
  { incident, room, delivery }: Parameters<App['roomMade']>[0],
): ReturnType<App['roomMade']> {
  const before = await engine.deps.store.incident(incident);
  const command = { type: 'add_room', room } as const;
  return finish(
    { target: { incident }, commands: [command], who: 'clock', revision: null, delivery, room: null },
    before,
  );
}

/** Queries that change nothing. */
function createReads(
  context: UseCaseContext,
): Pick<App, 'state' | 'incident' | 'incidents' | 'openIncidents' | 'record' | 'timeline'> {
  const { engine, visible } = context;
  const { store } = engine.deps;
  return {
    state: visible,
    incident: async (id, caller, language) => {
      const state = await visible(id, caller);
      if (!state) return null;
      const readers = readersFor(state, caller, engine.deps);
      const looker = lookerOf(state, caller, context.links);
      const own = looker ? { byOne: mayBeBoth(state, looker) } : {};
      return incidentJson({ ...engine.situation(state), ...own }, looker, language, readers);
    },
    incidents: (caller, filter) => incidentsSeenBy(context, caller, filter),
    openIncidents: (caller, limit) => openSeenBy(context, caller, limit),
    record: async (id, caller, { counsel }) => {
      const state = await visible(id, caller);
      if (!state) return { code: 'unknown_incident', params: { id } };
      return (counsel ? context.counsel(state, caller) : null) ?? rowsOf(store.record(id), counsel);
    },
    timeline: async (id, caller, language) => {
      const state = await visible(id, caller);
      if (!state) return null;
      const situation = engine.situation(state);
      return timelineOf(situation, await store.events(id), language, context.visibility(state, caller));
    },
  };
}

async function* rowsOf(rows: AsyncIterable<RecordRow>, counsel: boolean): AsyncGenerator<RecordRow> {
  for await (const row of rows) yield disclosed(row, counsel);
}
