import { rmSync } from 'node:fs';
import type { BlockList } from 'node:net';
import type { PushConfig } from '../../src/config/push-settings.ts';
import { renderReport } from '../../src/documents/render.ts';
import type { Sources } from '../../src/http/alerts/sources.ts';
import { ACCESS } from '../../src/http/kept-rows.ts';
import { labelsOf } from '../../src/http/labels.ts';
import { LinkSender } from '../../src/http/link-sender.ts';
import { consoleAccount, Members } from '../../src/http/members.ts';
import type { IdentityProvider } from '../../src/http/oidc.ts';
import { openOutsideLinks } from '../../src/http/outside/outside-links.ts';
import { createHttpServer, type HttpServer } from '../../src/http/server.ts';
import { openSessions, openTokens, type Sessions } from '../../src/http/token-store.ts';
import type { Room, RoomId } from '../../src/incident/identity.ts';
import type { Organisation } from '../../src/incident/people/profile.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import type { Pack } from '../../src/law/pack.ts';
import { createAudit } from '../../src/ops/audit.ts';
import { noFailpoints } from '../../src/ops/failpoints.ts';
import { createLogger, type Logger } from '../../src/ops/logger.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { consoleRoom, createConsole } from '../../src/platforms/console/platform.ts';
import { Push } from '../../src/platforms/console/push.ts';
import { loadForms } from '../../src/regimes/load-forms.ts';
import { createSqliteStore, type SqliteStore } from '../../src/storage/sqlite/store.ts';
import type { Caller } from '../../src/use-cases/app.ts';
import { withPrefix } from '../../src/use-cases/directory/kept-map.ts';
import { createLinks, LINKS, personBehind } from '../../src/use-cases/directory/links.ts';
import { WEBHOOKS } from '../../src/use-cases/events-out/delivery-log.ts';
import { INTAKE } from '../../src/use-cases/intake/intake.ts';
import { MAIL } from '../../src/use-cases/notices/routes.ts';
import { isLeft } from '../../src/use-cases/platform-support.ts';
import type { Clock, IdSource, KeptValues, Messenger } from '../../src/use-cases/ports.ts';
import { explaining } from '../../src/wiring/explain.ts';
import { webhooksOf } from '../../src/wiring/webhooks.ts';
import { type BotCore, build } from '../../src/wiring.ts';
import { newDataFolder, storeFile } from './folder.ts';
import { regime, scenariosOf } from './law.ts';
import { packsOf } from './packs.ts';

export interface HouseOptions {
  /** Kept over a restart when given. */
  readonly dataDir?: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** Commit of the program, for a test that starts another one. */
  readonly program?: string;
  readonly host?: string;
  readonly publicUrl?: string | null;
  readonly apiToken?: string | null;
  readonly consoleSecret?: string | null;
  readonly metricsNeedToken?: boolean;
  readonly provider?: IdentityProvider;
  readonly log?: Logger;
  readonly trustedProxies?: BlockList;
  readonly timeouts?: NonNullable<Parameters<typeof createHttpServer>[0]['timeouts']>;
  readonly rooms?: readonly Room[];
  readonly organisation?: Organisation;
  readonly packs?: readonly Pack[];
  /** Platforms by which people are sent links to sign in. */
  readonly messengers?: readonly Messenger[];
  /** Messengers of programs that are told of events, or of a chat. */
  readonly listeners?: (needs: { readonly kept: KeptValues; readonly clock: Clock }) => readonly Messenger[];
  readonly alertSources?: Sources;
  readonly alertSecrets?: ReadonlyMap<string, readonly string[]>;
  readonly push?: PushConfig;
  /** The profile as it is now, for a test that changes it. */
  readonly profile?: () => Organisation | null;
  /** Rooms of a chat that somebody reads, beside those of the console. */
  readonly readsRoom?: (room: RoomId, caller: Caller) => boolean;
}
export interface RunningHouse {
  readonly house: BotCore;
  readonly store: SqliteStore;
  readonly server: HttpServer;
  readonly sessions: Sessions;
  readonly members: Members;
  /** Address of the console; null until `listen`. */
  listen(): Promise<string>;
  stop(): Promise<void>;
}

const forms = loadForms();
export const API_TOKEN = 'a-token-for-tests';
/** Of the link by which a browser chooses a name. */
export const LOCAL_TOKEN = 'local-token-for-tests-local-token';
const LOCAL_SECRET = 'local-secret-for-tests-local-secret';

