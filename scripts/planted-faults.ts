import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { TESTED_FAULTS } from '../tests/faults/tested.ts';
import { FAULTS, type Fault } from '../tests/simulation/faults.ts';
import { simulate } from '../tests/simulation/simulate.ts';
import { type Copy, copyOfSource, failedTest } from './faults/copy.ts';
import { inOrder, type Planned } from './faults/plan.ts';

/**
 * Plants each of the known mistakes in a copy of the source and lets the tests beside its module, or the simulation, look
 * for it: two at a time, the quick ones first, until the time is over. The simulation begins with the run that found it
 * before, and names it if it finds nothing any more. What it does not find soon comes again at the end with more time;
 * what was not reached then is named. `--only PART` (may be repeated) chooses the faults whose names
 * contain it, `--seconds N` is the most processor time of the simulation for each, `--minutes N` the time for all. Ends with 1 if one of those looked for is not found, or tests fail without any.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    seconds: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '10' },
  },
});
const deadline = Date.now() + Number(values.minutes) * 60_000;
const left = (): number => deadline - Date.now();

/** A run in which something is wrong, how many there were until then and what they took; or a kept run that found nothing. */
const lineSchema = z.union([
  z.object({ seed: z.number(), hours: z.number(), flaw: z.string(), runs: z.number(), seconds: z.number() }),
  z.object({ stale: z.number() }),
]);

const sound = new Map<string, Promise<boolean>>();
/** Returns true if nothing is wrong in the first hours of a seed without any fault. */
function isSound(seed: number, hours: number): Promise<boolean> {
  const run = `${seed}/${hours}`;
  const known =
    sound.get(run) ??
    simulate(seed, () => {}, { hours }).then(({ wrong }) => {
      if (wrong.length > 0) console.log(`WRONG  seed ${seed}, ${hours} h, without any fault: ${wrong[0]}`);
      return wrong.length === 0;
    });
  sound.set(run, known);
  return known;
}

/** Outcome of the look for one fault: how it was found, `missed`, or `late` if the time was over before. */
type Found = { readonly how: string } | 'missed' | 'late';

/** Processor time (s) of the first look: most faults are found in a few seconds. */
const FIRST = 20;

/** A run counts if it fails with the fault and not without. */
async function bySimulation({ folder }: Copy, { name, run }: Fault, budget: number, isAgain: boolean): Promise<Found> {
  const known = run && !isAgain ? [run.seed, run.hours] : [];
  const args = ['tests/simulation/hunt.ts', ...[budget, ...known].map(String)];
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const child = spawn(process.execPath, args, { cwd: folder, env });
  let complaint = '';
  child.stderr.on('data', (part: Buffer) => {
    complaint += String(part);
  });
  const ended = new Promise((done) => child.once('close', done));
  // What hangs instead of using its time is not found.
  const patience = budget * 4_000;
  const alarm = setTimeout(() => child.kill('SIGKILL'), Math.max(0, Math.min(patience, left())));
  const lines: AsyncIterable<string> = createInterface({ input: child.stdout });
  try {
    for await (const line of lines) {
      if (line === 'over') return 'missed';
      const one = lineSchema.parse(JSON.parse(line));
      if ('stale' in one) {
        stale.push(name);
        console.log(`stale  ${name}: seed ${one.stale} found nothing any more`);
        continue;
      }
      const { seed, hours, runs, seconds, flaw } = one;
      if (await isSound(seed, hours)) {
        const effort = `seed ${seed}, ${hours} h, run ${runs}, in ${seconds.toFixed(1)} s`;
        return { how: `${effort}: ${flaw.slice(0, 160)}` };
      }
    }
    if (left() <= 1_000) return 'late';
    // A copy that does not even run proves nothing.
    throw new Error(complaint || 'the simulation hung');
  } finally {
    clearTimeout(alarm);
    child.kill('SIGKILL');
    await ended;
  }
}

async function byTests({ folder }: Copy, files: readonly string[]): Promise<Found> {
  for (const file of files) {
    const result = await failedTest(folder, [file], { limit: Math.max(0, left()) });
    if (result === 'late') return 'late';
    if (result.failed !== null) return { how: `${file}: ${result.failed}` };
  }
  return 'missed';
}

const chosen = inOrder(FAULTS, TESTED_FAULTS, values.only);
const waiting = [...chosen];
const missed: string[] = [];
const unreached: string[] = [];
/** Faults whose kept run does not find them any more: another is to be kept. */
const stale: string[] = [];

async function look(copy: Copy, planned: Planned): Promise<void> {
  const { name } = planned.fault;
  const most = Number(values.seconds);
  const budget = planned.by === 'simulation' && !planned.isPatient ? Math.min(FIRST, most) : most;
  const found =
    left() <= 0
      ? 'late'
      : await copy.planting(planned.fault, () =>
          planned.by === 'tests'
            ? byTests(copy, planned.fault.tests)
            : bySimulation(copy, planned.fault, budget, planned.isPatient),
        );
  if (found === 'missed' && planned.by === 'simulation' && budget < most) {
    waiting.push({ ...planned, isPatient: true });
    return;
  }
  if (found === 'late') unreached.push(name);
  else if (found === 'missed') missed.push(name);
  if (found !== 'late') console.log(found === 'missed' ? `MISSED ${name}` : `found  ${name} (${found.how})`);
}

/** Tests that fail without any fault prove nothing with one. */
async function unsound(copy: Copy): Promise<string | null> {
  const files = [...new Set(chosen.flatMap((one) => (one.by === 'tests' ? one.fault.tests : [])))];
  if (files.length === 0) return null;
  const result = await failedTest(copy.folder, files, { isPlanted: false });
  return result === 'late' ? null : result.failed;
}

async function worker(copy: Copy): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await look(copy, next);
}

const copies = Array.from({ length: Math.min(2, cpus().length) }, copyOfSource);
try {
  // One looks whether the tests pass without any fault while the other begins.
  const begun = copies.map(async (copy, index) => {
    const failed = index === 0 ? await unsound(copy) : null;
    if (failed === null) await worker(copy);
    return failed;
  });
  const broken = (await Promise.all(begun)).find((failed) => failed !== null) ?? null;
  if (broken !== null) console.log(`WRONG  without any fault: ${broken}`);
  const wrong = (await Promise.all(sound.values())).filter((ok) => !ok).length;
  for (const name of unreached) console.log(`not reached: ${name}`);
  console.log(
    `${chosen.length} faults, ${missed.length} not found, ${unreached.length} not reached, ${wrong} seeds wrong, ${stale.length} stale`,
  );
  process.exitCode = broken === null && missed.length === 0 && wrong === 0 && chosen.length > 0 ? 0 : 1;
} finally {
  for (const copy of copies) copy.remove();
}
