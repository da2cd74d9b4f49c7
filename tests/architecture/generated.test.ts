import { expect, it } from 'vitest';
import { outdated } from '../../scripts/generate.ts';
import { ACCEPTED } from '../../scripts/licences.ts';
import { productionPackages } from '../../scripts/lockfile.ts';
import { describeErrors } from '../../src/cli/config.ts';
import { readDotEnv } from '../../src/config/dotenv.ts';
import { loadConfig } from '../../src/config/load.ts';
import { PLATFORM_SETTINGS } from '../../src/platforms/registry.ts';

it('generated files are what npm run generate would write', () => {
  expect(outdated()).toEqual([]);
});

it('an unedited copy of .env.example starts as nothing set does', () => {
  const copied = loadConfig(readDotEnv({}, '.env.example'), PLATFORM_SETTINGS);
  expect(copied.ok ? '' : describeErrors(copied.errors)).toBe('');
  expect(copied).toEqual(loadConfig({}, PLATFORM_SETTINGS));
});

it('every licence of what is shipped is one that somebody has read', () => {
  const packages = productionPackages();
  expect(packages.length).toBeGreaterThan(20);
  expect(packages.filter((one) => !ACCEPTED.includes(one.licence ?? ''))).toEqual([]);
});
