import { rmSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { Members } from '../../../src/http/members.ts';
import { openOutsideLinks } from '../../../src/http/outside/outside-links.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { openSessions, openTokens } from '../../../src/http/token-store.ts';
import type { Organisation } from '../../../src/incident/people/profile.ts';
import { evolve } from '../../../src/incident/record/evolve.ts';
import { noFailpoints } from '../../../src/ops/failpoints.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { randomIds } from '../../../src/ops/system-clock.ts';
import { createUsedLinks } from '../../../src/platforms/console/platform.ts';
import { feishu } from '../../../src/platforms/feishu/index.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import { withPrefix } from '../../../src/use-cases/directory/kept-map.ts';
import { createLinks, LINKS } from '../../../src/use-cases/directory/links.ts';
import type { SecondReader, Store } from '../../../src/use-cases/ports.ts';
import { explaining } from '../../../src/wiring/explain.ts';
import { build } from '../../../src/wiring.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { APP, FeishuServer, type Message, SECRET } from '../../fakes/feishu/server.ts';
import { newDataFolder, storeFile } from '../../fakes/folder.ts';
import { knowing } from '../../fakes/known-rooms.ts';
import { regime } from '../../fakes/law.ts';
import { silent } from '../slack/kept.ts';

export const CALLBACK = { token: 'v-token', key: 'e-key' };
export const ROOM = 'oc_room';
export const CHEN = 'ou_chenyu';
export const SOON = { timeout: 60_000, interval: 10 };

export interface BotOptions {
  readonly callbacks?: boolean;
  readonly reader?: SecondReader;
  /** Further settings. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly organisation?: Organisation;
  /** Wraps the store, e.g. to make commits fail. */
  readonly store?: (store: Store) => Store;
}

/** The whole bot with Feishu as its only platform: real store, engine, delivery and server, the fake as Feishu. */
export async function startBot(options: BotOptions = {}) {
  const server = new FeishuServer();
  const apiUrl = await server.listen();
  server.addChat(ROOM, [CHEN]);
  server.addUser(CHEN, '陈宇');
  server.addUser('ou_zhao', '赵敏');
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  // Five messages a second for one chat: time stands still in a test, so each look at it is a second later.
  let seconds = 0;
  server.now = () => clock.now() + 1_000 * seconds++;
  const ids = randomIds;
  const dataDir = newDataFolder('feishu');
  const real = await createSqliteStore({ file: storeFile(dataDir), evolve, clock, ids, fail: noFailpoints });
  const store = options.store?.(real) ?? real;
  const organisation = knowing(options.organisation ?? null, { platform: 'feishu', tenant: APP, address: ROOM });
  const profile = () => organisation;
  const links = await createLinks({ kept: withPrefix(real.kept, LINKS), ids, clock, profile });
  const callback = { FEISHU_VERIFICATION_TOKEN: CALLBACK.token, FEISHU_ENCRYPT_KEY: CALLBACK.key };
  const env = { FEISHU_APP_ID: APP, FEISHU_APP_SECRET: SECRET, FEISHU_API_URL: apiUrl };
  const loaded = loadConfig({ ...env, ...options.settings, ...(options.callbacks ? callback : {}) }, [feishu.settings]);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const { config } = loaded;
  const usedLinks = createUsedLinks(real.roomLog, clock, ids);
  let returned = (): void => {};
  const platform = await feishu.make({
    ...{ config, profile, links, clock, ids, log: silent, kept: real.kept, threads: real.threads },
    ...{ surfaces: real.surfaces, inbox: real.inbox, formSecret: () => 'secret', tell: async () => {} },
    ...{ alarm: () => {}, backups: async () => [], returned: () => returned(), end: () => {} },
  });
  if (!platform) throw new Error('switched off');
  const house = build({
    ...{ store, clock, ids, regime, profile, links, defaultRooms: [], fail: noFailpoints },
    messengers: [platform.messenger],
    ...(options.reader ? { reader: options.reader } : {}),
    renderReport: async ({ document, format }) => ({
      name: `首报-${document.incident}.${format}`,
      mediaType: 'application/octet-stream',
      content: new TextEncoder().encode('a draft'),
    }),
    log: createLogger('silent'),
    metrics: createMetrics(),
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
  });
  returned = () => house.returned('feishu');
  const service = platform.serve({ app: house.app, explain: explaining(house).asCard });
  const http = createHttpServer({
    config: {
      ...{ host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3999', apiToken: null },
      ...{ consoleSecret: 'console', localSecret: 'local', localToken: 'local' },
    },
    app: house.app,
    clock,
    readiness: { store: async () => 'ready', parts: () => [] },
    metrics: createMetrics().registry,
    platforms: [service.routes],
    consoleRoom: null,
    usedLinks,
    sessions: await openSessions({ kept: real.kept, ids, clock }),
    tokens: await openTokens({ kept: real.kept, ids, clock }),
    outsideLinks: await openOutsideLinks({ kept: real.kept, ids, clock }),
    calendarEntries: real.kept,
    members: new Members(profile, links),
    isLeft: async () => false,
    explain: explaining(house).asSentence,
  });
  house.start();
  await service.start();
  if (!options.callbacks) await expect.poll(() => service.health().ok, SOON).toBe(true);
  await expect.poll(() => server.calls.includes('GET bot/v3/info'), SOON).toBe(true);
  onTestFinished(async () => {
    await service.stop();
    await house.stop();
    await real.close();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { server, clock, store: real, house, platform, service, http };
}
export type Bot = Awaited<ReturnType<typeof startBot>>;

/** Somebody writes; mentions the bot in a group. */
export async function write(bot: Bot, from: string, text: string, chat = ROOM, more: { root?: string } = {}) {
  const isDirect = chat.startsWith('oc_p2p_');
  const content = { text: isDirect ? text : `@_user_1 ${text}` };
  const answer = await bot.server.event('im.message.receive_v1', bot.server.message(chat, from, content, more));
  expect(answer.code).toBe(200);
  await bot.house.settle();
  return answer;
}

/** The last message of a place with these words in it, as soon as there is one. */
export async function shown(
  bot: Bot,
  place: string,
  words: RegExp,
  where: 'anywhere' | 'top' = 'anywhere',
): Promise<Message> {
  const chat = place.startsWith('ou_') ? `oc_p2p_${place}` : place;
  const find = () =>
    bot.server.messages.findLast(
      (one) =>
        one.chat === chat &&
        !one.recalled &&
        (where === 'anywhere' || one.root === null) &&
        words.test(bot.server.words(one)),
    );
  await expect
    .poll(async () => {
      await bot.house.settle();
      return find() !== undefined;
    }, SOON)
    .toBe(true);
  const found = find();
  if (!found) throw new Error(`nothing with ${words}`);
  return found;
}

/** Somebody presses a button of a message; `form` is what a form around it holds. */
export async function press(bot: Bot, from: string, message: Message, label: RegExp, form?: object) {
  const button = bot.server.buttons(message).find((one) => label.test(one.label));
  if (!button) throw new Error(`no button ${label}: ${bot.server.buttons(message).map((one) => one.label)}`);
  const answer = await bot.server.event('card.action.trigger', bot.server.click(message, from, button.value, form));
  await bot.house.settle();
  return answer;
}
