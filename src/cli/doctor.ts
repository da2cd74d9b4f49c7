import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { readDotEnv } from '../config/dotenv.ts';
import { loadConfig } from '../config/load.ts';
import { loadOrganisation } from '../config/organisation.ts';
import type { Config } from '../config/schema.ts';
import { reportTemplate } from '../documents/template-file.ts';
import type { Organisation } from '../incident/profile.ts';
import { messageOf } from '../ops/errors.ts';
import { systemClock } from '../ops/system-clock.ts';
import { loadRegimes } from '../regimes/load.ts';
import type { ReadOnlyStore } from '../storage/open-store.ts';
import { LINKS, withLinked } from '../use-cases/links.ts';
import type { Finding } from '../use-cases/ports.ts';
import { openForReading, storeFile } from './stores.ts';
import type { Terminal } from './terminal.ts';

const ok = (what: string, say: string): Finding => ({ what, state: 'ok', say });
const warning = (what: string, say: string): Finding => ({ what, state: 'warning', say });
const wrong = (what: string, say: string): Finding => ({ what, state: 'wrong', say });

/** `jishi doctor`: checks the whole set-up; each line says ok or what to do. Exit 1 if something is wrong. */
export async function doctorCommand(_args: readonly string[], terminal: Terminal): Promise<number> {
  const findings: Finding[] = [ok('node', process.version)];
  const loaded = loadConfig(readDotEnv(terminal.env));
  if (!loaded.ok) findings.push(...loaded.errors.map((e) => wrong(e.variable, e.problem)));
  else {
    findings.push(ok('configuration', 'every setting can be read'), ...access(loaded.config));
    findings.push(await regimes(loaded.config), await organisation(loaded.config));
    findings.push(...(await store(loaded.config)));
    findings.push(...(await slack(loaded.config)), ...(await wecomBot(loaded.config)));
    findings.push(...(await wecomApp(loaded.config)), ...(await waysOut(loaded.config)));
  }
  for (const finding of findings) terminal.out(`${MARK[finding.state]} ${finding.what}: ${finding.say}`);
  return findings.some((finding) => finding.state === 'wrong') ? 1 : 0;
}

const MARK = { ok: 'ok     ', warning: 'check  ', wrong: 'WRONG  ' } as const;

function access(config: Config): Finding[] {
  const loopback = config.host === 'localhost' || config.host === '::1' || config.host.startsWith('127.');
  if (config.consoleSecret !== null) {
    return [
      config.publicUrl?.startsWith('https:') || loopback
        ? ok('console', 'people sign in by a link from `npx jishi login NAME`')
        : warning('console', 'PUBLIC_URL is not https: sessions travel in the clear; put TLS in front'),
    ];
  }
  if (loopback && config.publicUrl === null) return [ok('console', 'on this machine only: people choose who they are')];
  return [wrong('console', 'reachable from elsewhere but nobody can sign in: set CONSOLE_SECRET')];
}

async function regimes(config: Config): Promise<Finding> {
  try {
    const loaded = await loadRegimes(config.regimesDir ?? undefined);
    return ok('regimes', [...loaded.keys()].join(', '));
  } catch (error) {
    return wrong('regimes', messageOf(error));
  }
}

async function organisation(config: Config): Promise<Finding> {
  if (config.organisationFile === null) {
    return warning(
      'organisation',
      'no profile: everybody has every role, which is right for trying out only; set ORGANISATION_FILE',
    );
  }
  try {
    const listed = await loadOrganisation(config.organisationFile);
    await reportTemplate(config.organisationFile, listed);
    const profile = await withLinks(config, listed);
    const lost = profile.people.filter((p) => p.accounts.length === 0).map((p) => p.name);
    if (lost.length > 0)
      return warning('organisation', `nobody can reach ${lost.join(', ')}: no account is listed or linked`);
    return ok('organisation', `${profile.entities.length} entities, ${profile.people.length} people`);
  } catch (error) {
    return wrong('organisation', messageOf(error));
  }
}

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
    await opened.close();
    return [
      ok('record', where),
      counts.dead === 0
        ? ok('messages', `${counts.sent} sent, ${counts.ready} waiting`)
        : warning('messages', `${counts.dead} could not be delivered; the records say which`),
      ...failed.map((f) => warning('payload', `${f.platform} ${f.key} could not be handled: ${f.error}`)),
    ];
  } catch (error) {
    return [wrong('record', messageOf(error))];
  }
}

