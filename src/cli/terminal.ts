import { text } from 'node:stream/consumers';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { z } from 'zod';
import { sentenceIn } from './sentence-translations.ts';
import { type CommandName, languageOf } from './usage.ts';

/** Terminal that a command uses, replaceable in tests. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  error(text: string): void;
  stdin(): Promise<string>;
}

/** Ends the process quietly when the reader of a pipe has ended, as in `jishi export | head`. */
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

/** Returns true for a day of the calendar, e.g. `2026-12-31`; there is no 31 February. */
export const isDay = (text: string | undefined): text is string => z.iso.date().safeParse(text).success;

/** Exit codes: 1 command failed, 2 wrong usage, 78 wrong configuration (`EX_CONFIG`), which no restart fixes. */
export type ExitCode = 1 | 2 | 78;

/** Error that ends a command with a message and an exit code. */
export class CommandError extends Error {
  readonly exit: ExitCode;

  constructor(message: string, exit: ExitCode = 2) {
    super(message);
    this.exit = exit;
  }
}

/** Error of wrong arguments: ends the command and prints its usage. */
export class UsageError extends CommandError {
  readonly command: CommandName;

  constructor(command: CommandName) {
    super(`usage of ${command}`);
    this.command = command;
  }
}

/** Parses arguments with Node's parser; wrong ones end the command with its usage. */
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

/** Prints a result in the terminal's language; JSON or CSV goes to `terminal.out` unchanged. */
export function say(terminal: Pick<Terminal, 'env' | 'out'>, sentence: string): void {
  terminal.out(sentenceIn(languageOf(terminal.env), sentence));
}

/** Prints an error or warning in the terminal's language, e.g. `missing: file …`. */
export function complain(terminal: Pick<Terminal, 'env' | 'error'>, sentence: string): void {
  terminal.error(sentenceIn(languageOf(terminal.env), sentence));
}

/** Returns a command's printer: one JSON value if requested, otherwise lines in the terminal's language. */
export function sayingTo(terminal: Terminal, isJson = false): (json: unknown, lines: readonly string[]) => void {
  return (json, lines) => {
    if (isJson) terminal.out(JSON.stringify(json));
    else for (const line of lines) say(terminal, line);
  };
}
