import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commits, noting } from '../contract/fixtures.ts';
import { type RunningHouse, startHouse } from '../fakes/house.ts';
import { Client, json, signIn } from '../fakes/http-client.ts';

let house: RunningHouse;
let wei: Client;
beforeAll(async () => {
  house = await startHouse();
  wei = await signIn(new Client(house), 'Li Wei');
});
afterAll(() => house.stop());

const CONTENT = 'of the first incident';
const text = { 'content-type': 'text/plain' };

async function declared(title: string): Promise<string> {
  return (await json(await wei.post('/api/v1/incidents', { title, anyway: true }))).id;
}

function upload(id: string): Promise<Response> {
  return wei.raw(`/api/v1/incidents/${id}/files?name=a.txt`, { method: 'POST', body: CONTENT, headers: text });
}

/** An event as it was recorded before a file had to be uploaded: it names any hash, and nothing says that it came with it. */
async function named(id: string, file: string): Promise<void> {
  const evidence = { file, name: 'a.txt', size: CONTENT.length, mediaType: 'text/plain' };
  const event = { type: 'evidence_added', payload: { evidence } } as const;
  await house.store.change(noting(id, `old-${id}`, { decide: (current) => commits(current, [event]) }));
}

async function attachments(id: string): Promise<readonly string[]> {
  const bundle = await wei.get(`/api/v1/incidents/${id}/bundle`);
  expect(bundle.status).toBe(200);
  const files = unzipSync(new Uint8Array(await bundle.arrayBuffer()));
  return Object.keys(files).filter((name) => name.startsWith('attachments/'));
}

test('an old event gives a file only to the incident that named it first, alone and in the bundle, until it is uploaded', async () => {
  const [first, other] = [await declared('first'), await declared('other')];
  const { sha256: file } = await house.store.blobs.put(new TextEncoder().encode(CONTENT));
  await named(first, file);
  await named(other, file);
  const status = async (id: string) => (await wei.get(`/api/v1/incidents/${id}/files/${file}`)).status;
  expect([await status(first), await status(other)]).toEqual([200, 404]);
  expect([await attachments(first), await attachments(other)]).toEqual([[expect.stringContaining('a.txt')], []]);

  expect((await upload(other)).status).toBe(201);
  expect(await status(other)).toBe(200);
  expect(await attachments(other)).toHaveLength(1);
});

test('a file that two incidents were given belongs to both', async () => {
  const [one, two] = [await declared('one'), await declared('two')];
  for (const id of [one, two]) expect((await upload(id)).status).toBe(201);
  const file = (await json(await wei.get(`/api/v1/incidents/${two}/files`))).files[0]?.file;
  for (const id of [one, two]) expect((await wei.get(`/api/v1/incidents/${id}/files/${file}`)).status).toBe(200);
});
