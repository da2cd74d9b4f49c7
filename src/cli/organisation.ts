import { loadOrganisation } from '../config/organisation.ts';
import type { Config } from '../config/schema.ts';
import { reportTemplate } from '../documents/template-file.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { messageOf } from '../ops/errors.ts';
import { systemClock } from '../ops/system-clock.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import { LINKS, withLinked } from '../use-cases/directory/links.ts';
import type { Finding } from '../use-cases/ports.ts';
import { openForReading } from '../wiring/reading.ts';
import { loadSettings } from './config.ts';
import { printFindings, warning, wrong } from './findings.ts';
import { lawFindings } from './law-findings.ts';
import { dutyFindings, profileFindings } from './profile-findings.ts';
import { CommandError, parsedArgs, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/**
 * `jishi organisation check [FILE]` checks a profile as the start does, looks up its ids on the configured platforms,
 * and prints who is on duty and notified now; exit 1 on errors. `jishi organisation fields` lists all fields.
 */
export async function organisationCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { json: { type: 'boolean' } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'organisation');
  const [verb, given, ...more] = positionals;
  if (verb === 'fields' && given === undefined) return printFields(terminal);
  const loaded = loadSettings(terminal);
  if (verb !== 'check' || more.length > 0) throw new UsageError('organisation');
  if (given === undefined && !loaded.ok)
    return printFindings(
      loaded.errors.map((one) => wrong(one.variable, one.problem)),
      values.json === true,
      terminal,
    );
  const file = given ?? (loaded.ok ? loaded.config.organisationFile : null);
  if (file === null) throw new CommandError('jishi organisation: ORGANISATION_FILE is not set; name a file');
  const config = loaded.ok ? { ...loaded.config, organisationFile: file } : null;
  const findings = await checkedProfile(file, config, terminal.env['REGIMES_DIR'] ?? null);
  return printFindings(findings, values.json === true, terminal);
}

async function printFields(terminal: Terminal): Promise<number> {
  const { fieldTables } = await import('./organisation-fields.ts');
  terminal.out(fieldTables(languageOf(terminal.env)));
  return 0;
}

async function checkedProfile(
  file: string,
  config: Config | null,
  regimesDir: string | null,
): Promise<readonly Finding[]> {
  const read = await readProfile(file, config);
  if (read.profile === null) return read.findings;
  const { profile, findings } = read;
  const now = new Date();
  const ids = config
    ? await idFindings(config, profile)
    : [warning('chat', 'ids were not compared: the settings cannot be read (`npx jishi doctor`)')];
  const law = await lawFindings({ regimesDir: config?.regimesDir ?? regimesDir }, profile, now.getTime());
  return [...findings, ...law, ...ids, ...dutyFindings(profile, now.toISOString(), waysOf(config))];
}

/** Returns platforms that can notify people; all of them if the settings cannot be read. */
function waysOf(config: Config | null): readonly string[] {
  return ['console', ...PLATFORMS.filter((one) => config === null || one.isOn(config)).map(({ name }) => name)];
}

interface ReadProfile {
  /** Profile with linked accounts; null if it cannot be read. */
  readonly profile: Organisation | null;
  readonly findings: readonly Finding[];
}

/** Reads a profile with its report template; findings explain why it cannot be used, or what is unusual. */
export async function readProfile(file: string, config: Config | null): Promise<ReadProfile> {
  try {
    const listed = await loadOrganisation(file);
    await reportTemplate(file, listed);
    const profile = config ? await withLinks(config, listed) : listed;
    return { profile, findings: profileFindings(profile, new Date().toISOString()) };
  } catch (error) {
    return { profile: null, findings: [wrong('organisation', messageOf(error))] };
  }
}

async function withLinks(config: Config, profile: Organisation): Promise<Organisation> {
  const opened = await openForReading(config).catch(() => null);
  if (!opened) return profile;
  try {
    return withLinked(profile, await keptOf(opened, LINKS, '', 10_000));
  } finally {
    await opened.close();
  }
}

/** Returns kept values whose keys begin with both prefixes, joined; the returned keys are without the first one. */
export async function keptOf(opened: ReadOnlyStore, corner: string, prefix: string, limit: number) {
  const all = await opened.kept.list(corner + prefix, limit);
  return all.map(({ key, value }) => ({ key: key.slice(corner.length), value }));
}

/** Returns findings on accounts and rooms that the platforms do not know. */
export async function idFindings(config: Config, organisation: Organisation | null): Promise<readonly Finding[]> {
  const needs = { config, organisation, clock: systemClock, running: null, kept: null, mayConnect: false };
  return (await Promise.all(PLATFORMS.map((platform) => platform.checkProfile(needs)))).flat();
}
