import { surfacesOf } from './conversation/cards/surfaces.ts';
import { createAlarm } from './delivery/alarm.ts';
import { Budgets } from './delivery/budgets.ts';
import { Outages } from './delivery/outages.ts';
import { Outbox } from './delivery/outbox.ts';
import { OutgoingQueue } from './delivery/outgoing-queue.ts';
import { reachBy } from './delivery/reach.ts';
import { SurfaceKeeper } from './delivery/surfaces.ts';
import type { Room } from './incident/identity.ts';
import type { CurrentProfile } from './incident/people/profile.ts';
import type { Scenario } from './incident/scenario.ts';
import type { Form } from './law/form.ts';
import type { Pack } from './law/pack.ts';
import type { Regime } from './law/regime.ts';
import { createAudit } from './ops/audit.ts';
import type { Fail } from './ops/failpoints.ts';
import type { Logger } from './ops/logger.ts';
import type { Metrics } from './ops/metrics.ts';
import { type Work, Worker } from './ops/worker.ts';
import { alarmOfStuck } from './scheduling/daily.ts';
import { nameOf, schedulerPass } from './scheduling/scheduler.ts';
import type { App, Caller } from './use-cases/app.ts';
import { createApp } from './use-cases/create-app.ts';
import type { Links } from './use-cases/directory/links.ts';
import type { MakeBundle } from './use-cases/documents/bundle.ts';
import type { LoadDocuments } from './use-cases/documents/document-port.ts';
import type { ReportRenderer } from './use-cases/documents/reports.ts';
import { Engine } from './use-cases/engine.ts';
import { platformsOf } from './use-cases/notices/routes.ts';
import type {
  Clock,
  IdSource,
  KeptValues,
  Messenger,
  Notice,
  PictureReader,
  SecondReader,
  Store,
  StoredTimer,
} from './use-cases/ports.ts';
import { observing } from './wiring/observed.ts';
import { documentOf, fireTimer, recordDelivery, withPeopleInForce } from './wiring/on-record.ts';

/** Time (ms) for which an unsent reminder waits for its place before another channel is tried too. */
const PATIENCE = 2 * 60_000;

export interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly regime: Regime;
  /** Clock packs available to new incidents. */
  readonly packs?: readonly Pack[];
  /** Authorities' forms for reports as data files. */
  readonly forms?: () => Promise<ReadonlyMap<string, Form>>;
  readonly scenarios?: () => ReadonlyMap<string, Scenario>;
  readonly profile: CurrentProfile;
  /** Commit of the program; absent if it is not certain. */
  readonly program?: string;
  readonly messengers: readonly Messenger[];
  readonly defaultRooms: readonly Room[];
  readonly patience?: number;
  readonly renderReport: ReportRenderer;
  readonly documents?: LoadDocuments;
  readonly makeBundle?: MakeBundle;
  /** Store of kept values for reports from outside; without it none are received. */
  readonly kept?: KeptValues;
  /** Second reader (a language model) for lines the bot could not read; absent if not set up. */
  readonly reader?: SecondReader;
  /** Reader of pictures; absent if its packages are not installed. */
  readonly pictures?: PictureReader;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly fail: Fail;
  /** Runs a function after the current turn of the event loop. */
  readonly afterTurn?: (run: () => void) => void;
  /** True to let sends wait for people's requests (`OutgoingQueue`); false for a clock that stands still meanwhile. */
  readonly courteous?: boolean;
  readonly readsRoom: (room: string, caller: Caller) => boolean;
  /** Accounts that people have confirmed as theirs. */
  readonly links?: Links;
  /** Returns true if another process has the only connection of a platform, so people there are unknown here. */
  readonly isElsewhere?: (platform: string) => boolean;
  /** Called after each commit with the changed incident. */
  readonly changed?: (incident: string) => void;
}

/** Returns the document tools, whose libraries load for the first file. `template` is the company's own DOCX. */
export function documentsWith(template: Uint8Array | null): LoadDocuments {
  return async () => (await import('./documents/render.ts')).documentTools(template);
}

/** Core of the running bot: platforms and the HTTP server call `app`; delivery and the scheduler run beside it. */
export interface BotCore {
  readonly app: App;
  readonly engine: Engine;
  /** Starts timers and delivery; may be called again after `stop`. */
  start(): void;
  /** Finishes running work; no work starts before the next `start`. */
  stop(): Promise<void>;
  /** Resolves when no work is left for now. */
  settle(): Promise<void>;
  wake(): void;
  /** Sends the waiting messages of a platform that is reachable again. */
  returned(platform: string): void;
  /** Returns the number of rooms that refuse cards, among those this process delivers to. */
  roomsUnreachable(): number;
}

