import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../src/cli.ts';
import { ManualClock } from '../fakes/clock.ts';
import { newDataFolder } from '../fakes/folder.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';
import { company } from '../report/cases.ts';

const dataDir = newDataFolder('what-if');
const clock = new ManualClock(Date.parse('2026-03-31T09:42:00+08:00'));
let house: RunningHouse;
let id = '';
beforeAll(async () => {
  house = await startHouse({ dataDir, clock, organisation: company });
  const wei = await signIn(new Client(house), '李伟');
  const made = await json(await wei.post('/api/v1/incidents', { title: 'Leak' }));
  id = made.id;
  const intent = { type: 'answer', fact: 'personal_info_people', value: 1_200_000 };
  await wei.post(`/api/v1/incidents/${id}/intents`, { intent, revision: made.revision });
});
afterAll(() => house.stop());

async function whatIf(language: string, ...args: readonly string[]) {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const env = { DATA_DIR: dataDir, LANG: language };
  const exit = await run(['what-if', ...args], { env, out: say, error: say, stdin: async () => '' });
  return { exit, text: lines.join('\n') };
}

it('prints what would be owed beside what is, with the minutes from step to step', async () => {
  const { exit, text } = await whatIf('en_US.UTF-8', id, '--awareness', '09:10', '--fact', 'personal_info_people=1亿');
  expect(exit).toBe(0);
  expect(text).toContain('较大 (Major, 2 of 4) – 特别重大');
  expect(text).toMatch(/→ 特别重大 \(Particularly significant, 4 of 4\)/);
  expect(text).toContain('31 Mar 2026 13:42');
  expect(text).toContain('31 Mar 2026 13:10');
  expect(text).toContain('First sign: ');
});

it('the same in Chinese, as JSON for programs, and with a list of all that can be supposed', async () => {
  expect((await whatIf('zh_CN.UTF-8', id.toLowerCase())).text).toContain('各环节用时');
  const { text } = await whatIf('en', id, '--json', '--law', 'cn-cac-2025', '--reading', 'portal_meaning=strict');
  expect(JSON.parse(text)).toMatchObject({ incident: id, supposed: { law: 'cn-cac-2025' } });
  expect(JSON.parse((await whatIf('en', id, '--list')).text).facts.length).toBeGreaterThan(20);
});

it('a duty that was filed without a limit says when', async () => {
  const min = await signIn(new Client(house), '赵敏');
  const give = async (intent: object) => {
    const revision = (await house.store.incident(id))?.version;
    expect((await min.post(`/api/v1/incidents/${id}/intents`, { intent, revision })).status).toBe(200);
  };
  await give({ type: 'answer', fact: 'personal_info_compromise', value: ['leaked_or_stolen'] });
  const filed = { type: 'record_filing', obligation: 'pipl.art57.individuals', channel: 'own_contact' };
  await give({ ...filed, at: new Date(clock.now()).toISOString(), receipt: 'SMS' });
  const line = 'No fixed limit in the law · filed 31 Mar 2026 09:42';
  expect((await whatIf('en', id)).text).toContain(line);
});

it('another text of the law or a pack is taken from its file', async () => {
  const pack = join(import.meta.dirname, '../../src/regimes/packs/eu-gdpr.yaml');
  const law = await whatIf('en', id, '--json', '--law', pack, '--fact', 'personal_info_compromise=leaked_or_stolen');
  expect(JSON.parse(law.text).duties.map((one: { id: string }) => one.id)).toContain('gdpr.art33.authority');
  const folder = join(import.meta.dirname, '../../src/regimes/cn-cac-2025');
  const same = JSON.parse((await whatIf('en', id, '--json', '--law', folder)).text);
  expect(same.duties.some(({ changed }: { changed: boolean }) => changed)).toBe(false);
});

it.each([
  [['--fact', 'nothing=1'], 'facts.nothing: ', '没有“nothing”这项事实'],
  [['--fact', 'data_class=gold'], 'facts.data_class: ', 'core, important, none'],
  [['--fact', 'personal_info_people'], '--fact: ', 'NAME=VALUE'],
  [['--awareness', 'soon'], 'awareness: ', '不是有效时间'],
  [['--reading', 'portal_meaning=x'], 'readings.portal_meaning: ', 'counted'],
  [['--law', 'NEXT'], 'law: ', 'cn-cac-2025, '],
])('%j ends with 2 and names the field', async (args, field, said) => {
  const { exit, text } = await whatIf('zh_CN.UTF-8', id, ...args);
  expect(exit).toBe(2);
  expect(text).toContain(field);
  expect(text).toContain(said);
});

it('without an id or with an unknown one it says so', async () => {
  expect(await whatIf('en')).toMatchObject({ exit: 2, text: expect.stringContaining('jishi what-if ID') });
  expect(await whatIf('en', 'INC-1999-0001')).toMatchObject({
    exit: 1,
    text: expect.stringContaining('INC-1999-0001'),
  });
});
