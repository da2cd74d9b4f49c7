import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Command } from '../../src/incident/commands.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, startHouse } from '../fakes/house.ts';
import { Client, signIn } from '../fakes/http-client.ts';
import { MINUTE, START } from './harness.ts';

const incidentSchema = z.object({
  id: z.string(),
  revision: z.number(),
  drafts: z.array(z.object({ draft: z.number(), hash: z.string().nullable(), approval: z.string() })),
});

/** The API of a bot whose clock stands still until it is moved. */
async function desk() {
  const clock = new ManualClock(START);
  const house = await startHouse({ clock });
  onTestFinished(() => house.stop());
  const url = `${await house.listen()}/api/v1`;
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  // The wording of a fact is confirmed by a person.
  const wei = await signIn(new Client(house), 'Li Wei');
  const post = async (path: string, body: object) => {
    const response = await wei.post(`/api/v1${path}`, body);
    expect(await response.clone().text()).not.toContain('"code"');
    return incidentSchema.parse(await response.json());
  };
  const { id } = await post('/incidents', { title: '会员系统疑似用户数据泄露' });
  const get = async (path: string) => fetch(`${url}/incidents/${id}${path}`, { headers });
  return {
    clock,
    do: async (intent: Command) => {
      const { revision } = incidentSchema.parse(await (await get('')).json());
      return post(`/incidents/${id}/intents`, { intent, revision });
    },
    report: async (query: string) => {
      const response = await get(`/report?${query}`);
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    },
    status: async (query: string) => (await get(`/report?${query}`)).status,
  };
}

const measures = (text: string): Command => ({
  type: 'fill_field',
  field: 'art7.2.measures',
  value: { state: 'known', text },
  wording: text,
});

it('a draft is downloaded byte for byte the same, whatever happens later', async () => {
  const it = await desk();
  await it.do({ type: 'answer', fact: 'operator', value: 'other' });
  await it.do({ type: 'answer', fact: 'personal_info_people', value: 1_200_000 });
  await it.do(measures('已隔离两台服务器'));
  const compiled = await it.do({ type: 'compile_draft', report: 'initial', cannotDetermine: [] });
  expect(compiled.drafts).toMatchObject([{ draft: 1, approval: 'none' }]);
  expect(compiled.drafts[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  const queries = ['md', 'json', 'docx', 'pdf'].flatMap((format) =>
    ['version=submission&language=zh', 'version=internal&language=zh', 'language=en'].map(
      (more) => `format=${format}&${more}&draft=1`,
    ),
  );
  const before = new Map<string, Buffer>();
  for (const query of queries) before.set(query, await it.report(query));

  it.clock.advance(90 * MINUTE);
  // Time alone changes nothing: without a number it is still the same draft.
  expect(await it.report('format=json')).toEqual(await it.report('format=json&draft=1'));
  await it.do(measures('已隔离两台服务器并重置口令'));
  for (const query of queries)
    expect([query, (await it.report(query)).equals(before.get(query) ?? Buffer.of())]).toEqual([query, true]);
  // What the record says now is the next draft.
  const now = (await it.report('format=md')).toString();
  expect(now).toContain('并重置口令');
  expect(await it.status('format=md&draft=7')).toBe(422);
});
