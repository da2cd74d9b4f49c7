import { OPERATIONS } from '../src/http/operations/operations.ts';

/** Every operation of the API as a table, with the scope that a token needs; Markdown. */
export function operationsTable(): string {
  const rows = Object.entries(OPERATIONS).map(
    ([name, { summary, scope, open }]) => `| \`${name}\` | ${scope ?? (open ? '–' : 'session')} | ${summary} |`,
  );
  return ['| operation | scope | |', '|---|---|---|', ...rows].join('\n');
}
