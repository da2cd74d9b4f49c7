import { statSync } from 'node:fs';
import { z } from 'zod';
import { CORE_GROUPS } from '../config/core-settings.ts';
import { FILE_ENDING, readDotEnv, secretsOf } from '../config/dotenv.ts';
import type { Config } from '../config/schema.ts';
import { addressOf, isLocalMode, isLoopback } from '../http/access.ts';
import { OIDC_PATH } from '../http/oidc.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { causeOf } from '../ops/errors.ts';
import { randomIds, systemClock } from '../ops/system-clock.ts';
import { PLATFORM_SETTINGS, PLATFORMS } from '../platforms/registry.ts';
import { remedyOf } from '../storage/errors.ts';
import type { Finding } from '../use-cases/ports.ts';
import { identityProviderOf } from '../wiring/identity-provider.ts';
import { sendsLinks } from '../wiring/link-sender.ts';
import { ocrPackages } from '../wiring/picture-reader.ts';
import { openForReading } from '../wiring/reading.ts';
import { loadSettings } from './config.ts';
import { ok, printFindings, warning, wrong } from './findings.ts';
import { lawFindings } from './law-findings.ts';
import { idFindings, keptOf, readProfile } from './organisation.ts';
import { storeFindings } from './store-findings.ts';
import { parsedArgs, type Terminal } from './terminal.ts';

/**
 * `jishi doctor [--connect] [--json]` checks the whole set-up; each line is ok or names a remedy. Exit 1 on errors.
 * `--connect` also opens connections that would end those of a running bot; `--ring NAME` only makes a test call to
 * that person of the profile.
 */
export async function doctorCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = {
    json: { type: 'boolean' },
    connect: { type: 'boolean', default: false },
    ring: { type: 'string' },
  } as const;
  const { values } = parsedArgs({ args: [...args], options }, 'doctor');
  const findings: Finding[] = [ok('node', process.version)];
  const loaded = loadSettings(terminal);
  if (loaded.ok && values.ring !== undefined) {
    const rung = await ringOne(loaded.config, values.ring);
    return printFindings(rung, values.json === true, terminal);
  }
  if (loaded.ok) {
    findings.push(ok('configuration', 'every setting can be read'));
    findings.push(...loaded.ignored.map((one) => warning(one.variable, one.problem)));
    findings.push(...(await allOf(loaded.config, terminal.env, values.connect)));
  } else findings.push(...loaded.errors.map((e) => wrong(e.variable, e.problem)));
  return printFindings(findings, values.json === true, terminal);
}

async function allOf(config: Config, env: Terminal['env'], connect: boolean): Promise<readonly Finding[]> {
  const { profile, findings } = await organisation(config);
  const running = await runningBot(config);
  const others = connect ? await otherInstance(config) : [];
  const found = [
    ...access(config, profile),
    ...permissions('.env', 0o007, 'others can read'),
    ...secretFiles(env),
    ...permissions(config.dataDir, 0o022, 'others can write'),
    ...(await lawFindings(config, profile, Date.now())),
    ...findings,
    ...(await singleSignOn(config)),
    ...(await storeFindings(config)),
    ...readyFindings(running),
    ...others,
    ...(await platforms(config, profile, running, connect && others.length === 0)),
    ...(await idFindings(config, profile)),
  ];
  return [...found, ...connectionFindings(found)];
}

/** Returns a finding if an instance uses the same database; `doctor` then tries no connections. */
async function otherInstance({ databaseUrl }: Config): Promise<readonly Finding[]> {
  if (databaseUrl === null) return [];
  const { hasInstance } = await import('../storage/postgres/rights.ts');
  const isUsed = await hasInstance(databaseUrl).catch(() => true);
  return isUsed ? [warning('--connect', 'an instance has the database open; no connection was tried beside it')] : [];
}

