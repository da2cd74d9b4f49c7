// Plain JavaScript: `node scripts/run.js vitest run` runs a tool, `node scripts/run.js scripts/check.ts` a script, with a
// Node that is new enough: this one, or the one that came as a package.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { broughtNode, isNewEnough, runInstead } from '../src/node.js';

const [what = '', ...args] = process.argv.slice(2);
const node = (isNewEnough ? null : broughtNode()) ?? process.execPath;
// Whatever is started below finds the same Node.
process.env['PATH'] = [dirname(node), resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
const tool = join('node_modules', what, 'package.json');
const program = existsSync(tool) ? join('node_modules', what, JSON.parse(readFileSync(tool, 'utf8')).bin[what]) : what;
runInstead(node, [program, ...args]);
