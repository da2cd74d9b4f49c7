import { classifyCommand } from './cli/classify.ts';
import { doctorCommand } from './cli/doctor.ts';
import { exportCommand } from './cli/export.ts';
import { loginCommand } from './cli/login.ts';
import { regimeCommand } from './cli/regime.ts';
import { startCommand } from './cli/start.ts';
import { verifyCommand } from './cli/verify.ts';
import type { Terminal } from './cli/terminal.ts';
import { usage } from './cli/usage.ts';

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

const commands: Readonly<Record<string, Run>> = {
  start: startCommand,
  classify: classifyCommand,
  verify: verifyCommand,
  doctor: doctorCommand,
  export: exportCommand,
  login: loginCommand,
  regime: regimeCommand,
  help: async (_args, terminal) => {
    terminal.out(usage);
    return 0;
  },
};

/** Runs one command line (without `node` and the script); answers the exit code. No argument means `start`. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = 'start', ...args] = argv;
  const command = commands[name === '--help' || name === '-h' ? 'help' : name];
  if (!command) {
    terminal.error(`jishi: there is no command "${name}".\n${usage}`);
    return 2;
  }
  return command(args, terminal);
}
