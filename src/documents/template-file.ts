import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Organisation } from '../incident/people/profile.ts';
import type { TemplateProblem } from './template.ts';

/** Error with all problems of a company's template; each line names the file. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Returns the profile's checked template; null if it names none. Throws `TemplateError` with all problems at once. */
export async function reportTemplate(
  organisationFile: string | null,
  organisation: Organisation | null,
): Promise<Uint8Array | null> {
  if (organisationFile === null || organisation?.reportTemplate === undefined) return null;
  return readTemplate(resolve(dirname(organisationFile), organisation.reportTemplate));
}

/** Reads and checks a template. Throws `TemplateError`. */
export async function readTemplate(file: string): Promise<Uint8Array> {
  const content = await readFile(file).catch(() => null);
  if (content === null) throw new TemplateError(`${file}: this file cannot be read (reportTemplate)`);
  const { checkTemplate } = await import('./template.ts');
  const problems = await checkTemplate(content);
  if (problems.length > 0) throw new TemplateError(problems.map((one) => `${file}: ${problemText(one)}`).join('\n'));
  return new Uint8Array(content);
}

function problemText(problem: TemplateProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return `not a DOCX file that can be read (${problem.detail})`;
    case 'unknown': {
      const meant = problem.suggestion === null ? '' : `; did you mean {{${problem.suggestion}}}?`;
      return `{{${problem.name}}} is not a known placeholder${meant}`;
    }
    case 'missing':
      return `{{${problem.name}}} (or {{${problem.english}}}) is missing`;
  }
}
