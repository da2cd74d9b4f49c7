import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { HttpEnv, HttpRoutes } from '../../../src/http/routes.ts';
import type { Account, Room } from '../../../src/incident/identity.ts';
import type { Organisation } from '../../../src/incident/people/profile.ts';
import { evolve } from '../../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../../src/ops/failpoints.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import type { OutgoingProxy } from '../../../src/ops/proxy.ts';
import { randomIds, systemClock } from '../../../src/ops/system-clock.ts';
import type { SlackConfig } from '../../../src/platforms/slack/index.ts';
import { createSlackPlatform } from '../../../src/platforms/slack/platform.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import type { WantedBackup } from '../../../src/use-cases/notices/platform-backups.ts';
import type { Clock, IdSource, KeptValues, Log, NewNotice, Store } from '../../../src/use-cases/ports.ts';
import { explaining } from '../../../src/wiring/explain.ts';
import { build } from '../../../src/wiring.ts';
import { newDataFolder, storeFile } from '../../fakes/folder.ts';
import { knowing } from '../../fakes/known-rooms.ts';
import { regime } from '../../fakes/law.ts';
import { packsOf } from '../../fakes/packs.ts';
import { SlackServer } from '../../fakes/slack/server.ts';
import { TEAM } from '../../fakes/slack/workspace.ts';
import { memoryKept, silent } from './kept.ts';

export const SECRET = 'signing-secret';
export const CHANNEL = 'C00OPS00001';
export const LI = 'U00LIWEI001';
export const CHEN = 'U00CHENYU01';

export interface BotOptions {
  readonly mode?: 'socket' | 'http';
  readonly server?: SlackServer;
  readonly apiUrl?: string;
  readonly dataDir?: string;
  readonly kept?: KeptValues;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly organisation?: Organisation | null;
  readonly signingSecrets?: readonly string[];
  readonly reactions?: readonly string[];
  /** Further workspaces. */
  readonly others?: readonly Partial<SlackConfig>[];
  /** Address of the console. */
  readonly publicUrl?: string;
  readonly proxy?: OutgoingProxy | null;
  readonly log?: Log;
  readonly backups?: readonly WantedBackup[];
  /** Wraps the store, e.g. to make commits fail. */
  readonly store?: (store: Store) => Store;
}

/** A fake workspace with a private operations channel and two people. */
export async function workspace(now?: () => number): Promise<{ server: SlackServer; apiUrl: string }> {
  const server = new SlackServer(now);
  const apiUrl = await server.listen();
  const members = [LI, CHEN, 'U00BOT00001'];
  server.workspace.addChannel(CHANNEL, { name: 'ops-china', isPrivate: true, members });
  server.workspace.addUser(LI, 'Li Wei', 'en-US');
  server.workspace.addUser(CHEN, '陈宇', 'zh-CN');
  return { server, apiUrl };
}

