import type { MessageKey } from '../i18n/keys.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { commandSchema } from '../incident/commands.ts';
import { API_ACTOR, ROLES } from '../incident/identity.ts';
import { EFFECTS, type Exception, guardTable } from '../incident/people/guard-table.ts';
import { type Action, lacks, rights } from '../incident/people/rights.ts';
import { parsedArgs, type Terminal } from './terminal.ts';
import { languageOf } from './usage.ts';

/** All commands by type, and the actions with their own rights. */
const ACTIONS: readonly Action[] = [
  ...commandSchema.options.map(({ shape }) => shape.type.value),
  'record_authority',
  'judge',
];

/** Columns of the matrix: a participant with one more role, or a program with a token. */
export const COLUMNS = [...ROLES, 'token'] as const;

/** `jishi rights` prints as Markdown who may give which command, and which ones need a second person. */
export async function rightsCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  parsedArgs({ args: [...args] }, 'rights');
  const shown = languageOf(terminal.env);
  terminal.out(`${rightsMatrix(shown)}\n\n${guardMatrix(shown)}`);
  return 0;
}

/** Returns the Markdown table of commands and roles: ● may, – may not. Column `token`: with the required scope. */
export function rightsMatrix(language: MessageLanguage): string {
  const heads = COLUMNS.map((one) => translate(language, one === 'token' ? 'rights.token' : `role.${one}`));
  const rows = ACTIONS.filter((action) => rights[action].who !== 'clock').map((action) => {
    const cells = COLUMNS.map((one) => (mayIn(action, one) ? '●' : '–'));
    return [`${translate(language, `right.${action}`)} \`${action}\``, ...cells];
  });
  return tableOf([translate(language, 'rights.command'), ...heads], rows);
}

/** Returns the Markdown table of the guard: effects, who may agree as second person, and when one person is enough. */
export function guardMatrix(language: MessageLanguage): string {
  const say = (key: MessageKey): string => translate(language, key);
  const list = (texts: readonly string[]): string => texts.join(language === 'en' ? '; ' : '；') || '–';
  const named = (exceptions: readonly Exception[]) => list(exceptions.map((one) => say(`rights.alone.${one}`)));
  const rows = EFFECTS.map((kind) => {
    const { second, alone, reason } = guardTable[kind];
    return [
      `${say(`rights.effect.${kind}`)} \`${kind}\``,
      list(second.map((role) => say(`role.${role}`))),
      reason ? say('rights.guard.needed') : '–',
      named(alone.filter((one) => one === 'proof_within_the_hour')),
      named(alone.filter((one) => one !== 'proof_within_the_hour')),
    ];
  });
  const heads = ['effect', 'second', 'reason', 'proof', 'alone'] as const;
  return tableOf(
    heads.map((one) => say(`rights.guard.${one}`)),
    rows,
  );
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function mayIn(action: Action, column: (typeof COLUMNS)[number]): boolean {
  if (column === 'token') return lacks(action, API_ACTOR, [], null) === null;
  return lacks(action, 'somebody', [column], null) === null;
}
