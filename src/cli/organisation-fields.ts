import { z } from 'zod';
import { type MessageLanguage, translate } from '../i18n/translate.ts';
import { organisationSchema } from '../incident/people/profile.ts';
import { PLATFORMS } from '../platforms/registry.ts';
import meanings from './i18n/profile-fields.json' with { type: 'json' };

const nodeSchema = z.looseObject({
  enum: z.array(z.string()).optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});
type Node = z.infer<typeof nodeSchema>;
interface Field {
  readonly path: string;
  readonly node: Node;
  readonly isRequired: boolean;
}

/** Fields that the program sets itself. */
const INTERNAL = ['rooms[].insteadOf', 'rooms[].assumed'];

/** Meanings of fields by path, in both languages. */
export const FIELD_WORDS: ReadonlyMap<string, { readonly en: string; readonly zh: string }> = new Map(
  Object.entries(meanings),
);

/** Returns the profile's fields that contain a value, e.g. `people[].accounts[].id`; a map is one field. */
export function profileFields(): readonly Field[] {
  const root = nodeSchema.parse(z.toJSONSchema(organisationSchema, { io: 'input' }));
  return fieldsOf(root, '', true).filter(({ path }) => !INTERNAL.includes(path));
}

function fieldsOf(node: Node, path: string, isRequired: boolean): readonly Field[] {
  const items = nodeSchema.safeParse(node.items);
  if (items.success && items.data.properties) return fieldsOf(items.data, `${path}[]`, false);
  if (!node.properties) return [{ path, node, isRequired }];
  return Object.entries(node.properties).flatMap(([key, child]) =>
    fieldsOf(nodeSchema.parse(child), path === '' ? key : `${path}.${key}`, node.required?.includes(key) === true),
  );
}

/** Returns all fields of the profile as Markdown tables by section: field, meaning, default. */
export function fieldTables(language: MessageLanguage): string {
  const heads = [
    translate(language, 'cli.field.name'),
    translate(language, 'cli.field.meaning'),
    translate(language, 'cli.field.default'),
  ];
  const sections = Map.groupBy(profileFields(), ({ path }) => /^\w+(?=[[.])/.exec(path)?.[0] ?? '');
  return [...sections]
    .map(([section, fields]) =>
      [
        ...(section === '' ? [] : [`### ${section}`, '']),
        `| ${heads.join(' | ')} |`,
        '|---|---|---|',
        ...fields.map((field) => row(field, section, language)),
      ].join('\n'),
    )
    .join('\n\n');
}

function row({ path, node, isRequired }: Field, section: string, language: MessageLanguage): string {
  const name = section === '' ? path : path.slice(section.length).replace(/^(?:\[\])?\./, '');
  const coded = (names: readonly string[]): string =>
    names.map((one) => `\`${one}\``).join(translate(language, 'cli.field.between'));
  const words = FIELD_WORDS.get(path)?.[language === 'en' ? 'en' : 'zh'] ?? '';
  const meaning = [
    words.replace('{platforms}', () => coded(ACCOUNTS)),
    isRequired ? translate(language, 'cli.field.required') : '',
    node.enum ? translate(language, 'cli.field.values', { values: coded(node.enum) }) : '',
  ].join('');
  return `| \`${name}\` | ${meaning} | ${node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``} |`;
}

/** Platforms on which people have accounts, spelled as in the profile. */
const ACCOUNTS = [
  ...PLATFORMS.map(({ name }) => name).filter((name) => !/webhook|mail|timestamps/.test(name)),
  'console',
];
