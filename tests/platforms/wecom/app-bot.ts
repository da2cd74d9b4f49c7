import { rmSync } from 'node:fs';
import type { Hono } from 'hono';
import { Members } from '../../../src/http/members.ts';
import { openOutsideLinks } from '../../../src/http/outside/outside-links.ts';
import type { HttpEnv } from '../../../src/http/routes.ts';
import { createHttpServer } from '../../../src/http/server.ts';
import { openSessions, openTokens } from '../../../src/http/token-store.ts';
import type { Organisation } from '../../../src/incident/people/profile.ts';
import { evolve } from '../../../src/incident/record/evolve.ts';
import type { AuditEntry } from '../../../src/ops/audit.ts';
import { noFailpoints } from '../../../src/ops/failpoints.ts';
import { createLogger } from '../../../src/ops/logger.ts';
import { createMetrics } from '../../../src/ops/metrics.ts';
import { randomIds } from '../../../src/ops/system-clock.ts';
import { Assets } from '../../../src/platforms/console/assets.ts';
import { createUsedLinks } from '../../../src/platforms/console/platform.ts';
import { createWecomApp } from '../../../src/platforms/wecom-app/platform.ts';
import { createSqliteStore } from '../../../src/storage/sqlite/store.ts';
import { withPrefix } from '../../../src/use-cases/directory/kept-map.ts';
import { createLinks, LINKS } from '../../../src/use-cases/directory/links.ts';
import type { IdSource, Log, NewNotice, Store } from '../../../src/use-cases/ports.ts';
import { explaining } from '../../../src/wiring/explain.ts';
import { build } from '../../../src/wiring.ts';
import { ManualClock } from '../../fakes/clock.ts';
import { newDataFolder, storeFile } from '../../fakes/folder.ts';
import { regime } from '../../fakes/law.ts';
import { AGENT, CORP, SECRET, WecomServer } from '../../fakes/wecom/app-server.ts';
import { seal } from '../../fakes/wecom/seal.ts';

export const KEYS = {
  token: 'QDG6eK',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: CORP,
};
export const FORM_SECRET = 'a-secret-for-forms';
export const PUBLIC_URL = 'http://127.0.0.1:3999';

export interface AppBotOptions {
  readonly organisation?: Organisation;
  readonly publicUrl?: string | null;
  readonly port?: number;
  readonly ids?: IdSource;
  /** Where another one left its store, as after a restart. */
  readonly dataDir?: string;
  /** Wraps the store, e.g. to make commits fail. */
  readonly store?: (store: Store) => Store;
}

