import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { loadOrganisation } from '../config/organisation.ts';
import type { Config } from '../config/schema.ts';
import { reportTemplate } from '../documents/template-file.ts';
import { addressOf, isLocalMode, isLoopback } from '../http/access.ts';
import { OIDC_PATH } from '../http/oidc.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { whoMaySecond } from '../incident/people/rights.ts';
import { messageOf } from '../ops/errors.ts';
import { systemClock } from '../ops/system-clock.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import { LINKS, withLinked } from '../use-cases/directory/links.ts';
import type { Finding } from '../use-cases/ports.ts';
import { identityProviderOf } from '../wiring/identity-provider.ts';
import { openForReading, storeFile } from '../wiring/reading.ts';
import { sentenceIn, subjectIn } from './chinese.ts';
import { loadSettings } from './config.ts';
import { lawFindings } from './law-findings.ts';
import type { Terminal } from './terminal.ts';
import { languageOf } from './usage.ts';

const ok = (what: string, say: string): Finding => ({ what, state: 'ok', say });
const warning = (what: string, say: string): Finding => ({ what, state: 'warning', say });
const wrong = (what: string, say: string): Finding => ({ what, state: 'wrong', say });

/** `jishi doctor`: checks the whole set-up; each line is ok or gives the remedy. Exit 1 if something is wrong. */
export async function doctorCommand(_args: readonly string[], terminal: Terminal): Promise<number> {
  const findings: Finding[] = [ok('node', process.version)];
  const loaded = loadSettings(terminal);
  if (!loaded.ok) findings.push(...loaded.errors.map((e) => wrong(e.variable, e.problem)));
  else {
    findings.push(ok('configuration', 'every setting can be read'));
    findings.push(...loaded.ignored.map((one) => warning(one.variable, one.problem)), ...access(loaded.config));
    findings.push(
      ...permissions('.env', 0o007, 'others can read'),
      ...permissions(loaded.config.dataDir, 0o022, 'others can write'),
    );
    findings.push(...(await laws(loaded.config)), ...(await organisation(loaded.config)));
    findings.push(...(await singleSignOn(loaded.config)), ...(await store(loaded.config)));
    findings.push(...(await platforms(loaded.config)));
  }
  for (const finding of findings) terminal.out(lineOf(finding, languageOf(terminal.env)));
  return findings.some((finding) => finding.state === 'wrong') ? 1 : 0;
}

const WIDEST_MARK = 7;

/** `ok      record: ./data/jishi.sqlite`, in the language of the terminal. */
function lineOf({ state, what, say }: Finding, language: MessageLanguage): string {
  const mark = translate(language, `cli.state.${state}`);
  const gap = ' '.repeat(language === 'en' ? WIDEST_MARK - mark.length : 1);
  const colon = language === 'en' ? ': ' : '：';
  return `${mark}${gap} ${subjectIn(language, what)}${colon}${sentenceIn(language, say)}`;
}

function access(config: Config): Finding[] {
  if (config.consoleSecret !== null) {
    return [
      config.publicUrl?.startsWith('https:') || isLoopback(config.host)
        ? ok('console', 'people sign in by a link from the sign-in page or `npx jishi login NAME`')
        : warning('console', 'PUBLIC_URL is not https: sessions travel in the clear; put TLS in front'),
    ];
  }
  if (isLocalMode(config)) return [ok('console', 'on this machine only, by the link that the start prints')];
  return [wrong('console', 'reachable from elsewhere but nobody can sign in: set CONSOLE_SECRET')];
}

async function singleSignOn(config: Config): Promise<Finding[]> {
  const provider = identityProviderOf(config);
  if (provider === null) return [];
  const { issuer } = provider.config;
  try {
    await provider.configuration();
    return [
      ok('single sign-on', `${issuer} answers; its callback address is ${config.publicUrl}${OIDC_PATH}/callback`),
    ];
  } catch (error) {
    return [
      wrong('single sign-on', `${issuer} does not answer as an OpenID provider (${messageOf(error)}): OIDC_ISSUER`),
    ];
  }
}

/** A file or folder that lets in who should not be: secrets stand in the one, the record in the other. */
function permissions(path: string, bits: number, who: string): Finding[] {
  const there = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (!there || (there.mode & bits) === 0) return [];
  const wanted = (there.mode & 0o777 & ~(bits | 0o007)).toString(8).padStart(4, '0');
  return [warning('permissions', `${who} ${path}: chmod ${wanted} ${path}`)];
}

/** A profile that cannot be read has a finding of its own. */
async function laws(config: Config): Promise<readonly Finding[]> {
  const { organisationFile } = config;
  const profile = organisationFile === null ? null : await loadOrganisation(organisationFile).catch(() => null);
  return lawFindings(config, profile, Date.now());
}

async function organisation(config: Config): Promise<readonly Finding[]> {
  if (config.organisationFile === null) {
    const say = 'no profile: everybody has every role, which is right for trying out only; set ORGANISATION_FILE';
    return [warning('organisation', say)];
  }
  try {
    const listed = await loadOrganisation(config.organisationFile);
    await reportTemplate(config.organisationFile, listed);
    const profile = await withLinks(config, listed);
    const lost = profile.people.filter((p) => p.accounts.length === 0).map((p) => p.name);
    const reached =
      lost.length > 0
        ? warning('organisation', `nobody can reach ${lost.join(', ')}: no account is listed or linked`)
        : ok('organisation', `${profile.entities.length} entities, ${profile.people.length} people`);
    return whoMaySecond(profile).length < 2 ? [reached, warning('second person', NO_SECOND)] : [reached];
  } catch (error) {
    return [wrong('organisation', messageOf(error))];
  }
}
const NO_SECOND =
  'fewer than two people are lead, approver or legal: nobody can agree to a decision that ends a legal clock; give a second person one of these roles';

