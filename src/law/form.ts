import { z } from 'zod';
import { id } from './condition-schema.ts';
import { bilingual, text } from './schema-parts.ts';

/** Kinds of values of a form; each has its JSON Schema below. */
const kinds = z.enum([
  'stage',
  'text',
  'texts',
  'instant',
  'boolean',
  'integer',
  'number',
  'percentage',
  'duration',
  'email',
  'phone',
  'lei',
  'countries',
  'currency',
]);

/** Values that the record or profile provides; a person writes all other values into the file. */
const known = z.enum([
  'number',
  'awareness',
  'occurrence',
  'classification',
  'entity_name',
  'contact_name',
  'contact_phone',
]);

const fieldSchema = z.strictObject({
  /** Number of the field in the official template, e.g. "2.3". */
  no: text,
  /** Property of the file, e.g. `incident.detectionDateTime`; `list[].name` for a member of a list. */
  at: z.string().regex(/^\w+(\[\])?(\.\w+(\[\])?)*$/, 'names with . between them and [] for a list'),
  kind: kinds,
  /** Stages for which the field is required; absent: always optional. */
  needed: z.union([z.literal('all'), z.array(text).min(1)]).exactOptional(),
  /** Condition on another field (`no`) of the same object: filled in or, with `is`, having or including this value. */
  if: z.strictObject({ no: text, is: z.union([text, z.boolean()]).exactOptional() }).exactOptional(),
  known: known.exactOptional(),
  label: bilingual,
});

/**
 * Template of a report that an authority takes as a data file. The initial file and its JSON Schema are generated from
 * the template; a later stage starts with the values of the stage before.
 */
export const formSchema = z.strictObject({
  id,
  title: bilingual,
  /** Statement of how far the template was compared with the official one; shown whenever a file is made or checked. */
  note: bilingual,
  url: z.url(),
  pack: text,
  stages: z.array(text).min(1),
  /** Paper to which the data file of a stage belongs; the key is the stage. */
  papers: z.record(text, id).default({}),
  currencies: z.array(z.string().length(3)).min(1),
  fields: z.array(fieldSchema).min(1),
});
export type Form = z.infer<typeof formSchema>;
export type FormField = Form['fields'][number];
export type KnownValues = Readonly<Record<z.infer<typeof known>, string>>;

interface JsonSchema {
  readonly [key: string]: unknown;
}
const FILLED = { type: 'string', pattern: '\\S' };

function valueSchemas({ stages, currencies }: Form): Readonly<Record<FormField['kind'], JsonSchema>> {
  return {
    stage: { enum: stages },
    text: FILLED,
    texts: { type: 'array', minItems: 1, items: FILLED },
    instant: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' },
    boolean: { type: 'boolean' },
    integer: { type: 'integer', minimum: 0 },
    number: { type: 'number' },
    percentage: { type: 'number', minimum: 0, maximum: 100 },
    duration: { type: 'string', pattern: '^\\d{1,3}:([01]\\d|2[0-3]):[0-5]\\d$' },
    email: { type: 'string', pattern: '^\\S+@\\S+\\.\\S+$' },
    phone: { type: 'string', pattern: '^\\+[1-9][\\d ()-]{4,}$' },
    lei: { type: 'string', pattern: '^[A-Z0-9]{18}\\d{2}$' },
    countries: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[A-Z]{2}$' } },
    currency: { enum: currencies },
  };
}

/** The JSON Schema of a file of one stage. Properties that the template does not name are refused. */
export function schemaOf(form: Form, stage: string): JsonSchema {
  return objectSchema(form, stage, '');
}

/** Schema of the object at a prefix, e.g. `incident.classificationTypes[].`. */
function objectSchema(form: Form, stage: string, prefix: string): JsonSchema {
  const below = form.fields.filter(({ at }) => at.startsWith(prefix));
  const names = [...new Set(below.map(({ at }) => at.slice(prefix.length).split('.')[0] ?? ''))];
  const isNeeded = ({ needed }: FormField): boolean => needed === 'all' || (needed?.includes(stage) ?? false);
  const leafOf = (name: string): FormField | undefined => below.find(({ at }) => at === prefix + name);
  const properties = Object.fromEntries(
    names.map((name) => {
      const leaf = leafOf(name);
      if (leaf) return [name, valueSchemas(form)[leaf.kind]];
      const inner = objectSchema(form, stage, `${prefix}${name}.`);
      return [plainName(name), name.endsWith('[]') ? { type: 'array', minItems: 1, items: inner } : inner];
    }),
  );
  const required = names.filter((name) =>
    below.some(({ at, ...rest }) => {
      const isHere = at === prefix + name || at.startsWith(`${prefix}${name}.`);
      return isHere && rest.if === undefined && isNeeded({ at, ...rest });
    }),
  );
  const conditions = below.flatMap((field) => {
    const name = field.at.slice(prefix.length);
    return field.if && !name.includes('.') && isNeeded(field) ? [conditionOf(form, field.if, prefix, name)] : [];
  });
  return {
    type: 'object',
    properties,
    required: required.map(plainName),
    additionalProperties: false,
    ...(conditions.length > 0 ? { allOf: conditions } : {}),
  };
}

const plainName = (name: string): string => name.replace('[]', '');

function conditionOf(form: Form, of: NonNullable<FormField['if']>, prefix: string, name: string): JsonSchema {
  const other = form.fields.find(({ no }) => no === of.no);
  if (!other?.at.startsWith(prefix) || other.at.slice(prefix.length).includes('.')) {
    throw new Error(`${form.id}: field ${of.no} is not beside ${name}`);
  }
  const key = other.at.slice(prefix.length);
  const value = of.is === undefined ? {} : other.kind === 'texts' ? { contains: { const: of.is } } : { const: of.is };
  return { anyOf: [{ not: { required: [key], properties: { [key]: value } } }, { required: [name] }] };
}

/** Returns the fields at a place of a file, e.g. `['incident', 'system', '0']`; if none is there, those below it. */
export function fieldsAt(form: Form, place: readonly string[]): readonly FormField[] {
  const path = place.filter((part) => !/^\d+$/.test(part)).join('.');
  const at = (field: FormField): string => field.at.replaceAll('[]', '');
  const exact = form.fields.filter((field) => at(field) === path);
  return exact.length > 0 ? exact : form.fields.filter((field) => path !== '' && at(field).startsWith(`${path}.`));
}

/** Returns the field that holds the stage of a file. Throws for a form without one. */
export function stageFieldOf({ id: form, fields }: Form): FormField {
  const field = fields.find(({ kind }) => kind === 'stage');
  if (!field) throw new Error(`${form}: no field is of the kind stage`);
  return field;
}

/** File of a stage: values of the previous stage's file, otherwise of the record; a field in neither is omitted. */
export function fileOf(
  form: Form,
  stage: string,
  values: Partial<KnownValues>,
  before: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const file = structuredClone(before) as Record<string, unknown>;
  for (const { at, kind, known: from } of form.fields) {
    const value = kind === 'stage' ? stage : from && values[from];
    if (value !== undefined) put(file, at.split('.'), value, kind === 'stage');
  }
  return file;
}

function put(
  file: Record<string, unknown>,
  [name = '', ...rest]: readonly string[],
  value: string,
  over: boolean,
): void {
  if (rest.length === 0) {
    if (over || file[name] === undefined) file[name] = value;
    return;
  }
  const inner = file[name];
  const next = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  file[name] = next;
  put(next, rest, value, over);
}
