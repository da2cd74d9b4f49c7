import { rmSync } from 'node:fs';
import { BlockList } from 'node:net';
import type { Config } from '../../../src/config/schema.ts';
import { Members } from '../../../src/http/members.ts';
import { openOutsideLinks } from '../../../src/http/outside/outside-links.ts';
import { createHttpServer, type HttpServer } from '../../../src/http/server.ts';
import { openSessions, openTokens } from '../../../src/http/token-store.ts';
import type { Command } from '../../../src/incident/commands.ts';
import type { Account, Room } from '../../../src/incident/identity.ts';
import type { Organisation } from '../../../src/incident/people/profile.ts';
import { evolve } from '../../../src/incident/record/evolve.ts';
import type { IncidentState } from '../../../src/incident/state.ts';
import { noFailpoints } from '../../../src/ops/failpoints.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { randomIds } from '../../../src/ops/system-clock.ts';
import { createUsedLinks } from '../../../src/platforms/console/platform.ts';
import type { ChatPlatform, PlatformNeeds } from '../../../src/platforms/description.ts';
import { type Gateway, telephoneMessenger } from '../../../src/platforms/shared/telephone.ts';
import { createSqliteStore, type SqliteStore } from '../../../src/storage/sqlite/store.ts';
import { withPrefix } from '../../../src/use-cases/directory/kept-map.ts';
import { createLinks, LINKS } from '../../../src/use-cases/directory/links.ts';
import type { Messenger, Store } from '../../../src/use-cases/ports.ts';
import { explaining } from '../../../src/wiring/explain.ts';
import { type BotCore, build } from '../../../src/wiring.ts';
import type { ManualClock } from '../../fakes/clock.ts';
import { newDataFolder, storeFile } from '../../fakes/folder.ts';
import { regime } from '../../fakes/law.ts';
import { ran } from '../../fakes/patience.ts';
import { freePort } from '../../fakes/program.ts';

/** Everything of the program that a platform is made with; `store` is for the console, whose rooms are in it. */
export interface Making extends PlatformNeeds {
  readonly store: SqliteStore;
  readonly explainSentence: ReturnType<typeof explaining>['asSentence'];
}

const FORM_SECRET = 'a-secret-for-forms';

export interface BotOptions {
  /** The platform as the program makes it: `make` of its description. */
  readonly make: (making: Making) => Promise<ChatPlatform | null>;
  readonly settings: Readonly<Record<string, string>>;
  readonly organisation: Organisation | null;
  readonly clock: ManualClock;
  /** Service that calls people beside the platform. */
  readonly gateway?: Gateway | undefined;
  /** Rooms of the console. */
  readonly rooms?: readonly Room[];
  /** True if people open pages of the bot from the chat. */
  readonly pages?: boolean;
  /** Count of what went over the wire so far; the bot is quiet when it no longer grows. */
  readonly traffic: () => number;
  /** Resolves when everything the fake sent has arrived. */
  readonly arrived?: () => Promise<void>;
  /** Resolves when a connection that was lost is there again, for a platform that keeps one. */
  readonly reconnected?: () => Promise<void>;
}

