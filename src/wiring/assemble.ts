import type { Terminal } from '../cli/terminal.ts';
import type { Config } from '../config/schema.ts';
import { withRinger } from '../delivery/ringing.ts';
import type { ComponentHealth } from '../http/health.ts';
import { ACCESS } from '../http/kept-rows.ts';
import { labelsOf } from '../http/labels.ts';
import { LOCAL_TOKEN_FILE, localSecret } from '../http/local-secret.ts';
import { consoleAccount, Members } from '../http/members.ts';
import { openOutsideLinks } from '../http/outside/outside-links.ts';
import type { HttpDependencies } from '../http/routes.ts';
import { createHttpServer, type HttpServer } from '../http/server.ts';
import { openSessions, openTokens } from '../http/token-store.ts';
import type { Room } from '../incident/identity.ts';
import type { CurrentProfile } from '../incident/people/profile.ts';
import { onFirstUse } from '../law/kept-for.ts';
import { createAudit } from '../ops/audit.ts';
import { killAt } from '../ops/failpoints.ts';
import type { Logger } from '../ops/logger.ts';
import { createMetrics, type Metrics } from '../ops/metrics.ts';
import { randomIds } from '../ops/system-clock.ts';
import { unchangedCommit } from '../ops/version.ts';
import { type Console, createConsole } from '../platforms/console/platform.ts';
import type { ChatPlatform, PlatformNeeds } from '../platforms/description.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import { loadScenarios } from '../scenarios/load.ts';
import { createDaily, type Daily } from '../scheduling/daily.ts';
import type { HeartbeatDependencies } from '../scheduling/heartbeat.ts';
import type { OpenStore } from '../storage/open-store.ts';
import { withPrefix } from '../use-cases/directory/kept-map.ts';
import { createLinks, LINKS, type Links, personBehind } from '../use-cases/directory/links.ts';
import { INTAKE } from '../use-cases/intake/intake.ts';
import { recordRoomsAbroad } from '../use-cases/notices/places.ts';
import { wantedBackups } from '../use-cases/notices/platform-backups.ts';
import { isLeft } from '../use-cases/platform-support.ts';
import type { Clock, IdSource } from '../use-cases/ports.ts';
import { keepEdition } from '../use-cases/upkeep/editions.ts';
import { type BotCore, build, documentsWith } from '../wiring.ts';
import { loadAlertSources } from './alert-sources.ts';
import { BundleProcess } from './bundle-process.ts';
import { dataFile } from './data-file.ts';
import { Delivering, type NamedService } from './delivering.ts';
import { explaining } from './explain.ts';
import { readFigures } from './figures.ts';
import { sayWhatStarts } from './first-line.ts';
import { identityProviderOf } from './identity-provider.ts';
import { offering } from './laws.ts';
import { linkSenderOf } from './link-sender.ts';
import { machineFigures } from './machine-figures.ts';
import { openStore } from './open-store.ts';
import { tellOtherBuilds } from './other-builds.ts';
import { createPictureReader } from './picture-reader.ts';
import { PlatformWatch } from './platform-watch.ts';
import { consoleRooms, ProfileInUse } from './profile.ts';
import { heartbeatOf, saysWhetherItCommits, watchRecord } from './watching.ts';
import { webhooksOf } from './webhooks.ts';

/** Ends a started part. */
export type Stop = () => Promise<void>;

export interface Beginning {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly log: Logger;
  /** Stops of started parts, so that a start that fails half-way can end them. */
  readonly begun: Stop[];
}

/** Parts of a bot, assembled but not yet started. */
export interface Running {
  readonly server: HttpServer;
  readonly core: BotCore;
  readonly daily: Daily;
  /** Heartbeat for external monitoring; null if it is not set. */
  readonly heartbeat: HeartbeatDependencies | null;
  readonly watch: PlatformWatch;
  readonly watchProfile: () => Stop;
  /** Starts writing the high-water mark of the record. */
  readonly watchRecord: () => Stop;
  readonly services: readonly NamedService[];
  readonly delivering: Delivering;
  readonly store: OpenStore;
}

