import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { API_TOKEN, startHouse } from '../fakes/house.ts';

test('the example of a typed client runs against the API as it is', async () => {
  const house = await startHouse();
  onTestFinished(() => house.stop());
  const env = { PATH: process.env['PATH'], JISHI_URL: await house.listen(), JISHI_TOKEN: API_TOKEN };
  const { stdout } = await promisify(execFile)(process.execPath, ['examples/api-client/follow-drill.ts'], { env });
  expect(stdout).toMatch(/^\w+: running, due \d{4}-/);
  expect(stdout).toMatch(/DRILL-\d{4}-0001: \d+ fields are empty, e\.g\. art7/);
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^# .*report/i);
});