async function slack(config: Config): Promise<readonly Finding[]> {
  if (config.slack === null) return [];
  const [{ slackDoctor }, { createProbe }, { createNet }] = await Promise.all([
    import('../platforms/slack/doctor.ts'),
    import('../platforms/slack/probe.ts'),
    import('../platforms/slack/net.ts'),
  ]);
  const net = createNet(config.proxy);
  try {
    const probe = createProbe({ net, apiUrl: config.slack.apiUrl, now: Date.now });
    return await slackDoctor(config.slack, { probe, publicUrl: config.publicUrl, running: await isRunning(config) });
  } finally {
    await net.close();
  }
}

async function wecomBot(config: Config): Promise<readonly Finding[]> {
  if (config.wecomBot === null) return [];
  const { botDoctor } = await import('../platforms/wecom/doctor.ts');
  const opened = await openForReading(config).catch(() => null);
  const profile = await profileOf(config);
  try {
    return await botDoctor(config.wecomBot, {
      proxy: config.proxy,
      clock: systemClock,
      organisation: profile,
      running: await runningPart(config, 'wecom'),
      kept: opened && { list: (prefix, limit) => keptOf(opened, 'wecom:', prefix, limit) },
    });
  } finally {
    await opened?.close();
  }
}

async function wecomApp(config: Config): Promise<readonly Finding[]> {
  const [{ appDoctor }, { robotDoctor }] = await Promise.all([
    import('../platforms/wecom/app/doctor.ts'),
    import('../platforms/wecom/webhook/doctor.ts'),
  ]);
  const profile = await profileOf(config);
  const robots = robotDoctor(config.wecomWebhooks, profile);
  if (config.wecomApp === null) return robots;
  const opened = await openForReading(config).catch(() => null);
  const { proxy, publicUrl, wecomApiUrl: apiUrl } = config;
  const corner = 'wecom-app:';
  const kept = opened && {
    get: async (key: string) =>
      (await opened.kept.list(corner + key, 1)).find((entry) => entry.key === corner + key)?.value ?? null,
  };
  try {
    const options = { apiUrl, proxy, publicUrl, clock: systemClock, organisation: profile, kept };
    return [...(await appDoctor(config.wecomApp, options)), ...robots];
  } finally {
    await opened?.close();
  }
}

/** What is left when chat takes no reminder: mail, and somebody outside who hears when this machine is silent. */
async function waysOut({ smtpUrl, heartbeatUrl, slack, wecomBot, wecomApp }: Config): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (!slack && !wecomBot && !wecomApp) {
    findings.push(warning('chat', 'neither Slack nor WeCom is set up: `npx jishi connect slack` or `connect wecom`'));
  }
  if (smtpUrl === null)
    findings.push(warning('mail', 'a reminder that chat does not take cannot go by mail: SMTP_URL'));
  else {
    const { hostname } = new URL(smtpUrl);
    const refused = await (await import('../platforms/mail/messenger.ts')).tryMail(smtpUrl);
    if (refused === null) findings.push(ok('mail', `${hostname} lets the bot sign in`));
    else findings.push(wrong('mail', `${hostname} does not let the bot in (${refused}); check SMTP_URL`));
  }
  // It is not asked: that would be a sign of life of a bot that may not be running.
  if (heartbeatUrl === null)
    findings.push(warning('sign of life', 'nobody hears when this machine is gone: HEARTBEAT_URL'));
  else findings.push(ok('sign of life', `to ${new URL(heartbeatUrl).host} once a minute while all is well`));
  return findings;
}

async function keptOf(opened: ReadOnlyStore, corner: string, prefix: string, limit: number) {
  const all = await opened.kept.list(corner + prefix, limit);
  return all.map(({ key, value }) => ({ key: key.slice(corner.length), value }));
}

const readiness = z.object({
  parts: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().default('') })),
});

/** What a running bot says of one of its parts; null if none answers where this one would. */
async function runningPart(config: Config, name: string): Promise<{ ok: boolean; detail: string } | null> {
  if (!(await isRunning(config))) return null;
  try {
    const response = await fetch(`${addressOf(config)}/readyz`, { signal: AbortSignal.timeout(2_000) });
    return readiness.parse(await response.json()).parts.find((part) => part.name === name) ?? null;
  } catch {
    return { ok: false, detail: 'it does not answer' };
  }
}

function addressOf({ host, port }: Config): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether a bot answers where this one would. */
async function isRunning(config: Config): Promise<boolean> {
  try {
    const response = await fetch(`${addressOf(config)}/healthz`, {
      signal: AbortSignal.timeout(1_000),
    });
    return response.ok;
  } catch {
    return false;
  }
}
