import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { productionPackages } from './lockfile.ts';

const component = z.looseObject({ name: z.string(), version: z.string(), 'bom-ref': z.string() });
const document = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(component),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/**
 * Software bill of materials (CycloneDX) of what `npm ci --omit=dev` installs, from the lock file. `npm sbom --omit dev`
 * (11.19) also leaves out shipped packages that a development dependency uses, such as zod and pg, so the whole document
 * is made and reduced here.
 */
export function sbom(): z.infer<typeof document> {
  const options = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const whole = document.parse(JSON.parse(execFileSync('npm', options, { encoding: 'utf8', maxBuffer: 2 ** 27 })));
  const shipped = new Set(productionPackages().map(({ name, version }) => `${name}@${version}`));
  // npm names a component by its folder, its reference by the package: they differ where an override puts another one there.
  const named = whole.components.map((one) => ({ ...one, name: one['bom-ref'].replace(/(?<=.)@.*$/, '') }));
  const components = named.filter(({ name, version }) => shipped.has(`${name}@${version}`));
  const kept = new Set(components.map((one) => one['bom-ref']));
  const root = whole.dependencies[0]?.ref;
  const dependencies = whole.dependencies
    .filter(({ ref }) => ref === root || kept.has(ref))
    .map(({ dependsOn, ...one }) => ({ ...one, dependsOn: dependsOn.filter((ref) => kept.has(ref)) }));
  return { ...whole, components, dependencies };
}

if (import.meta.main) console.log(JSON.stringify(sbom(), null, 2));
