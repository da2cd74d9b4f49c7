import type { Config } from '../config/schema.ts';
import { isLoopback } from '../http/access.ts';
import type { Organisation } from '../incident/people/profile.ts';
import type { Logger } from '../ops/logger.ts';
import { build, VERSION } from '../ops/version.ts';
import { PLATFORMS } from '../platforms/registry.ts';

/** Logs the first line: version, store, platforms and profile. Warns if nobody can sign in to the console. */
export function sayWhatStarts(config: Config, organisation: Organisation | null, log: Logger): void {
  const { databaseUrl, dataDir, host, consoleSecret } = config;
  const platforms = PLATFORMS.filter((platform) => platform.isOn(config)).map(({ name }) => name);
  const store = databaseUrl === null ? `file in ${dataDir}` : `PostgreSQL at ${new URL(databaseUrl).host}`;
  const profile = organisation && { people: organisation.people.length, entities: organisation.entities.length };
  log.info({ version: VERSION, ...build(), node: process.versions.node, store, platforms, profile }, 'Jishi starts');
  if (consoleSecret === null && !isLoopback(host))
    log.warn({ address: host }, 'other machines reach the console, but nobody can sign in: set CONSOLE_SECRET');
}
