import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AlertSourcesError, loadAlertSources } from '../../src/wiring/alert-sources.ts';

it.each([
  ['what is no YAML', 'sources: [', /sources\.yaml: /],
  ['an alias without its anchor', 'sources: *none', /sources\.yaml: .*none/],
  ['a source with a wrong name', 'sources:\n  Own Name: {}', /sources\.yaml: sources/],
])('ALERT_SOURCES_FILE: names the file and the place of %s', async (_, text, fault) => {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-sources-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sources.yaml');
  writeFileSync(file, text);
  const error: unknown = await loadAlertSources(file).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(AlertSourcesError);
  expect(String(error)).toMatch(fault);
});