/** Calls one person of the profile by every platform that can make telephone calls. */
async function ringOne(config: Config, name: string): Promise<readonly Finding[]> {
  const { profile } = await organisation(config);
  const person = profile?.people.find((one) => [one.id, one.name, one.nameEn].includes(name));
  if (!person) return [wrong('ring', `the profile lists nobody with the id or name ${name}`)];
  const kept = { get: async () => null, put: async () => {} };
  const needs = { config, kept, clock: systemClock, ids: randomIds, profile: () => profile };
  const rung = await Promise.all(PLATFORMS.map((platform) => platform.ring(needs, person)));
  const found = rung.filter((one) => one !== null);
  return found.length > 0 ? found : [wrong('ring', 'nothing that reaches telephones is set up: docs/telephone.md')];
}

function access(config: Config, profile: Organisation | null): readonly Finding[] {
  if (config.consoleSecret !== null) {
    const ways = [
      ...(sendsLinks(config, profile) ? ['a link that the sign-in page sends'] : []),
      ...(config.oidc === null ? [] : ['single sign-on']),
      '`npx jishi login NAME`',
    ];
    return [
      config.publicUrl?.startsWith('https:') || isLoopback(config.host)
        ? ok('console', `people sign in by ${ways.join(' · ')}`)
        : warning('console', 'PUBLIC_URL is not https: sessions travel in the clear; put TLS in front'),
    ];
  }
  if (isLocalMode(config)) return [ok('console', 'on this machine only, by the link that the start prints')];
  return [wrong('console', 'reachable from elsewhere but nobody can sign in: set CONSOLE_SECRET')];
}

async function singleSignOn(config: Config): Promise<readonly Finding[]> {
  const provider = await identityProviderOf(config);
  if (provider === null) return [];
  const { issuer } = provider.config;
  try {
    await provider.configuration();
    return [
      ok('single sign-on', `${issuer} answers; its callback address is ${config.publicUrl}${OIDC_PATH}/callback`),
    ];
  } catch (error) {
    return [
      wrong('single sign-on', `${issuer} does not answer as an OpenID provider (${causeOf(error)}): OIDC_ISSUER`),
    ];
  }
}

/** Returns a finding if other users, described by `who`, can read a secret file or data folder. */
function permissions(path: string, bits: number, who: string): readonly Finding[] {
  const there = process.platform === 'win32' ? undefined : statSync(path, { throwIfNoEntry: false });
  if (!there || (there.mode & bits) === 0) return [];
  const wanted = (there.mode & 0o777 & ~(bits | 0o007)).toString(8).padStart(4, '0');
  return [warning('permissions', `${who} ${path}: chmod ${wanted} ${path}`)];
}

/** Checks secret files, except those mounted by a container platform, which everyone in the container may read. */
function secretFiles(env: Terminal['env']): readonly Finding[] {
  const settings = readDotEnv(env);
  return secretsOf([...CORE_GROUPS, ...PLATFORM_SETTINGS]).flatMap((name) => {
    const file = settings[name + FILE_ENDING]?.trim();
    return file && !/^(?:\/var)?\/run\//.test(file) ? permissions(file, 0o007, 'others can read') : [];
  });
}

async function organisation(config: Config): ReturnType<typeof readProfile> {
  if (config.organisationFile !== null) return readProfile(config.organisationFile, config);
  const say = 'no profile: everybody has every role, which is right for trying out only; set ORGANISATION_FILE';
  return { profile: null, findings: [warning('organisation', say)] };
}

/** Returns each platform's findings about itself, and the alternatives if no chat accepts reminders. */
async function platforms(
  config: Config,
  profile: Organisation | null,
  running: Readiness | null,
  mayConnect: boolean,
): Promise<readonly Finding[]> {
  const opened = await openForReading(config).catch(() => null);
  try {
    const found = PLATFORMS.map((platform) =>
      platform.doctor({
        config,
        clock: systemClock,
        organisation: profile,
        mayConnect,
        running:
          running &&
          (running.parts.find((part) => part.name === platform.name) ?? { ok: false, detail: 'it does not answer' }),
        kept: opened && { list: (prefix, limit) => keptOf(opened, `${platform.name}:`, prefix, limit) },
      }),
    );
    return [
      ...chat(config),
      ...(await Promise.all(found)).flat(),
      heartbeat(config),
      ...secondReader(config),
      ...pictureReader(config),
    ];
  } finally {
    await opened?.close();
  }
}

