import { readFileSync } from 'node:fs';
import { z } from 'zod';

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      /** Stated only where the folder has another name than the package. */
      name: z.string().optional(),
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

export interface LockedPackage {
  /** Folder below the project, e.g. `node_modules/luxon`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the package states it. */
  readonly licence: string | null;
  /** Whether the project's own package.json names it, rather than another package. */
  readonly direct: boolean;
}

/** What `npm ci --omit=dev` installs, on every platform together, sorted by name. */
export function productionPackages(): readonly LockedPackage[] {
  const { packages } = lockfile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const direct = z
    .object({ dependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync('package.json', 'utf8'))).dependencies;
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.link)
    .map(([path, entry]) => {
      const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const licence = entry.license ?? null;
      return {
        path,
        name,
        version: entry.version ?? '',
        licence,
        direct: path === `node_modules/${name}` && name in direct,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}
