import { BlockList } from 'node:net';
import type { z } from 'zod';
import type { coreVariables } from './core-settings.ts';
import { byName } from './integration-settings.ts';
import { oidcConfigOf } from './oidc-settings.ts';
import { pushConfigOf } from './push-settings.ts';
import { readerConfigOf } from './reader-settings.ts';

/** Assembles the configuration from checked variables. */
export function assemble(v: z.output<typeof coreVariables>, platformSettings: Readonly<Record<string, string>>) {
  return {
    host: v.HOST,
    port: v.PORT,
    publicUrl: v.PUBLIC_URL ?? null,
    /** Reverse proxies whose `X-Forwarded-For` header is trusted. */
    trustedProxies: v.TRUSTED_PROXIES ?? new BlockList(),
    dataDir: v.DATA_DIR,
    /** PostgreSQL to use instead of the file in `dataDir`. */
    databaseUrl: v.DATABASE_URL ?? null,
    logLevel: v.LOG_LEVEL,
    apiToken: v.API_TOKEN ?? null,
    metricsNeedToken: v.METRICS_ACCESS === 'token',
    consoleSecret: v.CONSOLE_SECRET ?? null,
    /** Identity provider (OpenID Connect); null without one. */
    oidc: oidcConfigOf(v),
    organisationFile: v.ORGANISATION_FILE ?? null,
    regimesDir: v.REGIMES_DIR ?? null,
    scenariosDir: v.SCENARIOS_DIR ?? null,
    /** Proxy for outgoing requests, and hosts reached without it. */
    proxy: v.HTTPS_PROXY === undefined ? null : { address: v.HTTPS_PROXY, except: v.NO_PROXY ?? [] },
    /** Secrets with which alert sources sign, by the name of the source. */
    alertSecrets: byName(v.ALERT_SECRETS),
    alertSourcesFile: v.ALERT_SOURCES_FILE ?? null,
    /** Address fetched once a minute while everything works. */
    heartbeatUrl: v.HEARTBEAT_URL ?? null,
    /** Platforms whose outage also stops the heartbeat; `all` means every platform. */
    heartbeatPlatforms: v.HEARTBEAT_PLATFORMS ?? [],
    /** Web Push; null while it is off. */
    push: pushConfigOf(v),
    /** Second reader; null while it is off. */
    reader: readerConfigOf(v),
    /** Folder of the text recognition packages for pictures; null: pictures are not read. */
    ocrPackages: v.OCR_PACKAGES ?? null,
    /** Platform variables that are set, checked, by name; each platform reads its own. */
    platformSettings,
  };
}
export type Config = Readonly<ReturnType<typeof assemble>>;
