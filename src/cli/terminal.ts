import { text } from 'node:stream/consumers';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { CommandName } from './usage.ts';

/** Terminal as a command uses it, so that it can be tested without one. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  error(text: string): void;
  stdin(): Promise<string>;
}

export const processTerminal: Terminal = {
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
  stdin: () => text(process.stdin),
};

/** Ends a command with a message and an exit code: 2 for a wrong call, 1 for what cannot be done. */
export class CommandError extends Error {
  readonly exit: 1 | 2;

  constructor(message: string, exit: 1 | 2 = 2) {
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
