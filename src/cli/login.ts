import { loadOrganisation } from '../config/organisation.ts';
import { addressOf, isLocalMode, localLink } from '../http/access.ts';
import { LOCAL_TOKEN_FILE, localSecret } from '../http/local-secret.ts';
import { consoleName, loginLink } from '../http/sessions.ts';
import { PLATFORM } from '../platforms/console/messenger.ts';
import { dataFile } from '../wiring/data-file.ts';
import { readConfig } from './config.ts';
import { CommandError, type Terminal } from './terminal.ts';

/**
 * `jishi login NAME`: prints a link that signs this person in once, within a quarter of an hour; in local mode the link
 * that `jishi start` prints, by which a browser may choose a name.
 */
export async function loginCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const name = args.join(' ').trim();
  const config = readConfig(terminal);
  const publicUrl = config.publicUrl ?? addressOf(config);
  if (isLocalMode(config)) {
    terminal.out(localLink(publicUrl, localSecret(dataFile(config.dataDir, LOCAL_TOKEN_FILE))));
    return 0;
  }
  if (config.consoleSecret === null)
    throw new CommandError('jishi login: set CONSOLE_SECRET first; the console is reached from other machines', 1);
  if (!name) throw new CommandError('usage: jishi login NAME');
  const listed = await listedAccounts(config.organisationFile);
  if (listed && !listed.includes(name)) {
    const who = listed.join(', ') || 'none';
    terminal.error(
      `jishi login: no console account "${name}" is in the profile, so it signs in without a role; listed: ${who}`,
    );
  }
  if (!consoleName.safeParse(name).success)
    throw new CommandError(`jishi login: "${name}" cannot be a name: at most 64 characters, no slash`);
  terminal.out(loginLink({ secret: config.consoleSecret, name, publicUrl, now: Date.now() }));
  return 0;
}

/** Ids of the console accounts in the profile; null without a profile that can be read, which `doctor` and the start report. */
async function listedAccounts(file: string | null): Promise<readonly string[] | null> {
  const organisation = file === null ? null : await loadOrganisation(file).catch(() => null);
  const accounts = organisation?.people.flatMap((person) => person.accounts) ?? null;
  return accounts?.flatMap(({ platform, id }) => (platform === PLATFORM ? [id] : [])) ?? null;
}
