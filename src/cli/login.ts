import { loadOrganisation } from '../config/organisation.ts';
import type { Config } from '../config/schema.ts';
import { addressOf, isLocalMode, localLink } from '../http/access.ts';
import { LOCAL_TOKEN_FILE, localSecret } from '../http/local-secret.ts';
import { consoleName, loginLink } from '../http/sessions.ts';
import { peopleCalled } from '../incident/people/find.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { dataFile } from '../wiring/data-file.ts';
import { readConfig } from './config.ts';
import { CommandError, parsedArgs, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi login NAME`: prints a link that signs this person in once, within a quarter of an hour; in local mode the link
 * that `jishi start` prints, by which a browser may choose a name.
 */
export async function loginCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const options = { guest: { type: 'boolean' } } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'login');
  const config = readConfig(terminal);
  const publicUrl = config.publicUrl ?? addressOf(config);
  if (isLocalMode(config)) {
    terminal.out(localLink(publicUrl, localSecret(dataFile(config.dataDir, LOCAL_TOKEN_FILE))));
    return 0;
  }
  if (config.consoleSecret === null)
    throw new CommandError('jishi login: set CONSOLE_SECRET first; the console is reached from other machines', 1);
  const typed = positionals.join(' ').trim();
  if (!typed) throw new UsageError('login');
  const who = meant(typed, await profileOf(config), values.guest === true);
  if (!consoleName.safeParse(who.name).success)
    throw new CommandError(`jishi login: "${typed}" cannot be a name: at most 64 characters, no slash`);
  terminal.out(loginLink({ ...who, secret: config.consoleSecret, publicUrl, now: Date.now() }));
  return 0;
}

interface Meant {
  readonly name: string;
  readonly person: string | null;
  readonly guest: boolean;
}

/** Person a link is for; ends the command if there is none, or several. */
function meant(typed: string, organisation: Organisation | null, guest: boolean): Meant {
  if (organisation === null) return { name: typed, person: null, guest };
  const found = peopleCalled(organisation, typed);
  const [person, ...others] = found;
  if (guest) {
    if (!person) return { name: typed, person: null, guest };
    throw new CommandError(`jishi login: "${typed}" is ${person.id} of the profile, not a guest; leave out --guest`, 1);
  }
  if (person && others.length === 0) return { name: person.name, person: person.id, guest };
  const people = (person ? found : organisation.people).map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  const reason = person
    ? `jishi login: "${typed}" may be several people; use an id:`
    : `jishi login: nobody in the profile is "${typed}" (a guest of yours: --guest). It lists:`;
  throw new CommandError(`${reason}\n${people}`, 1);
}

async function profileOf({ organisationFile }: Config): Promise<Organisation | null> {
  return organisationFile === null ? null : loadOrganisation(organisationFile);
}
