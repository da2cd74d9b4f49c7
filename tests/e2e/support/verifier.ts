import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';

/** The interpreter that verifies a bundle as somebody else would; null where there is none. */
export const python = spawnSync('python3', ['--version']).status === 0 ? 'python3' : null;

/** Runs the verifier a bundle brings along, in a folder where there is nothing else. */
export function verified(bundle: Uint8Array, ...anchor: readonly string[]): { status: number | null; said: string } {
  return inFolder(bundle, (folder, file) => {
    const ran = spawnSync(python ?? '', [join(folder, 'verify.py'), file, ...anchor], { encoding: 'utf8' });
    return { status: ran.status, said: `${ran.stdout}${ran.stderr}`.trim() };
  });
}

/** Changes one random byte at a time, everywhere in the file; answers how many, and those that were not found. */
export function changesMissed(bundle: Uint8Array, times: number): { changed: number; missed: readonly unknown[] } {
  return inFolder(bundle, (folder) => {
    const ran = spawnSync(python ?? '', ['-c', CHANGE_BYTES, folder, String(times)], { encoding: 'utf8' });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout);
  });
}

function inFolder<T>(bundle: Uint8Array, run: (folder: string, file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-verify-'));
  try {
    const file = join(folder, 'received.zip');
    writeFileSync(file, bundle);
    writeFileSync(join(folder, 'verify.py'), unzipSync(bundle)['verify.py'] ?? '');
    return run(folder, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A fixed seed, so that a miss can be looked at. */
const CHANGE_BYTES = `
import json, random, sys
sys.path.insert(0, sys.argv[1])
import verify
data = open(sys.argv[1] + '/received.zip', 'rb').read()
random.seed(20260331)
times, missed = int(sys.argv[2]), []
for _ in range(times):
    at, by = random.randrange(len(data)), random.randrange(1, 256)
    changed = bytearray(data)
    changed[at] ^= by
    try: verify.check(bytes(changed))
    except Exception: continue
    missed.append([at, by])
print(json.dumps({'changed': times, 'missed': missed}))
`;
