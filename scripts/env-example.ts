import { z } from 'zod';
import { CORE_GROUPS } from '../src/config/core-settings.ts';
import { docOf, namesOf, type SettingsGroup } from '../src/config/settings.ts';
import { PLATFORM_SETTINGS } from '../src/platforms/registry.ts';

const GROUPS: readonly SettingsGroup[] = [...CORE_GROUPS, ...PLATFORM_SETTINGS];

/** The text of `.env.example`: every variable, all of them unset. One that several groups read stands with the last. */
export function envExample(): string {
  const isLast = (name: string, group: SettingsGroup): boolean =>
    GROUPS.findLast((one) => name in one.variables.shape) === group;
  const groups = GROUPS.map((group) => {
    const names = namesOf(group).filter((name) => isLast(name, group));
    return [`# --- ${group.title} ---`, ...names.map((name) => entry(group, name))].join('\n\n');
  });
  return `${[HEAD, ...groups].join('\n\n')}\n`;
}

const HEAD = `# Copy this file to .env and fill in what you need; everything may stay empty. The real environment wins over .env,
# and an empty value means unset. What is marked secret belongs to nobody but the bot: chmod 600 .env
# A value with a # in it stands between quotation marks: NAME="abc#def". In place of each secret a file may be named that
# holds it: NAME_FILE=/run/secrets/name
# Made from the settings in src/config and src/platforms by npm run generate; do not edit.`;

function entry(group: SettingsGroup, name: string): string {
  const { about, secret } = docOf(group, name);
  const schema: unknown = group.variables.shape[name];
  const standard = schema instanceof z.ZodType ? schema.safeParse(undefined).data : undefined;
  const isShown = typeof standard === 'string' || typeof standard === 'number';
  const notes = [...about, ...(secret ? ['Secret.'] : []), ...(isShown ? [`Default: ${standard}`] : [])];
  return [...notes.map((line) => `# ${line}`), `${name}=`].join('\n');
}
