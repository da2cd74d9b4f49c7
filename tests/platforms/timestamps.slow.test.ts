import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpClient } from '../../src/platforms/shared/http-client.ts';
import { createTimestamps } from '../../src/platforms/timestamps/messenger.ts';
import { nonceOf, readTimeStamp, timeStampRequest } from '../../src/platforms/timestamps/rfc3161.ts';
import { python, verified } from '../e2e/support/verifier.ts';
import { ManualClock } from '../fakes/clock.ts';
import { API_TOKEN, startHouse } from '../fakes/house.ts';
import { Client, json } from '../fakes/http-client.ts';
import { variants } from '../fakes/soak.ts';
import { hasOpenssl, startTimeAuthority, type TimeAuthority } from '../fakes/time-authority.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function stampedHouse(key: 'rsa' | 'ec' = 'rsa') {
  const authority = await startTimeAuthority(key);
  stops.push(authority.stop);
  const http = new HttpClient(null);
  stops.push(() => http.close());
  const clock = new ManualClock(new Date().toISOString());
  const running = await startHouse({
    clock,
    listeners: () => [createTimestamps({ url: authority.url, http, log: { warn: () => {} } })],
  });
  stops.push(running.stop);
  const api = new Client(running, { authorization: `Bearer ${API_TOKEN}` });
  const declare = async (more: object = {}): Promise<string> => {
    const { id } = await json(await api.post('/api/v1/incidents', { title: '支付系统泄露', ...more }));
    await running.house.settle();
    return String(id);
  };
  return { authority, running, api, clock, declare };
}

async function bundleOf(api: Client, id: string): Promise<Uint8Array> {
  return new Uint8Array(await (await api.get(`/api/v1/incidents/${id}/bundle`)).arrayBuffer());
}

interface Row {
  readonly type: string;
  readonly hash: string;
  readonly version: number;
}
const rowsOf = (zip: Uint8Array): readonly Row[] =>
  strFromU8(unzipSync(zip)['record.jsonl'] ?? new Uint8Array())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** As an authority would: the stamp, the hash of the entry and the root, nothing of ours. */
function opensslVerifies(authority: TimeAuthority, stamp: Uint8Array, hash: string): boolean {
  const file = join(authority.folder, 'stamp.tsr');
  writeFileSync(file, stamp);
  return spawnSync('openssl', ['ts', '-verify', '-digest', hash, '-in', file, '-CAfile', authority.ca]).status === 0;
}

describe.skipIf(!hasOpenssl)('with an authority (skipped only where there is no openssl)', () => {
  test.each(variants<'rsa' | 'ec'>('rsa', 'ec'))(
    '%s: a stamped bundle is verified by openssl and by verify.py',
    { tags: 'grows' },
    async (key) => {
      const { authority, api, declare } = await stampedHouse(key);
      const id = await declare();
      const zip = await bundleOf(api, id);
      const rows = rowsOf(zip);
      const [declared] = rows;
      const stamp = unzipSync(zip)['stamps/entry-0001.tsr'] ?? new Uint8Array();
      expect(rows.map(({ type }) => type)).toContain('head_stamped');
      expect(opensslVerifies(authority, stamp, declared?.hash ?? '')).toBe(true);
      expect(opensslVerifies(authority, stamp, rows[1]?.hash ?? '')).toBe(false);
      if (!python) return;
      const { status, said } = verified(zip);
      expect([status, said]).toEqual([0, expect.stringContaining('time-stamp of entry 1')]);
      expect(said).toContain(key === 'rsa' ? 'signature checked' : 'signature not checked here');
    },
  );

  test('only hashes leave: the query holds the hash of the entry and a number', async () => {
    const { authority, api, declare } = await stampedHouse();
    const [declared] = rowsOf(await bundleOf(api, await declare()));
    const [query] = authority.asked;
    expect(query?.toString('hex')).toContain(declared?.hash);
    expect(query?.length).toBeLessThan(80);
  });

  test('nothing waits for it: an authority that is down is asked again, and the record is whole meanwhile', async () => {
    const { authority, api, clock, running, declare } = await stampedHouse();
    authority.instead = { status: 503, body: Buffer.from('closed') };
    const id = await declare();
    expect(rowsOf(await bundleOf(api, id)).some(({ type }) => type === 'head_stamped')).toBe(false);
    authority.instead = null;
    clock.advance(10 * 60_000);
    await running.house.settle();
    expect(rowsOf(await bundleOf(api, id)).filter(({ type }) => type === 'head_stamped')).not.toEqual([]);
  });

  test('an answer to something else is no stamp', async () => {
    const { authority, api, declare } = await stampedHouse();
    const nonce = nonceOf(Buffer.alloc(8, 0xff));
    const http = new HttpClient(null);
    stops.push(() => http.close());
    const body = new Uint8Array(timeStampRequest('11'.repeat(32), nonce));
    const other = Buffer.from(await (await http.fetch(authority.url, { method: 'POST', body })).arrayBuffer());
    expect(readTimeStamp(other, '11'.repeat(32), nonce)).toMatchObject({ ok: true });
    expect(readTimeStamp(other, '22'.repeat(32), nonce)).toMatchObject({ ok: false });
    expect(readTimeStamp(other, '11'.repeat(32), Buffer.alloc(8, 8))).toMatchObject({ ok: false });
    for (let cut = 0; cut < other.length; cut += 37) {
      expect(readTimeStamp(other.subarray(0, cut), '11'.repeat(32), nonce).ok).toBe(false);
    }
    authority.instead = { status: 200, body: other };
    const id = await declare();
    expect(rowsOf(await bundleOf(api, id)).some(({ type }) => type === 'head_stamped')).toBe(false);
  });

  test('a drill is not stamped', async () => {
    const { authority, declare } = await stampedHouse();
    await declare({ drill: true });
    expect(authority.asked).toEqual([]);
  });
});

test('without an authority the bundle says so', async () => {
  const running = await startHouse();
  stops.push(running.stop);
  const api = new Client(running, { authorization: `Bearer ${API_TOKEN}` });
  const { id } = await json(await api.post('/api/v1/incidents', { title: 'leak' }));
  const zip = await bundleOf(api, String(id));
  expect(JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] ?? new Uint8Array()))).toMatchObject({
    timestamps: null,
  });
  if (python) expect(verified(zip).said).toContain('every time is that of the host');
});
