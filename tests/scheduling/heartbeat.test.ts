import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { beatOnce, beatTo } from '../../src/scheduling/heartbeat.ts';

async function watcher(status: number): Promise<{ url: string; beats: string[] }> {
  const beats: string[] = [];
  const server = createServer((request, response) => {
    beats.push(request.url ?? '');
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/ping/abc`, beats };
}

async function beat(
  status: number,
  healthy: () => Promise<boolean>,
): Promise<{ beats: string[]; failures: unknown[] }> {
  const { url, beats } = await watcher(status);
  const failures: unknown[] = [];
  await beatOnce({ healthy, beat: beatTo(url, null), failed: (error) => failures.push(error) });
  return { beats, failures };
}

it('tells whoever watches that all is well, and stays silent when it is not', async () => {
  expect(await beat(200, async () => true)).toEqual({ beats: ['/ping/abc'], failures: [] });
  expect(await beat(200, async () => false)).toEqual({ beats: [], failures: [] });
  const broken = await beat(200, () => Promise.reject(new Error('the store cannot commit')));
  expect(broken).toMatchObject({ beats: [], failures: [{ message: 'the store cannot commit' }] });
});

it('notices that it was not taken', async () => {
  expect(await beat(500, async () => true)).toMatchObject({ failures: [{ message: 'answered 500' }] });
});
