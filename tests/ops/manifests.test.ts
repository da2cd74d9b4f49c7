import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { faultOf } from '../../scripts/kubernetes-faults.ts';
import { parsedArgs } from '../../src/cli/terminal.ts';
import { usageOf } from '../../src/cli/usage.ts';
import { CORE_GROUPS } from '../../src/config/core-settings.ts';
import { namesOf } from '../../src/config/settings.ts';

const labels = z.record(z.string(), z.string());
const named = z.looseObject({ name: z.string() });
const pod = z.looseObject({
  metadata: z.looseObject({ labels }),
  spec: z.looseObject({
    securityContext: z.looseObject({ runAsNonRoot: z.literal(true) }),
    automountServiceAccountToken: z.literal(false),
    containers: z.tuple([
      z.looseObject({
        env: z.array(named),
        command: z.array(z.string()).optional(),
        volumeMounts: z.array(named.extend({ mountPath: z.string() })),
        securityContext: z.looseObject({
          readOnlyRootFilesystem: z.literal(true),
          allowPrivilegeEscalation: z.literal(false),
        }),
      }),
    ]),
    volumes: z.array(named.extend({ persistentVolumeClaim: z.looseObject({ claimName: z.string() }).optional() })),
  }),
});
const documents = (name: string) =>
  parseAllDocuments(readFileSync(`manifests/kubernetes/${name}.yaml`, 'utf8')).map((one) =>
    z.looseObject({ kind: z.string() }).parse(one.toJS()),
  );
const find = (name: string, kind: string) => documents(name).find((one) => one.kind === kind);
const VARIABLES = CORE_GROUPS.flatMap(namesOf);

const set = z
  .looseObject({
    spec: z.looseObject({
      replicas: z.number(),
      template: pod,
      volumeClaimTemplates: z.array(
        z.looseObject({ metadata: named, spec: z.looseObject({ accessModes: z.array(z.string()) }) }),
      ),
    }),
  })
  .parse(find('file', 'StatefulSet'));

it('the StatefulSet keeps one instance on a volume of its own, and every mount has a volume', () => {
  const { replicas, template, volumeClaimTemplates: claims } = set.spec;
  expect(replicas).toBe(1);
  expect(claims.map((one) => one.spec.accessModes)).toEqual([['ReadWriteOnce']]);
  const [container] = template.spec.containers;
  for (const { name } of container.env) expect(VARIABLES).toContain(name);
  const volumes = [...template.spec.volumes, ...claims.map(({ metadata }) => metadata)].map(({ name }) => name);
  expect(container.volumeMounts.map(({ name }) => name).toSorted()).toEqual(volumes.toSorted());
  const data = container.env.find(({ name }) => name === 'DATA_DIR')?.['value'];
  expect(container.volumeMounts.find(({ name }) => name === 'data')?.mountPath).toBe(data);
});

it('the CronJob gives a command that exists, on the volume of the StatefulSet', () => {
  const job = z
    .looseObject({ spec: z.looseObject({ jobTemplate: z.looseObject({ spec: z.looseObject({ template: pod }) }) }) })
    .parse(find('file', 'CronJob')).spec.jobTemplate.spec.template;
  const [container] = job.spec.containers;
  const [program, command, ...args] = container.command ?? [];
  expect([program, command]).toEqual(['jishi', 'backup']);
  const options = { keep: { type: 'string' } } as const;
  const { positionals, values } = parsedArgs({ args, options, allowPositionals: true }, 'backup');
  expect(usageOf('backup', 'en')).toContain('backup FOLDER [--keep N]');
  expect(Number(values.keep)).toBeGreaterThan(0);
  expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain(positionals[0]);
  const claims = job.spec.volumes.flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
  expect(claims).toEqual(['data-jishi-0', 'jishi-backup']);
});

it.each(['file', 'postgres'])('the policy and the service of %s select what runs', (name) => {
  const selecting = z.looseObject({ spec: z.looseObject({ podSelector: z.looseObject({ matchLabels: labels }) }) });
  const policy = selecting.parse(find(name, 'NetworkPolicy')).spec.podSelector.matchLabels;
  const service = z.looseObject({ spec: z.looseObject({ selector: labels }) }).parse(find(name, 'Service'))
    .spec.selector;
  const runs = z
    .looseObject({ spec: z.looseObject({ template: pod }) })
    .parse(find(name, name === 'file' ? 'StatefulSet' : 'Deployment')).spec.template.metadata.labels;
  expect(runs).toMatchObject(policy);
  expect(runs).toMatchObject(service);
});

/** Settings of a unit, without those that say what it runs and how often. */
const hardening = (unit: string): readonly string[] =>
  readFileSync(`manifests/${unit}`, 'utf8').match(
    /^(?:NoNew|Protect|Private|Restrict(?!Prevent)|Capability|Ambient|Lock|Remove|System|UMask|Proc).*$/gm,
  ) ?? [];

it('the unit that makes backups may do no more than the bot, but for the folder of the backups', () => {
  expect(hardening('jishi.service').length).toBeGreaterThan(20);
  expect(hardening('jishi-backup.service').toSorted()).toEqual(hardening('jishi.service').toSorted());
});

it.each([
  ['nginx.conf', /proxy_set_header Host \$host;/, /client_max_body_size (\d+)m;/, /proxy_buffering off;/],
  ['Caddyfile', /reverse_proxy/, /max_size (\d+)MB/, /flush_interval -1/],
])('%s passes on the host and files of 20 MB, and holds back no stream', (file, host, size, stream) => {
  const text = readFileSync(`manifests/proxy/${file}`, 'utf8');
  expect(text).toMatch(host);
  expect(Number(size.exec(text)?.[1])).toBeGreaterThan(20);
  expect(text).toMatch(stream);
});

it('nginx names the client and the request, in its log and to the bot', () => {
  const text = readFileSync('manifests/proxy/nginx.conf', 'utf8');
  expect(text).toMatch(/proxy_set_header X-Forwarded-For \$remote_addr;/);
  expect(text).toMatch(/proxy_set_header X-Request-Id \$request_id;/);
  expect(text).toMatch(/^log_format .*\$remote_addr.*\$request_id/m);
});

it('what the chart renders is what Kubernetes takes', async () => {
  const all = ['file', 'postgres'].flatMap(documents).map((one) => ({ apiVersion: String(one['apiVersion']), ...one }));
  expect(all.length).toBeGreaterThan(8);
  for (const one of all) expect([one.kind, await faultOf(one)]).toEqual([one.kind, null]);
  // A schema that takes everything would show nothing.
  const odd = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 'http' }] } };
  expect(await faultOf(odd)).toContain('port');
});

it('the container, systemd and the tests start the program with the same limits as npm start', () => {
  const limits = (file: string) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /start\.js|START, 'start'/.test(line) && line.includes('--max'))
      .map((line) => [...new Set([...line.matchAll(/--max-[\w-]+=\d+/g)].map(([flag]) => flag))]);
  const [npm] = limits('package.json');
  expect(npm).toHaveLength(2);
  for (const file of ['manifests/Containerfile', 'manifests/jishi.service', 'tests/fakes/program.ts'])
    expect(limits(file), file).toEqual([npm]);
});
