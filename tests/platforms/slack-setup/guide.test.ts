import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../../src/platforms/slack/setup/manifest.ts';

const GUIDES = ['docs/slack.md', 'docs/slack.zh-CN.md'] as const;

describe.each(GUIDES)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('explains every scope', () => {
    for (const scope of [...SCOPES.required, ...SCOPES.optional]) expect(text).toContain(`\`${scope}\``);
  });

  it('links to nothing that is not there', () => {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      expect(existsSync(join(dirname(file), target)), target).toBe(true);
    }
  });

  it('names only scripts of the project', () => {
    const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
    for (const [, script] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toContain(script);
  });
});

it('both guides have the same steps and the same list to try', () => {
  const rows = GUIDES.map((file) => readFileSync(file, 'utf8').match(/^\| \d+ \|/gm));
  expect(rows[0]).toEqual(rows[1]);
  expect(rows[0]?.length).toBe(6 + 13);
});
