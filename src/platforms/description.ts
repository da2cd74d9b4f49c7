import { z } from 'zod';
import type { Environment } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { ONCE, type SettingsGroup, secretVariable } from '../config/settings.ts';
import type { HttpRoutes } from '../http/routes.ts';
import { addMessages, type MessageLanguage } from '../i18n/translate.ts';
import type { CurrentProfile, Organisation, Person } from '../incident/people/profile.ts';
import type { BilingualText } from '../law/types.ts';
import type { OutgoingProxy } from '../ops/proxy.ts';
import type { Core } from '../talk/acts.ts';
import type { Caller } from '../use-cases/app.ts';
import { withPrefix } from '../use-cases/directory/kept-map.ts';
import type { Links } from '../use-cases/directory/links.ts';
import type { WantedBackup } from '../use-cases/notices/platform-backups.ts';
import type {
  Clock,
  Finding,
  IdSource,
  InboxStore,
  KeptValues,
  Log,
  Messenger,
  NewNotice,
  Ringer,
  SurfaceStore,
  ThreadIndex,
} from '../use-cases/ports.ts';
import type { Gateway, RingNeeds } from './shared/telephone.ts';

/** Dependencies that the program gives every chat platform beside `App`. */
export interface PlatformNeeds {
  readonly config: Config;
  readonly profile: CurrentProfile;
  /** Accounts that people have confirmed as theirs. */
  readonly links: Pick<Links, 'personOf' | 'accountsOf' | 'claim'>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  /** Kept values; each platform has its own key prefix. */
  readonly kept: KeptValues;
  readonly threads: ThreadIndex;
  readonly surfaces: Pick<SurfaceStore, 'get' | 'lost'>;
  readonly inbox: Pick<InboxStore, 'failed'>;
  /** Returns the key that signs sessions and links of pages opened from a chat. */
  formSecret(): string;
  /** Puts notices without an incident into the outbox. */
  tell(notices: readonly NewNotice[]): Promise<void>;
  /** Counts an alarm for operators in the metrics under this name. */
  alarm(what: string): void;
  /** Returns due reminders of a platform's rooms, for platforms that can schedule messages. */
  backups(platform: string, limit: number): Promise<readonly WantedBackup[]>;
  /** Called when a place of a platform becomes reachable: its waiting messages are sent at once. */
  returned(platform: string): void;
}

/** Chat platform that is switched on: it can send at once, and receives people's acts once it is served. */
export interface ChatPlatform {
  readonly messenger: Messenger;
  /** Mentions people in rooms of another platform that cannot mention anybody. */
  readonly ringer?: Ringer;
  readonly readsRoom: (room: string, caller: Caller) => boolean;
  readonly serve: (core: Core) => ChatService;
}
export interface ChatService {
  readonly routes: HttpRoutes;
  start(): Promise<void>;
  stop(): Promise<void>;
  health(): { readonly ok: boolean; readonly detail: string };
  /** Returns the health of further tenants by name, if the platform has several. */
  others?(): readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  /** Resolves when running replies and jobs are finished, for tests. */
  idle?(): Promise<void>;
}

/** Creates a platform that receives nothing and has no rooms to read; only sending shows if it works. */
export function sendsOnly(
  sending: Pick<ChatPlatform, 'messenger' | 'ringer'>,
  close: () => Promise<void>,
): ChatPlatform {
  return {
    ...sending,
    readsRoom: () => false,
    serve: () => ({
      routes: {},
      start: async () => {},
      stop: close,
      health: () => ({ ok: true, detail: 'tried when there is something to send' }),
    }),
  };
}

/** Dependencies that `jishi doctor` gives a platform for its checks. */
export interface DoctorNeeds {
  readonly config: Config;
  readonly clock: Clock;
  readonly organisation: Organisation | null;
  /** Status of this platform in `/readyz` of a running bot; null if none runs. */
  readonly running: { readonly ok: boolean; readonly detail: string } | null;
  /** Kept values of the platform; null if there is no record yet. */
  readonly kept: Pick<KeptValues, 'list'> | null;
  /**
   * True if connections that would end a running bot's may be tried: the operator states that no bot runs anywhere. A
   * bot that does not answer here may run on another machine.
   */
  readonly mayConnect: boolean;
}

export interface ConnectTerminal {
  out(text: string): void;
  error(text: string): void;
  /** Returns the typed line, trimmed; null at the end of input. A secret is not shown while it is typed. */
  ask(question: string, options: { readonly secret: boolean }): Promise<string | null>;
}
export interface ConnectNeeds {
  readonly terminal: ConnectTerminal;
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Settings as `start` reads them: the real environment wins over the file. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly envFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly language: MessageLanguage;
  readonly proxy: OutgoingProxy | null;
  readonly clock: Clock;
}
/** Command `jishi connect NAME`. */
export interface Connect {
  /** Options with values, as printed in the usage: `[--http URL]`. */
  readonly usage: string;
  readonly options: readonly string[];
  /** Options without a value; a given one has the value `yes`. */
  readonly flags?: readonly string[];
  /** Returns the exit code, or the usage error. Nothing is written before the connection works. */
  run(needs: ConnectNeeds): Promise<number | { readonly usage: string }>;
}

