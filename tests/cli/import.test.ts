import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli.ts';
import { newDataFolder } from '../fakes/folder.ts';

const EXAMPLES = new URL('../../examples/', import.meta.url);
const example = (name: string): string => new URL(name, EXAMPLES).pathname;

async function jishi(folder: string, ...args: readonly string[]): Promise<readonly [number, string]> {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  // Nobody listens at port 1.
  const env = { DATA_DIR: folder, PORT: '1', LANG: 'en_GB.UTF-8' };
  const code = await run(args, { env, out: say, error: say, stdin: async () => '' });
  return [code, said.join('\n')];
}

test('a list is taken over without a running bot; the record verifies, and the same list again adds nothing', async () => {
  const folder = newDataFolder('import');
  const file = example('earlier-incidents.zh-CN.csv');
  expect(await jishi(folder, 'import', file, '--check')).toEqual([
    0,
    expect.stringMatching(/\n3 incidents would be recorded\.$/),
  ]);
  const [code, said] = await jishi(folder, 'import', file);
  expect([code, said]).toEqual([0, expect.stringContaining('INC-2023-0001  2023-04  两台文件服务器被勒索软件加密')]);
  expect(said).toMatch(/\n3 incidents recorded afterwards\.$/);
  expect(await jishi(folder, 'import', file)).toEqual([
    0,
    'Nothing new was recorded.\n3 were imported before and are unchanged.',
  ]);
  expect((await jishi(folder, 'verify'))[0]).toBe(0);
  expect((await jishi(folder, 'register', '--from', '2024-01-01'))[1].split('\n').length).toBe(3);
});

test('a bad file ends with 1 and names line, column and remedy; nothing is recorded', async () => {
  const folder = newDataFolder('import');
  const file = join(folder, 'bad.csv');
  writeFileSync(
    file,
    'reference,title,aware,closed\nA,T,2024-01-02,2024-01-03 10:00\nB,T,2024-01-02 10:00,2024-01-03 10:00\n',
  );
  expect(await jishi(folder, 'import', file)).toEqual([
    1,
    expect.stringMatching(
      /^Line 2, column Awareness: “2024-01-02” is not a date with a time\. Write it like .*\n1 problem. Nothing/,
    ),
  ]);
  expect((await jishi(folder, 'import', file, '--entity', 'x'))[1]).toContain('set ORGANISATION_FILE');
  expect((await jishi(folder, 'register'))[1].split('\n').length).toBe(1);
  expect((await jishi(folder, 'import', join(folder, 'none.csv')))[0]).toBe(2);
  expect((await jishi(folder, 'import'))[0]).toBe(2);
});
