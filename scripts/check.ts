import { spawn } from 'node:child_process';
import { printFigures } from './figures.ts';

/** Every check that needs no running program. All of them run, two at a time; what fails is shown in full. */
const STEPS: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  // The types of the program and of the console's page, and the rules that need types: one reading of all files.
  ['types', 'oxlint'],
  ['format and lint', 'biome', 'ci', '--colors=off', '.'],
  ['imports', 'depcruise', '--config', '.dependency-cruiser.js', 'src'],
  ['dead code', 'knip'],
  ['generated files', 'node', 'scripts/generate.ts', '--check'],
  ['size of src', 'node', 'scripts/size.ts'],
];

interface Outcome {
  readonly name: string;
  readonly ok: boolean;
}

function run(name: string, command: string, args: readonly string[]): Promise<Outcome> {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => output.push(part));
    child.on('error', (error) => output.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve({ name, ok: code === 0 });
    });
  });
}

async function runAll(): Promise<readonly Outcome[]> {
  const waiting = [...STEPS];
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const [name, command, ...args] = step;
      outcomes.push(await run(name, command, args));
    }
  };
  await Promise.all([worker(), worker()]);
  return outcomes;
}

const failed = (await runAll()).filter((outcome) => !outcome.ok);
console.log();
printFigures();
if (failed.length > 0) {
  console.log(`\ncheck failed: ${failed.map((one) => one.name).join(', ')}`);
  process.exitCode = 1;
}
