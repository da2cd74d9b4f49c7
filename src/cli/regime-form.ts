import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { isoOf, toIncidentTime } from '../incident/drill-clock.ts';
import { assessIncident } from '../incident/facts/assessment.ts';
import { entityOf } from '../incident/facts/law-facts.ts';
import { type Form, fieldsAt, fileOf, schemaOf } from '../law/form.ts';
import { loadForms } from '../regimes/load-forms.ts';
import { openForReading, regimesOf } from '../wiring/reading.ts';
import { loadSettings } from './config.ts';
import { CommandError, type Terminal, UsageError } from './terminal.ts';

/**
 * `jishi regime form FORM STAGE [INCIDENT|-] [BEFORE]` writes the file of a stage with what the record and the file of the
 * stage before have; `jishi regime form FORM check FILE` names every field that is missing or wrong. Nothing is sent.
 */
export async function formCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, verb, subject, earlier, ...more] = args;
  if (name === undefined || verb === undefined || more.length > 0) throw new UsageError('regime');
  const forms = loadForms(terminal.env['REGIMES_DIR']);
  const form = forms.get(name);
  if (!form) {
    throw new CommandError(`jishi regime form: ${name} is no form; there are: ${[...forms.keys()].join(', ')}`, 1);
  }
  if (verb === 'check' && subject !== undefined && earlier === undefined) return checkFile(form, subject, terminal);
  if (!form.stages.includes(verb)) {
    throw new CommandError(`jishi regime form: ${verb} is no stage; there are: ${form.stages.join(', ')}`, 1);
  }
  const values = subject === undefined || subject === '-' ? {} : await valuesOf(subject, terminal);
  const file = fileOf(form, verb, values, earlier === undefined ? {} : objectIn(earlier));
  terminal.out(JSON.stringify(file, null, 2));
  for (const fault of faultsOf(form, file)) terminal.error(fault);
  terminal.error(form.note.en);
  return 0;
}

function checkFile(form: Form, path: string, terminal: Terminal): number {
  const faults = faultsOf(form, objectIn(path));
  if (faults.length > 0) throw new CommandError([...faults, form.note.en].join('\n'), 1);
  terminal.out(`ok ${path}: every field that the template asks for is there`);
  terminal.out(form.note.en);
  return 0;
}

function objectIn(path: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null) throw new CommandError(`jishi regime form: ${path} is no object`, 1);
  return Object.fromEntries(Object.entries(value));
}

/** Faults of a file, by number and name of the field, in the order of the template. */
export function faultsOf(form: Form, file: Readonly<Record<string, unknown>>): readonly string[] {
  const stageField = form.fields.find(({ kind }) => kind === 'stage');
  const stage = stageField ? file[stageField.at] : undefined;
  if (typeof stage !== 'string' || !form.stages.includes(stage)) {
    return [`${stageField?.no ?? ''} ${stageField?.label.en ?? ''}: one of ${form.stages.join(', ')}`];
  }
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schemaOf(form, stage));
  if (validate(file)) return [];
  const found = (validate.errors ?? []).flatMap((error) => faultLines(form, stage, error));
  const order = (line: string): number => form.fields.findIndex(({ no }) => line.startsWith(`${no} `));
  return [...new Set(found)].toSorted((a, b) => order(a) - order(b));
}

function faultLines(form: Form, stage: string, error: ErrorObject): readonly string[] {
  const place = error.instancePath.split('/').slice(1);
  const { missingProperty, additionalProperty } = error.params as Readonly<Record<string, string | undefined>>;
  // The two ways to meet a condition; what is missing under it is an error of its own.
  if (error.keyword === 'anyOf' || error.keyword === 'not') return [];
  if (additionalProperty !== undefined)
    return [`${[...place, additionalProperty].join('.')}: no field of the template`];
  const fields = fieldsAt(form, missingProperty === undefined ? place : [...place, missingProperty]);
  if (missingProperty === undefined || fields.length === 1) {
    return fields
      .slice(0, 1)
      .map(
        ({ no, label, at }) =>
          `${no} ${label.en} (${at}): ${missingProperty === undefined ? (error.message ?? 'wrong') : 'missing'}`,
      );
  }
  // A missing object: each of its fields that the stage needs.
  return fields
    .filter(({ needed, if: only }) => only === undefined && (needed === 'all' || needed?.includes(stage)))
    .map(({ no, label, at }) => `${no} ${label.en} (${at}): missing`);
}

async function valuesOf(incident: string, terminal: Terminal): Promise<Readonly<Record<string, string>>> {
  const loaded = loadSettings(terminal);
  if (!loaded.ok) throw new CommandError('jishi regime form: the settings cannot be read (`npx jishi doctor`)', 1);
  const store = await openForReading(loaded.config);
  if (!store) throw new CommandError('jishi regime form: there is no record yet', 1);
  try {
    const state = await store.incident(incident);
    const regime = (await regimesOf(store, loaded.config))(state);
    if (!state || !regime) throw new CommandError(`jishi regime form: there is no incident ${incident}`, 1);
    const { anchors } = assessIncident(state, regime, isoOf(toIncidentTime(state.segments, Date.now())));
    const utc = (at: string | undefined) => (at === undefined ? undefined : isoUtc(at));
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
  } finally {
    await store.close();
  }
}

const isoUtc = (at: string): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