/** Description of a platform; code outside its folder uses only this. */
export interface Platform {
  /** Prefix of the platform's rooms, accounts and keys, e.g. `wecom-app`. */
  readonly name: string;
  /** Name for people. */
  readonly title: BilingualText;
  readonly settings: SettingsGroup;
  /** Kinds of alarms it raises, named as in the metrics. */
  readonly alarms: readonly string[];
  /** True if a second connection ends the first: only one of several instances serves the platform. */
  readonly oneConnection: boolean;
  /** True if people and the bot write to each other there; false for mail, telephones, group robots and programs. */
  readonly chat: boolean;
  readonly connect: Connect | null;
  isOn(config: Pick<Config, 'platformSettings'>): boolean;
  /** Loads the platform; null while it is switched off. */
  make(needs: PlatformNeeds): Promise<ChatPlatform | null>;
  /** Makes a test call to a person of the profile; null for a platform that is off or has no telephone service. */
  ring(needs: RingNeeds & Pick<DoctorNeeds, 'config'>, person: Person): Promise<Finding | null>;
  /** Returns findings for `doctor`. Never throws. */
  doctor(needs: DoctorNeeds): Promise<readonly Finding[]>;
  /** Returns findings on accounts and rooms of the profile unknown on the platform; empty while off. Never throws. */
  checkProfile(needs: DoctorNeeds): Promise<readonly Finding[]>;
}

/** Platform as described in its folder: `read` turns checked variables into settings, null if switched off. */
interface Described<Variables extends z.ZodObject, Settings>
  extends Pick<Platform, 'name' | 'title'>,
    Partial<Pick<Platform, 'alarms' | 'oneConnection' | 'chat'>> {
  readonly settings: SettingsGroup<Variables>;
  /** Own messages, with keys that begin with the platform's name. */
  readonly texts?: Parameters<typeof addMessages>[0];
  /** False if the platform's requests do not use a proxy. */
  readonly proxied?: boolean;
  readonly connect?: Connect;
  read(values: z.output<Variables>): Settings | null;
  make(settings: Settings, needs: PlatformNeeds): Promise<ChatPlatform>;
  /** Returns the gateway of a platform that can call telephones. */
  ring?(
    settings: Settings,
    needs: Pick<DoctorNeeds, 'config' | 'clock'>,
  ): Promise<Gateway & { close(): Promise<void> }>;
  doctor?(settings: Settings | null, needs: DoctorNeeds): Promise<readonly Finding[]>;
  checkProfile?(
    settings: Settings,
    needs: DoctorNeeds & { readonly organisation: Organisation },
  ): Promise<readonly Finding[]>;
}

export function describePlatform<Variables extends z.ZodObject, Settings>(
  of: Described<Variables, Settings>,
): Platform & { read(settings: Config['platformSettings']): Settings | null } {
  const read = (given: Config['platformSettings']): Settings | null => {
    const parsed = of.settings.variables.safeParse(given, ONCE);
    return parsed.success ? of.read(parsed.data) : null;
  };
  const key = `platform.${of.name}`;
  addMessages({ en: { [key]: of.title.en }, 'zh-CN': { [key]: of.title.zh } });
  if (of.texts) addMessages(of.texts);
  const { connect = null, proxied = true } = of;
  const settings = proxied ? withProxy(of.settings, of.name, of.title.en) : of.settings;
  const itsProxy = (given: Environment, proxy: OutgoingProxy | null) => proxyOf(given[proxyVariable(of.name)], proxy);
  const withItsProxy = (config: Config): Config => ({
    ...config,
    proxy: itsProxy(config.platformSettings, config.proxy),
  });
  return {
    ...of,
    settings,
    alarms: of.alarms ?? [],
    oneConnection: of.oneConnection ?? false,
    chat: of.chat ?? connect !== null,
    connect: connect && {
      ...connect,
      run: (needs) => connect.run({ ...needs, proxy: itsProxy(needs.settings, needs.proxy) }),
    },
    read,
    isOn: ({ platformSettings }) => read(platformSettings) !== null,
    make: async (needs) => {
      const own = read(needs.config.platformSettings);
      const kept = withPrefix(needs.kept, `${of.name}:`);
      return own === null ? null : of.make(own, { ...needs, config: withItsProxy(needs.config), kept });
    },
    ring: async (needs, person) => {
      const config = withItsProxy(needs.config);
      const own = read(config.platformSettings);
      const gateway = own === null ? undefined : await of.ring?.(own, { ...needs, config });
      if (!gateway) return null;
      const { tryRing } = await import('./shared/telephone.ts');
      const found = await tryRing(gateway, needs, person);
      await gateway.close();
      return found;
    },
    doctor: async (needs) => {
      const config = withItsProxy(needs.config);
      return (await of.doctor?.(read(config.platformSettings), { ...needs, config })) ?? [];
    },
    checkProfile: async ({ organisation, ...needs }) => {
      const config = withItsProxy(needs.config);
      const own = read(config.platformSettings);
      if (own === null || organisation === null) return [];
      return (await of.checkProfile?.(own, { ...needs, config, organisation })) ?? [];
    },
  };
}

const proxyVariable = (platform: string): string => `${platform.toUpperCase().replaceAll('-', '_')}_PROXY`;

/** Adds a variable for the platform's own proxy to its settings. */
function withProxy<Variables extends z.ZodObject>(
  group: SettingsGroup<Variables>,
  platform: string,
  title: string,
): SettingsGroup {
  const isAddress = (value: string): boolean => /^https?:\/\/[^\s/]+\/?$/.test(value) && URL.canParse(value);
  const own = secretVariable(
    z
      .string()
      .refine((value) => value === 'none' || isAddress(value), 'must be none, or an address such as http://proxy:3128')
      .optional(),
    `Proxy for ${title} instead of HTTPS_PROXY; none: directly.`,
  );
  return { ...group, variables: group.variables.extend({ [proxyVariable(platform)]: own }) };
}

function proxyOf(own: string | undefined, common: OutgoingProxy | null): OutgoingProxy | null {
  if (own === undefined || own === '') return common;
  return own === 'none' ? null : { address: own, except: [] };
}
