import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

/**
 * Returns the YAML parser that knows the line of each value. It is slower than `js-yaml` and large, so it is loaded when a
 * file needs it: a profile, sources of alerts, or a place in a file that is wrong.
 */
export function yamlWithLines(): typeof Yaml {
  const load: (id: 'yaml') => typeof Yaml = createRequire(import.meta.url);
  return load('yaml');
}
