import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Form, formSchema, schemaOf, stageFieldOf } from '../law/form.ts';
import { parsed, yamlFile, yamlIn } from './faults.ts';

/**
 * Forms of authorities, built in and in the folder `extra` (REGIMES_DIR) under `forms/`, by id; a form of the folder
 * replaces a built-in one with the same id. @throws RegimeError with file, line and reason of every fault.
 */
export function loadForms(extra?: string | null): ReadonlyMap<string, Form> {
  const folders = [fileURLToPath(new URL('.', import.meta.url)), ...(extra ? [extra] : [])];
  const files = folders.flatMap((folder) => yamlIn(join(folder, 'forms')));
  const forms = files.map((path) => parsed(yamlFile(path), formSchema));
  for (const form of forms) {
    stageFieldOf(form);
    for (const stage of form.stages) schemaOf(form, stage);
  }
  return new Map(forms.map((form) => [form.id, form]));
}
