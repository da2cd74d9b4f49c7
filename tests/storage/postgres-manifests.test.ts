import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { CORE_GROUPS } from '../../src/config/core-settings.ts';
import { namesOf } from '../../src/config/settings.ts';
import { PLATFORM_SETTINGS } from '../../src/platforms/registry.ts';

const variableNames = [...CORE_GROUPS, ...PLATFORM_SETTINGS].flatMap(namesOf);
const read = (path: string): string => readFileSync(new URL(`../../manifests/${path}`, import.meta.url), 'utf8');

it('Compose sets variables that are read, and waits for its database', () => {
  const { services } = parse(read('compose.yaml'));
  for (const name of Object.keys(services.jishi.environment)) expect(variableNames).toContain(name);
  // Whatever .env says: the port that is published, on every address, and the data on the volume.
  expect(services.jishi.environment).toMatchObject({ HOST: '0.0.0.0', PORT: '3000', DATA_DIR: '/data' });
  expect(services.jishi.ports).toEqual([expect.stringMatching(/:3000$/)]);
  expect(services.jishi.depends_on.postgres.condition).toBe('service_healthy');
  expect(services.postgres.healthcheck.test).toContain('pg_isready --username=jishi');
});

it('Kubernetes asks the paths that exist, and keeps most instances up', () => {
  const all = parseAllDocuments(read('kubernetes/postgres.yaml')).map((one) => one.toJS());
  const [deployment, budget, service] = ['Deployment', 'PodDisruptionBudget', 'Service'].map((kind) =>
    all.find((one) => one.kind === kind),
  );
  const { replicas, template } = deployment.spec;
  const [container] = template.spec.containers;
  for (const { name } of container.env) expect(variableNames).toContain(name);
  const set = new Map(
    container.env.map((one: { readonly name: string; readonly value: string }) => [one.name, one.value]),
  );
  expect(set.get('PORT')).toBe(String(container.ports[0].containerPort));
  expect(set.get('HOST')).toBe('0.0.0.0');
  // Taken out of the service first; then ten seconds for what is being sent.
  const before = Number(container.lifecycle.preStop.exec.command[1]);
  expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThan(before + 10);
  const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
  expect(probes.map((probe) => probe.httpGet.path)).toEqual(['/healthz', '/healthz', '/readyz']);
  expect(budget.spec.minAvailable).toBeLessThan(replicas);
  for (const selector of [budget.spec.selector.matchLabels, service.spec.selector]) {
    expect(template.metadata.labels).toMatchObject(selector);
  }
  const mounted = container.volumeMounts.map((mount: { readonly name: string }) => mount.name);
  const volumes = template.spec.volumes.map((volume: { readonly name: string }) => volume.name);
  expect(volumes.toSorted()).toEqual(mounted.toSorted());
});
