import { reasonOf } from './cli/reason.ts';
import { CommandError, type Terminal } from './cli/terminal.ts';
import { usage } from './cli/usage.ts';
import { entryOf } from './law/lookup.ts';

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Loaded when used: `classify` must not wait for what `start` needs. */
const commands: Readonly<Record<string, () => Promise<Run>>> = {
  start: async () => (await import('./cli/start.ts')).startCommand,
  classify: async () => (await import('./cli/classify.ts')).classifyCommand,
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  restore: async () => (await import('./cli/restore.ts')).restoreCommand,
  restored: async () => (await import('./cli/restored.ts')).restoredCommand,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  migrate: async () => (await import('./cli/migrate.ts')).migrateCommand,
  export: async () => (await import('./cli/export.ts')).exportCommand,
  login: async () => (await import('./cli/login.ts')).loginCommand,
  sessions: async () => (await import('./cli/sessions.ts')).sessionsCommand,
  tokens: async () => (await import('./cli/tokens.ts')).tokensCommand,
  connect: async () => (await import('./cli/connect.ts')).connectCommand,
  guide: async () => (await import('./cli/guide.ts')).guideCommand,
  template: async () => (await import('./cli/template.ts')).templateCommand,
  regime: async () => (await import('./cli/regime.ts')).regimeCommand,
  help: async () => async (_args, terminal) => {
    terminal.out(usage);
    return 0;
  },
};

/**
 * Runs one command line (without `node` and the script); returns the exit code. No argument means `start`. An error
 * thrown by a command is printed in one sentence.
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = 'start', ...args] = argv;
  const load = entryOf(commands, name === '--help' || name === '-h' ? 'help' : name);
  try {
    if (!load) throw new CommandError(`jishi: there is no command "${name}".\n${usage}`);
    return await (await load())(args, terminal);
  } catch (error) {
    if (error instanceof CommandError) {
      terminal.error(error.message);
      return error.exit;
    }
    terminal.error(`jishi ${name}: ${reasonOf(error)}`);
    return 1;
  }
}
