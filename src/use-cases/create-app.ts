import { readNumber, readPast } from '../conversation/asking/value-readings.ts';
import { localise } from '../conversation/cards/localise.ts';
import { mayBeBoth } from '../incident/decide/admission.ts';
import { accountKey } from '../incident/identity.ts';
import type { Audit } from '../ops/audit.ts';
import { withVisibilityChecked } from './abroad.ts';
import type { App, Caller } from './app.ts';
import { createUseCaseContext } from './change-incident.ts';
import { classify, type Provision, provisionsOf, provisionsWith } from './classify/classify.ts';
import { lookerOf, readersFor } from './directory/access.ts';
import { personBehind } from './directory/links.ts';
import { createBundles, disclosed } from './documents/bundle.ts';
import { createFiles } from './documents/files.ts';
import { createInspection } from './documents/inspections.ts';
import { createReports } from './documents/reports.ts';
import { createSending } from './documents/sending.ts';
import { verified } from './documents/verified.ts';
import { COMPARED_DRILLS, createDrills, lastDrills } from './drills.ts';
import type { Engine } from './engine.ts';
import { createForms } from './forms.ts';
import { incidentJson } from './incident-json.ts';
import { createIntake } from './intake/intake.ts';
import { jsonOf } from './json.ts';
import { createLines } from './lines.ts';
import { incidentsSeenBy, openSeenBy } from './list.ts';
import { createPlaces } from './notices/places.ts';
import { mayChange, noteAnswer } from './notices/sent-messages.ts';
import { createOverheard } from './overheard.ts';
import { createPapers } from './papers.ts';
import type { RecordRow } from './ports.ts';
import { createRegister } from './register-found.ts';
import { createPictureReading, createSecondReading } from './second-reading.ts';
import { createWaiting } from './steps-for-person.ts';
import { timelineOf } from './timeline.ts';
import type { AppDependencies, UseCaseContext } from './use-case-context.ts';
import { createViews } from './views.ts';

/** Use cases without the visibility check. */
export type UncheckedUseCases = Omit<App, 'visibility' | 'offered' | 'cards' | 'page'>;

/** Creates all use cases (see `App`). */
export function createApp(deps: AppDependencies): App {
  const context = createUseCaseContext(deps);
  const views = createViews(context);
  const intake = createIntake(context);
  const app: UncheckedUseCases = {
    declare: context.declare,
    submit: context.submit,
    named: createNaming(deps.engine),
    answered: (answer) => noteAnswer(deps.engine, answer),
    mayChange: (answer) => mayChange(deps.engine, answer),
    roomMade: (input) => roomMade(context, input),
    ...createPlaces(context),
    ...createForms(context),
    ...views,
    ...createReports(context),
    ...createBundles(context),
    ...createInspection(context),
    ...createSending(context),
    ...createPapers(context),
    ...createDrills(context),
    ...createWhatIf(context),
    ...createFiles(context),
    // Cards requested by a line are checked like all others.
    ...createOverheard(context),
    ...createLines({ ...context, ...intake, view: (ref, caller) => shown.view(ref, caller) }),
    ...createReads(context),
    ...createSecondReading(context),
    ...createPictureReading(context),
    ...createRegister(context),
    ...createWaiting(context),
    ...intake,
    importEarlier: async (input) =>
      (await import('./earlier/import-earlier.ts')).importEarlier(deps.engine.deps, input),
    ...createLaw(deps.engine),
    interpret,
  };
  const shown = withVisibilityChecked(app, context);
  return deps.audit ? withExportsAudited(shown, deps, deps.audit) : shown;
}

/** Use cases on the law itself, without an incident. */
function createLaw({ deps: { regime, packs = [] } }: Engine): Pick<App, 'classify' | 'provisions'> {
  const known = new Map(packs.map((pack) => [pack.id, pack]));
  let all: readonly Provision[] | null = null;
  return {
    classify: (json) => classify(new Map([[regime.id, regime]]), json, known),
    provisions: (words) => {
      all ??= provisionsOf(regime, packs);
      return provisionsWith(all, words);
    },
  };
}

/** Adds a room on behalf of the bot, the only actor trusted to do so. */
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

