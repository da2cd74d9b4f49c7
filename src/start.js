#!/usr/bin/env node
// Plain JavaScript, so that an old Node prints a sentence instead of a syntax error.
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { broughtNode, isNewEnough, runInstead } from './node.js';

/** Options of `npm start`, the container and the unit. V8 takes them at the start of a process only. */
const HEAP = ['--max-semi-space-size=8', '--max-old-space-size=512'];
const [program = '', ...args] = process.argv;
const isSized = [...process.execArgv, process.env['NODE_OPTIONS'] ?? ''].some((one) => /max.old.space.size/.test(one));
if (isNewEnough && (args[1] ?? 'start') === 'start' && !isSized && process.platform !== 'win32')
  process.execve?.(program, [program, ...HEAP, ...process.execArgv, ...args], process.env);

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
  // The cache is beside the code, writable only by those who could change the code; Node's default folder is shared.
  module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/jishi', import.meta.url)));
  // Node writes the cache at an orderly end only; a program that is killed has it for its next start too.
  setTimeout(() => module.flushCompileCache?.(), 5_000).unref();
  // The import is dynamic: static imports load before the cache is enabled.
  const [{ run }, { endWithReader, processTerminal }] = await Promise.all([
    import('./cli.ts'),
    import('./cli/terminal.ts'),
  ]);
  endWithReader(process.stdout);
  process.exitCode = await run(process.argv.slice(2), processTerminal);
  // Ends a process that failed to start but still has something open.
  if (process.exitCode !== 0) setTimeout(() => process.exit(), 1_000).unref();
}
