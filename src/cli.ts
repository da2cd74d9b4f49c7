import { reasonOf } from './cli/reason.ts';
import { sentenceIn } from './cli/sentence-translations.ts';
import { CommandError, type Terminal, UsageError } from './cli/terminal.ts';
import { type CommandName, helpPage, isCommand, languageAsked, languageOf, usageOf } from './cli/usage.ts';
import { translate } from './i18n/translate.ts';
import { fullVersion } from './ops/version.ts';

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Commands load on use, so that `classify` does not wait for the modules of `start`. */
const commands: Readonly<Record<CommandName, () => Promise<Run>>> = {
  start: async () => (await import('./cli/start.ts')).startCommand,
  classify: async () => (await import('./cli/classify.ts')).classifyCommand,
  verify: async () => (await import('./cli/verify.ts')).verifyCommand,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  restore: async () => (await import('./cli/restore.ts')).restoreCommand,
  restored: async () => (await import('./cli/restored.ts')).restoredCommand,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  migrate: async () => (await import('./cli/migrate.ts')).migrateCommand,
  export: async () => (await import('./cli/export.ts')).exportCommand,
  register: async () => (await import('./cli/register.ts')).registerCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  inspection: async () => (await import('./cli/inspection.ts')).inspectionCommand,
  login: async () => (await import('./cli/login.ts')).loginCommand,
  sessions: async () => (await import('./cli/sessions.ts')).sessionsCommand,
  tokens: async () => (await import('./cli/tokens.ts')).tokensCommand,
  links: async () => (await import('./cli/links.ts')).linksCommand,
  webhooks: async () => (await import('./cli/webhooks.ts')).webhooksCommand,
  connect: async () => (await import('./cli/connect.ts')).connectCommand,
  guide: async () => (await import('./cli/guide.ts')).guideCommand,
  organisation: async () => (await import('./cli/organisation.ts')).organisationCommand,
  rights: async () => (await import('./cli/rights.ts')).rightsCommand,
  template: async () => (await import('./cli/template.ts')).templateCommand,
  regime: async () => (await import('./cli/regime.ts')).regimeCommand,
  'what-if': async () => (await import('./cli/what-if.ts')).whatIfCommand,
  help:
    async () =>
    async ([command], terminal) => {
      const language = languageOf(terminal.env);
      terminal.out(command !== undefined && isCommand(command) ? usageOf(command, language) : helpPage(language));
      return 0;
    },
};

const HELP: readonly string[] = ['--help', '-h'];

/** Returns the command of a line: `COMMAND --help` shows that command's help and never runs it. */
function commandOf([first = 'start', ...rest]: readonly string[]): readonly [string, readonly string[]] {
  if (HELP.includes(first)) return ['help', rest];
  return rest.some((one) => HELP.includes(one)) ? ['help', [first]] : [first, rest];
}

/**
 * Runs a command line (without `node` and the script) and returns the exit code. No argument means `start`. Errors of a
 * command are printed as one sentence. Every command accepts `--language zh|en`.
 */
export async function run(line: readonly string[], given: Terminal): Promise<number> {
  const { argv, env } = languageAsked(line, given.env);
  const terminal = { ...given, env };
  const language = languageOf(env);
  if (argv[0] === '--version' || argv[0] === '-v') {
    terminal.out(fullVersion());
    return 0;
  }
  const [name, args] = commandOf(argv);
  try {
    if (!isCommand(name) || (name === 'help' && args[0] !== undefined && !isCommand(args[0]))) {
      terminal.error(`${translate(language, 'cli.no_command', { name: args[0] ?? name })}\n${helpPage(language)}`);
      return 2;
    }
    return await (await commands[name]())(args, terminal);
  } catch (error) {
    if (error instanceof CommandError) {
      terminal.error(
        error instanceof UsageError ? usageOf(error.command, language) : sentenceIn(language, error.message),
      );
      return error.exit;
    }
    terminal.error(`jishi ${name}: ${sentenceIn(language, reasonOf(error))}`);
    return 1;
  }
}
