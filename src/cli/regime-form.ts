import { readFileSync } from 'node:fs';
import { type Form, fileOf, type KnownValues } from '../law/form.ts';
import { loadForms } from '../regimes/load-forms.ts';
import { faultsOf, knownValues } from '../use-cases/documents/data-file.ts';
import { loadSettings } from './config.ts';
import { onOwnRecord, situationsIn } from './stores.ts';
import { CommandError, complain, say, type Terminal, UsageError } from './terminal.ts';
import { languageOf } from './usage.ts';

/**
 * `jishi regime form FORM STAGE [INCIDENT|-] [BEFORE]` writes the file of a stage from the record and the file of the
 * previous stage; `jishi regime form FORM check FILE` lists every missing or wrong field. It sends nothing.
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
    throw new CommandError(`jishi regime form: ${verb} is not a stage; there are: ${form.stages.join(', ')}`, 1);
  }
  const values = subject === undefined || subject === '-' ? {} : await valuesOf(subject, terminal);
  const file = fileOf(form, verb, values, earlier === undefined ? {} : objectIn(earlier));
  terminal.out(JSON.stringify(file, null, 2));
  for (const fault of faultLines(form, file)) complain(terminal, fault);
  terminal.error(noteOf(form, terminal));
  return 0;
}

function checkFile(form: Form, path: string, terminal: Terminal): number {
  const faults = faultLines(form, objectIn(path));
  const note = noteOf(form, terminal);
  if (faults.length > 0) throw new CommandError([...faults, note].join('\n'), 1);
  say(terminal, `ok ${path}: every field that the template asks for is there`);
  terminal.out(note);
  return 0;
}

const noteOf = ({ note }: Form, { env }: Terminal): string => (languageOf(env) === 'en' ? note.en : note.zh);

function objectIn(path: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof value !== 'object' || value === null)
    throw new CommandError(`jishi regime form: ${path} is not an object`, 1);
  return Object.fromEntries(Object.entries(value));
}

/** Returns the faults of a file for a terminal, by number, name and property of the field. */
export function faultLines(form: Form, file: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf(form, file).map(({ field, at, wrong }) =>
    field ? `${field.no} ${field.label.en} (${at}): ${wrong ?? 'missing'}` : `${at}: ${wrong}`,
  );
}

async function valuesOf(incident: string, terminal: Terminal): Promise<Partial<KnownValues>> {
  const loaded = loadSettings(terminal);
  if (!loaded.ok) throw new CommandError('jishi regime form: the settings cannot be read (`npx jishi doctor`)', 1);
  const { config } = loaded;
  return onOwnRecord('regime form', config, async (store) => {
    const found = (await situationsIn(store, config))(await store.incident(incident));
    if (!found) throw new CommandError(`jishi regime form: there is no incident ${incident}`, 1);
    return knownValues(found.state, found.ia.anchors);
  });
}
