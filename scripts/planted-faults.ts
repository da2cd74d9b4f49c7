import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { FAULTS, type Fault, planted } from '../tests/simulation/faults.ts';
import { simulate } from '../tests/simulation/simulate.ts';

/**
 * Plants each of the known mistakes in a copy of the source and lets the simulation look for it. A seed counts if it
 * fails with the mistake and not without. `--only PART` (may be repeated) chooses the faults whose names contain it,
 * `--seconds N` is the processor time for each. Ends with 1 if one of them is not found.
 */
const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, seconds: { type: 'string', default: '300' } },
});
const chosen = FAULTS.filter(({ name }) => values.only?.some((part) => name.includes(part)) ?? true);

/** A seed at which something is wrong, and how many there were before it and what they took. */
const catchSchema = z.object({
  ...{ seed: z.number(), flaw: z.string() },
  ...{ seeds: z.number(), hours: z.number(), seconds: z.number() },
});

/** A copy of the source with a fault in it. */
function copyWith(fault: Fault): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-fault-'));
  for (const part of ['src', 'tests/simulation', 'package.json']) cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const file = join(folder, fault.file);
  writeFileSync(file, planted(readFileSync(file, 'utf8'), fault));
  return folder;
}

const sound = new Map<number, boolean>();
/** Whether nothing is wrong at a seed without any fault. */
async function isSound(seed: number): Promise<boolean> {
  const known = sound.get(seed);
  if (known !== undefined) return known;
  const { wrong } = await simulate(seed);
  sound.set(seed, wrong.length === 0);
  if (wrong.length > 0) console.log(`WRONG  seed ${seed} without any fault: ${wrong[0]}`);
  return wrong.length === 0;
}

async function hunt(folder: string): Promise<z.infer<typeof catchSchema> | null> {
  const child = spawn(process.execPath, ['tests/simulation/hunt.ts', values.seconds], { cwd: folder });
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => {
    complaint += String(part);
  });
  const ended = new Promise((done) => child.once('close', done));
  // What hangs instead of using its time is not found.
  const alarm = setTimeout(() => child.kill('SIGKILL'), Number(values.seconds) * 4_000);
  const lines: AsyncIterable<string> = createInterface({ input: child.stdout });
  try {
    for await (const line of lines) {
      if (line === 'over') return null;
      const caught = catchSchema.parse(JSON.parse(line));
      if (await isSound(caught.seed)) return caught;
    }
    // A copy that does not even run proves nothing.
    throw new Error(complaint || 'the simulation hung');
  } finally {
    clearTimeout(alarm);
    child.kill('SIGKILL');
    await ended;
  }
}

let missed = 0;
for (const fault of chosen) {
  const folder = copyWith(fault);
  try {
    const caught = await hunt(folder);
    if (!caught) missed += 1;
    const { seed, seeds, hours, seconds, flaw } = caught ?? {};
    const effort = `seed ${seed}, the ${seeds}., after ${hours?.toFixed(0)} h in ${seconds?.toFixed(1)} s: ${flaw?.slice(0, 160)}`;
    console.log(caught ? `found  ${fault.name} (${effort})` : `MISSED ${fault.name}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(
  `${chosen.length} faults, ${missed} not found, ${[...sound.values()].filter((ok) => !ok).length} seeds wrong`,
);
process.exitCode = missed === 0 && chosen.length > 0 && [...sound.values()].every(Boolean) ? 0 : 1;