function createReads(
  context: UseCaseContext,
): Pick<App, 'state' | 'incident' | 'incidents' | 'openIncidents' | 'record' | 'verify' | 'timeline'> {
  const { engine, visible } = context;
  const { store } = engine.deps;
  return {
    state: visible,
    incident: async (id, caller, language) => {
      const state = await visible(id, caller);
      if (!state) return null;
      const readers = readersFor(state, caller, engine.deps);
      const looker = lookerOf(state, caller, engine.deps);
      const own = looker ? { byOne: mayBeBoth(state, looker) } : {};
      return incidentJson({ ...engine.situation(state), ...own }, looker, language, readers);
    },
    incidents: (caller, filter) => incidentsSeenBy(context, caller, filter),
    openIncidents: (caller, limit) => openSeenBy(context, caller, limit),
    record: async (id, caller, { counsel, since }) => {
      const state = await context.opened(id, caller);
      if ('code' in state) return state;
      return (counsel ? context.counsel(state, caller) : null) ?? rowsOf(store.record(id, since), counsel);
    },
    verify: async (id, caller) => {
      const state = await context.opened(id, caller);
      return 'code' in state ? state : verified(store, state);
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

/** Adds an audit line to each use case that returns a file. */
function withExportsAudited(app: App, { engine, links }: AppDependencies, audit: Audit): App {
  const { store, profile } = engine.deps;
  const note = async <T extends object | null>(
    id: string | null,
    caller: Caller | 'api',
    what: string,
    given: Promise<T>,
  ) => {
    const made = await given;
    const isRefused = made === null || 'code' in made;
    const person = caller === 'api' ? null : personBehind({ profile, ...(links ? { links } : {}) }, caller.account);
    audit({
      audit: 'export',
      outcome: isRefused ? 'refused' : 'done',
      actor: caller === 'api' ? 'api' : await store.actorOf(caller.account).catch(() => null),
      ...(person ? { person: person.id } : {}),
      incident: id,
      what,
      ...(caller === 'api' ? {} : { way: caller.by ?? caller.account.platform }),
    });
    return made;
  };
  const exports = {
    report: (id, caller, options) => note(id, caller, `report.${options.format}`, app.report(id, caller, options)),
    comparedReport: (id, caller, options) => note(id, caller, 'report.json', app.comparedReport(id, caller, options)),
    register: (caller, query, language) => note(null, caller, 'register', app.register(caller, query, language)),
    registerPage: (caller, query, language) =>
      note(null, caller, 'register', app.registerPage(caller, query, language)),
    registerFigures: (caller, query, language) =>
      note(null, caller, 'register', app.registerFigures(caller, query, language)),
    record: (id, caller, options) => note(id, caller, 'record', app.record(id, caller, options)),
    verify: (id, caller) => note(id, caller, 'verify', app.verify(id, caller)),
    toSend: (id, caller, options) => note(id, caller, options.what, app.toSend(id, caller, options)),
    paper: (id, caller, options) => note(id, caller, `paper.${options.format}`, app.paper(id, caller, options)),
    article11: (id, caller, options) => note(id, caller, 'article11', app.article11(id, caller, options)),
    bundle: (id, caller, options) => note(id, caller, 'bundle', app.bundle(id, caller, options)),
    inspection: (caller, query, order) =>
      note(null, caller, `inspection.${order.format}`, app.inspection(caller, query, order)),
    file: (id, sha256, caller) => note(id, caller, 'file', app.file(id, sha256, caller)),
  } satisfies Partial<App>;
  return { ...app, ...exports };
}

/** Reads a time or a number in the unit of a form field, as forms and chat do. `now` is ISO 8601. */
const interpret: App['interpret'] = (kind, text, now, language, unit) => {
  const reading = kind === 'time' ? readPast(text, now) : readNumber(text, unit);
  if (!reading.ok) return { understood: false, value: null, text: localise(reading.error, language) };
  return { understood: true, value: jsonOf(reading.value), text: localise(reading.text, language) };
};

/** Maximum number of open incidents per person. */
const MOST = 1_000;

/** Records name and language of an account in the open incidents in which it takes part. */
function createNaming(engine: Engine): App['named'] {
  const { store } = engine.deps;
  return async (account, { name, language }) => {
    const actor = await store.actorOf(account);
    if (actor === null) return;
    for (const row of await store.incidents({ open: true, participant: actor, limit: MOST })) {
      const state = await store.incident(row.id);
      const known = state?.people[actor];
      if (!state || !known || state.stopped) continue;
      if (!known.unnamed && known.name === name && known.language === language) continue;
      await engine.run({
        target: { incident: row.id },
        commands: [{ type: 'name_person', actor, name, language }],
        who: 'clock',
        revision: null,
        // The key contains the version, so that a later change of the same person is another delivery.
        delivery: {
          platform: account.platform,
          key: `named:${accountKey(account)}:${row.id}:${state.version}`,
          body: `${language} ${name}`,
        },
        room: null,
      });
    }
  };
}

/**
 * Use cases on the duties under other circumstances. They change nothing and affect no clock. Their module loads on
 * first use: nobody needs it in the first minutes of an incident.
 */
function createWhatIf(context: UseCaseContext): Pick<App, 'whatIf' | 'whatIfChoices'> {
  const { store, regime, packs = [], clock } = context.engine.deps;
  return {
    whatIf: async (id, caller, input, language) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const drills = await lastDrills(context, caller, COMPARED_DRILLS, id);
      const basis = { events: await store.events(id), regime, packs, drills, at: clock.now() };
      return (await import('./what-if.ts')).whatIfAnswer(basis, input, language);
    },
    whatIfChoices: async (id, caller, language) => {
      const state = await context.compiled(id, caller);
      if ('code' in state) return state;
      const { choicesOf } = await import('./what-if.ts');
      return jsonOf(choicesOf(context.engine.situation(state), packs, language));
    },
  };
}