/** The whole bot with Slack as its only platform: the real store, engine and delivery, the fake on the other side. */
export async function startBot(options: BotOptions = {}) {
  const slack =
    options.server && options.apiUrl ? { server: options.server, apiUrl: options.apiUrl } : await workspace();
  const dataDir = options.dataDir ?? newDataFolder('slack');
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? randomIds;
  const real = await createSqliteStore({ file: storeFile(dataDir), evolve, clock, ids, fail: noFailpoints });
  const store = options.store?.(real) ?? real;
  const kept = options.kept ?? memoryKept();
  const alarms: string[] = [];
  const told: NewNotice[] = [];
  const failed: { key: string; body: string; error: string }[] = [];
  let wake = (): void => {};
  const config = {
    tenant: null,
    botToken: 'xoxb-test',
    appToken: options.mode === 'http' ? null : 'xapp-test',
    signingSecrets: options.signingSecrets ?? [SECRET],
    apiUrl: slack.apiUrl,
    command: '/incident',
    reactions: options.reactions ?? ['pushpin'],
  };
  const organisation = knowing(options.organisation ?? null, { platform: 'slack', tenant: TEAM, address: CHANNEL });
  const platform = createSlackPlatform([config, ...(options.others ?? []).map((one) => ({ ...config, ...one }))], {
    config: { proxy: options.proxy ?? null, publicUrl: options.publicUrl ?? null },
    profile: () => organisation,
    ...{ clock, ids, kept, threads: store.threads, surfaces: store.surfaces },
    log: options.log ?? silent,
    backups: options.backups ? async () => options.backups ?? [] : null,
    inbox: {
      failed: async (entry) => {
        failed.push(entry);
        await store.inbox.failed(entry);
      },
    },
    returned: () => wake(),
    tell: async (notices) => {
      told.push(...notices);
    },
    alarm: (what) => void alarms.push(what),
    links: {
      personOf: () => null,
      claim: async () => false,
      accountsOf: (id) => organisation?.people.find((person) => person.id === id)?.accounts ?? [],
    },
  });
  const house = build({
    store,
    clock,
    ids,
    regime,
    packs: packsOf(organisation, regime),
    profile: () => organisation,
    messengers: [platform.messenger],
    defaultRooms: [],
    renderReport: async ({ document, format }) => ({
      name: `${document.incident}.${format}`,
      mediaType: 'application/octet-stream',
      content: new TextEncoder().encode('draft'),
    }),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
  });
  wake = () => house.returned('slack');
  const service = platform.serve({
    app: house.app,
    explain: explaining(house).asCard,
  });
  const web = options.mode === 'http' ? await listen(service.routes) : null;
  house.start();
  await service.start();
  return {
    ...slack,
    house,
    store,
    service,
    platform,
    kept,
    ...{ alarms, told },
    failed,
    dataDir,
    url: web?.url ?? '',
    stop: async (keep = false): Promise<void> => {
      await service.stop();
      await house.stop();
      await real.close();
      if (web) await closeServer(web.server);
      if (keep) return;
      if (!options.server) await slack.server.close();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type Bot = Awaited<ReturnType<typeof startBot>>;

async function listen(routes: HttpRoutes): Promise<{ url: string; server: Server }> {
  const http = new Hono<HttpEnv>();
  http.onError((_, c) => c.body(null, 500));
  routes.mount?.(http);
  const viaHono = getRequestListener(http.fetch);
  const server = createServer((request, response) => void viaHono(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/slack/events`, server };
}
async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** A payload as Slack posts it, signed. */
export async function postSigned(
  url: string,
  payload: object,
  more: { secret?: string; at?: number; signature?: string } = {},
): Promise<{ status: number; body: unknown }> {
  const kind =
    'command' in payload
      ? 'form'
      : 'type' in payload && ['event_callback', 'url_verification'].includes(String(payload.type))
        ? 'json'
        : 'payload';
  const body =
    kind === 'json'
      ? JSON.stringify(payload)
      : kind === 'form'
        ? new URLSearchParams(Object.entries(payload).map(([k, v]): [string, string] => [k, String(v)])).toString()
        : new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(more.at ?? Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', more.secret ?? SECRET)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': more.signature ?? `v0=${mac}`,
    },
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Sends payloads over whichever transport the bot uses; null when it was not acknowledged. */
export function sender(bot: Bot, mode: 'socket' | 'http' = 'socket', within = 60_000) {
  return async (payload: object): Promise<unknown> => {
    if (mode === 'http') {
      const answer = await postSigned(bot.url, payload);
      return answer.status === 200 ? (answer.body ?? {}) : null;
    }
    const kind = 'command' in payload ? 'slash_commands' : 'event_id' in payload ? 'events_api' : 'interactive';
    const acked = await bot.server.send(kind, payload, { within });
    return acked ? (acked.payload ?? {}) : null;
  };
}

export const ROOM: Room = {
  platform: 'slack',
  tenant: TEAM,
  address: CHANNEL,
  location: 'home',
  language: 'en',
  open: false,
};
export function accountOf(id: string): Account {
  return { platform: 'slack', tenant: TEAM, id };
}