/** The whole bot in this process: SQLite in a folder of its own, the console, the server. */
export async function startHouse(options: HouseOptions = {}): Promise<RunningHouse> {
  const dataDir = options.dataDir ?? newDataFolder('house');
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? randomIds;
  const rooms = options.rooms ?? [consoleRoom('zh-CN')];
  const store = await createSqliteStore({
    file: storeFile(dataDir),
    evolve,
    clock,
    ids,
    fail: noFailpoints,
  });
  const organisation = options.organisation ?? null;
  const profile = options.profile ?? (() => organisation);
  const links = await createLinks({ kept: withPrefix(store.kept, LINKS), ids, clock, profile });
  const access = { kept: withPrefix(store.kept, ACCESS), ids, clock };
  const sessions = await openSessions(access);
  const tokens = await openTokens(access);
  const outsideLinks = await openOutsideLinks(access);
  const members = new Members(profile, links, options.provider?.config.groupRoles);
  const log = options.log ?? createLogger('silent');
  const consoleKept = withPrefix(store.kept, 'console:');
  const config = { push: options.push ?? null, proxy: null };
  const personOf = (name: string) => personBehind({ profile, links }, consoleAccount(name))?.id ?? null;
  const push = await Push.open({ config, kept: consoleKept, clock, ids, log, personOf });
  const console = createConsole({
    links,
    push,
    program: { log, inbox: store.inbox },
    log: store.roomLog,
    kept: consoleKept,
    clock,
    ids,
    rooms,
    store,
    profile,
  });
  const metrics = createMetrics();
  const house = build({
    store,
    clock,
    ids,
    regime,
    packs: options.packs ?? packsOf(organisation, regime),
    ...(options.program ? { program: options.program } : {}),
    forms: async () => forms,
    profile,
    scenarios: scenariosOf,
    kept: withPrefix(store.kept, INTAKE),
    links,
    messengers: [
      console.messenger,
      ...(options.listeners?.({ kept: withPrefix(store.kept, `${WEBHOOKS}:`), clock }) ?? []),
    ],
    defaultRooms: rooms.slice(0, 1),
    renderReport: ({ document, format, name }) => renderReport(document, format, null, name),
    changed: (incident) => server.changes.call(incident),
    log,
    metrics,
    fail: noFailpoints,
    readsRoom: (room, caller) => console.readsRoom(room, caller) || options.readsRoom?.(room, caller) === true,
  });
  const explain = explaining(house).asSentence;
  const chats = new Set(options.messengers?.map(({ platform }) => platform).filter((one) => one !== MAIL));
  const isLeftChat = async (platform: string) => chats.has(platform) && (await isLeft(store, platform));
  const server = createHttpServer({
    config: {
      host: options.host ?? '127.0.0.1',
      port: 0,
      publicUrl: options.publicUrl ?? null,
      apiToken: options.apiToken === undefined ? API_TOKEN : options.apiToken,
      consoleSecret: options.consoleSecret ?? null,
      metricsNeedToken: options.metricsNeedToken ?? false,
      ...(options.trustedProxies ? { trustedProxies: options.trustedProxies } : {}),
      localSecret: LOCAL_SECRET,
      localToken: LOCAL_TOKEN,
    },
    app: house.app,
    clock,
    readiness: { store: async () => store.probe().then(() => 'ready' as const), parts: () => [] },
    metrics: metrics.registry,
    platforms: [console.routes(house.app)],
    consoleRoom: rooms[0] ?? null,
    consoleRooms: rooms,
    usedLinks: console.usedLinks,
    sessions,
    tokens,
    outsideLinks,
    calendarEntries: withPrefix(store.kept, 'calendar:'),
    members,
    isLeft: isLeftChat,
    provider: options.provider ?? null,
    log,
    audit: createAudit(log, metrics),
    linkSender: options.messengers
      ? new LinkSender({
          ...{ members, clock, ids, messengers: options.messengers, publicUrl: 'http://127.0.0.1:3000' },
          accountsOf: links.accountsOf,
          isLeft: isLeftChat,
          isElsewhere: () => false,
          tell: async () => {},
          secret: options.consoleSecret ?? '',
          log: { warn: () => {} },
        })
      : null,
    explain,
    labels: () => labelsOf(regime),
    webhooks: webhooksOf(
      options
        .listeners?.({ kept: withPrefix(store.kept, `${WEBHOOKS}:`), clock })
        .map((messenger) => ({ messenger })) ?? [],
      { ...store, clock },
      () => house.wake(),
    ),
    ...(options.alertSources ? { alertSources: options.alertSources } : {}),
    ...(options.alertSecrets ? { alertSecrets: options.alertSecrets } : {}),
    ...(options.timeouts ? { timeouts: options.timeouts } : {}),
    failed: () => metrics.failures.inc({ where: 'http' }),
  });
  house.start();
  return {
    house,
    store,
    server,
    sessions,
    members,
    listen: () => server.listen(),
    stop: async () => {
      await server.close();
      await house.stop();
      await store.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
