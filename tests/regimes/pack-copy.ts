import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A changed copy of a built-in pack in a folder of its own. */
export function copyOf(id: string, change: (text: string) => string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'pack-')), `${id}.yaml`);
  const own = fileURLToPath(new URL(`../../src/regimes/packs/${id}.yaml`, import.meta.url));
  writeFileSync(path, change(readFileSync(own, 'utf8')));
  return path;
}
