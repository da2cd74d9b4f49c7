import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { regimeFileSchema } from '../src/regimes/schema.ts';

/** Writes the JSON Schema of the files of a regime, for editors. A test compares it with the schema in use. */
const target = new URL('../src/regimes/regime.schema.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(z.toJSONSchema(regimeFileSchema, { io: 'input' }), null, 2)}\n`);
