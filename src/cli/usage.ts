import type { MessageKey } from '../i18n/keys.ts';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { PLATFORMS } from '../platforms/registry.ts';

const CONNECTS = PLATFORMS.flatMap(({ name, connect }) =>
  connect ? [['connect', name, connect.usage].filter(Boolean).join(' ')] : [],
);

/** Forms of each command after `jishi`, in the order of the help; the message `cli.COMMAND` describes it. */
export const FORMS = {
  start: ['start'],
  doctor: ['doctor [--connect] [--json]', 'doctor --ring NAME'],
  connect: CONNECTS,
  classify: ['classify FILE', 'classify -'],
  verify: ['verify [ID] [--anyway] [--json]'],
  backup: ['backup FILE', 'backup FOLDER [--keep N]', 'backup --done'],
  restore: ['restore FILE [--anyway]'],
  restored: ['restored'],
  migrate: ['migrate --from sqlite:./data/jishi.sqlite --to postgres://user:password@host/database [--anyway]'],
  export: ['export ID [--bundle FILE [--up-to EVENT]] [--counsel]', 'export --mentions WORD [--counsel]'],
  register: ['register [--json] [--open] [--from DAY] [--until DAY] [--drills]'],
  import: ['import FILE.csv [--entity E] [--by PERSON] [--check] [--json]'],
  inspection: ['inspection --entity ENTITY --from DAY --to DAY [FOLDER] [--language zh|en] [--counsel]'],
  login: ['login [NAME]', 'login --guest NAME', 'login --auditor NAME --entity E --until DAY'],
  sessions: ['sessions list [--json]', 'sessions end NAME|ID [--json]', 'sessions end --all'],
  tokens: ['tokens list [--json]', 'tokens add NAME --scopes SCOPE,… [--days 90] [--json]', 'tokens revoke NAME|ID'],
  links: [
    'links list [--json]',
    'links supplier NAME [--days 366] [--json]',
    'links calendar PERSON [--days 366] [--json]',
    'links revoke NAME|ID',
  ],
  webhooks: ['webhooks log [--json]', 'webhooks replay ID [--json]'],
  guide: ['guide [FOLDER] [--language zh|en]'],
  organisation: ['organisation check [FILE] [--json]', 'organisation fields'],
  rights: ['rights'],
  template: ['template check FILE', 'template preview FILE [OUT]'],
  regime: [
    'regime show [ID]',
    'regime check [DIR|FILE]',
    'regime new NAME',
    'regime diff OLD NEW',
    'regime form FORM STAGE [INCIDENT|-] [BEFORE]',
    'regime form FORM check FILE',
  ],
  'what-if': [
    'what-if ID [--awareness TIME] [--fact NAME=VALUE]… [--reading QUESTION=READING]… [--law NAME|FILE|FOLDER] [--json]',
    'what-if ID --list',
  ],
  help: ['help [COMMAND]', '--version'],
} as const satisfies Record<string, readonly string[]>;
export type CommandName = keyof typeof FORMS;

export const isCommand = (name: string): name is CommandName => Object.hasOwn(FORMS, name);

const about = (command: CommandName): MessageKey => `cli.${command}`;

/** Returns the terminal's language by its locale, e.g. LANG=zh_CN.UTF-8; English unless it is Chinese. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): MessageLanguage {
  return /^zh/i.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'zh-CN' : 'en';
}

/** Commands whose `--language` sets the language of the papers they write, Chinese by default. */
const OF_PAPERS: readonly string[] = ['guide', 'inspection'];

/**
 * Applies `--language zh|en` to the command line and environment, as the locale of the terminal. The option stays in
 * the line if the command uses it for papers, or if its value is no language, so that the command refuses it.
 */
export function languageAsked(
  line: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly argv: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> } {
  const at = line.findIndex((word) => /^--language(?:=|$)/.test(word));
  const [, joined] = line[at]?.split('=') ?? [];
  const locale = { zh: 'zh_CN.UTF-8', 'zh-CN': 'zh_CN.UTF-8', en: 'en_US.UTF-8' }[joined ?? line[at + 1] ?? ''];
  if (at < 0 || locale === undefined) return { argv: line, env };
  const argv = OF_PAPERS.includes(line[0] ?? '') ? line : line.toSpliced(at, joined === undefined ? 2 : 1);
  return { argv, env: { ...env, LC_ALL: locale } };
}

/** Returns forms and description of a command, for `jishi COMMAND --help` and wrong arguments. */
export function usageOf(command: CommandName, language: MessageLanguage): string {
  const head = translate(language, 'cli.usage');
  const indent = ' '.repeat(language === 'en' ? head.length : 2 * head.length);
  const lines = FORMS[command].map((form, index) => `${index === 0 ? head : indent}jishi ${form}`);
  return [...lines, '', `  ${translate(language, about(command))}`].join('\n');
}

const WIDTH = 14;

/** Returns `jishi help`: all commands, one per line. */
export function helpPage(language: MessageLanguage): string {
  const lines = Object.keys(FORMS)
    .filter(isCommand)
    .map((command) => `  ${command.padEnd(WIDTH)}${translate(language, about(command))}`);
  return [
    `${translate(language, 'cli.usage')}${translate(language, 'cli.form')}`,
    '',
    ...lines,
    '',
    `  ${translate(language, 'cli.more')}`,
  ].join('\n');
}
