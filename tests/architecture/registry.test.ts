import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PLATFORMS } from '../../src/platforms/registry.ts';

/** The console is always there and keeps its rooms itself; `shared` has nothing of a platform in it. */
const NO_CHAT = ['console', 'shared'];

it('every folder of a chat platform is registered, and nothing else', () => {
  const folders = readdirSync('src/platforms', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const registered = PLATFORMS.map(({ name }) => name);
  expect(new Set(registered)).toEqual(
    new Set(folders.map(({ name }) => name).filter((name) => !NO_CHAT.includes(name))),
  );
});
