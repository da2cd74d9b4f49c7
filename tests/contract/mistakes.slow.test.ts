import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { MISTAKES } from './mistakes.ts';

/** A sample with one of each platform; `npm run faults:platforms` plants all of them. */
const SAMPLE = [
  'a file is sent without all its bytes',
  'rows lose their buttons',
  'an account of another company is written to',
  'of several ticks one is lost',
  'in Feishu nobody is called by name',
  'in DingTalk a link is no button',
];

it('the contract suites find a sample of the planted mistakes', async () => {
  const only = SAMPLE.flatMap((name) => ['--only', name]);
  // Without a mistake they are run beside this one.
  const how = ['scripts/planted-mistakes.ts', '--unchecked', ...only];
  const { stdout } = await promisify(execFile)(process.execPath, how);
  for (const name of SAMPLE) expect(stdout).toContain(`found  ${name}`);
  // A name may be a part of another platform's.
  const planted = MISTAKES.filter(({ name }) => SAMPLE.some((part) => name.includes(part)));
  expect(planted.length).toBeGreaterThanOrEqual(SAMPLE.length);
  expect(stdout).toContain(`${planted.length} mistakes, 0 not found`);
});
