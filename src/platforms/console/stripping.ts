import { stripTypeScriptTypes } from 'node:module';

// A process that strips the types of the scripts it is sent, and ends.
process.once('message', (scripts: readonly string[]) => {
  process.send?.(scripts.map((script) => stripTypeScriptTypes(script)));
});