/** Assembles the core from its parts; only this file imports all implementations. */
export function build(given: Parts): BotCore {
  const parts = { ...given, store: withPeopleInForce(given.store, given.profile) };
  let running: Loops | null = null;
  const wake = (withNotices = true): void => {
    if (!running) return;
    running.timers.wake();
    if (withNotices) running.notices.wake();
    running.surfaces.wake();
  };
  const turns = new OutgoingQueue({
    ...(parts.afterTurn ? { afterTurn: parts.afterTurn } : {}),
    ...(parts.courteous ? { courteous: parts.clock } : {}),
  });
  const outages = new Outages({
    hurry: async () => {
      await parts.store.outbox.hurry();
      wake();
    },
    lost: (room) => {
      parts.log.error(
        { alarm: 'place_lost', channel: room },
        'a room refuses what is shown there; invite the app again',
      );
      return app.placeChanged({ room, kind: 'lost' });
    },
    failed: failedIn(parts, 'outages'),
  });
  const messengers = [...parts.messengers, createAlarm(parts.log, parts.metrics)];
  const engine = engineOf(
    { ...parts, messengers },
    {
      outgoing: turns,
      wake,
      reach: reachBy(new Map(messengers.map((one) => [one.platform, one])), parts.isElsewhere ?? (() => false)),
    },
  );
  const app = createApp({
    engine,
    ...(parts.links ? { links: parts.links } : {}),
    renderReport: parts.renderReport,
    audit: createAudit(parts.log, parts.metrics),
    documents: parts.documents ?? documentsWith(null),
    forms: parts.forms ?? (async () => new Map()),
    inspection: async () => (await import('./regimes/load-inspection.ts')).loadInspection(),
    kept: parts.kept,
    placeLost: () => parts.metrics.alarms.inc({ kind: 'place_lost' }),
    ...(parts.makeBundle ? { makeBundle: parts.makeBundle } : {}),
    ...(parts.reader ? { reader: parts.reader } : {}),
    ...(parts.pictures ? { pictures: parts.pictures } : {}),
  });
  return {
    app,
    engine,
    start: () => {
      running = loopsOf({ ...parts, messengers, turns, outages }, engine, app);
      wake();
    },
    wake,
    returned: (platform) => outages.returned(platform),
    roomsUnreachable: () => outages.lost,
    stop: async () => {
      const ending = Object.values(running ?? {});
      running = null;
      await Promise.all(ending.map((worker) => worker.stop()));
      await outages.idle();
    },
    settle: async () => {
      do {
        await outages.idle();
        const all = Object.values(running ?? {});
        while (all.some((worker) => worker.busy)) for (const worker of all) await worker.idle();
      } while (outages.busy);
    },
  };
}

function engineOf(parts: Parts, hears: Pick<Engine['deps'], 'outgoing' | 'wake' | 'reach'>): Engine {
  return new Engine({
    ...hears,
    store: parts.store,
    clock: parts.clock,
    regime: parts.regime,
    profile: parts.profile,
    ...(parts.program ? { program: parts.program } : {}),
    ...(parts.scenarios ? { scenarios: parts.scenarios } : {}),
    defaultRooms: parts.defaultRooms,
    readsRoom: parts.readsRoom,
    ...(parts.links ? { links: parts.links } : {}),
    ran: observing(parts.metrics, parts.log, createAudit(parts.log, parts.metrics)),
    platforms: platformsOf(new Map(parts.messengers.map((one) => [one.platform, one]))),
    ...(parts.packs ? { packs: parts.packs } : {}),
    ...(parts.changed ? { changed: parts.changed } : {}),
  });
}

function failedIn({ metrics, log }: Pick<Parts, 'metrics' | 'log'>, where: string): (error: unknown) => void {
  return (error) => {
    metrics.failures.inc({ where });
    log.error({ err: error, where }, 'failed; it is tried again');
  };
}

interface LoopParts extends Parts {
  readonly turns: OutgoingQueue;
  readonly outages: Outages;
}

type Loops = Readonly<Record<'timers' | 'notices' | 'surfaces', Worker>>;

/** Creates the loops for timers, notices and surfaces. */
function loopsOf(parts: LoopParts, engine: Engine, app: App): Loops {
  const { store, clock, metrics, log, fail, outages, turns } = parts;
  const messengers = new Map(parts.messengers.map((m) => [m.platform, m]));
  const failed = (where: string): ((error: unknown) => void) => failedIn(parts, where);
  const loop = (where: string, work: Work): Worker =>
    new Worker({
      ...{ work, clock, onError: failed(where), began: () => log.trace({ where }, 'pass') },
      ...(parts.afterTurn ? { afterTurn: parts.afterTurn } : {}),
    });
  const ended =
    (where: string, worker: () => Worker) =>
    (error: unknown): void => {
      if (error !== null) failed(where)(error);
      worker().wake();
    };
  const budgets = new Budgets(messengers, clock);
  const began = clock.now();
  const keeper = new SurfaceKeeper({
    store,
    messengers,
    clock,
    fail,
    outages,
    turns,
    surfaces: (state, room) => surfacesOf({ ...engine.situation(state), reaches: engine.reaches(state) }, room),
    budgets,
    began,
    ended: ended('surfaces', () => surfaces),
  });
  const outbox = new Outbox({
    store,
    profile: parts.profile,
    ...(parts.links ? { links: parts.links } : {}),
    messengers,
    clock,
    fail,
    outages,
    turns,
    budgets,
    situation: (state) => engine.situation(state),
    document: (notice: Notice) => documentOf(notice, app),
    settled: (notice, end, place) => {
      log.debug({ notice: notice.key, outcome: end.outcome, channel: place }, 'notice');
      return recordDelivery(engine, metrics, notice, end, place);
    },
    delayed: (notice, refused) => recordDelivery(engine, metrics, notice, { outcome: 'delayed' }, '', refused),
    began,
    patience: parts.patience ?? PATIENCE,
    ended: ended('outbox', () => notices),
  });
  const fire = (timer: StoredTimer): Promise<void> => {
    log.debug({ incident: timer.incident, job: timer.key }, 'timer');
    return fireTimer(engine, metrics, timer);
  };
  const stuck = alarmOfStuck({ clock, metrics, log }, nameOf);
  const timers = loop('scheduler', {
    pass: () =>
      schedulerPass({
        store,
        clock,
        fire,
        failed: (error, timer) => {
          failed('scheduler')(error);
          stuck(timer);
        },
      }),
  });
  const surfaces: Worker = loop('surfaces', keeper);
  const notices: Worker = loop('outbox', outbox);
  return { timers, notices, surfaces };
}