/** The whole bot with one platform: real store, engine, delivery and HTTP server. */
export interface ContractBot {
  readonly house: BotCore;
  readonly store: Store;
  readonly messenger: Messenger;
  readonly platform: ChatPlatform;
  readonly http: HttpServer;
  /** Address of the HTTP server. */
  readonly url: string;
  readonly clock: ManualClock;
  /** While true no change can be committed. */
  readonly disk: { isFull: boolean };
  /** Alarms that platforms raised. */
  readonly alarms: readonly string[];
  /** How many payloads were kept for the operator because they could not be handled. */
  failed(): Promise<number>;
  /** Those payloads, as they were kept, oldest first. */
  readonly failures: readonly Parameters<PlatformNeeds['inbox']['failed']>[0][];
  health(): { readonly ok: boolean; readonly detail: string };
  state(incident: string): Promise<IncidentState>;
  /** Changes an incident as somebody elsewhere would. */
  change(incident: string, intent: Command, by?: Account): Promise<void>;
  /** Resolves when nothing is left to do right now. */
  settle(): Promise<void>;
  pass(minutes: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the bot around a platform and resolves when all is quiet. */
export async function startContractBot(options: BotOptions): Promise<ContractBot> {
  const { clock, organisation } = options;
  const profile = () => organisation;
  const ids = randomIds;
  const dataDir = newDataFolder('contract');
  const real = await createSqliteStore({ file: storeFile(dataDir), evolve, clock, ids, fail: noFailpoints });
  const disk = { isFull: false };
  const store = breakable(real, disk);
  const links = await createLinks({ kept: withPrefix(real.kept, LINKS), ids, clock, profile });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = configOf(options, dataDir, port);
  const usedLinks = createUsedLinks(real.roomLog, clock, ids);
  const alarms: string[] = [];
  const failures: Parameters<PlatformNeeds['inbox']['failed']>[0][] = [];
  const built: { house?: BotCore } = {};
  const log = createLogger('silent');
  const needs = { profile, clock, ids, kept: real.kept };
  const explain: { sentence?: Making['explainSentence'] } = {};
  const platform = await options.make({
    ...{ ...needs, config, links, log, store: real },
    threads: real.threads,
    surfaces: real.surfaces,
    inbox: {
      failed: async (entry) => {
        failures.push(entry);
        await real.inbox.failed(entry);
      },
    },
    formSecret: () => FORM_SECRET,
    tell: async (notices) => {
      await real.outbox.add(notices);
      built.house?.wake();
    },
    alarm: (what) => void alarms.push(what),
    backups: async () => [],
    returned: (name) => built.house?.returned(name),
    explainSentence: (...of) => explain.sentence?.(...of) ?? '',
  });
  if (!platform) throw new Error('the settings do not switch the platform on');
  const house = build({
    ...{ store, clock, ids, regime, profile, links, log },
    messengers: [platform.messenger, ...(options.gateway ? [telephoneMessenger(options.gateway, needs)] : [])],
    defaultRooms: [],
    renderReport: async ({ document, format }) => ({
      name: `${document.incident}.${format}`,
      mediaType: 'application/octet-stream',
      content: new TextEncoder().encode(`draft of ${document.incident}`),
    }),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
  });
  built.house = house;
  const { asCard, asSentence } = explaining(house);
  explain.sentence = asSentence;
  const service = platform.serve({ app: house.app, explain: asCard });
  const http = createHttpServer({
    config: { ...config, consoleSecret: options.pages ? FORM_SECRET : null, localSecret: 'local', localToken: 'local' },
    app: house.app,
    clock,
    readiness: { store: async () => 'ready', parts: () => [] },
    metrics: createMetrics().registry,
    platforms: [service.routes],
    consoleRoom: options.rooms?.[0] ?? null,
    consoleRooms: options.rooms ?? [],
    usedLinks,
    sessions: await openSessions({ kept: real.kept, ids, clock }),
    tokens: await openTokens({ kept: real.kept, ids, clock }),
    outsideLinks: await openOutsideLinks({ kept: real.kept, ids, clock }),
    calendarEntries: real.kept,
    members: new Members(profile, links),
    isLeft: async () => false,
    explain: asSentence,
  });
  await http.listen();
  house.start();
  await service.start();
  const settle = quietly(options, house, service);
  await settle();
  let changes = 0;
  return {
    ...{ house, store, platform, http, url, clock, disk, alarms, failures, settle },
    messenger: platform.messenger,
    failed: async () => (await real.inbox.listFailed(100)).length,
    health: () => service.health(),
    state: async (incident) => {
      const state = await real.incident(incident);
      if (!state) throw new Error(`no ${incident}`);
      return state;
    },
    change: async (incident, intent, by) => {
      changes += 1;
      const caller = by ? ({ account: by, name: by.id, language: 'en' } as const) : 'api';
      const revision = (await real.incident(incident))?.version ?? 0;
      const delivery = { platform: 'api', key: `change-${changes}`, body: '' };
      const result = await house.app.submit({ incident, intent, revision, caller, delivery });
      if (result.kind !== 'done') throw new Error(JSON.stringify(result.refusal));
      await settle();
    },
    pass: async (minutes) => {
      // Silence of minutes would end a connection: what is sent meanwhile arrives in between.
      for (let left = minutes; left > 0; left -= 1) {
        clock.advance(60_000);
        await options.reconnected?.();
        await options.arrived?.();
        // What a minute asks for is done in it, also where no connection gives it time.
        await house.settle();
      }
      await settle();
    },
    stop: async () => {
      await service.stop();
      await house.stop();
      await http.close();
      await real.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function configOf({ settings, pages }: BotOptions, dataDir: string, port: number): Config {
  return {
    ...{
      trustedProxies: new BlockList(),
      host: '127.0.0.1',
      port,
      dataDir,
      logLevel: 'silent',
      platformSettings: settings,
    },
    publicUrl: pages ? `http://127.0.0.1:${port}` : null,
    ...{
      databaseUrl: null,
      apiToken: null,
      metricsNeedToken: false,
      oidc: null,
      consoleSecret: null,
      organisationFile: null,
      regimesDir: null,
      scenariosDir: null,
    },
    ...{ proxy: null, alertSecrets: new Map(), alertSourcesFile: null, heartbeatUrl: null, heartbeatPlatforms: [] },
    push: null,
    reader: null,
    ocrPackages: null,
  };
}

/** The store, with commits that fail while the disk is full. */
function breakable(real: SqliteStore, disk: { readonly isFull: boolean }): Store {
  const change: Store['change'] = (request) =>
    disk.isFull ? Promise.reject(new Error('disk full')) : real.change(request);
  return { ...real, change };
}

/** Quiet: nothing on its way to the bot, nothing under way in it, and nothing left it since the last look. */
function quietly({ clock, traffic, arrived }: BotOptions, house: BotCore, service: object): () => Promise<void> {
  const idle = 'idle' in service && typeof service.idle === 'function' ? service.idle : null;
  return async () => {
    for (let before = -1, quiet = 0; quiet < 3; quiet = before === traffic() ? quiet + 1 : 0) {
      before = traffic();
      await arrived?.();
      await whileTimePasses(clock, Promise.resolve(idle?.call(service)));
      await house.settle();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

/** Prints the payloads that could not be handled if a test failed: the reason is in them. */
export function saidIfFailed(
  { result }: { readonly result?: { readonly state: string } | undefined },
  bot: Pick<ContractBot, 'failures'>,
): void {
  if (result?.state !== 'fail' || bot.failures.length === 0) return;
  console.error(bot.failures.map(({ error, body }) => `could not be handled: ${error}\n${body}`).join('\n'));
}

/** Resolves with what is awaited; while it is not there time passes, for pauses go by the clock of the bot. */
export async function whileTimePasses<T>(clock: ManualClock, awaited: Promise<T>): Promise<T> {
  const state = { isOver: false };
  const over = awaited.finally(() => {
    state.isOver = true;
  });
  while (!state.isOver) {
    await Promise.race([over, ran(PATIENCE)]);
    if (!state.isOver) clock.advance(STEP);
  }
  return over;
}
/** Time (ms) of this process for what goes over the wire, before time of the bot (ms) passes. */
const PATIENCE = 25;
const STEP = 2_500;
