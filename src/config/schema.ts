import { BlockList } from 'node:net';
import type { z } from 'zod';
import type { coreVariables } from './core-settings.ts';
import { byName } from './integration-settings.ts';
import { oidcConfigOf } from './oidc-settings.ts';
import { type PushConfig, pushConfigOf } from './push-settings.ts';
import { type ReaderConfig, readerConfigOf } from './reader-settings.ts';

type Core = z.output<typeof coreVariables>;

/** The checked configuration. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | null;
  /** Reverse proxies whose `X-Forwarded-For` header is trusted. */
  readonly trustedProxies: BlockList;
  readonly dataDir: string;
  /** PostgreSQL to use instead of the file in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly logLevel: Core['LOG_LEVEL'];
  readonly apiToken: string | null;
  readonly metricsNeedToken: boolean;
  readonly consoleSecret: string | null;
  /** Identity provider (OpenID Connect); null without one. */
  readonly oidc: ReturnType<typeof oidcConfigOf>;
  readonly organisationFile: string | null;
  readonly regimesDir: string | null;
  readonly scenariosDir: string | null;
  /** Proxy for outgoing requests, and hosts reached without it. */
  readonly proxy: { readonly address: string; readonly except: readonly string[] } | null;
  /** Secrets with which alert sources sign, by the name of the source. */
  readonly alertSecrets: ReadonlyMap<string, readonly string[]>;
  readonly alertSourcesFile: string | null;
  /** Address fetched once a minute while everything works. */
  readonly heartbeatUrl: string | null;
  /** Platforms whose outage also stops the heartbeat; `all` means every platform. */
  readonly heartbeatPlatforms: readonly string[];
  /** Web Push; null while it is off. */
  readonly push: PushConfig | null;
  /** Second reader; null while it is off. */
  readonly reader: ReaderConfig | null;
  /** Folder of the text recognition packages for pictures; null: pictures are not read. */
  readonly ocrPackages: string | null;
  /** Platform variables that are set, checked, by name; each platform reads its own. */
  readonly platformSettings: Readonly<Record<string, string>>;
}

/** Assembles the configuration from checked variables. */
export function assemble(v: Core, platformSettings: Config['platformSettings']): Config {
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? null,
    trustedProxies: v.TRUSTED_PROXIES ?? new BlockList(),
    dataDir: v.DATA_DIR,
    databaseUrl: v.DATABASE_URL ?? null,
    logLevel: v.LOG_LEVEL,
    apiToken: v.API_TOKEN ?? null,
    metricsNeedToken: v.METRICS_ACCESS === 'token',
    consoleSecret: v.CONSOLE_SECRET ?? null,
    oidc: oidcConfigOf(v),
    organisationFile: v.ORGANISATION_FILE ?? null,
    regimesDir: v.REGIMES_DIR ?? null,
    scenariosDir: v.SCENARIOS_DIR ?? null,
    proxy: v.HTTPS_PROXY === undefined ? null : { address: v.HTTPS_PROXY, except: v.NO_PROXY ?? [] },
    alertSecrets: byName(v.ALERT_SECRETS),
    alertSourcesFile: v.ALERT_SOURCES_FILE ?? null,
    heartbeatUrl: v.HEARTBEAT_URL ?? null,
    heartbeatPlatforms: v.HEARTBEAT_PLATFORMS ?? [],
    push: pushConfigOf(v),
    reader: readerConfigOf(v),
    ocrPackages: v.OCR_PACKAGES ?? null,
    platformSettings,
  };
}
