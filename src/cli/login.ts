import { addressOf, isLocalMode, localLink } from '../http/access.ts';
import { LOCAL_TOKEN_FILE, localSecret } from '../http/local-secret.ts';
import { consoleName, type Login, loginLink } from '../http/sessions.ts';
import { peopleCalled } from '../incident/people/find.ts';
import type { Organisation } from '../incident/people/profile.ts';
import { dataFile } from '../wiring/data-file.ts';
import { readConfig } from './config.ts';
import { profileOf } from './stores.ts';
import { CommandError, isDay, parsedArgs, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi login NAME` prints a link that signs this person in once, within a quarter of an hour; in local mode it prints
 * the link of `jishi start`, which lets a browser choose a name.
 */
export async function loginCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const string = { type: 'string' } as const;
  const options = { guest: { type: 'boolean' }, auditor: string, entity: string, until: string } as const;
  const { values, positionals } = parsedArgs({ args: [...args], allowPositionals: true, options }, 'login');
  const { auditor, entity, until } = values;
  const isAuditor = auditor !== undefined;
  if (
    isAuditor
      ? values.guest || positionals.length > 0 || !entity || !until
      : entity !== undefined || until !== undefined
  )
    throw new UsageError('login');
  const config = readConfig(terminal);
  const publicUrl = config.publicUrl ?? addressOf(config);
  if (isLocalMode(config) && !isAuditor) {
    terminal.out(localLink(publicUrl, localSecret(dataFile(config.dataDir, LOCAL_TOKEN_FILE))));
    return 0;
  }
  if (config.consoleSecret === null)
    throw new CommandError('jishi login: set CONSOLE_SECRET first; the console is reached from other machines', 1);
  const typed = (auditor ?? positionals.join(' ')).trim();
  if (!typed) throw new UsageError('login');
  const profile = await profileOf(config);
  const who = isAuditor
    ? { name: typed, person: null, guest: false, audits: auditOf(profile, entity, until) }
    : meant(typed, profile, values.guest === true);
  if (!consoleName.safeParse(who.name).success)
    throw new CommandError(`jishi login: "${typed}" cannot be a name: at most 64 characters, no slash`);
  terminal.out(loginLink({ ...who, secret: config.consoleSecret, publicUrl, now: Date.now() }));
  return 0;
}

const DAY = 86_400_000;
/** Maximum validity of an auditor's sign-in, in days. */
const MOST_DAYS = 366;

/** Returns entity and last instant of an auditor's sign-in: the end of a day in Beijing. */
function auditOf(
  organisation: Organisation | null,
  entity: string | undefined,
  until: string | undefined,
): NonNullable<Login['audits']> {
  if (!organisation)
    throw new CommandError('jishi login: --auditor needs an organisation profile; set ORGANISATION_FILE', 1);
  const found = organisation.entities.find(({ id, name }) => entity === id || entity === name);
  if (!found) {
    const known = organisation.entities.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
    throw new CommandError(`jishi login: no entity of the profile is "${entity}". It lists:\n${known}`, 1);
  }
  const end = isDay(until) ? Date.parse(`${until}T00:00:00+08:00`) + DAY : Number.NaN;
  const now = Date.now();
  if (!(end > now && end <= now + MOST_DAYS * DAY))
    throw new CommandError(
      `jishi login: --until is a day like 2026-12-31, today or later, at most ${MOST_DAYS} days ahead`,
    );
  return { entity: found.id, until: end };
}

/** Returns the person of a link; ends the command if no name matches, or several do. */
function meant(
  typed: string,
  organisation: Organisation | null,
  guest: boolean,
): Pick<Login, 'name' | 'person' | 'guest'> {
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
