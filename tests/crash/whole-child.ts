/**
 * The whole program as `npm start` runs it, for tests that kill it: it loads its modules, says `warm` and waits for its
 * environment and for how far its clock is ahead, so that a next one can be loaded while this one is being tormented.
 */

import module from 'node:module';
import { createInterface } from 'node:readline';
import { startCommand } from '../../src/cli/start.ts';
import '../../src/platforms/slack/platform.ts';
import '../../src/platforms/wecom/platform.ts';
import type { WholeOrders } from './program.ts';

module.flushCompileCache();
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
process.stdout.write('warm\n');
const { env, ...orders }: WholeOrders = JSON.parse((await lines.next()).value ?? 'null');
let { aheadMs } = orders;
const machine = Date.now;
Date.now = () => machine() + aheadMs;
// Later lines set the clock of the machine.
void (async () => {
  for await (const line of { [Symbol.asyncIterator]: () => lines }) aheadMs = Number(line);
})();
process.exitCode = await startCommand([], {
  env,
  out: () => void process.stdout.write('ready\n'),
  error: (text) => void process.stderr.write(`${text}\n`),
  stdin: () => Promise.resolve(''),
});
process.exit();
