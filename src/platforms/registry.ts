import type { Config } from '../config/schema.ts';
import type { Action, Card } from '../conversation/card.ts';
import type { HttpRoutes } from '../http/routes.ts';
import type { UsedLinks } from '../http/sessions.ts';
import type { Organisation } from '../incident/profile.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Logger } from '../ops/logger.ts';
import type { App, Caller } from '../use-cases/app.ts';
import type { WantedBackup } from '../use-cases/backups.ts';
import type { Links } from '../use-cases/links.ts';
import type {
  Clock,
  IdSource,
  InboxStore,
  KeptValues,
  Messenger,
  NewNotice,
  Refusal,
  Ringer,
  SurfaceStore,
  ThreadIndex,
} from '../use-cases/ports.ts';

/** What chat platforms need of the house beside `App`. */
export interface PlatformNeeds {
  readonly config: Config;
  readonly organisation: Organisation | null;
  /** Accounts people have confirmed to be theirs. */
  readonly links: Pick<Links, 'personOf' | 'accountsOf'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly kept: KeptValues;
  readonly threads: ThreadIndex;
  readonly surfaces: Pick<SurfaceStore, 'lost'>;
  readonly inbox: Pick<InboxStore, 'failed'>;
  readonly usedLinks: UsedLinks;
  /** Signs sessions and links of pages that people open from a chat. */
  formSecret(): string;
  /** Notices that belong to no incident, into the outbox. */
  tell(notices: readonly NewNotice[]): Promise<void>;
  /** Something an operator must see: counted in the metrics under this name. */
  alarm(what: string): void;
  /** Due reminders of a platform's rooms, for a platform that can hold a message until then. */
  backups(platform: string, limit: number): Promise<readonly WantedBackup[]>;
  /** Something of a platform came within reach: what waited for that is tried at once. */
  returned(platform: string): void;
  /** The program cannot go on: it ends with this sentence. */
  end(reason: string): void;
}

/** Why something was refused, as a card; `state`: what it may be explained with; `again`: the way back into a form. */
export type Explain = (refusal: Refusal, state: IncidentState | null, again?: Action) => Card;

/** A chat platform that is switched on: it can send at once, and takes what people do once it is served. */
export interface ChatPlatform {
  readonly name: string;
  readonly messenger: Messenger;
  /** Makes rooms of other platforms hear what their own cannot ring. */
  readonly ringer?: Ringer;
  readonly readsRoom: (room: string, caller: Caller) => boolean;
  readonly serve: (house: { readonly app: App; readonly explain: Explain }) => ChatService;
}
export interface ChatService {
  readonly routes: HttpRoutes;
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): { readonly ok: boolean; readonly detail: string };
}

/** What platforms raise an alarm about. */
export const ALARM_KINDS: readonly string[] = ['wecom_kicked', 'wecom-app_warned', 'wecom-app_stopped'];

/** Platforms whose second connection kicks the first: however many instances run, one serves them and delivers to them. */
export const ONE_CONNECTION: readonly string[] = ['wecom'];

/** Every chat platform, in the order in which they start; a test compares the names with the folders. */
export const CHAT_PLATFORMS: Readonly<Record<string, (needs: PlatformNeeds) => Promise<ChatPlatform | null>>> = {
  slack: async (needs) => (needs.config.slack ? slack(needs, needs.config.slack) : null),
  wecom: async (needs) => (needs.config.wecomBot ? wecomBot(needs, needs.config.wecomBot) : null),
  'wecom-webhook': async (needs) => (needs.config.wecomWebhooks.length > 0 ? robots(needs) : null),
  'wecom-app': async (needs) => (needs.config.wecomApp ? wecomApp(needs, needs.config.wecomApp) : null),
  mail: async ({ config }) => (config.smtpUrl ? mail(config.smtpUrl, config.publicUrl) : null),
};

/** The platforms that are configured; the others are not even loaded. */
export async function configuredPlatforms(needs: PlatformNeeds): Promise<readonly ChatPlatform[]> {
  const made = await Promise.all(Object.values(CHAT_PLATFORMS).map((make) => make(needs)));
  return made.filter((platform) => platform !== null);
}

