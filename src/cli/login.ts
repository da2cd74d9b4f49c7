import { loginLink } from '../http/sessions.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/** `jishi login NAME`: prints a link that signs this person in once, within a quarter of an hour. */
export async function loginCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const name = args.join(' ').trim();
  if (!name) {
    terminal.error('usage: jishi login NAME');
    return 2;
  }
  const config = readConfig(terminal);
  if (!config) return 2;
  if (config.consoleSecret === null) {
    terminal.error('jishi login: set CONSOLE_SECRET first; without it people on this machine choose who they are');
    return 1;
  }
  const publicUrl = config.publicUrl ?? `http://${config.host}:${config.port}`;
  try {
    terminal.out(loginLink({ secret: config.consoleSecret, name, publicUrl, now: Date.now() }));
    return 0;
  } catch {
    terminal.error(`jishi login: "${name}" cannot be a name: at most 64 characters, no slash`);
    return 2;
  }
}
