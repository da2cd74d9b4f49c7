import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { TESTED_FAULTS } from '../tests/faults/tested.ts';
import { FAULTS } from '../tests/simulation/faults.ts';
import { simulate } from '../tests/simulation/simulate.ts';
import { type Copy, copyOfSource, failedTest } from './faults/copy.ts';
import { inOrder, type Planned } from './faults/plan.ts';

/**
 * Plants each of the known mistakes in a copy of the source and lets the tests beside its module, or the simulation, look
 * for it: two at a time, the quick ones first, until the time is over. What the simulation does not find soon comes again at
 * the end with more time; what was not reached then is named. `--only PART` (may be repeated) chooses the faults whose names
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

/** A seed at which something is wrong, and how many there were before it and what they took. */
const catchSchema = z.object({
  ...{ seed: z.number(), flaw: z.string() },
  ...{ seeds: z.number(), hours: z.number(), seconds: z.number() },
});

const sound = new Map<number, Promise<boolean>>();
/** Returns true if nothing is wrong at a seed without any fault. */
function isSound(seed: number): Promise<boolean> {
  const known =
    sound.get(seed) ??
    simulate(seed).then(({ wrong }) => {
      if (wrong.length > 0) console.log(`WRONG  seed ${seed} without any fault: ${wrong[0]}`);
      return wrong.length === 0;
    });
  sound.set(seed, known);
  return known;
}

/** Outcome of the look for one fault: how it was found, `missed`, or `late` if the time was over before. */
type Found = { readonly how: string } | 'missed' | 'late';

/** Processor time (s) of the first look: most faults are found in a few seconds. */
const FIRST = 20;

/** A seed counts if it fails with the fault and not without. */
async function bySimulation({ folder }: Copy, budget: number, known: readonly number[]): Promise<Found> {
  const args = ['tests/simulation/hunt.ts', ...[budget, ...known].map(String)];
  const child = spawn(process.execPath, args, { cwd: folder });
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
      const { seed, seeds, hours, seconds, flaw } = catchSchema.parse(JSON.parse(line));
      if (await isSound(seed)) {
        const effort = `seed ${seed}, the ${seeds}., after ${hours.toFixed(0)} h in ${seconds.toFixed(1)} s`;
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
            : bySimulation(copy, budget, planned.fault.seed === undefined ? [] : [planned.fault.seed]),
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
  const [first] = copies;
  const broken = first ? await unsound(first) : null;
  if (broken !== null) console.log(`WRONG  without any fault: ${broken}`);
  else await Promise.all(copies.map(worker));
  const wrong = (await Promise.all(sound.values())).filter((ok) => !ok).length;
  for (const name of unreached) console.log(`not reached: ${name}`);
  console.log(
    `${chosen.length} faults, ${missed.length} not found, ${unreached.length} not reached, ${wrong} seeds wrong`,
  );
  process.exitCode = broken === null && missed.length === 0 && wrong === 0 && chosen.length > 0 ? 0 : 1;
} finally {
  for (const copy of copies) copy.remove();
}
