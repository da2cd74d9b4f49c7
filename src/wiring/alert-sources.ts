import { readFile } from 'node:fs/promises';
import type { Document } from 'yaml';
import { z } from 'zod';
import { mappingSchema } from '../http/alerts/mapping.ts';
import { type Sources, sourcesWith } from '../http/alerts/sources.ts';
import { yamlWithLines } from '../ops/yaml.ts';

/** Error in the file of alert sources; the message has place and reason. */
export class AlertSourcesError extends Error {
  override readonly name = 'AlertSourcesError';
}

const fileSchema = z.strictObject({
  sources: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be a name of a-z, 0-9, - and _'),
    mappingSchema,
  ),
});

/** Loads alert sources: those built in, and those of ALERT_SOURCES_FILE. */
export async function loadAlertSources(file: string | null): Promise<Sources> {
  if (file === null) return sourcesWith({});
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AlertSourcesError(`${file}: this file cannot be read (ALERT_SOURCES_FILE)`);
  });
  const document = yamlWithLines().parseDocument(text);
  const broken = document.errors.map(({ message }) => `${file}: ${message}`);
  if (broken.length > 0) throw new AlertSourcesError(broken.join('\n'));
  const parsed = fileSchema.safeParse(contentOf(document, file));
  if (parsed.success) return sourcesWith(parsed.data.sources);
  const faults = parsed.error.issues.map(({ path, message }) => `${file}: ${path.join('.')}: ${message}`);
  throw new AlertSourcesError(faults.join('\n'));
}

/** Returns the content of a file. Throws for an alias without an anchor, which the parser does not report. */
function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch (error) {
    throw new AlertSourcesError(`${file}: ${String(error)}`);
  }
}
