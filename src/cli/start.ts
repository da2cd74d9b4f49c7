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
    terminal.error(`Jishi cannot start: ${reason(error, config.port)}`);
    return 1;
  }
}

function reason(error: unknown, port: number): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') return `port ${port} is taken; set PORT to another one`;
  return error.message;
}
