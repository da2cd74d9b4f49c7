import { FORMS, isCommand } from '../src/cli/usage.ts';
import { type MessageLanguage, translate } from '../src/i18n/translate.ts';

/** Every form of every command with its description, as a table in Markdown for the documentation. */
export function commandTable(language: MessageLanguage): string {
  const rows = Object.keys(FORMS)
    .filter(isCommand)
    .map((command) => {
      const forms = FORMS[command].map((form) => `\`jishi ${form.replaceAll('|', '\\|')}\``).join('<br>');
      return `| ${forms} | ${translate(language, `cli.${command}`)} |`;
    });
  return [language === 'en' ? '| command | does |' : '| 命令 | 作用 |', '|---|---|', ...rows].join('\n');
}