function chat(config: Config): readonly Finding[] {
  if (PLATFORMS.some((platform) => platform.chat && platform.isOn(config))) return [];
  const ways = PLATFORMS.flatMap(({ name, connect }) => (connect ? [`\`npx jishi connect ${name}\``] : [])).join(' · ');
  return [warning('chat', `no chat platform is set up: ${ways}`)];
}

/** Returns the heartbeat finding. The address is not fetched: that would report a stopped bot as alive. */
function heartbeat({ heartbeatUrl }: Config): Finding {
  return heartbeatUrl === null
    ? warning('heartbeat', 'not set. Nobody is alerted if this machine goes down; set HEARTBEAT_URL')
    : ok('heartbeat', `to ${new URL(heartbeatUrl).host} once a minute while all is well`);
}

function secondReader({ reader }: Config): readonly Finding[] {
  if (reader === null) return [];
  const { host } = new URL(reader.url);
  const what = 'second reader';
  return reader.isAbroad
    ? [warning(what, `${host} gets what cannot be read here (${reader.model}); it is located abroad`)]
    : [ok(what, `${host} gets what cannot be read here (${reader.model})`)];
}

function pictureReader({ ocrPackages: folder }: Config): readonly Finding[] {
  if (folder === null) return [];
  const packages = ocrPackages(folder);
  return 'missing' in packages
    ? [
        wrong(
          'pictures',
          `missing in ${folder}: ${packages.missing.join(', ')}. Run npm install there (docs/second-reader.md)`,
        ),
      ]
    : [ok('pictures', `read on this machine with the packages in ${folder}`)];
}

const readiness = z.object({
  store: z.string(),
  reason: z.string().default(''),
  parts: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().default('') })),
});
type Readiness = z.infer<typeof readiness>;

/** Returns `/readyz` of a running bot; null if none answers at the configured address. */
async function runningBot(config: Config): Promise<Readiness | null> {
  const address = addressOf(config);
  try {
    if (!(await fetch(`${address}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok) return null;
  } catch {
    return null;
  }
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(6_000) });
    return readiness.parse(await response.json());
  } catch {
    return { store: 'silent', reason: '', parts: [] };
  }
}

function readyFindings(running: Readiness | null): readonly Finding[] {
  if (running === null) return [];
  const { store, reason } = running;
  if (store === 'ready') return [ok('running bot', 'its store accepts writes')];
  if (store === 'migrating') return [warning('running bot', 'it waits for the database, or migrates it')];
  if (store === 'silent') return [wrong('running bot', 'it does not answer /readyz')];
  return [wrong('running bot', `it records nothing (${reason || 'no reason'}): ${remedyOf(reason)}`)];
}

/** Causes of failed connections, recognised by the code in their text, each with one remedy. */
const CAUSES: readonly {
  readonly codes: RegExp;
  readonly what: string;
  readonly remedy: string;
}[] = [
  {
    codes: /\bCERT_HAS_EXPIRED\b/,
    what: 'certificate',
    remedy:
      'the certificate of the server, or of a proxy that opens TLS, is no longer valid; or the clock of this machine is wrong',
  },
  {
    codes:
      /\b(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE)\b/,
    what: 'certificate',
    remedy:
      'the certificate is of an authority this machine does not know, often that of a proxy that opens TLS; give it by NODE_EXTRA_CA_CERTS in the real environment',
  },
  {
    codes: /\bERR_TLS_CERT_ALTNAME_INVALID\b/,
    what: 'certificate',
    remedy: 'the certificate is for another name than the address in the settings',
  },
  {
    codes: /\b(?:ENOTFOUND|EAI_AGAIN)\b/,
    what: 'name server',
    remedy: 'the name of a host is not found; check the address in the settings and the name server of this machine',
  },
];

/** Returns one finding with a remedy for each cause of failed connections, however many connections failed by it. */
function connectionFindings(found: readonly Finding[]): readonly Finding[] {
  const said = found.flatMap(({ state, say }) => (state === 'wrong' ? [say] : []));
  return CAUSES.flatMap(({ codes, what, remedy }) => {
    return said.some((say) => codes.test(say)) ? [wrong(what, remedy)] : [];
  });
}
