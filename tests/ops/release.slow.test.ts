import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

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

it('each step of the Containerfile works: what it copies is there, and what it makes starts by itself and knows its commit', () => {
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
  const command = all.findLast(({ verb }) => verb === 'CMD')?.rest;
  const [, ...args] = z.array(z.string()).parse(JSON.parse(command ?? '[]'));
  const program = args.find((arg) => !arg.startsWith('-')) ?? '';
  expect([program, existsSync(join(app, program))]).toEqual([program, true]);
  expect(program).not.toBe('');
});
