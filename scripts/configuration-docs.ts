import { z } from 'zod';
import { CORE_GROUPS } from '../src/config/core-settings.ts';
import { docOf, namesOf, type SettingsGroup } from '../src/config/settings.ts';
import { PLATFORM_SETTINGS } from '../src/platforms/registry.ts';

const GROUPS: readonly SettingsGroup[] = [...CORE_GROUPS, ...PLATFORM_SETTINGS];

/** Every setting as tables by group: name, meaning, default; Markdown. */
export function configurationTables(): string {
  return GROUPS.map((group) => {
    const rows = namesOf(group).map((name) => row(group, name));
    return [`### ${group.title}`, '', '| variable | meaning | default |', '|---|---|---|', ...rows].join('\n');
  }).join('\n\n');
}

function row(group: SettingsGroup, name: string): string {
  const { about, secret } = docOf(group, name);
  const schema: unknown = group.variables.shape[name];
  const standard = schema instanceof z.ZodType ? schema.safeParse(undefined).data : undefined;
  const shown = typeof standard === 'string' || typeof standard === 'number' ? `\`${standard}\`` : '';
  const meaning = [...about, ...(secret ? [`**Secret**; \`${name}_FILE\` names a file instead.`] : [])].join(' ');
  return `| \`${name}\` | ${meaning.replaceAll('|', '\\|')} | ${shown} |`;
}
