import { PLATFORMS } from '../platforms/registry.ts';

const connects = PLATFORMS.flatMap(({ name, title, connect }) =>
  connect ? [`  ${`connect ${name}`.padEnd(23)}connect ${title.en}, step by step`] : [],
);

/** Shown by `jishi help`; every verb listed works. */
export const usage = `usage: jishi [command]

  start                  run the bot (the default)
  doctor                 check the whole set-up: each line ok or what to do
${connects.join('\n')}
  classify FILE|-        grade one case, or an array of cases, given as JSON
  verify [ID]            check every chain and file of the record
  backup FILE            a consistent copy of the record while the bot runs
  restore FILE           put a backup in the place of the record
  … --anyway             verify, restore, migrate: accept files that are missing
  restored               after pg_restore: a PostgreSQL copy sends no old reminder again
  migrate --from sqlite:FILE --to postgres://…  move everything into PostgreSQL
  export ID [--bundle F]  one incident: its record as JSON lines, or everything as a zip
  login [NAME]           a one-time link to the console for a person; without CONSOLE_SECRET the link of this machine
  login --guest NAME     the same for somebody who is not in the profile
  sessions list|end NAME  who is signed in to the console; sign somebody out
  tokens list|add|revoke  tokens of programs that use the API, each with a name, scopes and an expiry
  guide [FOLDER]         the guide on grading and reporting and the emergency card, to be printed
  template check FILE    check a DOCX template of your own; preview FILE fills it with a sample
  regime check [PATH]    check regimes and clock packs and run their worked cases
  regime new NAME        write a commented example of a clock pack
  help                   this page`;
