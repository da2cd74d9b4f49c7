import { addressOf, isLocalMode, localLink } from '../http/access.ts';
import { LOCAL_TOKEN_FILE, localSecret } from '../http/local-secret.ts';
import { loginLink } from '../http/sessions.ts';
import { dataFile } from '../wiring/data-file.ts';
import { readConfig } from './config.ts';
import type { Terminal } from './terminal.ts';

/**
 * `jishi login NAME`: prints a link that signs this person in once, within a quarter of an hour; in local mode the link
 * that `jishi start` prints, by which a browser may choose a name.
 */
export async function loginCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const name = args.join(' ').trim();
  const config = readConfig(terminal);
  if (!config) return 2;
  const publicUrl = config.publicUrl ?? addressOf(config);
  if (isLocalMode(config)) {
    terminal.out(localLink(publicUrl, localSecret(dataFile(config.dataDir, LOCAL_TOKEN_FILE))));
    return 0;
  }
  if (config.consoleSecret === null) {
    terminal.error('jishi login: set CONSOLE_SECRET first; the console is reached from other machines');
    return 1;
  }
  if (!name) {
    terminal.error('usage: jishi login NAME');
    return 2;
  }
  try {
    terminal.out(loginLink({ secret: config.consoleSecret, name, publicUrl, now: Date.now() }));
    return 0;
  } catch {
    terminal.error(`jishi login: "${name}" cannot be a name: at most 64 characters, no slash`);
    return 2;
  }
}
