import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');
/** Values of another file; `import type` loads nothing. */
const STATIC = /^(?:import|export)\s(?!type\s)[^;]*?from '(\.[^']+)'/gm;

/** Files of src that a module loads when it is imported itself, by static imports. */
function loadedBy(entries: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = entries.map((entry) => join(SRC, entry));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const name = relative(SRC, file);
    if (found.has(name)) continue;
    found.add(name);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(STATIC)) waiting.push(join(dirname(file), path));
  }
  return found;
}

const STARTED = ['cli.ts', 'cli/terminal.ts', 'cli/start.ts', 'main.ts', 'storage/sqlite/store.ts'];
/** What nobody needs in the first minutes of an incident; each loads on first use. */
const LATER = [
  'config/organisation.ts',
  'documents/render.ts',
  'http/mcp/tools.ts',
  'law/schema-parts.ts',
  'platforms/slack/shapes.ts',
  'regimes/check-names.ts',
  'scheduling/heartbeat.ts',
  'storage/postgres/store.ts',
  'use-cases/documents/data-file.ts',
  'use-cases/documents/inspection.ts',
  'use-cases/earlier/import-earlier.ts',
  'use-cases/what-if.ts',
  'wiring/second-reader.ts',
];
const FIRST = ['conversation/cards/status-card.ts', 'report/compile.ts', 'talk/intake.ts', 'use-cases/lines.ts'];

it('loads at the start what the first minutes need, and the rest on first use', () => {
  const loaded = loadedBy(STARTED);
  for (const file of LATER) expect(readFileSync(join(SRC, file), 'utf8'), file).not.toBe('');
  expect(LATER.filter((file) => loaded.has(file))).toEqual([]);
  expect(FIRST.filter((file) => !loaded.has(file))).toEqual([]);
});
