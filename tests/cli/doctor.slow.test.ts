import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { expect, it, onTestFinished } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor.ts';
import { evolve } from '../../src/incident/record/evolve.ts';
import { randomIds, systemClock } from '../../src/ops/system-clock.ts';
import { createSqliteStore } from '../../src/storage/sqlite/store.ts';
import { commits, declaring, noting } from '../contract/fixtures.ts';
import { startProvider } from '../fakes/identity-provider.ts';
import { hasOpenssl } from '../fakes/time-authority.ts';

const SECRET = 'a-secret-of-32-characters-or-more-1';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What the doctor says with these settings, and its exit code. */
async function doctor(env: Readonly<Record<string, string>>, dataDir = emptyFolder()) {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  // Nobody listens on this port: no bot is asked what it says of itself.
  const terminal = { env: { DATA_DIR: dataDir, PORT: '1', ...env }, out: say, error: say, stdin: async () => '' };
  return { code: await doctorCommand([], terminal), lines };
}

async function mailServer(): Promise<string> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password }, _session, done) =>
      password === 'right' ? done(null, { user: 'bot' }) : done(new Error('Invalid login')),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

it('says of every part that it is fine, or what to do', async () => {
  const { code, lines } = await doctor({});
  expect(code).toBe(0);
  for (const what of ['node', 'configuration', 'console', 'regimes', 'record']) {
    expect(lines.filter((line) => line.startsWith(`ok      ${what}: `))).toHaveLength(1);
  }
  expect(lines).toContainEqual(expect.stringMatching(/^check {3}organisation: .*ORGANISATION_FILE/));
  expect(lines).toContainEqual(expect.stringMatching(/^check {3}chat: .*npx jishi connect slack/));
  expect(lines).toContainEqual(expect.stringMatching(/^check {3}mail: .*SMTP_URL/));
  expect(lines).toContainEqual(expect.stringMatching(/^check {3}heartbeat: .*HEARTBEAT_URL/));
});

it('signs in to the mail server, sends nothing, and says neither password nor address of the heartbeat', async () => {
  const host = await mailServer();
  const HEARTBEAT_URL = 'http://127.0.0.1:1/secret-path';
  const good = await doctor({ SMTP_URL: `smtp://bot:right@${host}`, HEARTBEAT_URL });
  expect(good.lines).toContain('ok      mail: 127.0.0.1 lets the bot sign in');
  expect(good.lines).toContain('ok      heartbeat: to 127.0.0.1:1 once a minute while all is well');
  expect(good.code).toBe(0);
  const bad = await doctor({ SMTP_URL: `smtp://bot:mistyped@${host}`, HEARTBEAT_URL });
  expect(bad.lines).toContainEqual(expect.stringMatching(/^WRONG {3}mail: 127\.0\.0\.1 .*SMTP_URL$/));
  expect(bad.code).toBe(1);
  for (const line of [...good.lines, ...bad.lines]) expect(line).not.toMatch(/right@|mistyped|secret-path/);
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  ['nothing else', {}, '`npx jishi login NAME`'],
  ['mail, no profile', { SMTP_URL: 'smtp://127.0.0.1:1' }, '`npx jishi login NAME`'],
  ['a profile', { ORGANISATION_FILE: 'FILE' }, '`npx jishi login NAME`'],
  ['a profile and time-stamps', { ORGANISATION_FILE: 'FILE', TSA_URL: 'http://127.0.0.1:1' }, '`npx jishi login NAME`'],
  [
    'a profile and mail',
    { ORGANISATION_FILE: 'FILE', SMTP_URL: 'smtp://127.0.0.1:1' },
    'a link that the sign-in page sends · `npx jishi login NAME`',
  ],
  [
    'single sign-on',
    {
      ...{ ORGANISATION_FILE: 'FILE', OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'jishi' },
      PUBLIC_URL: 'https://jishi.example.com',
    },
    'single sign-on · `npx jishi login NAME`',
  ],
])('names only the ways to sign in that work: %s', async (_, settings, ways) => {
  const dataDir = emptyFolder();
  const file = join(dataDir, 'organisation.yaml');
  writeFileSync(file, 'organisation: x\nentities: [{ id: a, name: x, province: "31" }]\n');
  const given = Object.entries(settings).map(([name, value]) => [name, value === 'FILE' ? file : value] as const);
  const { lines } = await doctor({ CONSOLE_SECRET: SECRET, ...Object.fromEntries(given) }, dataDir);
  expect(lines.filter((line) => line.includes(' console: '))).toEqual([`ok      console: people sign in by ${ways}`]);
  // Neither mail nor time-stamps are a chat.
  expect(lines).toContainEqual(expect.stringMatching(/^check {3}chat: no chat platform is set up/));
});

