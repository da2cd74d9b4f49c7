import { expect, it } from 'vitest';
import { productionPackages } from '../../scripts/lockfile.ts';
import { sbom } from '../../scripts/sbom.ts';

it('the SBOM lists what is shipped, each once, and nothing else', () => {
  const { components, dependencies } = sbom();
  const listed = components.map(({ name, version }) => `${name}@${version}`);
  const shipped = new Set(productionPackages().map(({ name, version }) => `${name}@${version}`));
  expect(new Set(listed)).toEqual(shipped);
  const known = new Set(components.map((one) => one['bom-ref']));
  expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !known.has(ref))).toEqual([]);
  expect(listed).toContainEqual(expect.stringMatching(/^zod@/));
});