async function slack(needs: PlatformNeeds, config: NonNullable<Config['slack']>): Promise<ChatPlatform> {
  const { createSlackPlatform } = await import('./slack/platform.ts');
  const name = 'slack';
  const platform = createSlackPlatform({
    config,
    proxy: needs.config.proxy,
    publicUrl: needs.config.publicUrl,
    organisation: needs.organisation,
    clock: needs.clock,
    ids: needs.ids,
    log: needs.log,
    kept: prefixed(needs.kept, `${name}:`),
    threads: {
      incidentOf: (room, ref) => needs.threads.incidentOf(room, ref),
      open: (limit) => needs.threads.open(name, limit),
      gone: (incident, room) => needs.surfaces.lost({ incident, room, key: 'status' }),
    },
    backups: { wanted: (limit) => needs.backups(name, limit) },
    inbox: needs.inbox,
    wake: () => needs.returned(name),
    end: (reason) => needs.end(reason),
  });
  return {
    name,
    messenger: platform.messenger,
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
    serve: (house) => {
      const service = platform.serve(house);
      return {
        routes: service.routes,
        start: () => service.start(),
        stop: () => service.stop(),
        health: () => {
          const { state, detail } = service.status();
          return { ok: state === 'up', detail: detail || state };
        },
      };
    },
  };
}

/** People are written to; nothing comes back, and nobody sees a room. */
async function mail(url: string, publicUrl: string | null): Promise<ChatPlatform> {
  const { createMail } = await import('./mail/messenger.ts');
  const messenger = createMail({ url, publicUrl });
  return {
    name: 'mail',
    messenger,
    readsRoom: () => false,
    serve: () => ({
      routes: {},
      start: async () => {},
      stop: async () => messenger.close(),
      health: () => ({ ok: true, detail: 'asked when a reminder needs it' }),
    }),
  };
}

async function wecomBot(needs: PlatformNeeds, config: NonNullable<Config['wecomBot']>): Promise<ChatPlatform> {
  const { createWecomBot } = await import('./wecom/platform.ts');
  const name = 'wecom';
  const forms = await personalForms(needs);
  const platform = createWecomBot({
    ...needs,
    config,
    proxy: needs.config.proxy,
    kept: prefixed(needs.kept, `${name}:`),
    alarm: () => needs.alarm('wecom_kicked'),
    wake: () => needs.returned(name),
    ...(forms ? { personalForm: forms.link } : {}),
  });
  await platform.recall();
  return {
    name,
    messenger: platform.messenger,
    readsRoom: (room, caller) => platform.readsRoom(room, caller),
    serve: (house) => {
      const service = platform.serve(house);
      return {
        routes: forms?.routes(house.app) ?? {},
        start: () => service.start(),
        stop: () => service.stop(),
        health: () => {
          const { state, detail } = service.status();
          return { ok: state === 'up', detail: detail || state };
        },
      };
    },
  };
}

/** The web form by links of direct messages; the app's own pages take them too, so without the app they are needed here. */
async function personalForms(needs: PlatformNeeds) {
  const { publicUrl, wecomApp: app } = needs.config;
  if (publicUrl === null) return null;
  const { createPersonalForms } = await import('./wecom/form/personal.ts');
  const kept = prefixed(needs.kept, 'wecom:');
  return createPersonalForms({ ...needs, kept, publicUrl, secret: needs.formSecret(), mounted: app !== null });
}

async function wecomApp(needs: PlatformNeeds, config: NonNullable<Config['wecomApp']>): Promise<ChatPlatform> {
  const { createWecomApp } = await import('./wecom/app/platform.ts');
  const name = 'wecom-app';
  const { proxy, publicUrl, wecomApiUrl } = needs.config;
  const platform = createWecomApp({
    ...needs,
    config,
    proxy,
    publicUrl,
    apiUrl: wecomApiUrl,
    formSecret: needs.formSecret(),
    kept: prefixed(needs.kept, `${name}:`),
    wake: () => needs.returned(name),
  });
  return { name, ...platform };
}

/** Group robots: they say and ring, nothing comes back, and they have no rooms of their own. */
async function robots(needs: PlatformNeeds): Promise<ChatPlatform> {
  const { wecomWebhooks, wecomApiUrl: apiUrl, proxy } = needs.config;
  const [{ WecomHttp }, { createRobots }] = await Promise.all([
    import('./wecom/app/api.ts'),
    import('./wecom/webhook/robot.ts'),
  ]);
  const http = new WecomHttp({ apiUrl, proxy });
  return {
    name: 'wecom-webhook',
    ...createRobots({ ...needs, robots: wecomWebhooks, http }),
    readsRoom: () => false,
    serve: () => ({
      routes: {},
      start: async () => {},
      stop: () => http.close(),
      health: () => ({ ok: true, detail: 'asked when something rings' }),
    }),
  };
}

/** Platforms keep their values apart. */
export function prefixed(kept: KeptValues, prefix: string): KeptValues {
  return {
    get: (key) => kept.get(prefix + key),
    put: (key, value) => kept.put(prefix + key, value),
    remove: (key) => kept.remove(prefix + key),
    list: async (start, limit) =>
      (await kept.list(prefix + start, limit)).map(({ key, value }) => ({ key: key.slice(prefix.length), value })),
    watch: (start, limit, heard) =>
      kept.watch(prefix + start, limit, (key, value) => heard(key.slice(prefix.length), value)),
  };
}
