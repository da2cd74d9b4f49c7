import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
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
  expect(usageOf('backup', 'en')).toContain('backup FOLDER --keep N');
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

/** Kinds of the manifests, with the module that has their schema. */
const SCHEMAS: Readonly<Record<string, () => Promise<object>>> = {
  'apps/v1 Deployment': () => import('kubernetes-models/apps/v1/Deployment'),
  'apps/v1 StatefulSet': () => import('kubernetes-models/apps/v1/StatefulSet'),
  'batch/v1 CronJob': () => import('kubernetes-models/batch/v1/CronJob'),
  'networking.k8s.io/v1 NetworkPolicy': () => import('kubernetes-models/networking.k8s.io/v1/NetworkPolicy'),
  'policy/v1 PodDisruptionBudget': () => import('kubernetes-models/policy/v1/PodDisruptionBudget'),
  'v1 PersistentVolumeClaim': () => import('kubernetes-models/v1/PersistentVolumeClaim'),
  'v1 Service': () => import('kubernetes-models/v1/Service'),
};

/** Reason why a document is none of its kind; null if it is one. */
async function faultOf(document: { readonly apiVersion: string; readonly kind: string }): Promise<string | null> {
  const { apiVersion, kind } = document;
  const model = Object.entries((await SCHEMAS[`${apiVersion} ${kind}`]?.()) ?? {}).find(([name]) => name === kind)?.[1];
  if (typeof model !== 'function') return `no schema of ${apiVersion} ${kind}`;
  try {
    new model(document).validate();
    return null;
  } catch (error) {
    return String(error);
  }
}

it('what the chart renders is what Kubernetes takes', async () => {
  const all = ['file', 'postgres'].flatMap(documents).map((one) => ({ apiVersion: String(one['apiVersion']), ...one }));
  expect(all.length).toBeGreaterThan(8);
  for (const one of all) expect([one.kind, await faultOf(one)]).toEqual([one.kind, null]);
  // A schema that takes everything would show nothing.
  const odd = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 'http' }] } };
  expect(await faultOf(odd)).toContain('port');
});
