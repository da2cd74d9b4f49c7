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

it('the policies and the monitor select what both ways of running are labelled with', () => {
  const selecting = z.looseObject({ spec: z.looseObject({ podSelector: z.looseObject({ matchLabels: labels }) }) });
  const policy = selecting.parse(find('network', 'NetworkPolicy')).spec.podSelector.matchLabels;
  const monitor = z
    .looseObject({ spec: z.looseObject({ selector: z.looseObject({ matchLabels: labels }) }) })
    .parse(find('monitoring', 'ServiceMonitor')).spec.selector.matchLabels;
  for (const file of ['jishi', 'file']) {
    const service = z.looseObject({ metadata: z.looseObject({ labels }) }).parse(find(file, 'Service'));
    expect(service.metadata.labels).toMatchObject(monitor);
  }
  expect(set.spec.template.metadata.labels).toMatchObject(policy);
});
