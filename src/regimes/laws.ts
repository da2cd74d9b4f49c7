import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Pack } from '../law/pack.ts';
import type { Regime } from '../law/regime.ts';

/** Regimes and clock packs by id. */
export interface LoadedLaws {
  readonly regimes: ReadonlyMap<string, Regime>;
  readonly packs: ReadonlyMap<string, Pack>;
}

const SOURCES = ['.', '../law'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

/**
 * Loads the built-in laws, and those of the folder `extra` (REGIMES_DIR). Without a folder the result is cached beside
 * Node's compile cache, if that is on: reading takes 0.3 s of processor time at every start. Rejects with RegimeError.
 */
export async function loadLaws(extra?: string | null, cache = module.getCompileCacheDir()): Promise<LoadedLaws> {
  if (extra || cache === undefined) return readLaws(extra);
  const file = join(cache, 'laws');
  const version = versionOf(SOURCES);
  return recalled(file, version) ?? keep(file, version, await readLaws());
}

async function readLaws(extra?: string | null): Promise<LoadedLaws> {
  const [{ loadRegimes }, { packsFor }] = await Promise.all([import('./load.ts'), import('./load-packs.ts')]);
  const regimes = await loadRegimes(extra);
  return { regimes, packs: packsFor(regimes, extra, extra ? await import('./check-pack.ts') : null) };
}

/** Hash of everything the laws are made from: their texts, the schemas and the code that reads them. */
function versionOf(folders: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(?:yaml|ts)$/.test(name))
        hash
          .update(name)
          .update('\0')
          .update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest();
}

/** Returns the cached laws (file: version, hash of the content, content); null if absent, damaged or outdated. */
function recalled(file: string, version: Buffer): LoadedLaws | null {
  try {
    const kept = readFileSync(file);
    const content = kept.subarray(64);
    const isWhole = kept.subarray(0, 32).equals(version) && kept.subarray(32, 64).equals(digest(content));
    const laws: unknown = isWhole ? deserialize(content) : null;
    return areLaws(laws) ? laws : null;
  } catch {
    return null;
  }
}

function areLaws(value: unknown): value is LoadedLaws {
  return value instanceof Object && 'regimes' in value && value.regimes instanceof Map && 'packs' in value;
}

/** Caches the laws in place of another version's; a folder that cannot be written is ignored. */
function keep(file: string, version: Buffer, laws: LoadedLaws): LoadedLaws {
  const content = serialize(laws);
  try {
    writeFileSync(`${file}.${process.pid}`, Buffer.concat([version, digest(content), content]), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Cache write failed: the next start reads the laws again.
  }
  return laws;
}

const digest = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();
