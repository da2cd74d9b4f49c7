import { text } from 'node:stream/consumers';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { sentenceIn } from './sentence-translations.ts';
import { type CommandName, languageOf } from './usage.ts';

/** Terminal as a command uses it, so that it can be tested without one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  error(text: string): void;
  stdin(): Promise<string>;
}

/** Ends the process quietly once the reader of a pipe is gone, as in `jishi export | head`. */
export function endWithReader(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
}

export const processTerminal: Terminal = {
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
  stdin: () => text(process.stdin),
};

/** Exit codes: 1 the command failed, 2 wrong usage, 78 wrong configuration (`EX_CONFIG`), which no restart fixes. */
export type ExitCode = 1 | 2 | 78;

/** Ends a command with a message and an exit code. */
export class CommandError extends Error {
  readonly exit: ExitCode;

  constructor(message: string, exit: ExitCode = 2) {
    super(message);
    this.exit = exit;
  }
}

/** Ends a command whose arguments are wrong; its usage is printed. */
export class UsageError extends CommandError {
  readonly command: CommandName;

  constructor(command: CommandName) {
    super(`usage of ${command}`);
    this.command = command;
  }
}

/** Arguments parsed by Node; arguments that are not allowed end the command with its usage. */
export function parsedArgs<T extends ParseArgsConfig>(
  config: T,
  command: CommandName,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch {
    throw new UsageError(command);
  }
}

/** Prints a result in the language of the terminal; data such as JSON or CSV goes to `terminal.out` as it is. */
export function say(terminal: Pick<Terminal, 'env' | 'out'>, sentence: string): void {
  terminal.out(sentenceIn(languageOf(terminal.env), sentence));
}

/** Prints an error or a warning in the language of the terminal, e.g. `missing: file …`. */
export function complain(terminal: Pick<Terminal, 'env' | 'error'>, sentence: string): void {
  terminal.error(sentenceIn(languageOf(terminal.env), sentence));
}

/** Printer of a command: one value as JSON if that was asked for, else its lines in the language of the terminal. */
export function sayingTo(terminal: Terminal, isJson = false): (json: unknown, lines: readonly string[]) => void {
  return (json, lines) => {
    if (isJson) terminal.out(JSON.stringify(json));
    else for (const line of lines) say(terminal, line);
  };
}
