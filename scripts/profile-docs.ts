import { z } from 'zod';
import { organisationSchema } from '../src/incident/people/profile.ts';
import { PROFILE_WORDS } from './profile-words.ts';

const nodeSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.unknown().optional(),
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

/** Fields that the program fills in itself. */
const INTERNAL = ['rooms[].insteadOf', 'rooms[].assumed'];

/** Fields of the schema that hold a value; a map is one field. */
function fieldsOf(node: Node, path: string, isRequired: boolean): readonly Field[] {
  const items = nodeSchema.safeParse(node.items);
  if (items.success && items.data.properties) return fieldsOf(items.data, `${path}[]`, false);
  if (!node.properties) return [{ path, node, isRequired }];
  return Object.entries(node.properties).flatMap(([key, child]) =>
    fieldsOf(nodeSchema.parse(child), path === '' ? key : `${path}.${key}`, node.required?.includes(key) === true),
  );
}

/** Every field of the organisation profile as tables by section: field, meaning, default; Markdown. */
export function profileTables(language: 'en' | 'zh'): string {
  const root = nodeSchema.parse(z.toJSONSchema(organisationSchema, { io: 'input' }));
  const fields = fieldsOf(root, '', true).filter(({ path }) => !INTERNAL.includes(path));
  const unknown = Object.keys(PROFILE_WORDS).filter((path) => !fields.some((one) => one.path === path));
  if (unknown.length > 0) throw new Error(`scripts/profile-words.ts: no such field: ${unknown.join(', ')}`);
  const sections = Map.groupBy(fields, ({ path }) => /^\w+(?=[[.])/.exec(path)?.[0] ?? '');
  const head = language === 'zh' ? ['字段', '含义', '默认'] : ['field', 'meaning', 'default'];
  return [...sections]
    .map(([section, rows]) =>
      [
        ...(section === '' ? [] : [`### ${section}`, '']),
        `| ${head.join(' | ')} |`,
        '|---|---|---|',
        ...rows.map((field) => row(field, section, language)),
      ].join('\n'),
    )
    .join('\n\n');
}

function row({ path, node, isRequired }: Field, section: string, language: 'en' | 'zh'): string {
  const words = PROFILE_WORDS[path];
  if (!words) throw new Error(`scripts/profile-words.ts: ${path} has no meaning`);
  const name = section === '' ? path : path.slice(section.length).replace(/^(?:\[\])?\./, '');
  const required = isRequired ? (language === 'zh' ? '（必填）' : ' (required)') : '';
  const values = (node.enum ?? []).map((one) => `\`${one}\``).join(language === 'zh' ? '、' : ', ');
  const standard = node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
  const meaning = `${words[language === 'zh' ? 1 : 0]}${required}${values === '' ? '' : `${language === 'zh' ? '。可取：' : '. One of: '}${values}`}`;
  return `| \`${name}\` | ${meaning} | ${standard} |`;
}
