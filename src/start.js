#!/usr/bin/env node
// Plain JavaScript, so that an old Node gets a sentence instead of a syntax error.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Jishi needs Node.js 22.18 or newer; this is ${process.versions.node}. Node 24 comes with npm: use npm start or npx jishi. After npm ci --omit=dev it does not: install Node 24.\n`,
  );
  process.exit(1);
}
// Beside the code, where whoever can write could change the code itself; Node's default is a folder all users share.
module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/jishi', import.meta.url)));
// Imported only now: what is imported statically is loaded before the cache is on.
const [{ run }, { endWithReader, processTerminal }] = await Promise.all([
  import('./cli.ts'),
  import('./cli/terminal.ts'),
]);
endWithReader(process.stdout);
process.exitCode = await run(process.argv.slice(2), processTerminal);
// Ends a process that failed to start but left something open.
if (process.exitCode !== 0) setTimeout(() => process.exit(), 1_000).unref();