it('lists everything that is wrong with the settings', async () => {
  const { code, lines } = await doctor({ PORT: 'eighty', SLACK_BOT_TOKEN: 'xoxb-alone' });
  expect(code).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/^WRONG {3}PORT: /));
  expect(lines).toContainEqual(expect.stringMatching(/^WRONG {3}SLACK_/));
});

it('counts the accounts people linked as theirs', async () => {
  const dataDir = emptyFolder();
  const ORGANISATION_FILE = join(dataDir, 'organisation.yaml');
  writeFileSync(
    ORGANISATION_FILE,
    'organisation: x\nentities: [{ id: a, name: x, province: "31" }]\npeople: [{ id: zhao, name: Zhao Min }]\n',
  );
  const before = await doctor({ ORGANISATION_FILE }, dataDir);
  expect(before.lines).toContainEqual(expect.stringMatching(/organisation: nobody can reach Zhao Min/));
  const file = join(dataDir, 'jishi.sqlite');
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  await store.kept.put('links:account:wecom/aib-test/wo8x', 'zhao');
  await store.close();
  const after = await doctor({ ORGANISATION_FILE }, dataDir);
  expect(after.lines).toContain('ok      organisation: entities: 1, people: 1');
  expect(after.lines).toContainEqual(expect.stringMatching(/^check {3}second person: fewer than two people/));
});

it('counts files that records name and the store does not have', async () => {
  const dataDir = emptyFolder();
  const file = join(dataDir, 'jishi.sqlite');
  const store = await createSqliteStore({ file, evolve, clock: systemClock, ids: randomIds });
  const evidence = { name: 'a.txt', size: 5, mediaType: 'text/plain' };
  const naming = (sha256: string) =>
    noting('INC-2026-0001', `names ${sha256}`, {
      decide: (c) => commits(c, [{ type: 'evidence_added', payload: { evidence: { ...evidence, file: sha256 } } }]),
    });
  await store.change(declaring('a'));
  await store.change(naming((await store.blobs.put(new TextEncoder().encode('there'))).sha256));
  const about = async () => (await doctor({}, dataDir)).lines.filter((line) => line.includes('files'));
  expect(await about()).toEqual([]);
  await store.change(naming('f'.repeat(64)));
  expect(await about()).toEqual([
    'check   files: 1 that records name are missing: put them back from a backup; `npx jishi verify` names them',
  ]);
  await store.close();
});

it('names the token that ends within thirty days, and no other', async () => {
  const dataDir = emptyFolder();
  const store = await createSqliteStore({
    file: join(dataDir, 'jishi.sqlite'),
    evolve,
    clock: systemClock,
    ids: randomIds,
  });
  const days = (n: number): number => Date.now() + n * 86_400_000;
  const tokens = [
    { name: 'prometheus', until: days(29) },
    { name: 'alertmanager', until: days(31) },
    { name: 'over', until: days(-1) },
    { name: 'revoked', until: days(5), ended: days(-2) },
  ];
  for (const token of tokens) await store.kept.put(`access:token:${token.name}`, JSON.stringify(token));
  await store.close();
  const { lines } = await doctor({}, dataDir);
  const day = new Date(days(29)).toISOString().slice(0, 10);
  expect(lines.filter((line) => line.includes('token'))).toEqual([
    `check   token: the token prometheus ends on ${day}: make a new one with \`npx jishi tokens add\``,
  ]);
});

