import { rmSync } from 'node:fs';
import { withRinger } from '../../../../src/delivery/ringing.ts';
import type { Organisation } from '../../../../src/incident/people/profile.ts';
import { evolve } from '../../../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../../../src/ops/failpoints.ts';
import { createLogger } from '../../../../src/ops/logger.ts';
import { createMetrics } from '../../../../src/ops/metrics.ts';
import type { OutgoingProxy } from '../../../../src/ops/proxy.ts';
import { randomIds, systemClock } from '../../../../src/ops/system-clock.ts';
import { createWecomBot } from '../../../../src/platforms/wecom/platform.ts';
import { createSqliteStore } from '../../../../src/storage/sqlite/store.ts';
import { withPrefix } from '../../../../src/use-cases/directory/kept-map.ts';
import { createLinks, LINKS } from '../../../../src/use-cases/directory/links.ts';
import type { Clock, IdSource, Ringer } from '../../../../src/use-cases/ports.ts';
import { explaining } from '../../../../src/wiring/explain.ts';
import { build } from '../../../../src/wiring.ts';
import { newDataFolder, storeFile } from '../../../fakes/folder.ts';
import { knowing } from '../../../fakes/known-rooms.ts';
import { regime } from '../../../fakes/law.ts';
import { packsOf } from '../../../fakes/packs.ts';
import { BotServer } from '../../../fakes/wecom/bot-server.ts';
import { silent } from '../../slack/kept.ts';

export const GROUP = 'wrGROUP0001';
export const LI = 'liwei';
export const CHEN = 'chenyu';

export interface RigOptions {
  readonly server?: BotServer;
  readonly wsUrl?: string;
  readonly dataDir?: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly organisation?: Organisation | null;
  readonly secret?: string;
  readonly proxy?: OutgoingProxy | null;
  /** Group robots, which mention people in the group. */
  readonly ringer?: Ringer;
}

/** The whole bot with WeCom as its only platform: real store, engine and delivery, Tencent's client, the server is ours. */
export async function startRig(options: RigOptions = {}) {
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? randomIds;
  const server = options.server ?? new BotServer();
  const wsUrl = options.wsUrl ?? (await server.listen());
  const dataDir = options.dataDir ?? newDataFolder('wecom');
  const store = await createSqliteStore({ file: storeFile(dataDir), evolve, clock, ids, fail: noFailpoints });
  const failed: { error: string }[] = [];
  const alarms: string[] = [];
  let wake = (): void => {};
  const organisation = knowing(options.organisation ?? null, {
    platform: 'wecom',
    tenant: server.botId,
    address: GROUP,
  });
  const profile = () => organisation;
  const links = await createLinks({ kept: withPrefix(store.kept, LINKS), ids, clock, profile });
  const config = { botId: server.botId, secret: options.secret ?? 'secret-test', wsUrl };
  const platform = await createWecomBot(config, {
    config: { proxy: options.proxy ?? null, publicUrl: null },
    ...{ profile, links, clock, ids, log: silent, kept: store.kept },
    inbox: { failed: async (entry) => void failed.push(entry) },
    formSecret: () => '',
    tell: async () => {},
    returned: () => wake(),
    alarm: (what) => void alarms.push(what),
  });
  const house = build({
    store,
    clock,
    ids,
    regime,
    packs: packsOf(organisation, regime),
    profile,
    messengers: [options.ringer ? withRinger(platform.messenger, options.ringer) : platform.messenger],
    links,
    defaultRooms: [],
    renderReport: async ({ document, format }) => ({
      name: `${document.incident}.${format}`,
      mediaType: 'application/octet-stream',
      content: new TextEncoder().encode('draft'),
    }),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    courteous: clock === systemClock,
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
  });
  wake = () => house.returned('wecom');
  const service = platform.serve({
    app: house.app,
    explain: explaining(house).asCard,
  });
  house.start();
  await service.start();
  return {
    server,
    wsUrl,
    store,
    links,
    house,
    service,
    platform,
    failed,
    alarms,
    dataDir,
    stop: async (keep = false): Promise<void> => {
      await service.stop();
      await house.stop();
      await store.close();
      if (keep) return;
      if (!options.server) await server.close();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
export type Rig = Awaited<ReturnType<typeof startRig>>;
