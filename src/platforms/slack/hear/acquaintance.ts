import { type Account, accountKey, type Language } from '../../../incident/identity.ts';
import type { App } from '../../../use-cases/app.ts';
import { PLATFORM } from '../api-shapes.ts';
import type { Directory, Person } from '../directory.ts';
import type { SlackBot } from './spots.ts';

/** Open incidents looked at in one round. */
const LOOKED_AT = 200;

/** Records name and language of a person who has just acted, as soon as Slack gives them. */
export async function introduce(
  { app, directory }: { readonly app: Pick<App, 'named'>; readonly directory: Directory },
  account: Account,
): Promise<void> {
  const person = directory.person(account.id) ?? (await directory.learnPerson(account.id));
  if (person) await app.named(account, { name: person.name, language: languageOf(directory, person) });
}

/**
 * Corrects people in open incidents: those whose name Slack could not give when they acted, or gives differently now.
 */
export async function introduceAll({ app, directory }: Pick<SlackBot, 'app' | 'directory'>): Promise<void> {
  const found = new Map<string, Account>();
  for (const { id } of await app.incidents('api', { open: true, limit: LOOKED_AT })) {
    const state = await app.state(id, 'api');
    for (const { account, name, language } of Object.values(state?.people ?? {})) {
      if (account?.platform !== PLATFORM) continue;
      const person = directory.person(account.id);
      if (person?.name !== name || languageOf(directory, person) !== language) found.set(accountKey(account), account);
    }
  }
  for (const account of found.values()) await introduce({ app, directory }, account);
}

/** Language of a person: as they asked for, otherwise as set in Slack. */
function languageOf(directory: Directory, { id, language }: Person): Language {
  return directory.languages.of(id) ?? language;
}