/** Opens the store and assembles all parts. */
export async function assemble({ config, terminal, log, begun }: Beginning): Promise<Running> {
  const fail = killAt(terminal.env['JISHI_FAILPOINT']);
  const inUse = await ProfileInUse.open(config);
  const { laws, current: profile } = inUse;
  const documents = () => documentsWith(inUse.template)();
  const scenarios = onFirstUse(() => loadScenarios(laws.regime, config.scenariosDir));
  const forms = onFirstUse(async () => (await import('../regimes/load-forms.ts')).loadForms(config.regimesDir));
  // Files of the organisation are read at the start, which says what is wrong in them.
  if (config.scenariosDir) scenarios();
  if (config.regimesDir) await forms();
  const alertSources = await loadAlertSources(config.alertSourcesFile);
  sayWhatStarts(config, profile(), log);
  const store = await openStore(config, fail);
  begun.push(() => store.close());
  const bundles = new BundleProcess(config.dataDir);
  await bundles.clean();
  begun.push(() => bundles.stop());
  const metrics = createMetrics(PLATFORMS.flatMap(({ alarms }) => alarms));
  const shared: Shared = { clock: store.clock, ids: randomIds, config, log, metrics, store, profile };
  const rooms = consoleRooms(profile());
  const links = await createLinks({ ...shared, kept: withPrefix(store.kept, LINKS) });
  const access = { ...shared, kept: withPrefix(store.kept, ACCESS) };
  const [sessions, tokens, outsideLinks] = await Promise.all([
    openSessions(access),
    openTokens(access),
    openOutsideLinks(access),
  ]);
  const members = new Members(profile, links, config.oidc?.groupRoles);
  const consoleKept = withPrefix(store.kept, 'console:');
  const personOf = (name: string) => personBehind({ profile, links }, consoleAccount(name))?.id ?? null;
  const pushNeeds = { ...shared, kept: consoleKept, personOf };
  const push = config.push && (await (await import('../platforms/console/push.ts')).Push.open(pushNeeds));
  if (push) begun.push(() => push.close());
  const page = createConsole({
    ...shared,
    links,
    push,
    log: store.roomLog,
    kept: consoleKept,
    program: { log, inbox: store.inbox },
    rooms,
    store,
  });
  const built: { core?: BotCore; server?: HttpServer } = {};
  const delivering = new Delivering({
    ...{ clock: store.clock, exclusive: store.exclusive },
    failed: (error, platform) => {
      metrics.failures.inc({ where: platform });
      log.error({ err: error, where: platform }, 'the connection cannot begin; it is tried again');
    },
  });
  const platforms = await platformsOf({ ...shared, links }, () => built.core);
  const ringer = platforms.find((platform) => platform.ringer)?.ringer;
  const reader =
    config.reader &&
    (await import('./second-reader.ts')).createSecondReader(config.reader, { proxy: config.proxy, log });
  if (reader) begun.push(() => reader.close());
  const pictures = config.ocrPackages && createPictureReader(config.ocrPackages, { log });
  if (pictures) begun.push(() => pictures.close());
  const core = build({
    ...(reader ? { reader } : {}),
    ...(pictures ? { pictures } : {}),
    courteous: true,
    program: unchangedCommit(),
    ...shared,
    regime: await keepEdition(store.kept, offering(laws, profile), new Date(store.clock.now()).toISOString()),
    packs: [...laws.packs.values()],
    forms,
    scenarios,
    links,
    fail,
    isElsewhere: (platform) => delivering.isElsewhere(platform),
    messengers: [
      page.messenger,
      ...platforms.map(({ messenger }) => (ringer ? withRinger(messenger, ringer) : messenger)),
    ],
    defaultRooms: rooms.slice(0, 1),
    changed: (incident) => built.server?.changes.call(incident),
    documents,
    makeBundle: bundles.make,
    kept: withPrefix(store.kept, INTAKE),
    renderReport: async ({ document, format, name }) => (await documents()).render(document, format, name),
    readsRoom: (room, caller) =>
      page.readsRoom(room, caller) || platforms.some((platform) => platform.readsRoom(room, caller)),
  });
  built.core = core;
  const services = servicesOf(platforms, core);
  const health = () =>
    services.flatMap((service) => [
      { name: service.name, ...delivering.health(service) },
      ...(service.others?.() ?? []).map((one) => ({ ...one, name: `${service.name}/${one.name}` })),
    ]);
  const commits = saysWhetherItCommits(store, log);
  metrics.watch({
    now: () => store.clock.now(),
    figures: readFigures(store, config, core.engine, () => store.clock.now()),
    commits,
    delivers: () => store.exclusive.isHeld,
    platforms: health,
    ...machineFigures(config, store.clock),
    profileIsStale: () => inUse.isStale,
    roomsUnreachable: () => core.roomsUnreachable(),
    tokens: () => tokens.list(),
  });
  await tellOtherBuilds(store.kept, log);
  const watch = new PlatformWatch({ ...shared, platforms: health, store: commits });
  const isLeftChat = async (name: string) =>
    PLATFORMS.some((one) => one.chat && one.name === name) && (await isLeft(store, name));
  const leaving = { isLeft: isLeftChat, members };
  const linkSender = linkSenderOf({ ...shared, ...leaving, platforms, links, delivering, wake: () => core.wake() });
  const server = serverOf(shared, {
    core,
    page,
    rooms,
    services,
    health,
    sessions,
    tokens,
    ...leaving,
    linkSender,
    commits,
    inUse,
    provider: await identityProviderOf(config),
    alertSources,
    outsideLinks,
    calendarEntries: withPrefix(store.kept, 'calendar:'),
    webhooks: webhooksOf(platforms, store, () => core.wake()),
  });
  built.server = server;
  store.neighbours.onChange((incident) => {
    if (incident !== null) server.changes.call(incident);
    core.wake();
  });
  const heartbeat = heartbeatOf({ ...shared, down: () => watch.down() });
  const daily = dailyOf(shared, core);
  const watchProfile = () =>
    inUse.watch({
      ...{ ...shared, sessions, kept: store.kept },
      stands: (session) => members.stands(session),
      apply: (isNew) => {
        if (isNew) daily.replan();
        return recordRoomsAbroad(core.engine);
      },
    });
  const { highWater } = store;
  return {
    server,
    core,
    daily,
    heartbeat,
    watch,
    watchProfile,
    watchRecord: () => (highWater ? watchRecord({ ...shared, highWater }) : async () => undefined),
    services,
    delivering,
    store,
  };
}

