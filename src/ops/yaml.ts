import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

/**
 * Returns the YAML parser that reports the line of each value. It is large and slower than `js-yaml`, so only files
 * that need it load it: a profile, alert sources, or a file with an error.
 */
export function yamlWithLines(): typeof Yaml {
  const load: (id: 'yaml') => typeof Yaml = createRequire(import.meta.url);
  return load('yaml');
}
