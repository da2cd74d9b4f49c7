import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { productionPackages } from '../../scripts/lockfile.ts';
import { sbom } from '../../scripts/sbom.ts';

const names = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({ dependencies: names, devDependencies: names, peerDependencies: names })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));

it('every dependency has its reason in docs/dependencies.md, and nothing else is listed', () => {
  const [, shipped = '', development = ''] = readFileSync('docs/dependencies.md', 'utf8').split('\n## ');
  const listed = (part: string): readonly string[] =>
    part.split('\n').flatMap((line) => {
      const [first = ''] = line.slice(1).split('|');
      return line.startsWith('| ') ? [...first.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '') : [];
    });
  const peers = Object.keys(manifest.peerDependencies);
  expect(listed(shipped).toSorted()).toEqual([...Object.keys(manifest.dependencies), ...peers].toSorted());
  const others = Object.keys(manifest.devDependencies).filter((name) => !peers.includes(name));
  expect(listed(development).toSorted()).toEqual(others.toSorted());
});

it('the SBOM lists what is shipped, each once, and nothing else', () => {
  const { components, dependencies } = sbom();
  const listed = components.map(({ name, version }) => `${name}@${version}`);
  const shipped = new Set(productionPackages().map(({ name, version }) => `${name}@${version}`));
  expect(new Set(listed)).toEqual(shipped);
  const known = new Set(components.map((one) => one['bom-ref']));
  expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([]);
  expect(listed).toContainEqual(expect.stringMatching(/^zod@/));
});