/** Creates the chat platforms; `core` is created after them and is read when they need it. */
async function platformsOf(shared: Shared & { readonly links: Links }, core: () => BotCore | undefined) {
  const { config, store, metrics } = shared;
  const { kept, threads, surfaces, inbox } = store;
  const needs: PlatformNeeds = {
    ...shared,
    kept,
    threads,
    surfaces,
    inbox,
    formSecret: () => config.consoleSecret ?? sessionKey(config),
    tell: async (notices) => {
      await store.outbox.add(notices);
      core()?.wake();
    },
    alarm: (kind) => metrics.alarms.inc({ kind }),
    backups: async (platform, limit) => {
      const engine = core()?.engine;
      return engine ? wantedBackups(engine, platform, limit) : [];
    },
    returned: (platform) => core()?.returned(platform),
  };
  const all = await Promise.all(
    PLATFORMS.map(async (platform) => {
      const made = await platform.make(needs);
      return made && { name: platform.name, ...made };
    }),
  );
  return all.filter((platform) => platform !== null);
}

function servicesOf(platforms: readonly (ChatPlatform & { readonly name: string })[], core: BotCore) {
  const { app } = core;
  const explain = explaining(core).asCard;
  return platforms.map((platform) => ({ name: platform.name, ...platform.serve({ app, explain }) }));
}

interface Shared {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly store: OpenStore;
  readonly profile: CurrentProfile;
}

/** Parts of the server that it is given as they are. */
type Given =
  | ('sessions' | 'tokens' | 'members' | 'isLeft' | 'linkSender' | 'provider')
  | ('alertSources' | 'outsideLinks' | 'calendarEntries' | 'webhooks');

function serverOf(
  { config, clock, metrics, log }: Shared,
  served: Pick<HttpDependencies, Given> & {
    readonly core: BotCore;
    readonly page: Console;
    readonly rooms: readonly Room[];
    readonly services: readonly NamedService[];
    readonly health: () => readonly ComponentHealth[];
    readonly commits: () => Promise<'ready'>;
    readonly inUse: ProfileInUse;
  },
): HttpServer {
  const { core, page, rooms, services, health, commits, inUse, ...given } = served;
  const explain = explaining(core).asSentence;
  return createHttpServer({
    config: { ...config, localSecret: sessionKey(config), localToken: localToken(config) },
    app: core.app,
    clock,
    readiness: {
      store: commits,
      parts: () => [...health(), ...inUse.health()],
    },
    metrics: metrics.registry,
    platforms: [page.routes(core.app), ...services.map((service) => service.routes)],
    consoleRoom: rooms[0] ?? null,
    consoleRooms: rooms,
    usedLinks: page.usedLinks,
    ...given,
    alertSecrets: config.alertSecrets,
    log,
    audit: createAudit(log, metrics),
    explain,
    labels: () => labelsOf(inUse.laws.whole),
    failed: (error, path) => {
      metrics.failures.inc({ where: 'http' });
      log.error({ err: error, path }, 'request failed');
    },
  });
}

/** Returns the session secret if no other is set; the command line proves with it that it runs on this machine. */
export const sessionKey = ({ dataDir }: Config): string => localSecret(dataFile(dataDir, 'session.key'));
/** Returns the token of the local mode link. */
export const localToken = ({ dataDir }: Config): string => localSecret(dataFile(dataDir, LOCAL_TOKEN_FILE));

function dailyOf({ clock, metrics, log }: Shared, core: BotCore): Daily {
  return createDaily({
    clock,
    engine: core.engine,
    dropReports: () => core.app.dropReports(),
    wake: () => core.wake(),
    failed: (error) => {
      metrics.failures.inc({ where: 'daily' });
      log.error({ err: error }, 'a daily task failed; the next run catches up');
    },
    tampered: ({ incidents, silent }) => {
      metrics.failures.inc({ where: 'timers' }, incidents.length);
      const [incident = ''] = [...silent, ...incidents];
      const how = 'removed or moved in the store, or planned by another version';
      const left = silent.length > 0 ? `; of ${silent.length} some are marked as done and stay silent` : '';
      log.error({ incident }, `reminders of ${incidents.length} incidents were ${how}; they are planned again${left}`);
    },
  });
}
