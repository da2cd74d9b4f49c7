// Plain JavaScript that an old Node can read too: finds a Node that is new enough.
import { spawn } from 'node:child_process';
import { existsSync, linkSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** True if this Node can run the TypeScript sources: 22.18 or newer. */
export const isNewEnough = major > 22 || (major === 22 && minor >= 18);

/**
 * Returns the path of the Node that `npm ci` installed as a package; null on other systems or without development
 * packages. It also links `.bin/node` to this Node, so that npm's scripts find it: npm itself removes that link along
 * with the packages of other systems, whose program has the same name.
 */
export function broughtNode() {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const program = windows ? 'node.exe' : 'node';
  const path = (/** @type {string} */ below) => fileURLToPath(new URL(`../node_modules/${below}`, import.meta.url));
  const brought = path(`${name}/bin/${program}`);
  if (!existsSync(brought)) return null;
  const link = path(`.bin/${program}`);
  try {
    if (windows) linkSync(brought, link);
    else symlinkSync(`../${name}/bin/${program}`, link);
  } catch {
    // The link exists already, or the folder is read-only: the program is still found by its path.
  }
  return brought;
}

/** Runs a program in place of this process: forwards signals and exits as it does. */
export function runInstead(/** @type {string} */ program, /** @type {readonly string[]} */ args) {
  const child = spawn(program, args, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exit(code ?? (signal ? 1 : 0));
  });
}
