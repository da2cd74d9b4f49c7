import { Ajv, type ErrorObject } from 'ajv';
import { entityOf } from '../../incident/facts/law-facts.ts';
import type { IncidentState } from '../../incident/state.ts';
import {
  type Form,
  type FormField,
  fieldsAt,
  fileOf,
  type KnownValues,
  schemaOf,
  stageFieldOf,
} from '../../law/form.ts';
import type { BilingualText } from '../../law/types.ts';
import { type FileSources, ownFile } from './files.ts';

export type DataObject = Readonly<Record<string, unknown>>;

/** Fault of a data file: a missing field of the template, a wrong value, or a property unknown to the template. */
export interface DataFault {
  readonly field: FormField | null;
  readonly at: string;
  /** Reason from the schema, e.g. `must match pattern`; null for a missing value. */
  readonly wrong: string | null;
}

/** Report as data: the file so far, with all faults that prevent sending it. */
export interface DataFile {
  readonly form: Form;
  readonly stage: string;
  readonly file: DataObject;
  readonly faults: readonly DataFault[];
}

/** Maximum size (bytes) of an attached file that is parsed. */
const MOST_BYTES = 1_000_000;

/**
 * Data file of a paper; null if no form has one. It starts from the newest attached file of this form, of the same or
 * an earlier stage, so that earlier entries are kept; the record fills the blanks.
 */
export async function dataFileOf(
  forms: ReadonlyMap<string, Form>,
  paper: string,
  { state, anchors }: { readonly state: IncidentState; readonly anchors: Readonly<Record<string, string | undefined>> },
  store: FileSources,
): Promise<DataFile | null> {
  for (const form of forms.values()) {
    const stage = form.stages.find((one) => form.papers[one] === paper);
    if (stage === undefined) continue;
    const file = fileOf(form, stage, knownValues(state, anchors), (await filledIn(form, stage, state, store)) ?? {});
    return { form, stage, file, faults: faultsOf(form, file) };
  }
  return null;
}

/** Values of the record and profile for a form; unknown ones are left out. */
export function knownValues(
  state: IncidentState,
  anchors: Readonly<Record<string, string | undefined>>,
): Partial<KnownValues> {
  const utc = (at: string | undefined) =>
    at === undefined ? undefined : new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const entity = entityOf(state);
  const values = {
    number: state.id,
    awareness: utc(anchors['awareness']),
    occurrence: utc(anchors['occurrence']),
    classification: utc(anchors['classification']),
    entity_name: entity?.nameEn ?? entity?.name,
    contact_name: entity?.contact24h?.name,
    contact_phone: entity?.contact24h?.phone,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** Faults of a file, in the order of the template; if the file has no valid stage, that fault alone. */
export function faultsOf(form: Form, file: DataObject): readonly DataFault[] {
  const field = stageFieldOf(form);
  const stage = file[field.at];
  if (typeof stage !== 'string' || !form.stages.includes(stage)) {
    return [{ field, at: field.at, wrong: `one of ${form.stages.join(', ')}` }];
  }
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schemaOf(form, stage));
  if (validate(file)) return [];
  const found = (validate.errors ?? []).flatMap((error) => faultsFrom(form, stage, error));
  const unique = new Map(found.map((fault) => [`${fault.at} ${fault.wrong}`, fault]));
  const order = ({ field: of }: DataFault): number => (of ? form.fields.indexOf(of) : -1);
  return [...unique.values()].toSorted((a, b) => order(a) - order(b));
}

/** Text of a fault: number and name of the field, in both languages. */
export function faultText({ field, at, wrong }: DataFault): BilingualText {
  if (field === null) return { zh: `${at}（模板中没有此项）`, en: `${at} (no field of the template)` };
  const { no, label } = field;
  if (wrong === null) return { zh: `${no} ${label.zh}`, en: `${no} ${label.en}` };
  return { zh: `${no} ${label.zh}（格式不符）`, en: `${no} ${label.en} (wrong form)` };
}

function faultsFrom(form: Form, stage: string, error: ErrorObject): readonly DataFault[] {
  const place = error.instancePath.split('/').slice(1);
  const { missingProperty, additionalProperty } = error.params as Readonly<Record<string, string | undefined>>;
  // Errors of the keywords `anyOf` and `not` are skipped: each missing field below them has an error of its own.
  if (error.keyword === 'anyOf' || error.keyword === 'not') return [];
  if (additionalProperty !== undefined)
    return [{ field: null, at: [...place, additionalProperty].join('.'), wrong: 'no field of the template' }];
  const fields = fieldsAt(form, missingProperty === undefined ? place : [...place, missingProperty]);
  const wrong = missingProperty === undefined ? (error.message ?? 'wrong') : null;
  if (wrong !== null || fields.length === 1) return fields.slice(0, 1).map((field) => ({ field, at: field.at, wrong }));
  // For a missing object, each field that the stage needs in it is reported.
  return fields
    .filter(({ needed, if: only }) => only === undefined && (needed === 'all' || needed?.includes(stage)))
    .map((field) => ({ field, at: field.at, wrong }));
}

/** Newest attached file of this form, of the same or an earlier stage. */
async function filledIn(form: Form, stage: string, state: IncidentState, store: FileSources) {
  for (const { file, name, size } of state.evidence.toReversed()) {
    if (!name.toLowerCase().endsWith('.json') || size > MOST_BYTES) continue;
    const content = await ownFile(store, state, file);
    const value = content && (await objectIn(content));
    const of = value?.[stageFieldOf(form).at];
    if (value && typeof of === 'string' && form.stages.includes(of)) {
      if (form.stages.indexOf(of) <= form.stages.indexOf(stage)) return value;
    }
  }
  return null;
}

async function objectIn(content: AsyncIterable<Uint8Array>): Promise<DataObject | null> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}
