#!/usr/bin/env node
// Plain JavaScript, so that an old Node gets a sentence instead of a syntax error.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { broughtNode, isNewEnough, runInstead, withOneArena } from './node.js';

const brought = isNewEnough ? null : broughtNode();
if (brought !== null) {
  runInstead(brought, process.argv.slice(1));
} else if (isNewEnough) {
  await start();
} else {
  process.stderr.write(
    `Jishi needs Node.js 22.18 or newer; this is ${process.versions.node}. npm ci brings Node 24 for Linux and Windows; after npm ci --omit=dev, and elsewhere, install Node 24.\n`,
  );
  process.exitCode = 1;
}

async function start() {
  const command = process.argv[2] ?? 'start';
  if (command === 'start') withOneArena();
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
}