/** The whole bot with the self-built app as its only platform: real store, engine, delivery and server, the fake as WeCom. */
export async function startAppBot(options: AppBotOptions = {}) {
  const wecom = await WecomServer.start();
  const clock = new ManualClock('2026-03-31T09:42:00+08:00');
  wecom.now = () => clock.now();
  const ids = options.ids ?? randomIds;
  const dataDir = options.dataDir ?? newDataFolder('wecom-app');
  const real = await createSqliteStore({
    file: storeFile(dataDir),
    evolve,
    clock,
    ids,
    fail: noFailpoints,
  });
  const store = options.store?.(real) ?? real;
  const usedLinks = createUsedLinks(real.roomLog, clock, ids);
  const publicUrl = options.publicUrl === undefined ? PUBLIC_URL : options.publicUrl;
  const organisation = options.organisation ?? null;
  const profile = () => organisation;
  const links = await createLinks({ kept: withPrefix(real.kept, LINKS), ids, clock, profile });
  const audits: AuditEntry[] = [];
  const seen = { alarms: [] as string[], told: [] as NewNotice[], logged: [] as string[] };
  const settings = {
    corpId: CORP,
    agentId: AGENT,
    secret: SECRET,
    callbackToken: KEYS.token,
    encodingAesKey: KEYS.encodingAesKey,
    apiUrl: wecom.url,
  };
  const platform = createWecomApp(settings, {
    config: { proxy: null, publicUrl },
    profile,
    links,
    clock,
    ids,
    log: logInto(seen.logged),
    kept: real.kept,
    inbox: real.inbox,
    tell: async (notices) => void seen.told.push(...notices),
    alarm: (what) => void seen.alarms.push(what),
  });
  const house = build({
    store,
    clock,
    ids,
    regime,
    profile,
    messengers: [platform.messenger],
    links,
    defaultRooms: [],
    renderReport: async ({ document, format }) => ({
      name: `首报-${document.incident}.${format}`,
      mediaType: 'application/octet-stream',
      content: new TextEncoder().encode('a draft'),
    }),
    log: createLogger('silent'),
    metrics: createMetrics(),
    fail: noFailpoints,
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
  });
  const service = platform.serve({
    app: house.app,
    explain: explaining(house).asCard,
  });
  const http = createHttpServer({
    config: {
      host: '127.0.0.1',
      port: options.port ?? 0,
      publicUrl,
      apiToken: null,
      consoleSecret: FORM_SECRET,
      localSecret: 'local',
      localToken: 'local',
    },
    app: house.app,
    clock,
    readiness: { store: async () => 'ready', parts: () => [] },
    metrics: createMetrics().registry,
    platforms: [service.routes, ...(options.port === undefined ? [] : [{ mount: servePage }])],
    consoleRoom: null,
    usedLinks,
    sessions: await openSessions({ kept: real.kept, ids, clock }),
    tokens: await openTokens({ kept: real.kept, ids, clock }),
    outsideLinks: await openOutsideLinks({ kept: real.kept, ids, clock }),
    calendarEntries: real.kept,
    members: new Members(profile, links),
    isLeft: async () => false,
    explain: explaining(house).asSentence,
    audit: (entry) => void audits.push(entry),
  });
  house.start();
  await service.start();
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 3; i += 1) {
      await service.idle?.();
      await house.settle();
    }
  };
  await settle();
  return {
    kept: real.kept,
    wecom,
    clock,
    store,
    links,
    house,
    platform,
    service,
    http,
    audits,
    settle,
    ...seen,
    dataDir,
    stop: async (keep = false) => {
      await service.stop();
      await house.stop();
      await real.close();
      await wecom.stop();
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The page of the console, which shows forms and cards to those who come from a chat. */
function servePage(http: Hono<HttpEnv>): void {
  const assets = new Assets('src/platforms/console/web');
  assets.mount(http);
  http.get('/visit/*', async (c) => c.html(await assets.page()));
}
export type AppBot = Awaited<ReturnType<typeof startAppBot>>;

function logInto(lines: string[]): Log {
  const put = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value))}`);
  };
  return { info: put, warn: put, error: put };
}

let nextMessage = 1;

/** The plain XML of a callback, as WeCom writes it. */
export function xml(fields: Readonly<Record<string, string>>, more = ''): string {
  const all = { ToUserName: CORP, CreateTime: '1774921320', AgentID: AGENT, ...fields };
  const parts = Object.entries(all).map(([name, value]) =>
    name === 'CreateTime' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
  );
  return `<xml>${parts.join('')}${more}</xml>`;
}

/** Delivers a callback as WeCom does; answers the status and the body. */
export async function deliver(
  bot: Pick<AppBot, 'http' | 'clock'>,
  plain: string,
): Promise<{ status: number; body: string }> {
  const sealed = seal(KEYS, plain, bot.clock.now());
  const query = new URLSearchParams({
    msg_signature: sealed.signature,
    timestamp: sealed.timestamp,
    nonce: sealed.nonce,
  });
  const response = await bot.http.fetch(
    new Request(`http://127.0.0.1/wecom/callback?${query}`, {
      method: 'POST',
      headers: { host: '127.0.0.1', 'content-type': 'text/xml' },
      body: `<xml><ToUserName><![CDATA[${CORP}]]></ToUserName><Encrypt><![CDATA[${sealed.encrypt}]]></Encrypt><AgentID><![CDATA[${AGENT}]]></AgentID></xml>`,
    }),
  );
  return { status: response.status, body: await response.text() };
}

/** Somebody writes to the app. */
export async function write(bot: AppBot, from: string, content: string): Promise<void> {
  const MsgId = String(9_000_000 + nextMessage++);
  const { status } = await deliver(bot, xml({ FromUserName: from, MsgType: 'text', Content: content, MsgId }));
  if (status !== 200) throw new Error(`callback answered ${status}`);
  await bot.settle();
}

/** Somebody taps a button of the latest card with this word in it that they were sent. */
export async function tap(bot: AppBot, from: string, label: RegExp): Promise<void> {
  const card = bot.wecom.cardsOf(from).findLast((one) => one.buttons.some(({ text }) => label.test(text)));
  const button = card?.buttons.find(({ text }) => label.test(text));
  if (!card || !button) throw new Error(`no button ${label} for ${from}`);
  await click(bot, from, { task: card.task, key: button.key });
}

/** Somebody chooses one of the latest list that has it. */
export async function choose(bot: AppBot, from: string, label: string): Promise<void> {
  const card = bot.wecom.cardsOf(from).findLast(({ options }) => options.some(({ text }) => text === label));
  const option = card?.options.find(({ text }) => text === label);
  if (!card || !option) throw new Error(`no option ${label} for ${from}`);
  const ids = `<OptionIds><OptionId><![CDATA[${option.id}]]></OptionId></OptionIds>`;
  const item = `<SelectedItem><QuestionKey><![CDATA[pick]]></QuestionKey>${ids}</SelectedItem>`;
  const selected = `<SelectedItems>${item}</SelectedItems>`;
  await click(bot, from, { task: card.task, key: 'submit', type: 'vote_interaction', selected });
}

export async function click(
  bot: AppBot,
  from: string,
  what: { task: string; key: string; time?: string; selected?: string; type?: string },
): Promise<void> {
  const plain = xml(
    {
      FromUserName: from,
      MsgType: 'event',
      Event: 'template_card_event',
      EventKey: what.key,
      TaskId: what.task,
      CardType: what.type ?? 'button_interaction',
      ResponseCode: `code-${nextMessage++}`,
      ...(what.time === undefined ? {} : { CreateTime: what.time }),
    },
    what.selected ?? '',
  );
  await deliver(bot, plain);
  await bot.settle();
}
