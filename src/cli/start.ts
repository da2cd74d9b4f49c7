import type { Config } from '../config/schema.ts';
import { start } from '../main.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/** `jishi start`: runs until SIGTERM or SIGINT. Exit 1 with a sentence when it cannot start. */
export async function startCommand(_args: readonly string[], terminal: Terminal): Promise<number> {
  const config = readConfig(terminal);
  if (!config) return 1;
  try {
    return await start(config, terminal);
  } catch (error) {
    terminal.error(`Jishi cannot start: ${reason(error, config)}`);
    return 1;
  }
}

/** What a system calls a file that this user may not write, or cannot. */
const NOT_WRITABLE = /^(?:SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS|ENOTDIR)/;

function reason(error: unknown, { port, dataDir }: Config): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `port ${port} is taken; set PORT to another one`;
  if (NOT_WRITABLE.test(code)) {
    return `${dataDir} cannot be written by this user (${error.message}); change its owner or set DATA_DIR`;
  }
  return error.message;
}
