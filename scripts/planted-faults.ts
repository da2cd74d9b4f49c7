import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { FAULTS, type Fault, planted } from '../tests/simulation/faults.ts';

/**
 * Plants each of the known mistakes in a copy of the source and lets the simulation look for it. `FAULTS_SECONDS` is the
 * processor time for each (60); words given as arguments choose the faults whose names contain one of them. Ends with 1
 * if the simulation finds one of them not, or finds something without any.
 */
const SECONDS = process.env['FAULTS_SECONDS'] ?? '60';
const SOUND_SECONDS = '15';
const words = process.argv.slice(2);
const chosen = FAULTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

interface Hunt {
  readonly found: boolean;
  readonly first: string;
}

/** Runs the simulation on a copy of the source with a fault in it, or with none. */
async function hunt(fault: Fault | null, seconds: string): Promise<Hunt> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-fault-'));
  try {
    for (const part of ['src', 'tests/simulation', 'package.json'])
      cpSync(part, join(folder, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    if (fault) {
      const file = join(folder, fault.file);
      writeFileSync(file, planted(readFileSync(file, 'utf8'), fault));
    }
    return await swept(folder, seconds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function swept(folder: string, seconds: string): Promise<Hunt> {
  const child = spawn(process.execPath, ['tests/simulation/sweep.ts', '1', seconds, 'once'], { cwd: folder });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += String(part);
  });
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => {
    complaint += String(part);
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', () => {
      // A copy that does not even run proves nothing.
      if (!said.includes('h per minute')) failed(new Error(complaint || said));
      else done({ found: said.startsWith('seed '), first: said.split('\n')[0] ?? '' });
    });
  });
}

let missed = 0;
if (words.length === 0) {
  const sound = await hunt(null, SOUND_SECONDS);
  console.log(`${sound.found ? 'WRONG ' : 'sound '} without any fault${sound.found ? `: ${sound.first}` : ''}`);
  if (sound.found) missed += 1;
}
for (const fault of chosen) {
  const { found, first } = await hunt(fault, SECONDS);
  console.log(`${found ? 'found ' : 'MISSED'} ${fault.name}${found ? ` (${first.slice(0, 120)})` : ''}`);
  if (!found) missed += 1;
}
console.log(`${chosen.length} faults, ${missed} to look at`);
process.exitCode = missed === 0 && chosen.length > 0 ? 0 : 1;
