import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ENTERED, instrument } from './instrument.ts';
import { enter, numberOf } from './trace.ts';

/** `node --import ./scripts/paths/hook.ts FILE` instruments the TypeScript of src while it is loaded. */
const SRC = pathToFileURL(join(import.meta.dirname, '../../src/')).href;

Object.assign(globalThis, { [ENTERED]: enter });
registerHooks({
  load: (url, context, next) => {
    if (!url.startsWith(SRC) || !url.endsWith('.ts')) return next(url, context);
    const source = instrument(url.slice(SRC.length), readFileSync(fileURLToPath(url), 'utf8'), numberOf);
    return { format: 'module-typescript', source, shortCircuit: true };
  },
});