it.skipIf(!hasOpenssl)('tells a certificate that nobody here knows from an address that does not answer', async () => {
  const folder = emptyFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=127.0.0.1'];
  execFileSync('openssl', ['req', ...made, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const ORGANISATION_FILE = join(folder, 'organisation.yaml');
  writeFileSync(ORGANISATION_FILE, 'organisation: x\nentities: [{ id: a, name: x, province: "31" }]\n');
  const set = { OIDC_CLIENT_ID: 'jishi', CONSOLE_SECRET: SECRET, ORGANISATION_FILE, PUBLIC_URL: 'https://a.example' };
  const asked = async (issuer: string) => (await doctor({ ...set, OIDC_ISSUER: issuer }, folder)).lines;
  const unknown = await asked(
    `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`,
  );
  expect(unknown).toContainEqual(expect.stringMatching(/^WRONG {3}single sign-on: .*DEPTH_ZERO_SELF_SIGNED_CERT/));
  expect(unknown.filter((line) => line.includes('NODE_EXTRA_CA_CERTS'))).toEqual([
    expect.stringMatching(/^WRONG {3}certificate: /),
  ]);
  const silent = await asked('https://127.0.0.1:1');
  expect(silent).toContainEqual(expect.stringMatching(/^WRONG {3}single sign-on: .*does not answer/));
  expect(silent.filter((line) => line.includes(' certificate: '))).toEqual([]);
});

it('asks the identity provider whether it is one', async () => {
  const folder = emptyFolder();
  const ORGANISATION_FILE = join(folder, 'organisation.yaml');
  writeFileSync(ORGANISATION_FILE, 'organisation: x\nentities: [{ id: a, name: x, province: "31" }]\n');
  const set = { OIDC_CLIENT_ID: 'jishi', CONSOLE_SECRET: SECRET, ORGANISATION_FILE };
  const PUBLIC_URL = 'http://127.0.0.1:3000';
  const idp = await startProvider({ clientId: 'jishi', clientSecret: 'x', publicUrl: PUBLIC_URL, people: [] });
  onTestFinished(() => idp.stop());
  const good = await doctor({ ...set, PUBLIC_URL, OIDC_ISSUER: idp.issuer });
  expect(good.lines).toContainEqual(
    expect.stringMatching(/^ok {6}single sign-on: .*127.0.0.1:3000\/login\/oidc\/callback$/),
  );
  const bad = await doctor({ ...set, PUBLIC_URL, OIDC_ISSUER: 'http://127.0.0.1:1' });
  expect(bad.lines).toContainEqual(expect.stringMatching(/^WRONG {3}single sign-on: .*OIDC_ISSUER$/));
  const half = await doctor({ ...set, OIDC_ISSUER: idp.issuer });
  expect(half.lines).toContainEqual(
    expect.stringMatching(/^WRONG {3}PUBLIC_URL: is missing, because OIDC_ISSUER is set/),
  );
});

it('prints JSON', async () => {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const terminal = { env: { DATA_DIR: emptyFolder(), PORT: '1' }, out: say, error: say, stdin: async () => '' };
  expect(await doctorCommand(['--json'], terminal)).toBe(0);
  expect(JSON.parse(lines.join('\n'))).toContainEqual({ what: 'record', state: 'ok', say: 'empty' });
});

it('never says ok to a folder that cannot be made, or files of others', async () => {
  const below = await doctor({}, '/proc/jishi/data');
  expect(below.lines).toContainEqual(expect.stringMatching(/^WRONG {3}(record|disk): /));
  const folder = emptyFolder();
  const secret = join(folder, 'secret');
  writeFileSync(secret, SECRET, { mode: 0o644 });
  const open = await doctor({ CONSOLE_SECRET_FILE: secret }, folder);
  expect(open.lines).toContainEqual(`check   permissions: others can read ${secret}: chmod 0640 ${secret}`);
});

it('asks a running bot whether it records', async () => {
  const answer = { status: 'unavailable', store: 'failing', reason: 'SQLITE_FULL', parts: [] };
  const server = createServer((request, response) => {
    const isReady = request.url === '/readyz';
    response.writeHead(isReady ? 503 : 200).end(JSON.stringify(isReady ? answer : { status: 'ok' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { code, lines } = await doctor({ PORT: String(address.port) });
  expect(code).toBe(1);
  expect(lines).toContainEqual(expect.stringMatching(/^WRONG {3}running bot: .*SQLITE_FULL.*disk is full/));
});