/** The profile with the accounts people linked; null if there is none that can be read. */
async function profileOf(config: Config): Promise<Organisation | null> {
  const profile = config.organisationFile ? await loadOrganisation(config.organisationFile).catch(() => null) : null;
  return profile && withLinks(config, profile);
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

async function store(config: Config): Promise<Finding[]> {
  if (config.databaseUrl !== null) return record(config, `PostgreSQL at ${new URL(config.databaseUrl).host}`);
  if (!existsSync(config.dataDir)) return [ok('record', `${config.dataDir} is made at the first start`)];
  try {
    accessSync(config.dataDir, constants.W_OK);
  } catch {
    return [wrong('record', `${config.dataDir} cannot be written by this user`)];
  }
  const { bavail, bsize } = await statfs(config.dataDir);
  const left = Math.floor((bavail * bsize) / 2 ** 20);
  const space = left < LITTLE_SPACE ? [warning('disk', `only ${left} MB left at ${config.dataDir}`)] : [];
  return [...(await record(config, storeFile(config) ?? 'empty')), ...space];
}

/** With less than this many megabytes somebody should look before the disk is full. */
const LITTLE_SPACE = 1_024;

async function record(config: Config, where: string): Promise<Finding[]> {
  try {
    const opened = await openForReading(config);
    if (!opened) return [ok('record', where)];
    const failed = await opened.inbox.listFailed(5);
    const counts = await opened.outbox.counts();
    const missing = await missingFiles(opened);
    await opened.close();
    return [
      ok('record', where),
      counts.dead === 0
        ? ok('messages', `${counts.sent} sent, ${counts.ready} waiting`)
        : warning('messages', `${counts.dead} could not be delivered; the records say which`),
      ...(missing === 0
        ? []
        : [
            warning(
              'files',
              `${missing} that records name are missing: put them back from a backup; \`npx jishi verify\` names them`,
            ),
          ]),
      ...failed.map((f) => warning('payload', `${f.platform} ${f.key} could not be handled: ${f.error}`)),
    ];
  } catch (error) {
    return [wrong('record', messageOf(error))];
  }
}

/** The number of attached files that records name and the store does not have; their content is checked by `verify`. */
async function missingFiles({ incidents, incident, blobs }: ReadOnlyStore): Promise<number> {
  const missing = new Set<string>();
  for (const { id } of await incidents({ limit: Number.MAX_SAFE_INTEGER })) {
    for (const { file } of (await incident(id))?.evidence ?? []) {
      if ((await blobs.get(file)) === null) missing.add(file);
    }
  }
  return missing.size;
}

/** Findings of each platform about itself, and the alternatives left if chat accepts no reminder. */
async function platforms(config: Config): Promise<readonly Finding[]> {
  const organisation = await profileOf(config);
  const opened = await openForReading(config).catch(() => null);
  try {
    const parts = await runningParts(config);
    const found = PLATFORMS.map((platform) =>
      platform.doctor({
        config,
        clock: systemClock,
        organisation,
        running:
          parts && (parts.find((part) => part.name === platform.name) ?? { ok: false, detail: 'it does not answer' }),
        kept: opened && { list: (prefix, limit) => keptOf(opened, `${platform.name}:`, prefix, limit) },
      }),
    );
    return [...chat(config), ...(await Promise.all(found)).flat(), heartbeat(config)];
  } finally {
    await opened?.close();
  }
}

function chat({ platformSettings }: Config): readonly Finding[] {
  const chats = PLATFORMS.filter(({ connect }) => connect !== null);
  const isSet = PLATFORMS.some(
    ({ settings: { needs = [] } }) =>
      needs.length > 0 && needs.flat().some((name) => platformSettings[name] !== undefined),
  );
  if (isSet) return [];
  const ways = chats.map(({ name }) => `\`npx jishi connect ${name}\``).join(' · ');
  return [warning('chat', `no chat platform is set up: ${ways}`)];
}

/** It is not asked: that would report a bot as alive that may not be running. */
function heartbeat({ heartbeatUrl }: Config): Finding {
  return heartbeatUrl === null
    ? warning('heartbeat', 'not set. Nobody is alerted if this machine goes down; set HEARTBEAT_URL')
    : ok('heartbeat', `to ${new URL(heartbeatUrl).host} once a minute while all is well`);
}

async function keptOf(opened: ReadOnlyStore, corner: string, prefix: string, limit: number) {
  const all = await opened.kept.list(corner + prefix, limit);
  return all.map(({ key, value }) => ({ key: key.slice(corner.length), value }));
}

const readiness = z.object({
  parts: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().default('') })),
});

/** Status of each part of a running bot; null if none answers at the configured address. */
async function runningParts(config: Config): Promise<z.infer<typeof readiness>['parts'] | null> {
  const address = addressOf(config);
  try {
    if (!(await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok) return null;
  } catch {
    return null;
  }
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return readiness.parse(await response.json()).parts;
  } catch {
    return [];
  }
}
