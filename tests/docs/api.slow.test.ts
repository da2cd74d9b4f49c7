import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { API_TOKEN, startHouse } from '../fakes/house.ts';

const run = promisify(execFile);

/** Commands of a page in their order: its blocks of shell. */
function commandsOf(page: string): readonly string[] {
  return [...readFileSync(page, 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
}

test.each(['docs/api.md', 'docs/api.zh-CN.md'])('the commands of %s do what the page says', async (page) => {
  const house = await startHouse();
  onTestFinished(() => house.stop());
  const url = await house.listen();
  const [first = '', declare = '', read = '', answer = '', report = '', ...more] = commandsOf(page);
  expect(more).toEqual([]);
  const settings = first.replace('http://127.0.0.1:3000', url).replace('jishi_…', API_TOKEN);
  const sh = async (block: string) =>
    (await run('bash', ['-ec', `${settings}\n${block}`], { env: { PATH: process.env['PATH'] } })).stdout;

  // The id in the page is that of the first drill of this year's series of the page.
  const made = JSON.parse(await sh(declare));
  expect(JSON.parse(await sh(declare))).toMatchObject({ id: made.id });
  const ofPage = (block: string) => block.replaceAll('DRILL-2026-0001', made.id);
  expect(await sh(ofPage(read))).toContain('"clocks"');
  const answered = JSON.parse(await sh(ofPage(answer).replace('"revision":2', `"revision":${made.revision}`)));
  expect(answered.facts.operator.value).toBe('other');
  expect(await sh(ofPage(report))).toMatch(/^# /m);
});
